"""Scenarios through a case's pure functions, without notebooks: the same findings to the last bit, each step worked out only where its inputs changed."""
