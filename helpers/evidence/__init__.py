"""What numbers are worth: estimates with intervals, tests, designs, survival, attribution."""
