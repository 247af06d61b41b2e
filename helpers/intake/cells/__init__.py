"""What a text cell says: times, numbers, yes or no, and a text table cast to its dictionary."""
