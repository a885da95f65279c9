"""veraPDF judges every kind of letter as PDF/UA-1 and PDF/A-3a, and refuses copies that were broken on purpose."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.exchange.made_paper import letter_to_save, make_paper
from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.picture import Label, Picture
from desktop_app.looks.drawing.picture import Path as Shape
from desktop_app.looks.drawing.role import Role
from desktop_app.papers.blocks import Figure, Grid, Heading, Items, Notice, Opening, Text, Tone
from desktop_app.papers.correspondents import LetterSettings, Sender
from desktop_app.papers.document import DocumentOpening, PageFormat, PrintedDocument, RunningLines
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter_kinds import Kind
from desktop_app.papers.order import order_paper
from desktop_app.papers.pdf.write import write_document
from guideline_core.case import Case
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed
from tests.desktop_app.papers.conftest import CENTRES, SENDER, SETTINGS
from tests.desktop_app.papers.each_kind import OF_EACH_KIND
from tests.desktop_app.papers.made_letter import logo_file, write_letter
from tests.desktop_app.papers.pdf.broken_copies import BREAKS, broken
from tests.desktop_app.papers.pdf.test_pdf import HOSTILE, TEXTBOOK, png
from tests.desktop_app.papers.pdf.validation import PROFILES, Verdicts, judge
from tests.desktop_app.papers.sheets import sheets

ATTACHMENTS = (
    EmbeddedFile("zaak.json", "application/json", b'{"schema_version": 1}', "De zaak als JSON", "Source"),
    EmbeddedFile("bundle.json", "application/fhir+json", b'{"resourceType": "Bundle"}' * 900, "FHIR R4", "Data"),
)
LOGO = LetterSettings(
    Sender(name="Dr. A. Proef", clinic=SENDER.clinic, logo=logo_file(png(1200, 300))),
    centre=SETTINGS.centre,
    centres=CENTRES,
)
LONG_ENOUGH = {"history": "Een voorgeschiedenis. " * 200, "remarks": "Nog iets.\n" * 60}
LONG = {"history": "Een lange voorgeschiedenis met veel woorden. " * 900, "told_to_patient": "Ja.\n\nNee.\n" * 60}
HOSTILE_TEXT = " ".join(HOSTILE.values()).encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:400]
PICTURE = Picture(
    200,
    60,
    (
        Shape((("M", (0, 0)), ("L", (200, 0)), ("L", (200, 60)), ("Z", ())), Role.RAISED, Role.LINE),
        Shape((("M", (10, 30)), ("C", (60, 0, 120, 60, 190, 30))), None, Role.ACCENT, 2, is_dashed=True),
        Label("MRI", 100, 30, 9, Role.STOP, is_bold=True, anchor="middle"),
    ),
    "Het pad: van MRI naar overleg",
)


def sheet(page_format: PageFormat = PageFormat.LANDSCAPE, opening: bool = True) -> PrintedDocument:
    """A document that is no letter, with a picture; headings start too deep and skip a level on purpose."""
    return PrintedDocument(
        language="nl",
        title="Overzicht voor het MDO",
        subject="",
        blocks=(
            *((Opening(),) if opening else ()),
            Heading("Het pad", 3),
            Figure(PICTURE, 0.6),
            Heading("Opties", 1),
            Items((("Verwijzen", "M3-R8"), ("Afwachten", ""))),
            Heading("Wat is bekend", 3),
            Grid(("Vraag", "Antwoord"), (("Soort", "kwaadaardig"), ("", "")), (0.5, 0.5)),
            Notice(Tone.STOP, "Geen biopsie", "", ""),
            Text("Slot."),
        ),
        running=RunningLines("", "", ("", ""), "{page}/{pages}"),
        opening=DocumentOpening("MDO") if opening else None,
        page_format=page_format,
    )


def each_kind(opened, phrases: Phrases, language: str) -> Iterator[tuple[str, bytes]]:
    """Every kind of letter: of several pages, with logo and with case and bundle inside; and by nobody known."""
    for kind, answers in OF_EACH_KIND.items():
        made = {}
        for name, given, settings in (
            ("full", changed(answers, letter=LONG_ENOUGH), LOGO),
            ("of nobody", answers, LetterSettings()),
        ):
            case = Case.model_validate(given)
            order = order_paper(case, opened, phrases, settings, cases.DAY, kind=kind)
            made[name] = replace(order, with_case=True)
        yield f"{kind} {language}, full", letter_to_save(made["full"], compose_letter(made["full"])).pdf
        yield f"{kind} {language}, of nobody", make_paper(made["of nobody"]).pdf


@pytest.fixture(scope="module")
def files(make, opened, library, tmp_path_factory) -> dict[str, Path]:
    """All documents that must be right, and broken copies of the one that holds everything."""
    folder = tmp_path_factory.mktemp("pdf")
    letters: dict[str, Letter] = {
        f"{name} {language}": make(answers, language=language)
        for name, answers in TEXTBOOK.items()
        for language in ("nl", "en")
    }
    letters["long"] = make(changed(cases.CHILD_OSTEOSARCOMA, letter=LONG))
    strange = dict.fromkeys(("given_name", "family_name", "address"), HOSTILE_TEXT)
    letters["strange text"] = make(
        changed(cases.CHILD_OSTEOSARCOMA, patient=strange, letter={"history": HOSTILE_TEXT, "question": HOSTILE_TEXT})
    )
    letters["right to left"] = make(
        changed(
            cases.CHILD_OSTEOSARCOMA,
            patient={"given_name": "محمد", "family_name": "כהן"},
            letter={"history": "שָׁלוֹם 12"},
        )
    )
    contents = {name: write_letter(letter).content for name, letter in letters.items()}
    full = write_letter(make(cases.CHILD_OSTEOSARCOMA, LOGO), ATTACHMENTS, datetime.date(2026, 11, 23)).content
    contents |= {"full": full, "landscape sheet": write_document(sheet()).content}
    contents["sheet without opening"] = write_document(sheet(PageFormat.PORTRAIT, opening=False)).content
    contents |= {name: write_document(document).content for name, document in sheets(library).items()}
    for language in ("nl", "en"):
        contents |= dict(each_kind(opened, library.phrases(language), language))
    made = {name: folder / f"{number}.pdf" for number, name in enumerate([*contents, *BREAKS])}
    for name, content in contents.items():
        made[name].write_bytes(content)
    for name, (_, _, way) in BREAKS.items():
        broken(full, way).save(made[name])
    return made


@pytest.fixture(scope="module")
def verdicts(files) -> Verdicts:
    """One start of Java for all of them."""
    return judge(files.values())


def test_the_validator_has_its_rules(verdicts):
    """Without its XML binding it finds no profile and passes everything."""
    assert set(verdicts.rules) == set(PROFILES)
    assert min(verdicts.rules.values()) > 100


def test_every_document_is_accessible_and_fit_for_the_archive(files, verdicts):
    right = {name: verdicts.of(file) for name, file in files.items() if name not in BREAKS}
    assert len(right) == 2 * len(TEXTBOOK) + 6 + 12 + 2 * 2 * len(Kind)
    assert {name: rules for name, rules in right.items() if any(rules.values())} == {}


@pytest.mark.parametrize("name", BREAKS)
def test_broken_copies_are_refused(files, verdicts, name):
    profile, clause, _ = BREAKS[name]
    refused = {rule.partition("-")[0] for rule in verdicts.of(files[name])[profile]}
    assert clause in refused
