"""By structure a PDF says exactly what its blocks say, in their order and with every space."""

from itertools import pairwise

import pikepdf
import pytest

from desktop_app.papers.blocks import Figure, in_reading_order
from desktop_app.papers.letter.blocks import letter_document
from desktop_app.papers.pdf import text_block
from desktop_app.papers.pdf.write import write_document
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed
from tests.desktop_app.papers.conftest import WITH_PLAN
from tests.desktop_app.papers.each_kind import OF_EACH_KIND
from tests.desktop_app.papers.pdf.broken_copies import elements
from tests.desktop_app.papers.pdf.reading_order import spoken_in, spoken_of
from tests.desktop_app.papers.pdf.test_pdf import TEXTBOOK
from tests.desktop_app.papers.pdf.test_pdf_validity import sheet
from tests.desktop_app.papers.sheets import sheets


@pytest.fixture
def spoken(tmp_path):
    """What a document says by structure."""

    def read(document):
        file = tmp_path / "document.pdf"
        file.write_bytes(write_document(document).content)
        return spoken_in(file)

    return read


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("answers", TEXTBOOK.values(), ids=TEXTBOOK)
def test_letters(make, spoken, answers, language):
    document = letter_document(make(answers, language=language))
    assert spoken(document) == spoken_of(document)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", OF_EACH_KIND)
def test_every_kind_of_letter(make, spoken, kind, language):
    letter = make(OF_EACH_KIND[kind], WITH_PLAN, language=language, kind=kind)
    document = letter_document(letter)
    assert spoken(document) == spoken_of(document)
    drawn = (letter.summary.skeleton, letter.summary.pathway)
    figures = [block for block in in_reading_order(document.blocks) if isinstance(block, Figure)]
    assert len(figures) == sum(each is not None for each in drawn)


def test_a_share_of_the_deck(make, spoken):
    for case in deck()[::150]:
        document = letter_document(make(case.case, today=case.day))
        assert spoken(document) == spoken_of(document)


def test_a_sheet_with_a_picture(spoken):
    assert spoken(sheet()) == spoken_of(sheet())


def test_sheets(library, spoken):
    for document in sheets(library).values():
        assert spoken(document) == spoken_of(document)


@pytest.mark.parametrize(
    "history",
    [
        "Woorden over veel regels en bladzijden. " * 700,
        "Abcdefghij" * 20 + " daarna; " + "x" * 300,
        "<b 7 & pijn > 3 <font color=red>rood</font> &amp; </para>",
        "een\r\ntwee\n\n\ndrie vier\tvijf  zes",
        "王小明 en 홍길동, of: Žofie Kůňová",
    ],
    ids=["over pages", "words wider than a line", "tags", "lines", "three fonts"],
)
def test_free_text_arrives_as_it_was_written(make, spoken, history):
    document = letter_document(
        make(changed(cases.CHILD_OSTEOSARCOMA, letter={"history": history, "question": history}))
    )
    found = spoken(document)
    assert found == spoken_of(document)
    assert (" ".join(history.split())) in " ".join(words for _, words in found)


# --- the check bites ------------------------------------------------------------------------------------------------


def test_a_space_lost_at_the_end_of_a_line_is_noticed(make, spoken, monkeypatch):
    document = letter_document(make(cases.CHILD_OSTEOSARCOMA))
    kept = text_block._Breaker._next_line

    def without_space(self):
        if self._line.pieces:
            run, text = self._line.pieces[-1]
            self._line.pieces[-1] = (run, text.rstrip())
        kept(self)

    monkeypatch.setattr(text_block._Breaker, "_next_line", without_space)
    assert spoken(document) != spoken_of(document)


def test_a_wrong_order_and_a_lost_element_are_noticed(make, tmp_path):
    document = letter_document(make(cases.CHILD_OSTEOSARCOMA))
    file = tmp_path / "letter.pdf"
    file.write_bytes(write_document(document).content)
    for name, kept in {"swapped": lambda items: items[::-1], "lost": lambda items: items[1:]}.items():
        with pikepdf.open(file) as pdf:
            [facts] = [part for part in elements(pdf, "L") if len(part.K) == len(document.blocks[2].facts)][:1]
            facts.K = pikepdf.Array(kept(list(facts.K)))
            pdf.save(tmp_path / f"{name}.pdf")
        assert spoken_in(tmp_path / f"{name}.pdf") != spoken_of(document)
    assert spoken_in(file) == spoken_of(document)


def test_headings_start_at_one_and_skip_no_level(make, tmp_path):
    file = tmp_path / "sheet.pdf"
    for document in (sheet(), sheet(opening=False), letter_document(make(cases.CHILD_OSTEOSARCOMA))):
        file.write_bytes(write_document(document).content)
        with pikepdf.open(file) as pdf:
            tags = [str(element.S)[1:] for element in pdf.Root.StructTreeRoot.K.K]
        levels = [int(tag[1]) for tag in tags if tag[0] == "H"]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
