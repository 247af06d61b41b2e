"""The office as a simulation: calibrated from a log, back-tested against it, and run under each option."""
