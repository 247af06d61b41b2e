"""The simulation itself: worlds drawn beforehand, and the compiled loop that plays an option in them."""
