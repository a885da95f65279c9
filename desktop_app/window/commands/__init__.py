"""What the menus of a window do, one file for each subject. Each file declares its commands beside what they do.

These files are loaded with the first window, so they are light. What carries out a command is loaded when the command
is first used.
"""
