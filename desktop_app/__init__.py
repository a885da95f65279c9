"""Botwijzer as a person meets it: command line, window, letter and storage, around the guideline core."""

PROGRAM = "botwijzer"
"""The command, and the name of the folders in which a user's settings, cases and compiled editions are."""

__version__ = "0.1.0"
