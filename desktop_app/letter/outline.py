"""The letter as a row of blocks in reading order. PDF and plain text are drawn from this row, so they never differ."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from desktop_app.drawing.picture import Picture
from desktop_app.letter.making import cited, inside_sentence, joined, sentence_case
from desktop_app.letter.model import (
    TO_A_CENTRE,
    AlertLine,
    Arrangement,
    Fact,
    FreeText,
    Kind,
    Letter,
    Marked,
    Named,
    PlanLine,
    Source,
    Tone,
)
from desktop_app.letter.plan_lines import MANY_STEPS, NOTHING_TO_DO
from desktop_app.pathway.picture import pathway_picture

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


@dataclass(frozen=True, slots=True)
class Opening:
    """Letterhead, recipient, sender and title."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a part of the letter, 2 a section, 3 a text within one."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; the text may have lines of its own."""

    text: str
    style: str = "body"  # body, lead, small


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values, in one or two columns."""

    facts: tuple[Fact, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item with what belongs to it in small type."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header; `widths` are shares of the line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BannerCell:
    """One of the things that must be seen first."""

    label: str
    text: str
    detail: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Banner:
    """What must be seen first, side by side; `below` stands under it over the full width."""

    cells: tuple[BannerCell, ...]
    below: BannerCell | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A text in a frame."""

    tone: Tone
    title: str
    text: str
    foot: str
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; `width` is the share of the line that it takes."""

    picture: Picture
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Closing:
    """Greeting, signature and name."""

    lines: tuple[str, ...]


Piece = Opening | Heading | Text | Facts | Items | Grid | Banner | Notice | Figure | Closing


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks one under the other, with a figure at their right; the figure is read last. `share` of the line is the
    column of the figure."""

    blocks: tuple[Piece, ...]
    figure: Figure
    share: float


Block = Piece | Beside


def in_reading_order(blocks: Iterable[Block]) -> Iterator[Piece]:
    """The blocks as they are read, whatever stands beside what on paper."""
    for block in blocks:
        if isinstance(block, Beside):
            yield from (*block.blocks, block.figure)
        else:
            yield block


def outline(letter: Letter) -> tuple[Block, ...]:
    """All blocks, in the order in which they stand on paper."""
    return (*_envelope(letter), *_core(letter), *_summary(letter), Closing(letter.signature), *_about(letter))


# --- envelope -------------------------------------------------------------------------------------------------------


def _envelope(letter: Letter) -> Iterator[Block]:
    yield Opening()
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
    return f"{sentence_case(letter.heading('word.precaution'))}: {inside_sentence(line.text)}"


def _alert(letter: Letter, alert: AlertLine) -> Notice:
    tone = {"stop": Tone.STOP, "caution": Tone.CAUTION}.get(alert.severity, Tone.CALM)
    title = alert.title if alert.severity == "note" else f"{alert.severity_words}: {inside_sentence(alert.title)}"
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
    return [line for line in firm if line.verdict == "inform" or line.action in NOTHING_TO_DO]


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
    yield from _plan(letter)


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


def _plan(letter: Letter) -> Iterator[Block]:
    told = _told_with_conclusion(letter)
    definite = [line for line in letter.summary.plan if line.is_definite and line not in told]
    letters = _Grounds()
    in_full = [line for line in definite if not line.is_detail]
    details = [line for line in definite if line.is_detail]
    if definite:
        yield Heading(letter.heading("heading.plan"), 2)
    if in_full:
        yield _plan_table(letter, in_full, letters)
    if details:
        yield _plan_details(letter, details, letters)
    if definite:
        yield Text(letters.legend(letter), "small")
        yield Text(letter.heading("note.modules"), "small")
    yield from _plan_open(letter)
    if letter.summary.left_out:
        yield Text(letter.summary.left_out)


class _Grounds:
    """Gives each answer on which a line rests a letter, so that it is written out once."""

    def __init__(self) -> None:
        self._letters: dict[tuple[str, str], str] = {}

    def letters(self, facts: Iterable[Fact]) -> str:
        """The letters of these answers."""
        return " ".join(self._letters.setdefault((fact.label, fact.value), self._next()) for fact in facts)

    def _next(self) -> str:
        turn, place = divmod(len(self._letters), len(ascii_lowercase))
        return ascii_lowercase[place] * (turn + 1)

    def legend(self, letter: Letter) -> str:
        """All answers with their letters."""
        if not self._letters:
            return ""
        answers = "; ".join(f"({mark}) {label}: {value}" for (label, value), mark in self._letters.items())
        return letter.heading("word.grounds").format(answers=answers)


def _plan_table(letter: Letter, lines: Sequence[PlanLine], grounds: _Grounds) -> Grid:
    header = tuple(letter.heading(f"table.{key}") for key in ("advice", "state", "actor", "grounds", "source"))
    rows = []
    for line in lines:
        steps = _steps(letter, line) if len(line.waits_for) > MANY_STEPS else ""
        advice = " ".join(part for part in (line.text, steps, line.result) if part)
        rows.append((advice, line.state, line.actor_words, grounds.letters(line.grounds), cited(line.sources)))
    return Grid(header, tuple(rows), (0.4, 0.19, 0.14, 0.09, 0.18))


def _steps(letter: Letter, line: PlanLine) -> str:
    return sentence_case(letter.heading("word.waits_for").format(actions=joined(line.waits_for))) + "."


def _plan_details(letter: Letter, lines: Sequence[PlanLine], grounds: _Grounds) -> Grid:
    """By name only, a row for each phase: what is done, and how the rest is done well."""
    phases: dict[str, list[str]] = {}
    for line in lines:
        marks = [line.state] if line.progress == "done" or line.verdict != "do" else []
        marks += [cited(line.sources), grounds.letters(line.grounds)]
        phases.setdefault(line.phase_words, []).append(f"{line.name} ({'; '.join(mark for mark in marks if mark)})")
    header = (letter.heading("table.phase"), letter.heading("table.by_name"))
    return Grid(header, tuple((phase, "; ".join(names)) for phase, names in phases.items()), (0.19, 0.81))


def _plan_open(letter: Letter) -> Iterator[Block]:
    """What depends on open answers, grouped by the answers on which it depends."""
    groups: dict[str, list[str]] = {}
    for line in letter.summary.plan:
        if not line.is_definite:
            groups.setdefault(sentence_case(joined(line.depends_on)), []).append(_open_line(line))
    if groups:
        yield Heading(letter.heading("heading.plan_open"), 2)
        rows = tuple((fields, "; ".join(dict.fromkeys(names))) for fields, names in groups.items())
        yield Grid((letter.heading("table.depends_on"), letter.heading("table.advice")), rows, (0.26, 0.74))


def _open_line(line: PlanLine) -> str:
    return f"{line.name} ({line.strength}; {cited(line.sources)})"


# --- small helpers --------------------------------------------------------------------------------------------------


def _places(letter: Letter, sources: Sequence[Source]) -> str:
    """The places in the guideline, as a remark."""
    if not sources:
        return ""
    return letter.heading("word.source").format(places=cited(sources)) + "."


def _depends(letter: Letter, fields: Sequence[Named]) -> str:
    return letter.heading("word.depends_on").format(fields=joined(fields)) + "." if fields else ""
