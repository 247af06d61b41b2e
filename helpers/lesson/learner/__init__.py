"""What the learner says and what becomes of it: predictions, their outcomes, misconceptions, the decision, and the record over all cases."""
