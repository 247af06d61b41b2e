"""Case 1: parameters, the case step by step, its options, verdict and memo."""
