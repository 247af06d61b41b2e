"""Many runs side by side: what drives which finding, and where the decision flips."""
