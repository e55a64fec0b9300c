"""What goes out. Sends and reports; decides nothing and remembers nothing but its queues and its connection."""
