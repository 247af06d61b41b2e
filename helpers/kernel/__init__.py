"""How a notebook runs: papermill's engine, kernels forked from a warm server, and the thin command line in front of them."""
