"""The sheet for the patient: nothing on it that was not ticked, nothing that the plan does not bear, plain Dutch."""

import io
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.papers.correspondents import LetterSettings, Sender
from desktop_app.papers.order import PaperOrder, order_paper
from desktop_app.papers.patient_choices import PatientSheetChoices, Reader, Suspicion
from desktop_app.papers.patient_sheet.document import patient_sheet
from desktop_app.papers.patient_sheet.sheet import PatientSheet, compose_patient_sheet, offer_of
from desktop_app.papers.pdf.write import write_document
from guideline_core.case import Case
from guideline_core.edition.values import Edition
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY
from tests.desktop_app.papers.conftest import CENTRES, SETTINGS
from tests.editions import told_to_patient

ALL_KINDS = [
    cases.CHILD_OSTEOSARCOMA,
    cases.ADULT_CHONDROSARCOMA,
    cases.ADULT_GIANT_CELL_TUMOUR,
    cases.CHILD_UNCERTAIN,
    cases.BENIGN_ACTIVE,
    cases.BENIGN_INDOLENT,
    cases.DO_NOT_TOUCH_IN_DOUBT,
    cases.CHILD_FIBROMA_BY_CHANCE,
    cases.SPINAL_METASTASES,
    cases.MALIGNANT_AGE_UNKNOWN,
    cases.UNDECIDED,
    {},
]
NOTHING = PatientSheetChoices()
EVERYTHING: dict[str, Any] = {
    "with_name": True,
    "suspicion": Suspicion.MAY_BE_CANCER,
    "with_place": True,
    "steps": frozenset(told_to_patient()),
    "with_destination": True,
    "with_urgency": True,
    "with_biopsy_reason": True,
    "with_contact": True,
    "with_website": True,
}
REVEALING = (
    "tumor",
    "gezwel",
    "kanker",
    "kwaadaardig",
    "goedaardig",
    "bot",
    "biops",
    "sarcom",
    "scan",
    "foto",
    "spoed",
)

MakeSheet = Callable[..., PatientSheet]


@pytest.fixture
def sheet_of(opened: OpenedEdition, dutch: Phrases) -> MakeSheet:
    """Make a sheet from answers and choices."""

    def made(
        answers: dict[str, Any] | Case, choices: PatientSheetChoices, settings: LetterSettings = SETTINGS
    ) -> PatientSheet:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        plan = opened.planner.make_plan(case, DAY)
        return compose_patient_sheet(PaperOrder(plan, case, opened, dutch, DAY, settings, told_to_patient=choices))

    return made


def keys(sheet: PatientSheet) -> list[str]:
    return [part.key for part in sheet.parts]


def all_text(sheet: PatientSheet) -> str:
    parts = (text for part in sheet.parts for text in (part.heading, *part.texts))
    return "\n".join((sheet.title, sheet.subtitle, *parts, *sheet.foot))


# --- nothing that was not ticked


@pytest.mark.parametrize("answers", ALL_KINDS)
def test_with_nothing_ticked_the_sheet_gives_nothing_away(sheet_of: MakeSheet, answers: dict[str, Any]) -> None:
    sheet = sheet_of(answers, NOTHING)
    assert keys(sheet) == ["questions"]
    said = all_text(sheet).lower()
    assert [word for word in REVEALING if word in said] == []
    assert "bedacht" not in said


@pytest.mark.parametrize(
    ("choice", "part"),
    [
        ({"suspicion": Suspicion.TUMOUR_OPEN}, "suspicion"),
        ({"steps": frozenset({"staging.ct_thorax_unenhanced"})}, "steps"),
        ({"with_destination": True}, "where"),
        ({"with_urgency": True}, "where"),
        ({"with_biopsy_reason": True}, "no_biopsy"),
        ({"with_contact": True}, "contact"),
        ({"with_website": True}, "website"),
    ],
)
def test_each_tick_adds_its_own_part_alone(sheet_of: MakeSheet, choice: dict[str, Any], part: str) -> None:
    assert keys(sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(**choice))) == [part, "questions"]


def test_the_name_is_on_it_only_when_ticked(sheet_of: MakeSheet) -> None:
    assert "van den Bedacht" in sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(with_name=True)).subtitle


