"""The sheet for the meeting as a document: A4 landscape, in the order in which a room takes it in."""

from collections.abc import Iterable, Iterator, Sequence

from desktop_app.papers.letter.compose import footer_of
from desktop_app.papers.letter.model import Marked, Meanwhile, Tone
from desktop_app.papers.making import Making, inside_sentence, making_of, sentence_case
from desktop_app.papers.meeting_sheet.meeting_options import Option
from desktop_app.papers.meeting_sheet.meeting_sheet import (
    LONGEST_GROUND,
    Cut,
    MeetingSheet,
    compose_meeting_sheet,
    say,
    shortened,
)
from desktop_app.papers.order import LetterOrder
from desktop_app.papers.outline import Banner, BannerCell, Beside, Block, Figure, Grid, Notice, Opening
from desktop_app.papers.pdf.pdf import heights_of, room_of
from desktop_app.papers.printed_document import DocumentOpening, PageFormat, PrintedDocument, RunningLines
from desktop_app.plan.pathway.picture import pathway_picture

TEXT_SCALE = 1.1
PICTURE_WIDTH = 774.0
"""The width at which the pathway is laid out, in points; the page then scales it to its line."""
SKELETON_SHARE = 0.105
"""The part of the line that the skeleton takes."""
LEAST_ROOM_TO_WRITE, MOST_ROOM_TO_WRITE = 3, 9
"""Lines of the page that the meeting has for its decision."""
BULLET = "• "


def meeting_sheet(order: LetterOrder) -> PrintedDocument:
    """Make the sheet for the meeting of a case."""
    making = making_of(order)
    return meeting_document(compose_meeting_sheet(making), making)


def meeting_document(sheet: MeetingSheet, making: Making) -> PrintedDocument:
    """The sheet with as much as one page holds: the options give way first, then the small type of the picture."""
    rows = [_option(option, making) for option in sheet.options]
    for with_details in (True, False):
        above = _above(sheet, making, with_details)
        room = _room_below(sheet, making, above)
        for shown in range(len(rows), -1, -1):
            options = _options(rows, shown, making)
            lines = _lines_left(sheet, making, room, options)
            if lines >= LEAST_ROOM_TO_WRITE and (shown or not rows or not with_details):
                decision = _room_to_decide(making, min(lines, MOST_ROOM_TO_WRITE))
                return _document(sheet, making, (*above, options, decision))
    decision = _room_to_decide(making, LEAST_ROOM_TO_WRITE)  # longer than any page: it goes on, nothing is lost
    return _document(sheet, making, (*above, options, decision))


def _room_below(sheet: MeetingSheet, making: Making, above: Sequence[Block]) -> float:
    document = _document(sheet, making, above)
    return room_of(document) - sum(heights_of(document))


def _lines_left(sheet: MeetingSheet, making: Making, room: float, options: Grid) -> int:
    """How many lines are left for the decision below these options."""
    one, two = (_room_to_decide(making, lines) for lines in (1, 2))
    of_options, of_one, of_two = heights_of(_document(sheet, making, (options, one, two)))
    return int((room - of_options - of_one) / (of_two - of_one)) + 1


def _document(sheet: MeetingSheet, making: Making, blocks: Sequence[Block]) -> PrintedDocument:
    return PrintedDocument(
        language=making.phrases.language,
        title=say(making, "document_title"),
        subject=making.edition.names.title(making.phrases.language),
        blocks=tuple(blocks),
        running=_running(sheet, making),
        opening=DocumentOpening(sheet.title, sheet.patient_line),
        page_format=PageFormat.LANDSCAPE,
        text_scale=TEXT_SCALE,
    )


# --- blocks


def _above(sheet: MeetingSheet, making: Making, with_details: bool) -> tuple[Block, ...]:
    """All that is never cut, in reading order."""
    frames = (*_until_clear(sheet, making), *_alerts(sheet, making))
    return (Opening(), _decision(sheet, making), *frames, *_case(sheet, making, with_details))


def _case(sheet: MeetingSheet, making: Making, with_details: bool) -> Iterator[Block]:
    """Pathway and knowledge, beside the skeleton where the bone is known. The skeleton gets as high as they are and no
    higher: it never makes the page longer."""
    skeleton = sheet.skeleton
    width = PICTURE_WIDTH if skeleton is None else (1 - SKELETON_SHARE) * PICTURE_WIDTH
    words = (Figure(pathway_picture(sheet.pathway, width, with_details)), _knowledge(sheet, making))
    if skeleton is None:
        yield from words
        return
    as_small_as_possible = Beside(words, Figure(skeleton, 0.001), SKELETON_SHARE)
    (height,) = heights_of(_document(sheet, making, (as_small_as_possible,)))
    fitting = height * skeleton.width / skeleton.height / PICTURE_WIDTH
    yield Beside(words, Figure(skeleton, min(fitting, SKELETON_SHARE)), SKELETON_SHARE)


