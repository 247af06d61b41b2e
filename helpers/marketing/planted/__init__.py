"""The parts of the shipped log: people, articles, cascades, rhythm, flaws, and the truth planted in them."""
