"""Databases: by their address, or in a file."""
