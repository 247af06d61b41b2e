"""Challenge a, traffic: who reads, new or known, how forwards spread, and what the module could bring at most."""
