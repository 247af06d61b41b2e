"""The findings of the paperwork case, a module per chapter: pure functions from what was worked out to documented names."""
