"""Tables from files and databases, every cell as text: one module per kind of source."""
