"""An edition of the guideline: its files are read and checked here, and become values."""
