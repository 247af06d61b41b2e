"""Case 2: parameters, the case step by step, its options, money, verdict and memo."""
