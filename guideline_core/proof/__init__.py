"""The proofs: what holds of an edition over the whole space of cases, not over samples. Only here a solver is used.

`prove.prove(edition)` runs them all. Rule, planner and proof speak of the same parsed conditions; `agreement` checks
that they also mean the same.
"""
