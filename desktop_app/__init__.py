"""Botwijzer as a person meets it: command line, window, letter and storage, around the guideline core."""

__version__ = "0.1.0"
