"""What the paperwork notebook shows, a module per chapter."""