def test_the_place_is_told_only_when_ticked(sheet_of: MakeSheet) -> None:
    told = sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(suspicion=Suspicion.FINDING, with_place=True))
    untold = sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(suspicion=Suspicion.FINDING))
    assert "het dijbeen" in all_text(told)
    assert "een bot" in all_text(untold) and "dijbeen" not in all_text(untold)


@pytest.mark.parametrize("level", Suspicion)
def test_certainty_is_what_the_doctor_chose_and_no_more(sheet_of: MakeSheet, level: Suspicion) -> None:
    """The word for cancer is on the sheet only at a level that says it; the finding alone names no tumour."""
    said = all_text(sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(suspicion=level)))
    assert ("kanker" in said) == (level is not Suspicion.FINDING)
    assert ("gezwel" in said) == (level not in (Suspicion.FINDING, Suspicion.PROBABLY_BENIGN))
    assert "osteosarcoom" not in said


# --- nothing that the plan does not bear


@pytest.mark.parametrize("answers", ALL_KINDS)
def test_only_steps_that_the_plan_is_sure_of_are_told(
    sheet_of: MakeSheet, opened: OpenedEdition, dutch: Phrases, answers: dict[str, Any]
) -> None:
    plan = opened.planner.make_plan(Case.model_validate(answers), DAY)
    sure = {
        each.action
        for each in plan.recommendations
        if each.certainty == "definite" and each.progress != "done" and each.verdict in ("do", "prefer", "consider")
    }
    steps = [part for part in sheet_of(answers, PatientSheetChoices(**EVERYTHING)).parts if part.key == "steps"]
    told = [] if not steps else steps[0].texts[:-1]
    expected = [
        dutch.get("sheets", "patient", "steps", step).format(who="u", Who="U")
        for step in told_to_patient()
        if step in sure
    ]
    assert list(told) == expected


def test_what_is_done_is_not_announced(sheet_of: MakeSheet) -> None:
    said = all_text(sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(**EVERYTHING)))
    assert "CT-scan van de longen" in said
    assert "MRI-scan" not in said and "röntgenfoto" not in said


def test_a_child_hears_of_the_princess_maxima_center(sheet_of: MakeSheet) -> None:
    said = all_text(sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(with_destination=True)))
    assert "Prinses Máxima Centrum" in said and "expertisecentrum" not in said


def test_an_adult_hears_of_the_centre_to_which_the_letter_goes(sheet_of: MakeSheet) -> None:
    said = all_text(sheet_of(cases.ADULT_CHONDROSARCOMA, PatientSheetChoices(with_destination=True)))
    assert CENTRES["lumc"].name in said


@pytest.mark.parametrize("answers", [cases.MALIGNANT_AGE_UNKNOWN, cases.UNDECIDED, cases.BENIGN_INDOLENT])
def test_a_destination_that_is_open_is_said_to_be_open(sheet_of: MakeSheet, answers: dict[str, Any]) -> None:
    said = all_text(sheet_of(answers, PatientSheetChoices(with_destination=True)))
    assert "nog niet zeker" in said
    assert CENTRES["lumc"].name not in said and "Máxima" not in said


@pytest.mark.parametrize("answers", [cases.CHILD_FIBROMA_BY_CHANCE, cases.SPINAL_METASTASES])
def test_nobody_is_told_of_a_centre_or_a_biopsy_where_the_plan_has_none(
    sheet_of: MakeSheet, answers: dict[str, Any]
) -> None:
    choices = PatientSheetChoices(with_destination=True, with_urgency=True, with_biopsy_reason=True)
    assert keys(sheet_of(answers, choices)) == ["questions"]


def test_haste_is_told_only_where_the_plan_is_sure_of_it(sheet_of: MakeSheet) -> None:
    assert "met spoed" in all_text(sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(with_urgency=True)))
    assert keys(sheet_of(cases.ADULT_GIANT_CELL_TUMOUR, PatientSheetChoices(with_urgency=True))) == ["questions"]


def test_a_missing_number_is_a_line_to_fill_in(sheet_of: MakeSheet) -> None:
    sheet = sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(with_contact=True), LetterSettings())
    assert "Telefoon: ____" in all_text(sheet)