def _decision(sheet: MeetingSheet, making: Making) -> Block:
    """What the guideline says on referral, with urgency, phone and biopsy."""
    if not sheet.marks:
        return Notice(Tone.CALM, sheet.decision, "", "")
    (first, urgency), (_, phone), (last, biopsy) = sheet.marks
    heading = sentence_case(making.phrases.heading("referral"))
    how = "\n".join(part for part in (sheet.consult_first, phone.text) if part)
    return Banner(
        (
            BannerCell(first, urgency.text, "", urgency.tone),
            BannerCell(heading, sheet.decision, how, Tone.CALM),
            BannerCell(last, biopsy.text, _of_biopsy(biopsy), biopsy.tone),
        )
    )


def _of_biopsy(biopsy: Marked) -> str:
    """What was wrong with a biopsy that was done; what one still waits for stands with the options."""
    return (biopsy.detail or "") if biopsy.key == "performed" else ""


def _until_clear(sheet: MeetingSheet, making: Making) -> Iterator[Notice]:
    if sheet.meanwhile is not None:
        yield _meanwhile(sheet.meanwhile, making)


def _meanwhile(until: Meanwhile, making: Making) -> Notice:
    """What to do until all is clear; what does not hold for sure is marked as a precaution."""
    title, precaution = making.say("heading", "meanwhile"), making.say("word", "precaution")
    if not any(line.is_definite for line in until.lines):
        return Notice(Tone.CAUTION, f"{title}, {precaution}", " ".join(line.text for line in until.lines), "")
    texts = (line.text if line.is_definite else f"{line.text.rstrip('.')} ({precaution})." for line in until.lines)
    return Notice(Tone.CAUTION, title, " ".join(texts), "")


def _alerts(sheet: MeetingSheet, making: Making) -> Iterator[Notice]:
    """One alert in full; several in one frame, so that the page holds them all."""
    if len(sheet.stop_alerts) == 1:
        alert = sheet.stop_alerts[0]
        yield Notice(Tone.STOP, f"{alert.severity_words}: {inside_sentence(alert.title)}", alert.text, "")
    elif sheet.stop_alerts:
        items = tuple((alert.title, alert.text) for alert in sheet.stop_alerts)
        yield Notice(Tone.STOP, say(making, "stop"), "", "", items)


def _knowledge(sheet: MeetingSheet, making: Making) -> Grid:
    """Three lists side by side: what is known, what is not, and what to ask."""
    header = tuple(say(making, key) for key in ("known", "unknown", "questions"))
    nothing = "asked_beside" if sheet.questions.lines else "nothing_unknown"
    cells = (
        _list(sheet.known, say(making, "nothing_known"), making),
        _list(sheet.unknown, say(making, nothing), making),
        _list(sheet.questions, say(making, "no_questions"), making),
    )
    return Grid(header, (cells,), (0.4, 0.25, 0.35))


def _list(cut: Cut, nothing: str, making: Making) -> str:
    if not cut.lines:
        return nothing
    lines = [f"{BULLET}{line}" for line in cut.lines]
    return "\n".join([*lines, *([say(making, "more", number=str(cut.more))] if cut.more else [])])


def _options(rows: Sequence[tuple[str, str, str]], shown: int, making: Making) -> Grid:
    """The first options, the weightiest; of the others how many there are."""
    header = tuple(say(making, key) for key in ("option", "for", "against"))
    left = len(rows) - shown
    more = [(say(making, "more", number=str(left)), "", "")] if left else []
    return Grid(header, (*rows[:shown], *more), (0.2, 0.42, 0.38))


def _option(option: Option, making: Making) -> tuple[str, str, str]:
    return (
        sentence_case(option.name),
        _grounds(option.for_it) or say(making, "nothing_for"),
        _grounds(option.against_it) or say(making, "nothing_against"),
    )


def _grounds(grounds: Iterable[str]) -> str:
    return "\n".join(shortened(ground, LONGEST_GROUND) for ground in grounds)


def _room_to_decide(making: Making, lines: int) -> Grid:
    header = tuple(say(making, key) for key in ("decision", "who", "when"))
    room = "\n" * (lines - 1)
    return Grid(header, ((room, room, room),), (0.5, 0.3, 0.2))


def _running(sheet: MeetingSheet, making: Making) -> RunningLines:
    footer = footer_of(making)
    below = (footer.case_number, footer.fingerprints, say(making, "advice_only"))
    return RunningLines(
        head_left=sheet.patient_line,
        head_right=sheet.title,
        foot=(" · ".join((footer.edition, footer.status, footer.notice)), " · ".join(part for part in below if part)),
        page_pattern=footer.page_pattern,
    )
