"""A test on real traffic: planned before, frozen, and read by the rule that was frozen."""
