"""The drawn skeleton: which bone lies where, on which side of the patient, and the picture of it. Without Qt."""
