"""The cases as pages without code: the committed notebooks, a screen at a time, served by Voilà from local files only."""
