"""What is on disk: every input before it is acknowledged, marks of time, configurations, snapshots, and notes to read."""
