"""The PDF: it says what the model says, page 1 holds what must be seen first, and bad input harms nothing."""

import io
import itertools
import struct
import zlib

import pytest

from desktop_app.exchange.made_paper import make_paper
from desktop_app.library.clean_text import REPLACEMENT
from desktop_app.papers.correspondents import LetterSettings, Sender
from desktop_app.papers.letter_kinds import TO_A_CENTRE
from desktop_app.papers.order import order_paper
from desktop_app.papers.pdf.structure import Element
from desktop_app.papers.pdf.style import styles
from desktop_app.papers.pdf.text import register_fonts
from desktop_app.papers.pdf.text_block import Run, TextBlock
from guideline_core.case import Case
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.conftest import CENTRES, SENDER, SETTINGS, WITH_PLAN
from tests.desktop_app.papers.made_letter import logo_file, write_letter

pypdf = pytest.importorskip("pypdf")

TEXTBOOK = {
    "child with suspected osteosarcoma": cases.CHILD_OSTEOSARCOMA,
    "adult with pelvic chondrosarcoma grade 2": cases.ADULT_CHONDROSARCOMA,
    "adult with giant cell tumour": cases.ADULT_GIANT_CELL_TUMOUR,
    "child with non-ossifying fibroma found by chance": cases.CHILD_FIBROMA_BY_CHANCE,
    "adult with established spinal metastases": cases.SPINAL_METASTASES,
    "undecided": cases.UNDECIDED,
    "age unknown": cases.MALIGNANT_AGE_UNKNOWN,
    "benign active": cases.BENIGN_ACTIVE,
    "in doubt": cases.DO_NOT_TOUCH_IN_DOUBT,
    "uncertain child": cases.CHILD_UNCERTAIN,
    "nothing stated": {},
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("answers", TEXTBOOK.values(), ids=TEXTBOOK)
def test_pages(make, pages_of, answers, language):
    letter = make(answers, WITH_PLAN, language=language)
    pages = pages_of(letter)
    check_pages(letter, pages)
    for line in letter.summary.plan:
        assert is_said(line.text, pages) or is_said(line.name, pages)
    for fact in (*letter.patient, *letter.core.problem, *letter.core.context):
        if fact.key != "lesion.place":  # the reason says it as doctors do
            assert " ".join(fact.value.split()) in " ".join(pages)


def is_said(text: str, pages: list[str]) -> bool:
    """Whether a text stands on a page, or begins at the foot of one and ends on the next."""
    words = text.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words))]
    whole = any(text in page for page in pages)
    return whole or any(
        one in page and other in following for one, other in halves[1:] for page, following in itertools.pairwise(pages)
    )


def test_pages_of_a_share_of_the_deck(make, pages_of):
    for case in deck()[::12]:
        letter = make(case.case, today=case.day)
        check_pages(letter, pages_of(letter))


def check_pages(letter, pages):
    """What every letter holds: on page 1 what must be seen first, on each page its number and what the edition is."""
    first = pages[0]
    assert letter.title in first
    for number, page in enumerate(pages, 1):
        assert letter.footer.page_pattern.format(page=number, pages=len(pages)) in page
        for part in (letter.footer.edition, letter.footer.status, letter.footer.notice, letter.footer.fingerprints):
            assert part in page
    for alert in letter.stop_alerts:
        assert alert.text in first
    if letter.meanwhile is not None:
        assert all(line.text[1:] in first for line in letter.meanwhile.lines)
        assert all(field.words in first for field in letter.meanwhile.depends_on)
    if letter.kind in TO_A_CENTRE:
        envelope = letter.envelope
        assert all(marked.text in first for marked in (envelope.urgency, envelope.phone, envelope.biopsy))
        assert letter.core.question in first
    else:
        assert all(sentence in first for sentence in letter.core.conclusion)


def test_same_letter_same_bytes(make):
    assert write_letter(make(cases.CHILD_OSTEOSARCOMA)).content == write_letter(make(cases.CHILD_OSTEOSARCOMA)).content


