"""Arabic and Hebrew: joined and turned on paper as Unicode has it, as typed in all that is read by a machine.

Letters are written by their names or codes, as an editor turns what it shows. The forms are those of the Unicode chart
of Arabic Presentation Forms-B.
"""

import io
from collections.abc import Iterator

import pikepdf
import pypdf
import pytest

from desktop_app.library.right_to_left import as_typed, in_visual_order, joined
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.pdf.text import printable
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed
from tests.desktop_app.papers.made_letter import write_letter
from tests.desktop_app.papers.pdf.reading_order import spoken_in

BEH, YEH, TEH, DAL, ALEF, REH = "\u0628", "\u064a", "\u062a", "\u062f", "\u0627", "\u0631"
LAM, SEEN, MEEM, HAMZA, DAMMA, TATWEEL = "\u0644", "\u0633", "\u0645", "\u0621", "\u064f", "\u0640"
COHEN, DOV = "\u05db\u05d4\u05df", "\u05d3\u05d5\u05d1"
TURNED_COHEN, TURNED_DOV = "\u05df\u05d4\u05db", "\u05d1\u05d5\u05d3"
MUHAMMAD = "\u0645\u062d\u0645\u062f"
DRAWN_MUHAMMAD = "\ufeaa\ufee4\ufea4\ufee3"
"""The last letter first: dal final, meem medial, hah medial, meem initial."""


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        (BEH + YEH + TEH, "\ufe91\ufef4\ufe96"),  # initial, medial, final
        (DAL + ALEF + REH, "\ufea9\ufe8d\ufead"),  # none of these joins what follows
        (BEH + ALEF + BEH, "\ufe91\ufe8e\ufe8f"),
        (LAM + ALEF, "\ufefb"),  # always one sign
        (SEEN + LAM + ALEF + MEEM, "\ufeb3\ufefc\ufee1"),
        (BEH + HAMZA + BEH, "\ufe8f\ufe80\ufe8f"),  # hamza joins nothing
        (BEH + DAMMA + YEH, f"\ufe91{DAMMA}\ufef2"),  # a mark keeps no letters apart
        (BEH + TATWEEL, f"\ufe91{TATWEEL}"),  # drawn out
        (f"{BEH} {YEH}", "\ufe8f \ufef1"),  # a space does
    ],
)
def test_letters_take_the_form_that_their_neighbours_ask_for(typed, forms):
    assert joined(typed, printable()) == forms
    assert joined(forms, printable()) == forms
    assert as_typed(forms) == typed


def test_a_form_that_the_font_lacks_is_not_used():
    assert joined(BEH + YEH, printable() - {0xFE91}) == f"{BEH}\ufef2"


@pytest.mark.parametrize("text", ["Zoë de Vries", COHEN, "王小明", ""])
def test_other_letters_are_not_joined(text):
    assert joined(text, printable()) == text


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("de Vries (9)", "de Vries (9)"),
        (COHEN, TURNED_COHEN),
        (f"heer {COHEN} {DOV}, Breda", f"heer {TURNED_DOV} {TURNED_COHEN}, Breda"),
        (f"{COHEN} · 9 april 2012", f"{TURNED_COHEN} · 9 april 2012"),  # the day stays behind the name
        (f"{COHEN} 12 ({DOV})", f"({TURNED_DOV}) 12 {TURNED_COHEN}"),  # a line of its own: numbers and brackets too
        (f"{COHEN} 12 {DOV} mm ", f"{TURNED_DOV} 12 {TURNED_COHEN} mm "),
        (f" {COHEN} ", f" {TURNED_COHEN} "),
    ],
)
def test_a_line_is_turned_where_it_runs_from_right_to_left(typed, drawn):
    assert in_visual_order(typed) == drawn


@pytest.fixture(scope="module")
def letter(make):
    return make(
        changed(
            cases.CHILD_OSTEOSARCOMA,
            patient={"given_name": MUHAMMAD, "family_name": COHEN},
            letter={"history": f"Broer van {MUHAMMAD} {COHEN}. " * 400},
        )
    )


def test_paper_shows_the_name_joined_and_turned_on_every_page(letter, tmp_path):
    content = write_letter(letter).content
    file = tmp_path / "letter.pdf"
    file.write_bytes(content)
    assert f"{TURNED_COHEN} {DRAWN_MUHAMMAD}" in {words for _, words in spoken_in(file)}  # as it is drawn
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert len(pages) > 2
    # This reader turns back what it finds turned: were it not turned on paper, it would come out backwards.
    assert all(f"{DRAWN_MUHAMMAD[::-1]} {COHEN}" in page for page in pages)


def actual_texts(element: pikepdf.Object) -> Iterator[str]:
    """What the structure of a PDF gives in the place of what is drawn."""
    if isinstance(element, pikepdf.Dictionary):
        if "/ActualText" in element:
            yield str(element.ActualText)
        if "/K" in element:
            yield from actual_texts(element.K)
    elif isinstance(element, pikepdf.Array):
        for child in element:
            yield from actual_texts(child)


def test_readers_of_the_structure_are_told_what_was_typed_and_only_where_it_differs(letter):
    with pikepdf.open(io.BytesIO(write_letter(letter).content)) as pdf:
        told = list(actual_texts(pdf.Root.StructTreeRoot.K))
    assert f"{MUHAMMAD} {COHEN}" in told
    assert f"Broer van {MUHAMMAD} {COHEN}. " * 400 in (f"{text} " for text in told)  # in one piece, over two pages
    assert all(MUHAMMAD in text for text in told)


def test_a_letter_without_such_names_tells_nothing_twice(make):
    with pikepdf.open(io.BytesIO(write_letter(make(cases.CHILD_OSTEOSARCOMA)).content)) as pdf:
        assert not list(actual_texts(pdf.Root.StructTreeRoot.K))


def test_the_model_keeps_what_was_typed(letter):
    assert f"{MUHAMMAD} {COHEN}" in {fact.value for fact in letter.patient}
    assert "?" in letter_text(letter)  # the health record shows Latin letters only
