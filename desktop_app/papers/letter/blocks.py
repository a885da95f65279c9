"""The letter as a document for paper: its opening, what stands on every page, and its blocks.

The blocks are envelope, core, signature, file summary, what the program says of itself, and annex.
"""

import datetime
from collections.abc import Iterator, Sequence

from desktop_app.library.sentences import inside_a_sentence, sentence_case
from desktop_app.looks.drawing.picture import Picture
from desktop_app.papers.blocks import (
    Banner,
    BannerCell,
    Beside,
    Block,
    Closing,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Items,
    NewPage,
    Notice,
    Opening,
    Piece,
    Text,
    Tone,
)
from desktop_app.papers.content import AlertLine, FreeText, Marked, Named, PlanLine, Source
from desktop_app.papers.document import DocumentOpening, OpeningColumn, OpeningEntry, PrintedDocument, RunningLines
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.letter.core import SHORT_TEXT
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter.plan_blocks import plan_blocks
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind
from desktop_app.papers.order import NO_BREAK, cited, joined
from desktop_app.papers.other_day_notice import other_day_notice
from desktop_app.plan.pathway.picture import pathway_picture

WIDE = 80
"""Characters; a longer value would fill half a line many times over."""
PATHWAY_WIDTH = 500.0
"""Points on which the pathway is laid out: those of the line, so that its words come out at their size."""
NARROW_SKELETON, WIDE_SKELETON = 0.17, 0.3
"""Parts of the line for a skeleton as it usually is, and for two enlargements side by side."""
SMALL_SHARE = 0.6
"""How large the skeleton is beside words, against below them: they are not as high."""
FEW_LETTERS = 400
"""Of so many letters it is sure that a figure stands beside them on one page."""


def outline(letter: Letter) -> tuple[Block, ...]:
    """All blocks, in the order in which they stand on paper; whoever reads no further than the signature has it all."""
    closing = Closing(letter.signature)
    return (*_envelope(letter), *_core(letter), closing, *_summary(letter), *_about(letter), *_annex(letter))


# --- envelope -------------------------------------------------------------------------------------------------------


def _envelope(letter: Letter) -> Iterator[Block]:
    yield Opening()
    yield from other_day_notice(letter.envelope.other_day)
    yield from _banner(letter)
    if letter.meanwhile is not None:
        yield _meanwhile(letter)
    yield from (_alert(letter, alert) for alert in letter.stop_alerts)
    yield from _patient(letter)


def _patient(letter: Letter) -> Iterator[Block]:
    """Two columns; what is too long for one goes first over the whole line, so that it pushes little away."""
    wide = tuple(fact for fact in letter.patient if len(fact.value) > WIDE)
    if wide:
        yield Facts(wide, columns=1)
    yield Facts(tuple(fact for fact in letter.patient if fact not in wide), columns=2)


def _banner(letter: Letter) -> Iterator[Block]:
    envelope = letter.envelope
    if envelope.urgency is None or envelope.phone is None or envelope.biopsy is None:
        if letter.core.emergencies:
            yield Notice(Tone.CAUTION, letter.core.emergencies, "", "")
        return
    arranged = envelope.phone_arrangement.text if envelope.phone_arrangement else ""
    cells = (
        _cell(letter, "banner.urgency", envelope.urgency),
        _cell(letter, "banner.phone", envelope.phone, arranged),
        _cell(letter, "banner.biopsy", envelope.biopsy),
    )
    yield Banner(cells, tuple(_below_banner(letter)))


def _below_banner(letter: Letter) -> Iterator[BannerCell]:
    """What makes it an emergency, and with whom a child's referral was discussed."""
    if letter.core.emergencies:
        urgency = letter.envelope.urgency
        tone = Tone.STOP if urgency is not None and urgency.tone is Tone.STOP else Tone.CAUTION
        yield BannerCell(letter.heading("banner.emergency"), letter.core.emergencies, "", tone)
    consult = letter.envelope.consult_first
    if consult is not None:
        tone = Tone.CALM if consult.is_made else Tone.STOP
        yield BannerCell(letter.heading("banner.consult_first"), consult.text, "", tone)


