"""The commands of the command line, each with what it needs; imported when its command runs."""
