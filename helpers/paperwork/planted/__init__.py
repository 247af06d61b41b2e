"""The parts of the generator of the shipped paperwork log, and the truth it plants."""
