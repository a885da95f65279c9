"""The skeleton in letter and MDO sheet, as it comes out on paper: the right bone on the right side, and in words."""

import subprocess
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import pikepdf
import pytest
from PIL import Image

from desktop_app.papers.blocks import Beside, Figure, Heading, in_reading_order
from desktop_app.papers.letter.blocks import letter_document, outline
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, kinds_for
from desktop_app.papers.meeting_sheet.document import meeting_sheet
from desktop_app.papers.order import order_paper
from desktop_app.papers.pdf.write import measure, write_document
from guideline_core.case import Case
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.conftest import SETTINGS, WITH_PLAN
from tests.desktop_app.papers.letter.test_left_out import leaving_out
from tests.desktop_app.papers.pdf.broken_copies import elements

DOTS_PER_POINT = 2
PATHWAY = {"nl": "Het pad van klacht tot behandeling.", "en": "The pathway from complaint to treatment."}


class Skeleton(NamedTuple):
    """The skeleton as it is printed: where dots have the colour of the chosen bone (parts of the width of the figure,
    from the left), where R and L stand, and what is read out."""

    coloured: list[float]
    letters: dict[str, float]
    told: str


@pytest.fixture
def document_of(make, opened, library):
    """The letter or MDO sheet of some answers."""

    def made(kind, answers, language="nl"):
        if kind == "letter":
            return letter_document(make(answers, WITH_PLAN, language=language))
        return meeting_sheet(
            order_paper(Case.model_validate(answers), opened, library.phrases(language), SETTINGS, DAY), measure
        )

    return made


@pytest.fixture
def printed(tmp_path):
    """The skeleton on the page on which it is printed."""

    def seen(document) -> Skeleton:
        file = tmp_path / "document.pdf"
        file.write_bytes(write_document(document).content)
        return skeleton_in(file)

    return seen


def skeleton_in(file: Path) -> Skeleton:
    with pikepdf.open(file) as pdf:
        (figure,) = (each for each in elements(pdf, "Figure") if "skelet" in str(each.Alt).lower())
        told, box = str(figure.Alt), [float(number) for number in figure.A.BBox]
        pages = [page.obj.objgen for page in pdf.pages]
        number = pages.index(figure.Pg.objgen) + 1
        height = float(pdf.pages[number - 1].MediaBox[3])
    left, bottom, right, top = box
    place = {"-x": left, "-y": height - top, "-W": right - left, "-H": top - bottom}
    cut = [str(part) for key, value in place.items() for part in (key, round(value * DOTS_PER_POINT))]
    page = ["-f", str(number), "-l", str(number)]
    target = file.with_suffix("")
    command = ["pdftoppm", "-png", "-singlefile", "-r", str(72 * DOTS_PER_POINT), *page, *cut, str(file), str(target)]
    subprocess.run(command, check=True)
    inside = (
        (word, (x - left) / (right - left))
        for word, x, y in _words(file, page)
        if left <= x <= right and height - top <= y <= height - bottom
    )
    letters = {word: place for word, place in inside if word in ("R", "L")}
    return Skeleton(_accent(Path(f"{target}.png")), letters, told)


def _accent(picture: Path) -> list[float]:
    """The places of dots of the colour in which a chosen bone is printed: a dark blue, far from grey."""
    with Image.open(picture) as image:
        width, dots = image.width, image.convert("RGB")
        found = [
            x
            for y in range(image.height)
            for x in range(width)
            if (dot := dots.getpixel((x, y)))[2] - dot[0] > 70 and dot[0] < 80
        ]
    return [x / width for x in found]


def _words(file: Path, page: list[str]):
    """The words of a page with the middle of each, in points from the left and from above."""
    done = subprocess.run(["pdftotext", "-bbox", *page, str(file), "-"], capture_output=True, check=True, text=True)
    for line in done.stdout.splitlines():
        if line.strip().startswith("<word "):
            fields = dict(part.split("=") for part in line.strip()[6:].split(">")[0].split())
            numbers = {key: float(value.strip('"')) for key, value in fields.items()}
            word = line.split(">", 1)[1].split("<")[0]
            yield word, (numbers["xMin"] + numbers["xMax"]) / 2, (numbers["yMin"] + numbers["yMax"]) / 2


def with_bone(bone, side):
    return changed(cases.CHILD_OSTEOSARCOMA, lesion={"bone": bone, "side": side})


@pytest.mark.parametrize("kind", ["letter", "sheet"])
@pytest.mark.parametrize(
    ("bone", "side", "is_at_viewers_left"),
    [("femur", "right", True), ("femur", "left", False), ("scapula", "right", False)],
    ids=["right femur", "left femur", "right scapula, from behind"],
)
def test_the_bone_is_printed_where_the_viewer_sees_its_side(document_of, printed, kind, bone, side, is_at_viewers_left):
    found = printed(document_of(kind, with_bone(bone, side)))
    assert len(found.coloured) > 50
    assert {place < 0.5 for place in found.coloured} == {is_at_viewers_left}
    letter, other = ("R", "L") if side == "right" else ("L", "R")
    assert (found.letters[letter] < 0.5) is is_at_viewers_left
    assert (found.letters[other] < 0.5) is not is_at_viewers_left
    assert ("rechts" if side == "right" else "links") in found.told


