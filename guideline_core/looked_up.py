"""What a person can look up in an edition; apart from the edition, because the command line needs it for its help."""

LOOKED_UP = (
    "statements",
    "rules",
    "interpretations",
    "definitions",
    "thresholds",
    "actions",
    "entities",
    "bones",
    "properties",
)
"""The kinds of things that a person can look up by id."""
