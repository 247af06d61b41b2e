"""What the marketing notebook shows, a module per chapter."""
