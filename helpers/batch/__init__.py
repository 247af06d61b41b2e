"""Headless runs: a notebook, its page, its findings and its memo."""
