"""Changes to messages, one function for each thing a person or a system can do."""