@pytest.mark.parametrize("kind", ["letter", "sheet"])
def test_without_a_side_both_are_outlined(document_of, printed, kind):
    found = printed(document_of(kind, with_bone("femur", None)))
    assert {place < 0.5 for place in found.coloured} == {True, False}
    assert found.told == "Op het skelet zijn beide zijden omlijnd: Dijbeen (femur), zijde niet bekend."


def with_region(region, side):
    lesion = {"region": region, "side": side, "bone": None, "bone_part": None}
    return changed(cases.CHILD_OSTEOSARCOMA, lesion=lesion)


@pytest.mark.parametrize("kind", ["letter", "sheet"])
def test_of_a_part_of_the_skeleton_its_bones_are_outlined(document_of, printed, kind):
    """The spine lies in the middle; of a pelvis one side is outlined and said."""
    places = (("spine", None), ("pelvis", "left"), ("pelvis", "right"))
    spine, left, right = (printed(document_of(kind, with_region(*each))) for each in places)
    assert mean(right.coloured) < 0.48 < mean(spine.coloured) < 0.52 < mean(left.coloured)
    assert spine.told == "Op het skelet is omlijnd: wervelkolom; het bot is niet bekend."
    assert "bekken, links" in left.told and "bekken, rechts" in right.told


@pytest.mark.parametrize("region", ["skull_base", "long_bone", "other"])
def test_a_part_that_says_too_little_has_no_picture(make, region):
    assert make(with_region(region, None)).summary.skeleton is None


def figures(document):
    return [block.picture.alternative_text for block in in_reading_order(document.blocks) if isinstance(block, Figure)]


@pytest.mark.parametrize("kind", ["letter", "sheet"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_while_no_bone_is_known_there_is_no_skeleton(document_of, kind, language):
    without = figures(document_of(kind, with_bone(None, None), language))
    assert [told[: len(PATHWAY[language])] for told in without] == [PATHWAY[language]]
    assert len(figures(document_of(kind, with_bone("femur", None), language))) == 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_plain_text_says_the_same(make, language):
    text = " ".join(letter_text(make(cases.CHILD_OSTEOSARCOMA, WITH_PLAN, language=language)).split())
    bone = {"nl": "Op het skelet is gekleurd: Dijbeen (femur), links.", "en": "Coloured on the skeleton: Femur, left."}
    assert PATHWAY[language] in text and bone[language] in text


# --- where they stand ---------------------------------------------------------------------------------------------


def test_in_a_letter_to_a_centre_the_skeleton_stands_beside_the_lesion_and_the_pathway_in_the_annex(make, opened):
    for answers in (cases.CHILD_OSTEOSARCOMA, cases.OUTSIDE_PATHOLOGY, cases.DO_NOT_TOUCH_IN_DOUBT):
        for kind in kinds_for(opened.planner.make_plan(Case.model_validate(answers), DAY), opened.tables.actions):
            assert kind in TO_A_CENTRE
            letter = make(answers, WITH_PLAN, kind=kind)
            beside, pathway = (block for block in outline(letter) if isinstance(block, Figure | Beside))
            assert Heading(letter.heading("problem"), 2) in beside.blocks
            blocks = outline(letter)
            assert blocks.index(pathway) > blocks.index(Heading(letter.heading("heading.annex"), 1))


@pytest.mark.parametrize("answers", [cases.CHILD_FIBROMA_BY_CHANCE, cases.SPINAL_METASTASES])
def test_a_letter_to_the_general_practitioner_has_the_skeleton_beside_the_lesion_and_no_pathway(make, answers):
    letter = make(answers)
    (beside,) = (block for block in outline(letter) if isinstance(block, Beside))
    assert Heading(letter.heading("problem"), 2) in beside.blocks
    assert letter.summary.pathway is None


def test_a_lesion_of_many_words_has_no_figure_beside_it_and_fits_on_its_pages(make):
    many = [{"text": f"plek {number}: {'woord ' * 25}"} for number in range(30)]
    letter = make(changed(cases.SPINAL_METASTASES, lesion={"other_sites": many}))
    assert letter.kind is Kind.OTHER_GUIDELINE
    document = letter_document(letter)
    assert [type(block) for block in document.blocks if isinstance(block, Figure | Beside)] == [Figure]
    assert write_document(document).pages >= 2


def test_a_pathway_never_shows_what_the_sender_left_out(make):
    letter = make(leaving_out(cases.CHILD_OSTEOSARCOMA, "staging.fdg_pet_ct"), WITH_PLAN)
    assert letter.summary.pathway is None
    assert "FDG-PET/CT" not in letter_text(letter)
    assert "FDG-PET/CT" in letter_text(make(cases.CHILD_OSTEOSARCOMA, WITH_PLAN))
    assert letter.summary.skeleton is not None