def _cell(letter: Letter, label: str, marked: Marked, detail: str = "") -> BannerCell:
    return BannerCell(letter.heading(label), marked.text, detail or marked.detail or "", marked.tone)


def _meanwhile(letter: Letter) -> Notice:
    meanwhile = letter.meanwhile
    assert meanwhile is not None
    fields = joined(meanwhile.depends_on)
    depends = f"{letter.heading('heading.depends_on')}: {fields}." if fields else ""
    items = tuple((_with_precaution(letter, line), _places(letter, line.sources)) for line in meanwhile.lines)
    return Notice(Tone.CAUTION, letter.heading("heading.meanwhile"), "", depends, items)


def _with_precaution(letter: Letter, line: PlanLine) -> str:
    if line.is_definite:
        return line.text
    return f"{sentence_case(letter.heading('word.precaution'))}: {inside_a_sentence(line.text)}"


def _alert(letter: Letter, alert: AlertLine) -> Notice:
    tone = {"stop": Tone.STOP, "caution": Tone.CAUTION}.get(alert.severity, Tone.CALM)
    is_plain = alert.severity == "note" or not alert.severity_words
    title = alert.title if is_plain else f"{alert.severity_words}: {inside_a_sentence(alert.title)}"
    if alert.certainty != "definite":
        title = f"{title} ({letter.heading('word.if_so')})"
    foot = [_depends(letter, alert.depends_on), _places(letter, alert.sources)]
    return Notice(tone, title, alert.text, " ".join(part for part in foot if part))


# --- core -----------------------------------------------------------------------------------------------------------


def _core(letter: Letter) -> Iterator[Block]:
    core = letter.core
    yield Heading(letter.heading("core"), 1)
    yield Text(letter.heading("signature.salutation"))
    if letter.kind in TO_A_CENTRE:
        yield from _question(letter)
        yield Heading(letter.heading("reason"), 2)
        yield Text(core.reason)
    else:
        yield from _message(letter)
        yield from _question(letter)
    yield from _lesion(letter)
    yield from _done(letter)
    yield from _own_words(letter)
    if letter.kind not in TO_A_CENTRE:
        yield from _to_do(letter)
    if core.told_to_patient is not None and _is_short(core.told_to_patient):
        yield from _free_text(core.told_to_patient)
    yield from _attachments(letter)


def _message(letter: Letter) -> Iterator[Block]:
    """What a general practitioner must know: what the guideline says is the message itself."""
    yield Heading(letter.heading("reason"), 2)
    yield Text(letter.core.reason)
    yield Text(" ".join(letter.core.conclusion), "lead")
    told = _told_with_conclusion(letter)
    if told:
        yield Items(tuple((f"{line.text} {line.detail or ''}".strip(), _places(letter, line.sources)) for line in told))
    yield Text(_why(letter), "small")


def _question(letter: Letter) -> Iterator[Block]:
    question = letter.core.question
    if question is not None:
        yield Heading(letter.heading("heading.question"), 2)
        yield Text(question, "lead")


def _lesion(letter: Letter) -> Iterator[Block]:
    """The lesion, why now, and what the tissue showed; the skeleton beside it, where the words leave room for it."""
    core, skeleton = letter.core, letter.summary.skeleton
    problem = tuple(fact for fact in core.problem if not (core.says_site and fact.key == "lesion.place"))
    words = (
        *_section(letter, "problem", Facts(problem, 2), problem),
        *_section(letter, "context", Facts(core.context, 1), core.context),
        *_section(letter, "heading.tissue", Facts(core.tissue, 2), core.tissue),
    )
    if skeleton is not None and _is_beside_words(letter):
        share = SMALL_SHARE * _share_of(skeleton)
        yield Beside(words, Figure(skeleton, share), share)
    else:
        yield from words


def _is_beside_words(letter: Letter) -> bool:
    """Whether there are words, and so few that a figure surely stands beside them on page 1."""
    facts = (*letter.core.problem, *letter.core.context, *letter.core.tissue)
    return bool(facts) and sum(len(fact.value) for fact in facts) <= FEW_LETTERS


