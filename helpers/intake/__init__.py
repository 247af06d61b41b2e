"""What comes in: refusals in words, parameters, tables, column mappings, dictionaries."""
