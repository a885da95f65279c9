"""What the tests of the letter share: the opened edition, the words, a sender, and letters made from answers."""

import dataclasses
import datetime
import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.papers.correspondents import Centre, LetterSettings, Sender
from desktop_app.papers.letter.letter import Letter
from guideline_core.case import Case
from tests.desktop_app.papers.cases import DAY
from tests.desktop_app.papers.made_letter import letter_for, write_letter

SENDER = Sender(
    name="Dr. A. Proef",
    specialty="orthopedisch chirurg",
    big="19012345601",
    agb="03012345",
    uzi="900012345",
    clinic="Ziekenhuis Nergenshuizen",
    letterhead=("Afdeling Orthopedie",),
    address="Voorbeeldlaan 1\n0000 XX Nergenshuizen",
    phone="000 000 0000",
)
CENTRES = {
    "lumc": Centre("lumc", "Leids Universitair Medisch Centrum (LUMC)", "expertise_centre", "Leiden"),
    "princess_maxima": Centre(
        "princess_maxima", "Prinses Máxima Centrum voor kinderoncologie", "princess_maxima", "Utrecht"
    ),
}
SETTINGS = LetterSettings(sender=SENDER, number="2026-0147", centre=CENTRES["lumc"], centres=CENTRES)
WITH_PLAN = dataclasses.replace(SETTINGS, with_plan=True)
"""A letter with the plan of the guideline as its annex."""

Answers = Mapping[str, Any]
MakeLetter = Callable[..., Letter]
PagesOf = Callable[[Letter], list[str]]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(cache_folder=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def opened(library: Library) -> OpenedEdition:
    return library.edition()


@pytest.fixture(scope="session")
def dutch(library: Library) -> Phrases:
    return library.phrases("nl")


@pytest.fixture(scope="session")
def make(opened: OpenedEdition, library: Library) -> MakeLetter:
    """Make a letter from answers."""

    def made(
        answers: Answers | Case, settings: LetterSettings = SETTINGS, language: str = "nl", **options: Any
    ) -> Letter:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        today = options.pop("today", DAY)
        return letter_for(case, opened, library.phrases(language), settings, today, **options)

    return made


@pytest.fixture(scope="session")
def pages_of() -> PagesOf:
    """The text of each page of a PDF, on one line, so that line breaks do not hide a phrase."""
    pypdf = pytest.importorskip("pypdf")

    def read(letter: Letter) -> list[str]:
        reader = pypdf.PdfReader(io.BytesIO(write_letter(letter).content))
        return [" ".join(page.extract_text().split()) for page in reader.pages]

    return read


@pytest.fixture(scope="session")
def day() -> datetime.date:
    return DAY
