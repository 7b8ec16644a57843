"""What stops when organisations stop."""
