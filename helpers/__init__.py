"""Two requests settled with data: everything that the notebooks compute, draw and decide."""