def _section(letter: Letter, heading: str, block: Piece, content: Sequence[object]) -> Iterator[Piece]:
    if content:
        yield Heading(letter.heading(heading), 2)
        yield block


def _told_with_conclusion(letter: Letter) -> list[PlanLine]:
    """Where nobody is referred, what the guideline does say stands with the conclusion, not pages further on."""
    if letter.kind not in (Kind.NO_REFERRAL_NEEDED, Kind.OTHER_GUIDELINE):
        return []
    firm = (line for line in letter.summary.plan if line.is_definite)
    return [line for line in firm if line.verdict == "inform" or not line.facts.asks_for_something]


def _why(letter: Letter) -> str:
    """On which answers the decision on referral rests, and where the guideline says so."""
    answers = "; ".join(f"{fact.label}: {fact.value}" for fact in letter.core.conclusion_grounds)
    grounds = letter.heading("word.grounds").format(answers=answers) + "." if answers else ""
    return " ".join(part for part in (_places(letter, letter.core.conclusion_sources), grounds) if part)


def _done(letter: Letter) -> Iterator[Block]:
    core = letter.core
    if not core.imaging and not core.other_done:
        return
    yield Heading(letter.heading("treatment"), 2)
    if core.imaging:
        header = tuple(letter.heading(f"table.{key}") for key in ("examination", "date", "place", "details"))
        missing = letter.heading("word.none_stated")
        rows = tuple((row.examination, row.date or missing, row.place or missing, row.details) for row in core.imaging)
        yield Grid(header, rows, (0.24, 0.17, 0.24, 0.35))
    if core.other_done:
        yield Items(tuple((done, "") for done in core.other_done))


def _own_words(letter: Letter) -> Iterator[Block]:
    """What the sender wrote, in short lines; longer texts follow behind the signature."""
    texts = letter.core.own_words
    facts = tuple(Fact(text.key, text.heading, " ".join(text.text.split())) for text in texts)
    yield from _section(letter, "further", Facts(facts, 1), facts)


def _to_do(letter: Letter) -> Iterator[Block]:
    """What is to be done and what is not, for the general practitioner."""
    todos = letter.core.still_to_do
    who = tuple(Fact(todo.actor, sentence_case(todo.actor_words), "; ".join(todo.tasks)) for todo in todos)
    yield from _section(letter, "heading.still_to_do", Facts(who, 1), who)
    warnings = tuple((line.text, _places(letter, line.sources)) for line in letter.core.not_to_do)
    yield from _section(letter, "heading.not_to_do", Items(warnings), warnings)


def _attachments(letter: Letter) -> Iterator[Block]:
    """What goes with the letter, with boxes, and what is missing: a line each, for page 1 holds the signature too."""
    core = letter.core
    if not core.attachments and not core.images:
        return
    yield Heading(letter.heading("heading.attachments"), 2)
    enclosed = [f"{each.state}{NO_BREAK}{each.name}" for each in core.attachments if not each.is_missing]
    missing = [each for each in core.attachments if each.is_missing]
    if enclosed:
        yield Text(" · ".join(enclosed))
    if missing:
        yield Text(f"{missing[0].state}: {'; '.join(each.name for each in missing)}.")
    if core.images:
        yield Text(" · ".join(f"{fact.label}: {fact.value}" for fact in core.images))


# --- file summary ---------------------------------------------------------------------------------------------------


def _summary(letter: Letter) -> Iterator[Block]:
    blocks = tuple(_summary_blocks(letter))
    if blocks:
        yield Heading(letter.heading("summary"), 1)
        yield from blocks


def _summary_blocks(letter: Letter) -> Iterator[Block]:
    summary, told = letter.summary, letter.core.told_to_patient
    yield from _site(letter)
    for text in summary.texts:
        yield from _free_text(text)
    if told is not None and not _is_short(told):
        yield from _free_text(told)
    for group in summary.groups:
        yield Heading(group.heading, 2)
        yield Facts(group.facts, 2 if len(group.facts) > 1 else 1)
    if summary.results:
        yield Heading(letter.heading("heading.other_results"), 2)
        for result in summary.results:
            yield Heading(result.heading, 3)
            yield Text(result.text)


