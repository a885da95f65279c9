"""The full screen of a meeting: one case at a time, readable from the back of the room."""
