"""The handbook: short Dutch chapters, one per step and a few more, with pictures that the program takes of itself."""
