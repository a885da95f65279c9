"""The sheet for the meeting: the plan's own words, nothing weighty left out, on one page that a room can take in."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.papers.blocks import Figure, Grid, Notice, in_reading_order
from desktop_app.papers.document import PageFormat
from desktop_app.papers.meeting_sheet.document import meeting_document, meeting_sheet
from desktop_app.papers.meeting_sheet.sheet import MeetingSheet, compose_meeting_sheet, shortened
from desktop_app.papers.order import PaperOrder, order_paper
from desktop_app.papers.pdf.write import measure, write_document
from guideline_core.case import Case
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.conftest import SETTINGS

KINDS = {name: answers for name, answers in vars(cases).items() if name.isupper() and isinstance(answers, dict)}
Compose = Callable[..., tuple[MeetingSheet, PaperOrder]]


@pytest.fixture
def compose(opened: OpenedEdition, library: Library) -> Compose:
    """The model of a sheet and what it was made of."""

    def made(answers: dict[str, Any] | Case, language: str = "nl") -> tuple[MeetingSheet, PaperOrder]:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        plan = opened.planner.make_plan(case, DAY)
        order = PaperOrder(plan, case, opened, library.phrases(language), DAY, SETTINGS)
        return compose_meeting_sheet(order), order

    return made


# --- the model


@pytest.mark.parametrize("name", KINDS)
def test_every_option_is_an_open_action_of_the_plan_and_none_is_forgotten(compose: Compose, name: str) -> None:
    sheet, order = compose(KINDS[name])
    for_meetings = {*order.tables.sheets.decided_in_meeting}
    expected = {
        each.action for each in order.plan.recommendations if each.action in for_meetings and each.progress != "done"
    }
    assert {option.action for option in sheet.options} == expected


@pytest.mark.parametrize("name", KINDS)
def test_what_speaks_for_and_against_follows_the_verdicts(compose: Compose, name: str) -> None:
    sheet, order = compose(KINDS[name])
    for option in sheet.options:
        verdicts = {each.verdict for each in order.plan.recommendations if each.action == option.action}
        forbidding = verdicts & {"do_not", "in_principle_not"}
        assert len(option.for_it) >= len(verdicts - forbidding) and bool(option.for_it) == bool(verdicts - forbidding)
        for verdict in verdicts:
            words = order.phrases.plan("verdict", verdict)
            side = option.against_it if verdict in forbidding else option.for_it
            assert any(ground.startswith(words) for ground in side)


def test_a_biopsy_that_waits_says_what_comes_first(compose: Compose) -> None:
    sheet, _ = compose(cases.CHILD_UNCERTAIN)
    biopsy = next(option for option in sheet.options if option.action == "biopsy.perform")
    first = "eerst: röntgenfoto’s in twee richtingen, MRI met contrast"
    assert any(ground.startswith(first) for ground in biopsy.against_it)
    assert any("niet voordat een expertisecentrum advies gaf" in ground for ground in biopsy.against_it)


def test_a_biopsy_of_a_do_not_touch_lesion_has_nothing_for_it(compose: Compose) -> None:
    sheet, _ = compose(changed(cases.CHILD_FIBROMA_BY_CHANCE, biopsy={"status": "considered"}))
    biopsy = next(option for option in sheet.options if option.action == "biopsy.perform")
    assert biopsy.for_it == ()
    assert any(ground.startswith("in principe niet") for ground in biopsy.against_it)


def test_radiation_speaks_against_a_scan_of_a_child(compose: Compose) -> None:
    sheet, _ = compose(cases.CHILD_OSTEOSARCOMA)
    scan = next(option for option in sheet.options if option.action == "staging.ct_thorax_unenhanced")
    assert any("straling bij een kind" in ground for ground in scan.against_it)


@pytest.mark.parametrize("name", KINDS)
def test_nothing_that_was_answered_is_called_unknown(compose: Compose, name: str) -> None:
    sheet, order = compose(KINDS[name])
    labels = {
        order.phrases.label(field)
        for each in order.plan.recommendations
        for field in each.depends_on
        if order.case.answer_at(field) is not None
    }
    assert not labels & set(sheet.unknown.lines)


def test_a_child_is_not_referred_without_consultation(compose: Compose) -> None:
    sheet, order = compose(cases.CHILD_OSTEOSARCOMA)
    assert "Prinses Máxima Centrum" in sheet.decision
    assert sheet.consult_first == order.say("banner", "consult_needed")
    assert compose(cases.ADULT_CHONDROSARCOMA)[0].consult_first == ""


def test_the_patient_is_named_with_age_or_by_number(compose: Compose) -> None:
    assert compose(cases.CHILD_OSTEOSARCOMA)[0].patient_line == (
        "Proef van den Bedacht · 9 april 2012 (14 jaar) · man · patiëntnummer 0000471"
    )
    assert compose(cases.CHILD_UNCERTAIN)[0].patient_line == "casus 2026-0147 · 9 jaar"
    assert compose(cases.UNDECIDED)[0].patient_line == "casus 2026-0147 · leeftijd niet bekend"


def titles(sheet: MeetingSheet, order: PaperOrder) -> list[str]:
    """The titles of the frames on the sheet."""
    blocks = in_reading_order(meeting_document(sheet, order, measure).blocks)
    return [block.title for block in blocks if isinstance(block, Notice)]


def test_the_meeting_is_told_what_is_asked_by_whom_and_when(opened: OpenedEdition, compose: Compose) -> None:
    asked = {**cases.CHILD_OSTEOSARCOMA, "letter": {"question": "Is een biopsie aangewezen?"}}
    sheet, order = compose(asked)
    assert sheet.question == "Is een biopsie aangewezen?"
    assert sheet.brought_in.startswith("blad van 23 november 2026")
    sender = order.settings.sender
    assert (f"ingebracht door {sender.name}" in sheet.brought_in) is bool(sender.name)
    titles = [
        each.title
        for each in in_reading_order(meeting_document(sheet, order, measure).blocks)
        if isinstance(each, Notice)
    ]
    assert "Vraag aan het MDO" in titles


def test_without_a_question_nothing_is_asked(opened: OpenedEdition, compose: Compose) -> None:
    case = {name: part for name, part in cases.CHILD_OSTEOSARCOMA.items() if name != "letter"}
    sheet, order = compose(case)
    assert sheet.question == ""
    titles = [
        each.title
        for each in in_reading_order(meeting_document(sheet, order, measure).blocks)
        if isinstance(each, Notice)
    ]
    assert "Vraag aan het MDO" not in titles


def test_a_list_that_is_cut_says_how_much_more_there_is(compose: Compose) -> None:
    sheet, order = compose(cases.UNDECIDED)
    assert len(sheet.questions.lines) + sheet.questions.more == len(order.plan.open_questions)
    assert sheet.questions.more > 0


# --- the page


def text_of(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", KINDS)
def test_it_is_one_page_with_all_that_may_not_be_cut(
    opened: OpenedEdition, library: Library, compose: Compose, name: str, language: str
) -> None:
    case, phrases = Case.model_validate(KINDS[name]), library.phrases(language)
    document = meeting_sheet(order_paper(case, opened, phrases, SETTINGS, DAY), measure)
    assert document.page_format is PageFormat.LANDSCAPE
    written = write_document(document)
    assert written.pages == 1 and written.missing_characters == ()
    (text,) = text_of(written.content)
    sheet, order = compose(KINDS[name], language)
    for alert in sheet.stop_alerts:
        assert alert.title in text and alert.text in text
    for station in sheet.pathway.stations:
        assert f"{station.name} " in text and station.words in text
    for words in (
        sheet.decision,
        order.phrases.get("letter", "footer", "no_ce_mark"),
        order.phrases.get("letter", "footer", "draft"),
        phrases.get("sheets", "meeting", "advice_only"),
        phrases.get("sheets", "meeting", "decision"),
    ):
        assert words in text


def test_what_was_wrong_with_a_biopsy_stands_with_it(opened: OpenedEdition, dutch: Phrases) -> None:
    case = Case.model_validate(cases.OUTSIDE_PATHOLOGY)
    document = meeting_sheet(order_paper(case, opened, dutch, SETTINGS, DAY), measure)
    (text,) = text_of(write_document(document).content)
    done = "Biopsie is gedaan op 5 november 2026 Geen eerdere MRI met contrast vermeld; buiten een expertisecentrum"
    assert done in text


def test_it_is_one_page_for_a_share_of_the_deck(opened: OpenedEdition, dutch: Phrases) -> None:
    orders = {entry.name: order_paper(entry.case, opened, dutch, SETTINGS, entry.day) for entry in deck()[::20]}
    pages = {name: write_document(meeting_sheet(order, measure)).pages for name, order in orders.items()}
    assert {name: number for name, number in pages.items() if number != 1} == {}


def test_it_is_one_page_with_long_names_and_every_alert_that_says_stop(opened: OpenedEdition, dutch: Phrases) -> None:
    long = {"given_name": "Aaa" * 60, "family_name": "Bbb ccc" * 28, "sex": "female", "birth_date": "2012-04-09"}
    answers = changed(cases.CHILD_UNCERTAIN, patient=long, treatment={"earlier_unplanned_surgery": True})
    document = meeting_sheet(
        order_paper(Case.model_validate({**answers, "patient": long}), opened, dutch, SETTINGS, DAY), measure
    )
    notices = [block for block in document.blocks if isinstance(block, Notice)]
    assert sum(len(notice.items) for notice in notices) == 3
    assert write_document(document).pages == 1


def test_the_options_that_do_not_fit_are_counted(opened: OpenedEdition, compose: Compose) -> None:
    sheet, order = compose(cases.UNDECIDED)
    document = meeting_document(sheet, order, measure)
    _, options, _ = (block for block in in_reading_order(document.blocks) if isinstance(block, Grid))
    shown = len(options.rows) - 1
    assert shown < len(sheet.options)
    assert options.rows[-1][0] == f"en nog {len(sheet.options) - shown} in het plan"


def test_the_heights_are_those_on_paper(compose: Compose) -> None:
    """A document that is said to fill the page does, and one line more goes on a second one."""
    sheet, order = compose(cases.CHILD_OSTEOSARCOMA)
    document = meeting_document(sheet, order, measure)
    measured = measure(document)
    assert sum(measured.heights) <= measured.room
    last = document.blocks[-1]
    assert isinstance(last, Grid)
    missing = (measured.room - sum(measured.heights)) + 12
    lines = "\n" * int(missing / 10)
    longer = replace(last, rows=((last.rows[0][0] + lines, "", ""),))
    assert write_document(replace(document, blocks=(*document.blocks[:-1], longer))).pages == 2


def test_the_picture_is_described_and_nobody_is_named_in_the_title(opened: OpenedEdition, dutch: Phrases) -> None:
    case = Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    document = meeting_sheet(order_paper(case, opened, dutch, SETTINGS, DAY), measure)
    pathway, skeleton = (block for block in in_reading_order(document.blocks) if isinstance(block, Figure))
    assert pathway.picture.alternative_text.startswith("Het pad van klacht tot behandeling. Klacht: vermeld")
    assert skeleton.picture.alternative_text == "Op het skelet is gekleurd: Dijbeen (femur), links."
    assert "Bedacht" not in f"{document.title} {document.subject}"


# --- image and tissue

BOTH: dict[str, Any] = {
    "setting": "hospital",
    "lesion": {"category": "malignant", "entity": "osteosarcoma", "bone": "femur", "side": "left"},
    "biopsy": {"status": "performed", "in_or_with_expertise_centre": False},
    "pathology": {"diagnosis": "outside_expertise_centre", "histology": "aneurysmal_bone_cyst"},
}


def test_the_title_names_image_and_tissue_and_whether_it_was_reviewed(compose: Compose) -> None:
    sheet, _ = compose(BOTH)
    expected = (
        "MDO: op beeld osteosarcoom (niet nader omschreven); weefsel aneurysmatische botcyste, niet herbeoordeeld; "
    )
    assert sheet.title == f"{expected}dijbeen (femur), links"
    reviewed, _ = compose(changed(BOTH, pathology={"diagnosis": "confirmed_by_expertise_centre"}))
    assert "weefsel aneurysmatische botcyste, herbeoordeeld" in reviewed.title
    not_stated, _ = compose({"pathology": {"histology": "osteosarcoma"}})
    assert "herbeoordeling niet vermeld" in not_stated.title and "WHO" not in not_stated.title


def test_that_image_and_tissue_disagree_stands_on_the_sheet(compose: Compose) -> None:
    sheet, order = compose(BOTH)
    titles = {block.title for block in meeting_document(sheet, order, measure).blocks if isinstance(block, Notice)}
    assert "Let op: beeld en weefsel spreken elkaar tegen" in titles
    assert compose(changed(BOTH, pathology={"histology": "osteosarcoma"}))[0].warned == ()


def test_what_the_pathologist_found_and_where_tissue_was_taken_comes_first(compose: Compose) -> None:
    answers = {
        "pathology": {
            "diagnosis": "outside_expertise_centre",
            "histology": "chondrosarcoma_grade_2",
            "histological_grade": "grade_2",
            "specimen": "curettage",
        },
        "treatment": {"earlier_unplanned_surgery": True},
    }
    sheet, _ = compose(answers)
    assert sheet.known.lines[:2] == (
        "Pathologiediagnose: gesteld buiten een expertisecentrum; histologische graad: graad 2; soort materiaal: "
        "curettage",
        "Operatie voordat de diagnose bekend was",
    )


def test_a_second_biopsy_stands_on_the_sheet_beside_the_first(compose: Compose) -> None:
    biopsy = {"in_or_with_expertise_centre": False, "repeat_considered": True, "date": "2026-11-10"}
    sheet, order = compose(changed(BOTH, biopsy=biopsy))
    assert "Biopsie (10 november 2026); tweede biopsie overwogen" in sheet.known.lines
    text = text_of(write_document(meeting_document(sheet, order, measure)).content)[0]
    done = "Biopsie is gedaan op 10 november 2026; geen eerdere MRI met contrast vermeld; buiten een expertisecentrum"
    assert done in text


def test_a_tumour_that_cannot_be_told_is_said_in_plain_words(compose: Compose) -> None:
    sheet, _ = compose({"lesion": {"entity": "uncertain", "bone": "tibia"}})
    assert sheet.title == "MDO: botafwijking, soort niet te zeggen, scheenbeen (tibia)"


def test_a_line_is_cut_between_words() -> None:
    assert shortened("een twee drie vier", 14) == "een twee drie…"
    assert shortened("een twee drie vier", 13) == "een twee…"
    assert shortened("een twee", 8) == "een twee"
