"""The open case: its answers and their history, the typing that is no answer yet, and keeping it."""