# --- what every document says


@pytest.mark.parametrize("answers", ALL_KINDS)
def test_it_says_draft_no_ce_mark_and_that_the_doctor_decides(sheet_of: MakeSheet, answers: dict[str, Any]) -> None:
    foot = " ".join(sheet_of(answers, NOTHING).foot)
    for words in ("concept", "geen CE-markering", "beslist zelf"):
        assert words in foot


def test_it_is_in_dutch_only(opened: OpenedEdition, library: Library) -> None:
    case = Case()
    plan = opened.planner.make_plan(case, DAY)
    order = PaperOrder(plan, case, opened, library.phrases("en"), DAY, SETTINGS)
    with pytest.raises(ValueError, match="Dutch only"):
        compose_patient_sheet(order)


def test_every_step_has_its_words(dutch: Phrases) -> None:
    for step in told_to_patient():
        assert dutch.get("sheets", "patient", "steps", step)


def test_every_bone_has_a_place_in_plain_words(edition: Edition, sheet_of: MakeSheet) -> None:
    latin = re.compile(r"\bos\b|falanx|[()]|metac|metat")
    for bone in edition.bones:
        case = Case.model_validate({"lesion": {"category": "malignant", "bone": bone}})
        sheet = sheet_of(case, PatientSheetChoices(suspicion=Suspicion.FINDING, with_place=True))
        assert not latin.search(sheet.parts[0].texts[0]), bone


# --- readable

MOST_WORDS = 15
LONGEST_WORD = 18
FORBIDDEN = (
    *("laesie", "maligne", "benigne", "mdo", "stadiëring", "pathologie", "histolog", "metasta", "diagnos", "indolent"),
    *(
        "contrast",
        "gadolinium",
        "prognose",
        "sarcoom",
        "therapie",
        "resectie",
        "amputatie",
        "differentiaal",
        "indicatie",
    ),
    *("consult", "verwijs", "radioloog", "patholoog", "oncolo", "orthopeed", "do-not-touch", "multidisciplinair"),
)
EXPLAINED = {
    "biopsie": ("stukje weefsel",),
    "mri": ("magneet",),
    "ct-scan": ("röntgenstraling",),
    "pet-scan": ("scan van het hele lichaam",),
    "bottumor": ("gezwel in het bot",),
    "kwaadaardig": ("kanker",),
    "goedaardig": ("geen kanker",),
    "expertisecentrum": ("vaak zien",),
    "röntgenfoto": ("gewone foto",),
    "microscoop": ("kijkt",),
}
"""Words of medicine that may stand on the sheet, each with what explains it in the same text."""


def readability_complaints(texts: Iterator[str] | list[str]) -> list[str]:
    """What makes these texts hard to read for someone at level B1."""
    found = []
    for text in texts:
        plain = text.replace("www.sarcomen.nl", "de website").replace("_", "").lower()
        for sentence in re.split(r"[.?!:]\s|[.?!:]$", plain):
            words = sentence.split()
            if len(words) > MOST_WORDS:
                found.append(f"{len(words)} words: {sentence}")
            found += [f"long word: {word}" for word in words if len(word.strip("(),.")) > LONGEST_WORD]
        found += [f"jargon: {word}" for word in FORBIDDEN if word in plain]
        found += [
            f"not explained: {word}"
            for word, explanations in EXPLAINED.items()
            if word in plain and not any(explanation in plain for explanation in explanations)
        ]
    return found


def choices_that_differ() -> Iterator[PatientSheetChoices]:
    for level, reader in itertools.product(Suspicion, Reader):
        yield PatientSheetChoices(**{**EVERYTHING, "suspicion": level, "reader": reader, "with_name": False})


