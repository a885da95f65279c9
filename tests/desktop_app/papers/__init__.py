"""Tests of the letter: the model, its two forms, and bad input."""
