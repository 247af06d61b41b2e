"""The driver: hands runs to workers, places what comes of them, and can be stopped and resumed at any moment."""
