"""The papers in the window: what is ordered, how it is previewed, and how it is printed."""
