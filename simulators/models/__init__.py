"""Pure and seeded: what a device says to what it is told, and when. The same seed, the same bytes."""
