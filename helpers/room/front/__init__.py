"""The room's one front door: who may see what, the facilitator's console, votes, and the way to the teams' own pages."""
