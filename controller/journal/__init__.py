"""What is on disk: inputs before they are acknowledged, marks of time, configurations, snapshots, notes to read."""
