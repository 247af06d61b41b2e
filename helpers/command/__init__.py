"""The command line: a small module for each command, imported when it is called."""
