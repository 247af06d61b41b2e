"""Case 2: what the log of an office says of a request for more clerks."""
