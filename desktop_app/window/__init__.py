"""The window of the program: how it starts, what it is made of, and what its menus do."""
