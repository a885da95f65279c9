"""Whatever has to be told has one shape: key, details, and words in each language that say it whole."""

from pathlib import Path

import pytest

from desktop_app.case.refused import AnswerRefused
from desktop_app.exchange.finding import refusal
from desktop_app.library.editions import Library
from desktop_app.library.told import Told
from desktop_app.library.toml_files import TomlFault
from desktop_app.papers.letter.compose import KindNotAllowed
from desktop_app.papers.letter_kinds import Kind
from desktop_app.papers.logo import LogoRefused
from desktop_app.settings.settings import SettingsFault, SettingsNotSaved, SettingsProblem
from desktop_app.store.problems import StorageFull, StoreNotices
from desktop_app.window.papers.printing import NotPrinted, PrintProblem

ALL: tuple[Told, ...] = (
    AnswerRefused("patient.age_years", "too_old", {"years": 130}),
    refusal("fhir_too_large", megabytes="20"),
    KindNotAllowed(Kind.REFERRAL, (Kind.NO_REFERRAL_NEEDED,)),
    LogoRefused("too_large_file", 20),
    SettingsFault("referrer.name", "too_long", {"limit": 200}),
    SettingsNotSaved(Path("settings.json"), "full"),
    SettingsProblem("unreadable", {"file": "settings.json", "reason": "no"}),
    StorageFull(folder="cases"),
    StoreNotices([StorageFull(folder="cases"), StorageFull(folder="other")]),
    TomlFault("hasp-headings.toml", "headings_fault", "no_part", 3, details={"key": "core"}),
    NotPrinted("letter", PrintProblem("held", "Balie 2", "Balie-2-17")),
)


@pytest.mark.parametrize("told", ALL, ids=lambda told: type(told).__name__)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_says_in_words_what_its_details_hold(told: Told, language: str) -> None:
    words = told.message(Library().phrases(language))
    assert words.strip()
    assert "{" not in words and told.key not in words
    assert "…" not in words


def test_a_refusal_names_the_other_answer_by_its_question() -> None:
    refused = AnswerRefused("lesion.region", "contradicts", {"other": "lesion.bone"})
    assert refused.message(Library().phrases("nl")) == (
        f"Dit past niet bij het antwoord op: {Library().phrases('nl').question('lesion.bone')}."
    )


def test_a_refusal_without_words_of_its_own_is_still_told() -> None:
    refused = AnswerRefused("lesion.region", "no_such_key")
    assert refused.message(Library().phrases("en")) == "This answer does not fit here; it does not count."


def test_a_paper_that_is_not_printed_is_named_as_what_it_is() -> None:
    """A job that is held was sent; of all others it is said first that nothing was printed."""
    words = NotPrinted("meeting", PrintProblem("disabled", "Balie 2")).message(Library().phrases("nl"))
    assert words.startswith("Het MDO-blad is niet afgedrukt. Printer Balie 2 staat stil. Het MDO-blad zou")
    held = NotPrinted("patient", PrintProblem("held", "Balie 2", "7")).message(Library().phrases("nl"))
    assert (
        held
        == "Printer Balie 2 is stilgezet; het patiëntenblad wacht in de wachtrij (opdracht 7) en is nog niet afgedrukt."
    )
