"""Which of a file's columns plays which part: mappings given, kept beside the data, proposed; templates."""
