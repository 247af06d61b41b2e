"""What a log is worth before any number is drawn from it."""