def _site(letter: Letter) -> Iterator[Block]:
    skeleton = letter.summary.skeleton
    if skeleton is not None and not _is_beside_words(letter):
        yield Heading(letter.heading("heading.site"), 2)
        yield Figure(skeleton, _share_of(skeleton))


def _share_of(skeleton: Picture) -> float:
    """The part of the line for the skeleton: a picture that is wide gets more, so that its bones stay large enough."""
    return WIDE_SKELETON if skeleton.width > skeleton.height else NARROW_SKELETON


def _about(letter: Letter) -> Iterator[Block]:
    """What the program says of itself and of the guideline: below the signature, as the doctor does not say it."""
    yield Text(" ".join(letter.summary.notes), "small")


def _annex(letter: Letter) -> Iterator[Block]:
    """The plan of the guideline, where the sender chose to add it."""
    summary = letter.summary
    told = _told_with_conclusion(letter)
    if not letter.with_plan or not (summary.pathway or letter.other_alerts or set(summary.plan) - set(told)):
        return
    yield NewPage()
    yield Heading(letter.heading("heading.annex"), 1)
    if letter.kind in TO_A_CENTRE:
        yield Text(" ".join(letter.core.conclusion))
        yield Text(_why(letter), "small")
    if summary.pathway is not None:
        yield Figure(pathway_picture(summary.pathway, PATHWAY_WIDTH, with_details=True))
    yield from (_alert(letter, alert) for alert in letter.other_alerts)
    yield from plan_blocks(letter, told)
    if summary.readings:
        yield Text(
            " ".join((letter.heading("note.readings"), *(reading.words for reading in summary.readings))), "small"
        )


def _is_short(text: FreeText) -> bool:
    return len(text.text) <= SHORT_TEXT


def _free_text(text: FreeText) -> Iterator[Block]:
    yield Heading(text.heading, 2)
    yield Text(text.text)


# --- small helpers --------------------------------------------------------------------------------------------------


def _places(letter: Letter, sources: Sequence[Source]) -> str:
    """The places in the guideline, as a remark."""
    if not sources:
        return ""
    return letter.heading("word.source").format(places=cited(sources)) + "."


def _depends(letter: Letter, fields: Sequence[Named]) -> str:
    return letter.heading("word.depends_on").format(fields=joined(fields)) + "." if fields else ""


# --- the document -----------------------------------------------------------------------------------------------------


def letter_document(
    letter: Letter, attachments: tuple[EmbeddedFile, ...] = (), made_on: datetime.date | None = None
) -> PrintedDocument:
    """The document that a letter is."""
    return PrintedDocument(
        language=letter.language,
        title=letter.document_title,
        subject=letter.footer.edition,
        blocks=outline(letter),
        running=_running(letter),
        opening=_opening(letter),
        attachments=attachments,
        made_on=made_on,
    )


def _opening(letter: Letter) -> DocumentOpening:
    envelope, heading = letter.envelope, letter.heading
    when = [OpeningEntry(heading("envelope.date"), (envelope.date,))]
    if envelope.case_number:
        when.append(OpeningEntry(heading("envelope.reference"), (envelope.case_number,)))
    columns = (
        OpeningColumn(0.42, (OpeningEntry(heading("envelope.to"), envelope.recipient.lines),)),
        OpeningColumn(0.36, (OpeningEntry(heading("envelope.from"), envelope.sender),)),
        OpeningColumn(0.22, tuple(when)),
    )
    logo_text = f"Logo {envelope.letterhead.name}".strip()
    return DocumentOpening(letter.title, letter.subtitle, envelope.letterhead, logo_text, columns)


def _running(letter: Letter) -> RunningLines:
    footer, envelope = letter.footer, letter.envelope
    day = envelope.other_day
    below = " · ".join(part for part in (footer.patient, footer.case_number, footer.fingerprints) if part)
    return RunningLines(
        head_left=letter.patient_line,
        head_right=" · ".join((letter.title, envelope.date, *([day.title] if day is not None else []))),
        foot=(" · ".join((footer.edition, footer.status, footer.notice)), below),
        page_pattern=footer.page_pattern,
    )
