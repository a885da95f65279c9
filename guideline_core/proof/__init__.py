"""The proofs: what holds of an edition over the whole space of cases, not over samples. Only the proofs use a solver.

`prove.prove(edition)` runs them all. Rule, planner and proof speak of the same parsed conditions; `agreement` checks
that they also mean the same.
"""
