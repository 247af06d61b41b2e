"""Text files: encoding, delimiter, records."""
