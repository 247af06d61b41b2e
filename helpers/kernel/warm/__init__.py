"""A small server that has imported what our notebooks use and run nothing; kernels and command lines are forked from it (Linux only)."""
