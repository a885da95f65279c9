"""The letter as a row of blocks: envelope, core, file summary, signature, and what the program says of itself."""

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
    Notice,
    Opening,
    Piece,
    Text,
    Tone,
)
from desktop_app.papers.content import AlertLine, Arrangement, FreeText, Marked, Named, PlanLine, Source
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter.plan_blocks import plan_blocks
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind
from desktop_app.papers.order import cited, joined
from desktop_app.papers.other_day_notice import other_day_notice
from desktop_app.plan.pathway.picture import pathway_picture

WIDE = 80
"""Characters; a longer value would fill half a line many times over."""
PATHWAY_WIDTH = 500.0
"""Points on which the pathway is laid out: those of the line, so that its words come out at their size."""
NARROW_SKELETON, WIDE_SKELETON = 0.17, 0.3
"""Parts of the line for a skeleton as it usually is, and for two enlargements side by side."""
SMALL_SHARE = 0.75
"""How large the skeleton is beside words, against beside the pathway: they are not as high."""
FEW_LETTERS = 400
"""Of so many letters it is sure that a figure stands beside them on one page."""


def outline(letter: Letter) -> tuple[Block, ...]:
    """All blocks, in the order in which they stand on paper."""
    return (*_envelope(letter), *_core(letter), *_summary(letter), Closing(letter.signature), *_about(letter))


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
        return
    arranged = envelope.phone_arrangement.text if envelope.phone_arrangement else ""
    cells = (
        _cell(letter, "banner.urgency", envelope.urgency),
        _cell(letter, "banner.phone", envelope.phone, arranged),
        _cell(letter, "banner.biopsy", envelope.biopsy),
    )
    yield Banner(cells, _consult_first(letter, envelope.consult_first))


def _cell(letter: Letter, label: str, marked: Marked, detail: str = "") -> BannerCell:
    return BannerCell(letter.heading(label), marked.text, detail or marked.detail or "", marked.tone)


def _consult_first(letter: Letter, consult: Arrangement | None) -> BannerCell | None:
    if consult is None:
        return None
    label, needed = letter.heading("banner.consult_first"), letter.heading("banner.consult_needed")
    return BannerCell(label, needed, consult.text, Tone.STOP)


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
    title = alert.title if alert.severity == "note" else f"{alert.severity_words}: {inside_a_sentence(alert.title)}"
    if alert.certainty != "definite":
        title = f"{title} ({letter.heading('word.if_so')})"
    foot = [_depends(letter, alert.depends_on), _places(letter, alert.sources)]
    return Notice(tone, title, alert.text, " ".join(part for part in foot if part))


# --- core -----------------------------------------------------------------------------------------------------------


def _core(letter: Letter) -> Iterator[Block]:
    core = letter.core
    yield Heading(letter.heading("core"), 1)
    to_a_centre = letter.kind in TO_A_CENTRE
    if to_a_centre:
        yield from _question(letter)
    yield Heading(letter.heading("reason"), 2)
    yield from _reason(letter)
    told = _told_with_conclusion(letter)
    if told:
        yield Items(tuple((f"{line.text} {line.detail or ''}".strip(), _places(letter, line.sources)) for line in told))
    yield Text(_why(letter), "small")
    if not to_a_centre:
        yield from _question(letter)
    yield from _section(letter, "heading.tissue", Facts(core.tissue, 2), core.tissue)
    yield from _lesion(letter)
    yield from _done(letter)
    yield from _still_to_do(letter)
    if core.not_to_do:
        yield Heading(letter.heading("heading.not_to_do"), 2)
        yield Items(tuple((line.text, _places(letter, line.sources)) for line in core.not_to_do))
    if core.told_to_patient is not None:
        yield from _free_text(core.told_to_patient)
    yield from _attachments(letter)


def _question(letter: Letter) -> Iterator[Block]:
    question = letter.core.question
    if question is not None:
        yield Heading(letter.heading("heading.question"), 2)
        yield Text(question, "lead")


def _reason(letter: Letter) -> Iterator[Block]:
    """Why this letter; where no question is put to a centre, what the guideline says is the message itself."""
    core = letter.core
    conclusion = " ".join(core.conclusion)
    if letter.kind in TO_A_CENTRE:
        yield Text(f"{core.reason} {conclusion}")
    else:
        yield Text(core.reason)
        yield Text(conclusion, "lead")


