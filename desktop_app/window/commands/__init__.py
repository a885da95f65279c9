"""What the menus of a window do, one file a subject; each command is declared where it runs."""
