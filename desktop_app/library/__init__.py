"""The only door to resources/: files, phrases, editions of the guideline, and how the guideline reads in words."""
