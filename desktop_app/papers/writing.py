"""What stands round a letter: what the settings of the workstation mean for it, and what to tell before it leaves."""

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.library.phrases import Phrases
from desktop_app.papers.centres import shipped_centres
from desktop_app.papers.letter.model import Letter, LetterWarning
from desktop_app.papers.logo import MAXIMUM_FILE_MEGABYTES
from desktop_app.papers.sender import LetterSettings, Sender

if TYPE_CHECKING:
    from desktop_app.papers.printed_document import WrittenDocument
    from desktop_app.settings.settings import Settings


def letter_settings(settings: "Settings", number: str = "", identity_verified: bool = False) -> LetterSettings:
    """What the settings of the workstation mean for a letter; reads the logo and the directory of centres."""
    centres = shipped_centres()
    return LetterSettings(
        sender=_sender(settings),
        number=number,
        centre=centres.get(settings.default_centre) if settings.default_centre else None,
        centres=centres,
        identity_verified=identity_verified,
    )


def _sender(settings: "Settings") -> Sender:
    referrer, clinic = settings.referrer, settings.clinic
    logo = _logo(clinic.logo)
    return Sender(
        name=referrer.name or "",
        specialty=referrer.specialty or "",
        big=referrer.big_number or "",
        agb=referrer.agb_number or "",
        uzi=referrer.uzi_number or "",
        clinic=clinic.name or "",
        letterhead=clinic.letterhead,
        address=clinic.address or "",
        phone=clinic.phone or "",
        logo=logo,
        logo_unreadable=clinic.logo is not None and logo is None,
    )


def _logo(path: str | None) -> bytes | None:
    """The content of the logo; of a file that is far too large no more than shows that it is."""
    if path is None:
        return None
    try:
        with Path(path).open("rb") as file:
            return file.read(MAXIMUM_FILE_MEGABYTES * 1_000_000 + 1)
    except (OSError, ValueError):
        return None


def warnings_of(letter: Letter, written: "WrittenDocument", phrases: Phrases) -> tuple[LetterWarning, ...]:
    """All that the user should hear before the letter leaves: what it lacks, and what could not be printed."""
    return (*letter.warnings, *page_warnings(written, phrases))


def page_warnings(written: "WrittenDocument", phrases: Phrases) -> tuple[LetterWarning, ...]:
    """What could not be printed as it was typed."""
    found = []
    if written.missing_characters:
        characters = " ".join(written.missing_characters)
        words = phrases.get("letter", "warning", "characters").format(characters=characters)
        found.append(LetterWarning("characters", words))
    return tuple(found)