def test_metadata_hold_no_identity(make):
    reader = pypdf.PdfReader(io.BytesIO(write_letter(make(cases.CHILD_OSTEOSARCOMA)).content))
    assert reader.metadata.title == "Verwijsbrief bottumor"
    said = " ".join(str(value) for value in reader.metadata.values())
    assert not any(part in said for part in ("Bedacht", "111222333", "2012", "2026-0147", "A. Proef"))
    assert reader.trailer["/Root"]["/Lang"] == "nl"


@pytest.mark.parametrize("answers", [cases.CHILD_OSTEOSARCOMA, cases.UNDECIDED])
def test_all_fonts_are_embedded(make, answers):
    reader = pypdf.PdfReader(io.BytesIO(write_letter(make(answers)).content))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert {str(font["/BaseFont"]).partition("+")[2] for font in fonts} <= {
        "DejaVuSansCondensed",
        "DejaVuSansCondensed-Bold",
    }
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


# --- bad input ------------------------------------------------------------------------------------------------------

HOSTILE = {
    "tag": "Hb <b 7 & pijn > 3 <font color=red>rood</font> &amp; </para>",
    "200 characters in one word": "Abcdefghij" * 20,
    "right to left": "\u202e\u05e9\u05dc\u05d5\u05dd \u0639\u0644\u064a\u0643\u0645",
    "combining": "Zoe\u0308 e\u0301\u0302\u0303 Nguye\u0302\u0303n",
    "control": "a\x00b\x07c\ud800d\u200be",
    "no glyph": "ก王小明 😀",
    "lines": "een\r\ntwee\n\n\ndrie\u2028vier\tvijf",
    "braces": "{name} {0} %s %(x)s",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_everywhere(make, pages_of, text):
    short = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:400]
    answers = changed(
        cases.CHILD_OSTEOSARCOMA,
        patient={"given_name": short, "family_name": short, "address": short, "general_practitioner": short},
        consultation={"centre": short, "contact": short},
        letter={"question": short, "history": short, "told_to_patient": short},
        images={"sent_by": short},
        imaging={"xray": {"done": True, "place": short}, "other": [{"what": short, "place": short, "result": short}]},
    )
    sender = Sender(name=short, specialty=short, clinic=short, letterhead=(short,) * 6, address=short, phone=short)
    letter = make(answers, LetterSettings(sender, number=short, centres=CENTRES))
    pages = pages_of(letter)
    assert all(f"Pagina {number} van {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert letter.envelope.urgency.text in pages[0]
    assert letter.envelope.biopsy.text in pages[0]


def test_tags_are_printed_as_they_were_typed(make, pages_of):
    letter = make(changed(cases.ADULT_CHONDROSARCOMA, letter={"question": HOSTILE["tag"]}))
    assert HOSTILE["tag"] in pages_of(letter)[0]


def test_characters_without_glyph_are_visible_and_reported(opened, dutch, pages_of):
    case = Case.model_validate(changed(cases.ADULT_CHONDROSARCOMA, patient={"family_name": "ก Proef"}))
    made = make_paper(order_paper(case, opened, dutch, SETTINGS, DAY))
    assert write_letter(made.letter).missing_characters == ("ก",)
    assert f"{REPLACEMENT} Proef" in pages_of(made.letter)[0]
    warning = made.warnings[-1]
    assert (warning.key, "ก" in warning.text) == ("characters", True)


@pytest.mark.parametrize("name", ["王小明", "やまだ たろう", "홍길동", "ヤマダ"])
def test_chinese_japanese_and_korean_are_printed_by_the_third_font(make, pages_of, name):
    """On page 1, and in the head of the next pages."""
    letter = make(changed(cases.CHILD_OSTEOSARCOMA, patient={"given_name": name, "family_name": "Proef"}))
    assert write_letter(letter).missing_characters == ()
    assert all(f"{name} Proef" in page for page in pages_of(letter))


def test_combining_characters_are_composed(make, pages_of):
    letter = make(changed(cases.ADULT_CHONDROSARCOMA, patient={"family_name": "Zoe\u0308"}))
    assert "Zoë" in pages_of(letter)[0]


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_twenty_pages_of_history(make, pages_of, separator):
    history = separator.join(
        f"Regel {number} van een lange voorgeschiedenis met veel woorden." for number in range(1400)
    )
    pages = pages_of(make(changed(cases.CHILD_OSTEOSARCOMA, letter={"history": history})))
    assert len(pages) >= 12
    whole = " ".join(pages)
    assert all(f"Regel {number} van" in whole for number in (0, 700, 1399))
    assert "Met vriendelijke groet" in pages[0] or "Met vriendelijke groet" in pages[1]


def test_a_result_of_ten_thousand_words_in_other_imaging(make, pages_of):
    answers = changed(cases.CHILD_OSTEOSARCOMA, imaging={"other": [{"what": "Botscan", "result": "stapeling " * 9000}]})
    assert len(pages_of(make(answers))) > 5


def test_a_text_is_split_in_two_parts_or_not_at_all():
    """What ReportLab's tables rely on, also where the text would fit and only the space around it would not."""
    register_fonts()
    style = styles()["body"]
    runs = [Run("woord " * 300, style.font, style.size, style.colour)]
    whole = TextBlock(runs, style, Element("P"))
    _, height = whole.wrap(300, 10_000)
    parts = {lines: len(whole.split(300, lines * style.leading)) for lines in range(int(height / style.leading) + 3)}
    last = round(height / style.leading)
    assert parts == {lines: 2 if 2 <= lines < last else 0 for lines in parts}


def test_the_parts_of_a_text_hold_it_once_at_any_width():
    """A table splits a text at one width and sets its parts at another."""
    register_fonts()
    style = styles()["body"]
    text = "een twee\n\n" + "woord met meer letters " * 40 + "x" * 200
    whole = TextBlock([Run(text, style.font, style.size, style.colour)], style, Element("P"))
    whole.wrap(300, 10_000)
    parts = whole.split(300, 5 * style.leading)
    assert len(parts) == 2
    for width in (300, 290, 120):
        for part in parts:
            part.wrap(width, 10_000)
        words = "".join(piece for part in parts for line in part._lines for _, piece in line.pieces)
        assert words.split() == text.split()


# --- logo -----------------------------------------------------------------------------------------------------------


def png(width, height, truncated=False):
    """A PNG of one colour; the data of a truncated one stop short."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = min(height, 2000)
    data = zlib.compress((b"\x00" + b"\x10\x60\x90" * width) * rows)
    if truncated:
        data = data[: len(data) // 2]
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def with_logo(content):
    return LetterSettings(Sender(name="A", clinic=SENDER.clinic, logo=logo_file(content)), centre=SETTINGS.centre)


def test_logo_is_drawn(make):
    letter = make(cases.ADULT_CHONDROSARCOMA, with_logo(png(1200, 300)))
    reader = pypdf.PdfReader(io.BytesIO(write_letter(letter).content))
    assert len(reader.pages[0].images) == 1
    assert all(warning.key != "logo" for warning in letter.warnings)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (png(60_000, 1_000), "50 miljoen beeldpunten"),
        (png(9_000, 9_000), "50 miljoen beeldpunten"),
        (b"\x89PNG\r\n\x1a\n nonsense", "beschadigd"),
        (png(400, 100, truncated=True), "beschadigd"),
        (b"Dit is een tekst.", "geen PNG- of JPEG-afbeelding"),
        (b"", "geen PNG- of JPEG-afbeelding"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 21_000_000, "groter dan 20 MB"),
    ],
)
def test_bad_logo_is_refused_and_the_letter_is_made(make, pages_of, content, said):
    letter = make(cases.ADULT_CHONDROSARCOMA, with_logo(content))
    assert [said in warning.text for warning in letter.warnings if warning.key == "logo"] == [True]
    assert SENDER.clinic in pages_of(letter)[0]
