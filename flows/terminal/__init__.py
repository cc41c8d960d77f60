"""What people see on a terminal: hostile text made safe, and progress."""
