"""How a letter looks: one scale of sizes, few colours, styles by meaning."""

from dataclasses import dataclass, replace
from functools import cache
from typing import TypedDict, Unpack

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from desktop_app.papers.blocks import Tone
from desktop_app.papers.document import PageFormat
from desktop_app.papers.pdf.text import BOLD, REGULAR
from desktop_app.papers.pdf.text_block import TextStyle

TOP_LATER = 21 * mm
LOGO_WIDTH, LOGO_HEIGHT = 60 * mm, 18 * mm

SMALL, BODY, LEAD, SECTION, PART, TITLE = 7.4, 8.8, 9.6, 9.6, 10.4, 17

INK, MUTED, LINE = HexColor("#1c2833"), HexColor("#566471"), HexColor("#ccd6dd")
ACCENT, PALE = HexColor("#0d5470"), HexColor("#f1f6f8")
TONES: dict[Tone, tuple[Color, Color]] = {
    Tone.STOP: (HexColor("#a11d1d"), HexColor("#fdf0ee")),
    Tone.CAUTION: (HexColor("#8a5200"), HexColor("#fdf6e6")),
    Tone.CALM: (ACCENT, PALE),
}
"""Ink and ground of each tone; each ink has at least 5:1 contrast on its ground, in print and for weak eyes."""


@dataclass(frozen=True, slots=True)
class Margins:
    """What stays free at the edges of a page, in points; the foot stands in the lower one."""

    side: float
    top: float
    bottom: float


MARGINS = {
    PageFormat.PORTRAIT: Margins(18 * mm, 14 * mm, 21 * mm),
    PageFormat.LANDSCAPE: Margins(12 * mm, 10 * mm, 17 * mm),
}


def line_width(page_format: PageFormat) -> float:
    """The width between the margins, in points."""
    return page_size(page_format)[0] - 2 * MARGINS[page_format].side


def page_size(page_format: PageFormat) -> tuple[float, float]:
    """Width and height of a page, in points."""
    return landscape(A4) if page_format is PageFormat.LANDSCAPE else A4


class _More(TypedDict, total=False):
    """What few styles have."""

    space_before: float
    space_after: float
    indent: float
    is_right: bool


def _style(
    name: str, size: float, colour: Color = INK, font: str = REGULAR, **more: Unpack[_More]
) -> tuple[str, TextStyle]:
    return name, TextStyle(font, size, colour, leading=round(size * 1.28, 1), **more)


@cache
def styles(scale: float = 1.0) -> dict[str, TextStyle]:
    """All styles by their meaning, so many times as large as in a letter."""
    found = [
        _style("title", TITLE, ACCENT, BOLD),
        _style("subtitle", LEAD, MUTED),
        _style("part", PART, ACCENT, BOLD),
        _style("section", SECTION, INK, BOLD, space_before=6, space_after=1.5),
        _style("subsection", BODY, INK, BOLD, space_before=4, space_after=1),
        _style("body", BODY, space_after=2),
        _style("lead", LEAD, INK, BOLD, space_after=3),
        _style("small", SMALL, MUTED, space_after=2),
        _style("label", BODY, MUTED),
        _style("value", BODY),
        _style("clinic", LEAD, ACCENT, BOLD),
        _style("letterhead", SMALL, MUTED, is_right=True),
        _style("head", SMALL, ACCENT, BOLD),
        _style("cell", SMALL + 0.4),
        _style("item", BODY, indent=9, space_after=1.5),
        _style("notice_item", BODY, indent=9, space_after=1),
    ]
    for tone, (ink, _) in TONES.items():
        found += [
            _style(f"banner_label_{tone.value}", SMALL, ink, BOLD),
            _style(f"banner_text_{tone.value}", LEAD + 0.6, ink, BOLD),
            _style(f"notice_title_{tone.value}", BODY, ink, BOLD),
        ]
    return {name: _scaled(style, scale) for name, style in found}


def _scaled(style: TextStyle, scale: float) -> TextStyle:
    return replace(
        style,
        size=style.size * scale,
        leading=style.leading * scale,
        space_before=style.space_before * scale,
        space_after=style.space_after * scale,
        indent=style.indent * scale,
    )
