"""Faces of one's own request: what its notebook shows."""
