"""How the window looks: one palette by roles, in light and dark, and which of the two is worn."""
