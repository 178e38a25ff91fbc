"""What is sent to do harm."""
