"""Copies of a good letter, each with one thing broken that a screen reader or an archive needs."""

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Break = Callable[[Pdf], None]
BREAKS: dict[str, tuple[str, str, Break]] = {}
"""Name: the profile that must refuse it, the clause of its standard (ISO 14289-1 or 19005-3), and what breaks it."""


def breaks(profile: str, clause: str) -> Callable[[Break], Break]:
    """Note a way to break a letter."""

    def note(way: Break) -> Break:
        BREAKS[way.__name__.replace("_", " ")] = (profile, clause, way)
        return way

    return note


def elements(pdf: Pdf, tag: str) -> list[Any]:
    """The elements of a tag, in reading order; a letter without any cannot serve."""
    found = [element for element in _below(pdf.Root.StructTreeRoot.K) if element.get("/S") == Name(f"/{tag}")]
    assert found, f"the letter has no {tag}"
    return found


def _below(element: Any) -> Iterator[Any]:
    if not isinstance(element, Dictionary) or "/S" not in element:
        return
    yield element
    children = element.get("/K")
    for child in children if isinstance(children, Array) else [children]:
        yield from _below(child)


@breaks("ua1", "7.3")
def figure_without_alternative_text(pdf: Pdf) -> None:
    del elements(pdf, "Figure")[0]["/Alt"]


@breaks("ua1", "7.5")
def header_cells_without_scope(pdf: Pdf) -> None:
    for cell in elements(pdf, "TH"):
        del cell["/A"]


@breaks("ua1", "7.2")
def no_language(pdf: Pdf) -> None:
    del pdf.Root.Lang


@breaks("ua1", "7.4.2")
def heading_that_skips_a_level(pdf: Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H4


@breaks("ua1", "7.1")
def words_that_belong_to_no_element(pdf: Pdf) -> None:
    page = pdf.pages[0]
    font = next(iter(page.Resources.Font.keys()))
    page.contents_add(f"BT {font} 9 Tf 1 0 0 1 72 400 Tm (x) Tj ET".encode())


@breaks("ua1", "7.1")
def no_title_on_the_window(pdf: Pdf) -> None:
    del pdf.Root.ViewerPreferences


@breaks("ua1", "6.2")
def not_marked(pdf: Pdf) -> None:
    del pdf.Root.MarkInfo


@breaks("ua1", "7.1")
def no_structure(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


@breaks("ua1", "7.2")
def table_cell_in_a_paragraph(pdf: Pdf) -> None:
    elements(pdf, "TD")[0].S = Name.P


@breaks("ua1", "7.2")
def list_item_outside_a_list(pdf: Pdf) -> None:
    elements(pdf, "L")[0].S = Name.Sect


@breaks("3a", "6.6.2.1")
def no_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


@breaks("ua1", "5")
def no_claim_to_be_accessible(pdf: Pdf) -> None:
    whole = pdf.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    pdf.Root.Metadata = _metadata(pdf, whole)


@breaks("3a", "6.6.4")
def claims_another_level(pdf: Pdf) -> None:
    whole = pdf.Root.Metadata.read_bytes().replace(b"conformance>A<", b"conformance>B<")
    pdf.Root.Metadata = _metadata(pdf, whole)


@breaks("3a", "6.2.4.3")
def no_output_intent(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents


@breaks("ua1", "7.21.7")
def font_that_does_not_say_its_characters(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        del font["/ToUnicode"]


@breaks("3a", "6.2.11.4.1")
def font_that_is_not_embedded(pdf: Pdf) -> None:
    for font in _fonts(pdf):
        del font.FontDescriptor["/FontFile2"]


@breaks("3a", "6.8")
def attachment_that_belongs_to_nothing(pdf: Pdf) -> None:
    del pdf.Root.AF


@breaks("3a", "6.8")
def attachment_without_relationship(pdf: Pdf) -> None:
    del pdf.Root.AF[0]["/AFRelationship"]


def _fonts(pdf: Pdf) -> list[Any]:
    """Each font once: pages share them."""
    return list({font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}.values())


def _metadata(pdf: Pdf, content: bytes) -> Any:
    stream = Stream(pdf, content)
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    return pdf.make_indirect(stream)


def broken(content: bytes, way: Break) -> Pdf:
    """A broken copy, to be saved."""
    import io

    pdf = pikepdf.open(io.BytesIO(content))
    way(pdf)
    return pdf
