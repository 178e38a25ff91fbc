"""What is done about connections, one module for each noun."""
