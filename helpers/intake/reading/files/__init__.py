"""Files before anything is read from them: whether they are any, packed or not, of which kind."""
