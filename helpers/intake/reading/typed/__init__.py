"""Sources whose values have types, and those values as text."""
