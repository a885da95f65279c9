"""The sheet for the meeting as a document: A4 landscape, in the order in which a room takes it in."""

from collections.abc import Iterable, Iterator, Sequence

from desktop_app.library.clean_text import one_line
from desktop_app.library.sentences import inside_a_sentence, sentence_case
from desktop_app.papers.blocks import Banner, BannerCell, Beside, Block, Figure, Grid, Notice, Opening, Text, Tone
from desktop_app.papers.content import Marked, Meanwhile
from desktop_app.papers.document import DocumentOpening, Measure, PageFormat, PrintedDocument, RunningLines
from desktop_app.papers.footer import footer_of
from desktop_app.papers.meeting_sheet.options import Option
from desktop_app.papers.meeting_sheet.sheet import (
    Cut,
    MeetingSheet,
    compose_meeting_sheet,
    say,
)
from desktop_app.papers.order import PaperOrder
from desktop_app.papers.other_day_notice import other_day_notice
from desktop_app.plan.pathway.picture import pathway_picture

TEXT_SCALE = 1.1
PICTURE_WIDTH = 774.0
"""The width at which the pathway is laid out, in points; the page then scales it to its line."""
SKELETON_SHARE = 0.105
"""The part of the line that the skeleton takes."""
LEAST_ROOM_TO_WRITE, MOST_ROOM_TO_WRITE = 3, 9
"""Lines of the page that the meeting has for its decision."""
BULLET = "• "


def meeting_sheet(order: PaperOrder, measure: Measure) -> PrintedDocument:
    """Make the sheet for the meeting of a case; `measure` says how high its blocks will be on paper."""
    return meeting_document(compose_meeting_sheet(order), order, measure)


def meeting_document(sheet: MeetingSheet, order: PaperOrder, measure: Measure) -> PrintedDocument:
    """The sheet with as much as one page holds: the options give way first, then the small type of the picture."""
    rows = [_option(option, order) for option in sheet.options]
    for with_details in (True, False):
        above = _above(sheet, order, with_details, measure)
        room = _room_below(sheet, order, above, measure)
        for shown in range(len(rows), -1, -1):
            options = _options(rows, shown, order)
            lines = _lines_left(sheet, order, room, options, measure)
            if lines >= LEAST_ROOM_TO_WRITE and (shown or not rows or not with_details):
                decision = _room_to_decide(order, min(lines, MOST_ROOM_TO_WRITE))
                return _document(sheet, order, (*above, options, decision))
    decision = _room_to_decide(order, LEAST_ROOM_TO_WRITE)  # longer than any page: it goes on, nothing is lost
    return _document(sheet, order, (*above, options, decision))


def _room_below(sheet: MeetingSheet, order: PaperOrder, above: Sequence[Block], measure: Measure) -> float:
    measured = measure(_document(sheet, order, above))
    return measured.room - sum(measured.heights)


def _lines_left(sheet: MeetingSheet, order: PaperOrder, room: float, options: Grid, measure: Measure) -> int:
    """How many lines are left for the decision below these options."""
    one, two = (_room_to_decide(order, lines) for lines in (1, 2))
    of_options, of_one, of_two = measure(_document(sheet, order, (options, one, two))).heights
    return int((room - of_options - of_one) / (of_two - of_one)) + 1


def _document(sheet: MeetingSheet, order: PaperOrder, blocks: Sequence[Block]) -> PrintedDocument:
    return PrintedDocument(
        language=order.phrases.language,
        title=say(order, "document_title"),
        subject=order.edition.names.title(order.phrases.language),
        blocks=tuple(blocks),
        running=_running(sheet, order),
        opening=DocumentOpening(sheet.title, sheet.patient_line),
        page_format=PageFormat.LANDSCAPE,
        text_scale=TEXT_SCALE,
    )


# --- blocks


def _above(sheet: MeetingSheet, order: PaperOrder, with_details: bool, measure: Measure) -> tuple[Block, ...]:
    """All that is never cut, in reading order."""
    frames = (*_until_clear(sheet, order), *_alerts(sheet, order), *_warned(sheet))
    return (
        Opening(),
        Text(sentence_case(sheet.brought_in), "small"),
        *other_day_notice(order.other_day),
        *_question(sheet, order),
        _decision(sheet, order),
        *frames,
        *_case(sheet, order, with_details, measure),
    )


def _case(sheet: MeetingSheet, order: PaperOrder, with_details: bool, measure: Measure) -> Iterator[Block]:
    """Pathway and knowledge, beside the skeleton where the bone is known. The skeleton gets as high as they are and no
    higher: it never makes the page longer."""
    skeleton = sheet.skeleton
    width = PICTURE_WIDTH if skeleton is None else (1 - SKELETON_SHARE) * PICTURE_WIDTH
    words = (Figure(pathway_picture(sheet.pathway, width, with_details)), _knowledge(sheet, order))
    if skeleton is None:
        yield from words
        return
    as_small_as_possible = Beside(words, Figure(skeleton, 0.001), SKELETON_SHARE)
    (height,) = measure(_document(sheet, order, (as_small_as_possible,))).heights
    fitting = height * skeleton.width / skeleton.height / PICTURE_WIDTH
    yield Beside(words, Figure(skeleton, min(fitting, SKELETON_SHARE)), SKELETON_SHARE)


