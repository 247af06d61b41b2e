"""Personal values: ids under pseudonyms, columns that name people told apart and left out."""
