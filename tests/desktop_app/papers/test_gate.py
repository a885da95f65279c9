"""Every text that a person typed passes a gate on its way out: no field of case or settings has a path around it."""

import dataclasses
import io
import types
import typing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desktop_app.library.clean_text import REPLACEMENT, cleaned, plain
from desktop_app.papers.correspondents import Centre, LetterSettings, Recipient, Sender
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import kinds_for
from guideline_core.answer_types import Answers, LongText, ShortText
from guideline_core.case import Case
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY
from tests.desktop_app.papers.made_letter import write_letter

pypdf = pytest.importorskip("pypdf")

ESCAPES = "</para><b>&amp;<font color=red>{0}%s<br/>"
HOSTILE = f"A\x00\x07\x1b[31m\u202eB\u200b\ue000e\u0301\r\n\t{ESCAPES}\u2028C"


# --- every text field of a case, found in the model ------------------------------------------------------------------


def filled(model: type[Answers], text: str) -> dict[str, Any]:
    """The text in every free text field of a group; a list gets one entry."""
    answers: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        options = set(_options(info.annotation))
        group = next((each for each in options if isinstance(each, type) and issubclass(each, Answers)), None)
        if ShortText in options or LongText in options:
            answers[name] = text[:400]
        elif group is not None:
            inside = filled(group, text)
            is_list = any(typing.get_origin(each) is tuple for each in options)
            answers[name] = [inside] if is_list and inside else inside
    return {name: value for name, value in answers.items() if value}


def _options(annotation: Any) -> typing.Iterator[Any]:
    yield annotation
    if typing.get_origin(annotation) is not None and annotation not in (ShortText, LongText):
        for part in typing.get_args(annotation):
            if not isinstance(part, types.EllipsisType):
                yield from _options(part)


def hostile_answers(answers: dict[str, Any], text: str) -> dict[str, Any]:
    typed = filled(Case, text)
    groups = {name for name in (*typed, *answers) if name not in ("setting", "phase")}
    merged = {group: {**typed.get(group, {}), **answers.get(group, {})} for group in groups}
    for group in ("patient", "letter", "images", "consultation"):
        merged[group] = {**merged[group], **typed[group]}
    merged["letter"] = {key: value for key, value in merged["letter"].items() if key != "left_out"}
    for name, examination in typed["imaging"].items():
        if name != "other":
            merged["imaging"][name] = {**examination, **answers.get("imaging", {}).get(name, {}), "done": True}
            merged["imaging"][name]["place"] = text[:400]
    merged["patient"]["bsn"] = "111222333"
    return {**merged, "setting": "hospital"}


def hostile_settings(text: str) -> LetterSettings:
    sender = Sender(
        **{
            field.name: (text,) * 3 if field.name == "letterhead" else text
            for field in dataclasses.fields(Sender)
            if not field.name.startswith("logo")
        }
    )
    centre = Centre("lumc", text, "expertise_centre", text, text, text)
    return LetterSettings(sender, text, centre, {"lumc": centre, "princess_maxima": centre}, identity_verified=True)


def test_the_fields_are_found():
    typed = filled(Case, "x")
    assert set(typed["letter"]) >= {"question", "history", "remarks", "told_to_patient"}
    assert typed["imaging"]["mri"] == {"place": "x"}
    assert typed["imaging"]["other"] == [{"what": "x", "place": "x", "result": "x"}]
    assert typed["patient"].keys() >= {"given_name", "family_name", "address", "phone", "email", "general_practitioner"}
    assert set(typed) >= {"patient", "lesion", "imaging", "consultation", "pathology", "images", "letter"}


# --- paper ------------------------------------------------------------------------------------------------------------


def pdf_text(content: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("answers", [cases.CHILD_OSTEOSARCOMA, cases.OUTSIDE_PATHOLOGY, cases.UNDECIDED])
def test_markup_is_printed_as_typed_wherever_it_stands(make, opened, answers):
    case = Case.model_validate(hostile_answers(answers, f"Mark {ESCAPES}"))
    for kind in kinds_for(opened.planner.make_plan(case, DAY), opened.tables.actions):
        letter = make(case, hostile_settings(f"Mark {ESCAPES}"), kind=kind)
        text = pdf_text(write_letter(letter).content)
        marks, whole = text.count("Mark"), text.count("Mark" + "".join(ESCAPES.split()))
        assert marks > 30
        assert whole >= marks - 2 * text.count("Pagina")  # head and foot of a page are cut to their width


def test_hostile_text_in_every_field_reaches_paper_clean(make, opened):
    for answers in (cases.CHILD_OSTEOSARCOMA, cases.CHILD_FIBROMA_BY_CHANCE, cases.OUTSIDE_PATHOLOGY):
        letter = make(Case.model_validate(hostile_answers(answers, HOSTILE)), hostile_settings(HOSTILE))
        written = write_letter(letter)
        text = pdf_text(written.content)
        assert REPLACEMENT in text  # of the character that means nothing
        assert not set(text) & set("\x00\x07\x1b\u202e\u200b\ue000")


def test_a_chosen_recipient_passes_the_gate(make):
    letter = make(cases.ADULT_CHONDROSARCOMA, recipient=Recipient("own", (f"Centrum {HOSTILE}",)))
    text = pdf_text(write_letter(letter).content)
    assert "Centrum" in text
    assert not set(text) & set("\x00\x07\x1b\u202e\u200b")


# --- plain text -------------------------------------------------------------------------------------------------------


def is_plain(text: str) -> bool:
    return all(
        character == "\n"
        or (character.isascii() and character.isprintable())
        or ("\xc0" <= character <= "\xff" and character.isalpha())
        or character in "ªº"
        for character in text
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=120))
def test_any_text_in_every_field_leaves_as_plain_lines(make, text):
    letter = make(Case.model_validate(hostile_answers(cases.CHILD_OSTEOSARCOMA, text)), hostile_settings(text))
    written = letter_text(letter)
    assert is_plain(written)
    assert max(map(len, written.split("\n"))) <= 72


def test_the_check_of_plain_text_bites():
    for broken in ("’", "·", "\u00a0", "ł", "\t", "\x07", "²", "☐"):
        assert not is_plain(f"a{broken}b")
    assert is_plain("Zoë Müller, 82 x 54 mm\n[ ] à é î ß")


@settings(max_examples=300, deadline=None)
@given(some.text(max_size=40))
def test_gates_are_firm(text):
    assert cleaned(cleaned(text)) == cleaned(text)
    assert plain(plain(text)) == plain(text)
    assert is_plain(plain(text))
    assert "\x00" not in cleaned(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Müller-Çelik, Zoë", "Müller-Çelik, Zoë"),
        ("A\u015fk\u0131n Łukasz Đorđe", "Askin Lukasz Dorde"),
        ("≥ 5 × 10² cm², ±½", ">= 5 x 102 cm2, +/-1/2"),
        ("☐ ja", "[ ] ja"),
        ("王", "?"),
        ("12\u00a0mm", "12 mm"),
    ],
)
def test_plain_keeps_what_can_be_read(text, said):
    assert plain(text) == said
