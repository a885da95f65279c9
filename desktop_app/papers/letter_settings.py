"""What the settings of the workstation mean for a letter."""

from pathlib import Path

from desktop_app.papers.centres import shipped_directory
from desktop_app.papers.correspondents import LetterSettings, Sender
from desktop_app.settings.settings import Settings


def letter_settings(settings: Settings, number: str = "", identity_verified: bool = False) -> LetterSettings:
    """What the settings of the workstation mean for a letter, with the directory of centres."""
    directory = shipped_directory()
    centres = directory.centres
    return LetterSettings(
        sender=_sender(settings),
        number=number,
        centre=centres.get(settings.default_centre) if settings.default_centre else None,
        centres=centres,
        centres_faults=directory.faults,
        identity_verified=identity_verified,
        with_plan=settings.attach_plan,
    )


def _sender(settings: Settings) -> Sender:
    referrer, clinic = settings.referrer, settings.clinic
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
        logo=Path(clinic.logo) if clinic.logo is not None else None,
    )
