"""What holds for people and sign-in without any database: pure functions and values."""
