"""What the menus of a window do, one file a subject: each declares its commands beside what they do.

These files are loaded with the first window, so they are light: what carries out a command is loaded when it is given.
"""