def _question(sheet: MeetingSheet, order: PaperOrder) -> Iterator[Notice]:
    if sheet.question:
        yield Notice(Tone.CALM, say(order, "question"), sheet.question, "")


def _decision(sheet: MeetingSheet, order: PaperOrder) -> Block:
    """What the guideline says on referral, with urgency, phone and biopsy."""
    if not sheet.marks:
        return Notice(Tone.CALM, sheet.decision, "", "")
    (first, urgency), (_, phone), (last, biopsy) = sheet.marks
    heading = sentence_case(order.phrases.heading("referral"))
    how = "\n".join(part for part in (sheet.consult_first, phone.text) if part)
    return Banner(
        (
            BannerCell(first, urgency.text, "", urgency.tone),
            BannerCell(heading, sheet.decision, how, Tone.CALM),
            BannerCell(last, biopsy.text, _of_biopsy(biopsy, order), biopsy.tone),
        )
    )


def _of_biopsy(biopsy: Marked, order: PaperOrder) -> str:
    """Of a biopsy that was done what was wrong with it, also beside a second one; what a first one still waits for
    stands with the options."""
    return (biopsy.detail or "") if order.case.biopsy.status == "performed" else ""


def _until_clear(sheet: MeetingSheet, order: PaperOrder) -> Iterator[Notice]:
    if sheet.meanwhile is not None:
        yield _meanwhile(sheet.meanwhile, order)


def _meanwhile(until: Meanwhile, order: PaperOrder) -> Notice:
    """What to do until all is clear; what does not hold for sure is marked as a precaution."""
    title, precaution = order.say("heading", "meanwhile"), order.say("word", "precaution")
    if not any(line.is_definite for line in until.lines):
        return Notice(Tone.CAUTION, f"{title}, {precaution}", " ".join(line.text for line in until.lines), "")
    texts = (line.text if line.is_definite else f"{line.text.rstrip('.')} ({precaution})." for line in until.lines)
    return Notice(Tone.CAUTION, title, " ".join(texts), "")


def _alerts(sheet: MeetingSheet, order: PaperOrder) -> Iterator[Notice]:
    """One alert in full; several in one frame, so that the page holds them all."""
    if len(sheet.stop_alerts) == 1:
        alert = sheet.stop_alerts[0]
        yield Notice(Tone.STOP, f"{alert.severity_words}: {inside_a_sentence(alert.title)}", alert.text, "")
    elif sheet.stop_alerts:
        items = tuple((alert.title, alert.text) for alert in sheet.stop_alerts)
        yield Notice(Tone.STOP, say(order, "stop"), "", "", items)


def _warned(sheet: MeetingSheet) -> Iterator[Notice]:
    """By title only: what is at odds stands in the title of the sheet and among what is known."""
    if sheet.warned:
        titles = "; ".join(inside_a_sentence(alert.title) for alert in sheet.warned)
        yield Notice(Tone.CAUTION, f"{sheet.warned[0].severity_words}: {titles}", "", "")


def _knowledge(sheet: MeetingSheet, order: PaperOrder) -> Grid:
    """Three lists side by side: what is known, what is not, and what to ask."""
    header = tuple(say(order, key) for key in ("known", "unknown", "questions"))
    nothing = "asked_beside" if sheet.questions.lines else "nothing_unknown"
    cells = (
        _list(sheet.known, say(order, "nothing_known"), order),
        _list(sheet.unknown, say(order, nothing), order),
        _list(sheet.questions, say(order, "no_questions"), order),
    )
    return Grid(header, (cells,), (0.4, 0.25, 0.35))


def _list(cut: Cut, nothing: str, order: PaperOrder) -> str:
    if not cut.lines:
        return nothing
    lines = [f"{BULLET}{line}" for line in cut.lines]
    return "\n".join([*lines, *([say(order, "more", number=str(cut.more))] if cut.more else [])])


def _options(rows: Sequence[tuple[str, str, str]], shown: int, order: PaperOrder) -> Grid:
    """The first options, the weightiest; of the others how many there are."""
    header = tuple(say(order, key) for key in ("option", "for", "against"))
    left = len(rows) - shown
    more = [(say(order, "more", number=str(left)), "", "")] if left else []
    return Grid(header, (*rows[:shown], *more), (0.2, 0.42, 0.38))


def _option(option: Option, order: PaperOrder) -> tuple[str, str, str]:
    return (
        sentence_case(option.name),
        _grounds(option.for_it) or say(order, "nothing_for"),
        _grounds(option.against_it) or say(order, "nothing_against"),
    )


def _grounds(grounds: Iterable[str]) -> str:
    return "\n".join(map(one_line, grounds))


def _room_to_decide(order: PaperOrder, lines: int) -> Grid:
    header = tuple(say(order, key) for key in ("decision", "who", "when"))
    room = "\n" * (lines - 1)
    return Grid(header, ((room, room, room),), (0.5, 0.3, 0.2))


def _running(sheet: MeetingSheet, order: PaperOrder) -> RunningLines:
    footer = footer_of(order)
    below = (footer.case_number, footer.fingerprints, say(order, "advice_only"))
    return RunningLines(
        head_left=sheet.patient_line,
        head_right=sheet.title,
        foot=(" · ".join((footer.edition, footer.status, footer.notice)), " · ".join(part for part in below if part)),
        page_pattern=footer.page_pattern,
    )
