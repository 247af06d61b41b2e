"""Logs of any size behind one interface: pandas frames as they are, files scanned by DuckDB, Spark frames; only small results come into memory."""
