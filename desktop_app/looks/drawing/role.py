"""What a colour is for; screen and paper each give a role its colour."""

from enum import Enum


class Role(Enum):
    """A role says what a colour means, never what it looks like."""

    WINDOW = "window"  # behind everything
    SURFACE = "surface"  # behind text
    RAISED = "raised"  # a card on a surface
    LINE = "line"  # between things
    EDGE = "edge"  # around what one can act on
    INK = "ink"  # text
    QUIET = "quiet"  # text of less weight
    ACCENT = "accent"  # what one can act on, what counts now
    ACCENT_SURFACE = "accent surface"
    ON_ACCENT = "on accent"
    STOP = "stop"  # harm is near
    STOP_SURFACE = "stop surface"
    CAUTION = "caution"  # careful
    CAUTION_SURFACE = "caution surface"
    DONE = "done"  # done
    DEPENDS = "depends"  # still depends on an answer
