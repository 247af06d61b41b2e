"""A room of teams: the store that keeps what they commit, their tokens, the front door, and the facilitator's console."""
