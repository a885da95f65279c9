"""The pages of the wizard, one for each step; they do not know each other."""
