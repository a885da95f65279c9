"""The words of the letter of a case, as the program makes it on a workstation without settings."""

import datetime
from collections.abc import Callable

from desktop_app.library.editions import Library
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.settings.settings import Settings
from guideline_core.case import Case
from tests.desktop_app.papers.made_letter import letter_for


def letter_words(library: Library, day: datetime.date) -> Callable[[Case], str]:
    """From a case to the words of its letter."""
    edition, phrases, settings = library.edition(), library.phrases("nl"), letter_settings(Settings())
    return lambda case: letter_text(letter_for(case, edition, phrases, settings, day))
