"""On which screen the meeting is shown. No Qt: whatever stands for a screen will do."""

from collections.abc import Sequence
from typing import TypeVar

Screen = TypeVar("Screen")


def screen_for_meeting(screens: Sequence[Screen], own: Screen | None) -> Screen | None:
    """The first screen on which the window is not; its own when there is no other, None without any."""
    others = [screen for screen in screens if screen is not own]
    return others[0] if others else own
