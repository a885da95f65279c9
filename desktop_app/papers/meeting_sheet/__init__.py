"""The sheet for the meeting: one page, with what the meeting has to decide."""
