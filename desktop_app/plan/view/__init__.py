"""The plan as a person reads it: drawn from a Plan and the phrases alone, nothing else."""
