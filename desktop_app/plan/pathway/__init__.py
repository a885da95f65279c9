"""The pathway of a patient from complaint to treatment, read from the plan: as a picture and in words. No Qt."""
