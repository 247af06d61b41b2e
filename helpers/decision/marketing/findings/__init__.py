"""The findings of the marketing case, a module per chapter: pure functions from what was worked out to documented names."""
