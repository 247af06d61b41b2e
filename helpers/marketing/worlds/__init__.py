"""A simulator of the tool whose truth is known, and every way of reading the marketing module's effect, tried on it."""
