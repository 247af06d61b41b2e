"""What a log tells of the office: its steps and reviews, its demand, its clerks."""
