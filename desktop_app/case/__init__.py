"""The open case: its answers and their history, text that is no answer yet, and saving."""
