"""Chooses the screen for the meeting. No Qt: anything can stand for a screen."""

from collections.abc import Sequence
from typing import TypeVar

Screen = TypeVar("Screen")


def screen_for_meeting(screens: Sequence[Screen], own: Screen | None) -> Screen | None:
    """The first screen without the window; its own screen when there is no other, None when there is none."""
    others = [screen for screen in screens if screen is not own]
    return others[0] if others else own
