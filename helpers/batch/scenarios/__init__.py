"""Scenario files: read within bounds, checked against what the notebook declares, expanded, and named."""
