"""Step i, the map: what is prepared, in which order, by whom, how long."""
