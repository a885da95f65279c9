"""What a user or an administrator chose: the settings, and the file that keeps them."""
