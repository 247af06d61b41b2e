"""From findings to options, their uncertainty, their value, and a memo of one page."""
