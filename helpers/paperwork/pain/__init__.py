"""Step ii, the pain: where time goes, waits, and comes again."""
