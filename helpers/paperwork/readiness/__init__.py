"""Step iii, the preconditions: which document can be standardised, what must be there first, and in which order."""
