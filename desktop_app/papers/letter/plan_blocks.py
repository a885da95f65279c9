"""The plan as blocks of the annex: each line with its state, who does it, and its place in the guideline."""

from collections.abc import Iterator, Sequence

from desktop_app.library.sentences import sentence_case
from desktop_app.papers.blocks import Block, Grid, Heading, Text
from desktop_app.papers.content import PlanLine
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.order import cited, joined
from desktop_app.papers.plan_lines import MANY_STEPS


def plan_blocks(letter: Letter, told: Sequence[PlanLine]) -> Iterator[Block]:
    """What is definite, in a table or by name only, what is open, and how much the sender left out; `told` are the
    lines that the letter says elsewhere."""
    definite = [line for line in letter.summary.plan if line.is_definite and line not in told]
    in_full = [line for line in definite if not line.is_detail]
    details = [line for line in definite if line.is_detail]
    if in_full:
        yield _plan_table(letter, in_full)
    if details:
        yield _plan_details(letter, details)
    yield from _plan_open(letter)
    if letter.summary.left_out:
        yield Text(letter.summary.left_out)


def _plan_table(letter: Letter, lines: Sequence[PlanLine]) -> Grid:
    header = tuple(letter.heading(f"table.{key}") for key in ("advice", "state", "actor", "source"))
    rows = []
    for line in lines:
        steps = _steps(letter, line) if len(line.waits_for) > MANY_STEPS else ""
        advice = " ".join(part for part in (line.text, *line.remarks, steps, line.result) if part)
        rows.append((advice, line.state, line.actor_words, cited(line.sources)))
    return Grid(header, tuple(rows), (0.45, 0.19, 0.15, 0.21))


def _steps(letter: Letter, line: PlanLine) -> str:
    return sentence_case(letter.heading("word.waits_for").format(actions=joined(line.waits_for))) + "."


def _plan_details(letter: Letter, lines: Sequence[PlanLine]) -> Grid:
    """By name only, a row for each phase: what is done, and how the rest is done well."""
    phases: dict[str, list[str]] = {}
    for line in lines:
        marks = [line.state] if line.progress == "done" or line.verdict != "do" else []
        said = "; ".join(mark for mark in (*marks, line.aside) if mark)
        phases.setdefault(line.phase_words, []).append(f"{line.name} ({said})" if said else line.name)
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
    return f"{line.name} ({line.strength})"
