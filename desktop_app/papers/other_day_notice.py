"""In the head of a paper: the day of its age and advice, where that is not known to be the day on which it is made."""

from collections.abc import Iterator

from desktop_app.library.day import OtherDay
from desktop_app.papers.blocks import Notice, Tone


def other_day_notice(day: OtherDay | None) -> Iterator[Notice]:
    """The notice, first of all that is read; none on a paper of today."""
    if day is not None:
        yield Notice(Tone.CAUTION, day.title, day.text, "")
