"""The face of the notebooks: pictures, explorers, predictions, words."""
