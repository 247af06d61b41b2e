"""Case 1: what the log of an article-sharing tool says of a request for a marketing module."""
