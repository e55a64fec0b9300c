"""Words that cross a process: orders and their replies, later stations, rings and uploads."""