@pytest.mark.parametrize(
    "choices", list(choices_that_differ()), ids=lambda choices: f"{choices.suspicion}-{choices.reader}"
)
def test_everyone_can_read_it(sheet_of: MakeSheet, choices: PatientSheetChoices) -> None:
    settings = LetterSettings(sender=Sender(name="A. Proef", clinic="De Kliniek", phone="000"))
    answers = [*ALL_KINDS, *(entry.case for entry in deck()[::25])]
    for one in answers:
        sheet = sheet_of(one, choices, settings)
        texts = [text for part in sheet.parts for text in part.texts]
        assert readability_complaints([*texts, sheet.title, sheet.subtitle, *sheet.foot]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Er is een laesie.",
        "U krijgt een biopsie.",
        "Dit is een zin die zo lang is dat niemand aan het einde nog weet hoe hij ooit begon.",
        "Het wordt in het bottumorexpertisecentrum gedaan.",
    ],
)
def test_a_text_that_is_hard_to_read_is_refused(text: str) -> None:
    assert readability_complaints([text])


def test_for_parents_it_speaks_of_their_child(sheet_of: MakeSheet) -> None:
    sheet = sheet_of(cases.CHILD_OSTEOSARCOMA, PatientSheetChoices(**{**EVERYTHING, "reader": Reader.PARENTS}))
    said = all_text(sheet)
    assert "Uw kind krijgt een CT-scan" in said and "Uw kind gaat naar het Prinses Máxima Centrum" in said
    assert not re.search(r"\b[Uu] (krijgt|gaat)\b", said)


def test_what_can_be_ticked_is_what_the_plan_bears(opened: OpenedEdition) -> None:
    child = offer_of(opened.planner.make_plan(Case.model_validate(cases.CHILD_OSTEOSARCOMA), DAY), opened.tables)
    assert child.destination and child.urgency and child.biopsy_reason
    assert "staging.ct_thorax_unenhanced" in child.steps and "imaging.mri_contrast" not in child.steps
    by_chance = offer_of(
        opened.planner.make_plan(Case.model_validate(cases.CHILD_FIBROMA_BY_CHANCE), DAY), opened.tables
    )
    assert not (by_chance.destination or by_chance.urgency or by_chance.biopsy_reason)
    assert by_chance.steps == ("imaging.no_further_imaging",)


# --- the page


@pytest.mark.parametrize("level", [None, *Suspicion])
def test_it_is_one_page_however_much_is_ticked(opened: OpenedEdition, dutch: Phrases, level: Suspicion | None) -> None:
    choices = PatientSheetChoices(**{**EVERYTHING, "suspicion": level, "reader": Reader.PARENTS})
    for answers in (*ALL_KINDS, *(entry.case for entry in deck()[::60])):
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        order = replace(order_paper(case, opened, dutch, SETTINGS, DAY), told_to_patient=choices)
        written = write_document(patient_sheet(order))
        assert written.pages == 1 and written.missing_characters == ()


def test_with_nothing_ticked_the_file_itself_gives_nothing_away(opened: OpenedEdition, dutch: Phrases) -> None:
    """Neither the page nor the properties of the file: the name of the guideline would be enough."""
    case = Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    content = write_document(patient_sheet(order_paper(case, opened, dutch, SETTINGS, DAY))).content
    reader = PdfReader(io.BytesIO(content))
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    properties = " ".join(f"{value}" for key, value in (reader.metadata or {}).items() if key in ("/Title", "/Subject"))
    found = [word for word in REVEALING if word in f"{said} {properties}".lower()]
    assert found == []
    assert "concept" in said and "geen CE-markering" in said


def test_who_has_a_metastasis_is_not_sent_to_the_website_on_sarcomas(sheet_of: MakeSheet) -> None:
    ticked = PatientSheetChoices(with_website=True)
    assert "website" in keys(sheet_of(cases.CHILD_OSTEOSARCOMA, ticked))
    assert "website" not in keys(sheet_of(cases.SPINAL_METASTASES, ticked))


def test_after_a_first_biopsy_the_sheet_says_that_one_was_done(sheet_of: MakeSheet) -> None:
    again = {"status": "performed", "repeat_considered": True}
    choices = PatientSheetChoices(with_biopsy_reason=True)
    sheet = sheet_of(cases.changed(cases.CHILD_UNCERTAIN, biopsy=again), choices)
    (part,) = (part for part in sheet.parts if "biopsy" in part.key)
    assert part.heading == "Waarom hier niet nog een biopsie?"
    assert "Dat is bij u al een keer gedaan." in part.texts[0]
    assert readability_complaints(list(part.texts)) == []
