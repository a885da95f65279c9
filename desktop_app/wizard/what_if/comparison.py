"""Two plans side by side as rows: first what differs, marked on both sides, then, folded, what is alike. No Qt."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from desktop_app.library.phrases import Phrases
from desktop_app.plan.changes import Change, changes_between
from desktop_app.plan.view.marks import GONE, gone_rows, marked, row_marks
from desktop_app.plan.view.row import Kind, Row
from desktop_app.plan.view.rows import RowMaker
from guideline_core.plan import Plan

ALIKE = "alike"
"""The key of the row that unfolds what is advised alike."""
WHY = (Kind.WHY_LABEL, Kind.WHY_TEXT, Kind.WHY_FIELD, Kind.WHAT_IF)
"""What belongs to the row above it."""
COUNTED = (Kind.ADVICE, Kind.ALERT)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of both plans, and what changes from the one to the other."""

    now: tuple[Row, ...]
    tried: tuple[Row, ...]
    changes: tuple[Change, ...]


def compared(now: Plan, tried: Plan, maker: RowMaker, phrases: Phrases, opened: Set[str] = frozenset()) -> Comparison:
    """Compare the plan of the case with that of a trial; `opened` holds the keys of rows that show more."""
    changes = changes_between(now, tried)
    gone = {change.effect for change in changes if change.turn in GONE}
    rows_now, rows_tried = (maker.rows(plan, opened) for plan in (now, tried))
    left = marked((*rows_now.head, *rows_now.body), _marks_now(changes_between(tried, now), gone, phrases))
    right = marked((*rows_tried.head, *rows_tried.body), row_marks(changes, phrases))
    lost = gone_rows(changes, now, phrases)
    heading = [Row(Kind.HEADING, "gone", phrases.get("window", "what_if", "gone"))] if lost else []
    is_unfolded = ALIKE in opened
    return Comparison(
        tuple(_side(left, (), is_unfolded, phrases)),
        tuple(_side(right, (*heading, *lost), is_unfolded, phrases)),
        changes,
    )


def _marks_now(changes: Sequence[Change], gone: Set[str], phrases: Phrases) -> Mapping[str, str]:
    """What becomes of the rows of the plan as it is now."""
    words = {going: phrases.get("window", "what_if", "goes" if going else "differs") for going in (True, False)}
    return {row: words[change.effect in gone] for change in reversed(changes) for row in change.rows}


def _side(rows: Sequence[Row], lost: Sequence[Row], is_unfolded: bool, phrases: Phrases) -> Iterator[Row]:
    differing = list(_under_headings(rows, lambda row: bool(row.mark) or row.kind is Kind.DECISION))
    alike = list(_under_headings(rows, lambda row: not row.mark and row.kind is not Kind.DECISION))
    number = sum(row.kind in COUNTED for row in alike)
    yield from differing
    yield from lost
    words = phrases.get("window", "what_if", "alike").format(number=number)
    yield Row(Kind.FOLD, ALIKE, words, opens=True, is_open=is_unfolded)
    if is_unfolded:  # a heading can stand on both sides of the fold; a key stands once
        yield from (replace(row, key=f"{ALIKE}:{row.key}") if row.kind is Kind.HEADING else row for row in alike)


def _under_headings(rows: Sequence[Row], wanted: Callable[[Row], bool]) -> Iterator[Row]:
    """The rows that are wanted, with what belongs to them, under their headings; a heading without rows is left out."""
    heading: Row | None = None
    takes_why = False
    for row in rows:
        if row.kind is Kind.HEADING:
            heading = row
        elif row.kind in WHY:
            if takes_why:
                yield row
        else:
            takes_why = wanted(row)
            if takes_why:
                if heading is not None:
                    yield heading
                    heading = None
                yield row