def _lesion(letter: Letter) -> Iterator[Block]:
    """The lesion and why now; the skeleton beside it where nothing on page 1 may be pushed away, and the words leave
    room for it."""
    problem, context = letter.core.problem, letter.core.context
    words = (
        *_section(letter, "problem", Facts(problem, 2), problem),
        *_section(letter, "context", Facts(context, 1), context),
    )
    skeleton = letter.summary.skeleton
    if skeleton is not None and _is_beside_words(letter):
        share = SMALL_SHARE * _share_of(skeleton)
        yield Beside(words, Figure(skeleton, share), share)
    else:
        yield from words


def _is_beside_words(letter: Letter) -> bool:
    facts = (*letter.core.problem, *letter.core.context)
    return letter.kind not in TO_A_CENTRE and sum(len(fact.value) for fact in facts) <= FEW_LETTERS


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


def _still_to_do(letter: Letter) -> Iterator[Block]:
    if not letter.core.still_to_do:
        return
    yield Heading(letter.heading("heading.still_to_do"), 2)
    todos = letter.core.still_to_do
    yield Facts(tuple(Fact(todo.actor, sentence_case(todo.actor_words), "; ".join(todo.tasks)) for todo in todos), 1)


def _attachments(letter: Letter) -> Iterator[Block]:
    core = letter.core
    if not core.attachments and not core.images:
        return
    yield Heading(letter.heading("heading.attachments"), 2)
    if core.attachments:
        header = (letter.heading("table.attachment"), letter.heading("table.enclosed"))
        yield Grid(header, tuple((each.name, each.state) for each in core.attachments), (0.65, 0.35))
    if core.images:
        yield Heading(letter.heading("heading.images"), 3)
        yield Text(" · ".join(f"{fact.label}: {fact.value}" for fact in core.images))


# --- file summary ---------------------------------------------------------------------------------------------------


def _summary(letter: Letter) -> Iterator[Block]:
    blocks = tuple(_summary_blocks(letter))
    if blocks:
        yield Heading(letter.heading("summary"), 1)
        yield from blocks


def _summary_blocks(letter: Letter) -> Iterator[Block]:
    summary = letter.summary
    yield from _figures(letter)
    for text in summary.texts:
        yield from _free_text(text)
    for group in summary.groups:
        yield Heading(group.heading, 2)
        yield Facts(group.facts, 2 if len(group.facts) > 1 else 1)
    if summary.results:
        yield Heading(letter.heading("heading.other_results"), 2)
        for result in summary.results:
            yield Heading(result.heading, 3)
            yield Text(result.text)
    if letter.other_alerts:
        yield Heading(letter.heading("heading.alerts"), 2)
        yield from (_alert(letter, alert) for alert in letter.other_alerts)
    yield from plan_blocks(letter, _told_with_conclusion(letter))


def _figures(letter: Letter) -> Iterator[Block]:
    """Where the lesion is, and how far the patient is on the way: below the core, so that page 1 keeps its own."""
    skeleton, pathway = letter.summary.skeleton, letter.summary.pathway
    if skeleton is not None and pathway is not None:
        yield Heading(letter.heading("heading.site_and_pathway"), 2)
        share = _share_of(skeleton)
        picture = pathway_picture(pathway, (1 - share) * PATHWAY_WIDTH, with_details=True)
        yield Beside((Figure(picture),), Figure(skeleton, share), share)
    elif skeleton is not None and not _is_beside_words(letter):
        yield Heading(letter.heading("heading.site"), 2)
        yield Figure(skeleton, _share_of(skeleton))
    elif pathway is not None:
        yield Heading(letter.heading("heading.pathway"), 2)
        yield Figure(pathway_picture(pathway, PATHWAY_WIDTH, with_details=True))


def _share_of(skeleton: Picture) -> float:
    """The part of the line for the skeleton: a picture that is wide gets more, so that its bones stay large enough."""
    return WIDE_SKELETON if skeleton.width > skeleton.height else NARROW_SKELETON


def _about(letter: Letter) -> Iterator[Block]:
    """What the program says of itself and of the guideline: below the signature, as the doctor does not say it."""
    summary = letter.summary
    yield Heading(letter.heading("heading.about"), 2)
    yield from (Text(note, "small") for note in summary.notes)
    if summary.readings:
        readings = " ".join(f"{reading.key}: {reading.words}" for reading in summary.readings)
        yield Text(f"{letter.heading('note.readings')} {readings}", "small")


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
