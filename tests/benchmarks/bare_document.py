"""The baseline of every document: a bare ReportLab document of as many pages."""

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from desktop_app.library import resource_files

FONT = "Bare"
TEXT = "Een gewone regel van een brief over een afwijking van het bot, zoals men die schrijft. " * 2
PARAGRAPHS_ON_A_PAGE = 26
"""Fills a page, and not more."""


def bare_document(pages: int) -> bytes:
    """So many full pages of plain paragraphs in the font and size of a letter: no table, no colour, no tag, no head or
    foot. Of the two baselines that were measured, this and the letter's own words in lines, it is the quicker one."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(resource_files.path("fonts", "DejaVuSansCondensed.ttf"))))
    style = ParagraphStyle("bare", fontName=FONT, fontSize=8.8, leading=11.3, spaceAfter=2)
    story: list[Any] = []
    for number in range(pages):
        story += [PageBreak()] if number else []
        story += [Paragraph(f"{line} {TEXT}", style) for line in range(PARAGRAPHS_ON_A_PAGE)]
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4, invariant=1, initialFontName=FONT, pageCompression=1)
    document.build(story)
    assert document.page == pages, document.page
    return file.getvalue()
