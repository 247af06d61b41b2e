"""What follows from the log and the parameters, challenge by challenge: every step worked out once, when first asked for."""
