"""Any request: claims, options as a free list, a log if there is one, and the memo."""
