"""Marks on the rows of a plan: a word beside each row that changed, and struck rows for what is gone. No Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from desktop_app.library.phrases import Phrases
from desktop_app.plan.changes import Change, Turn
from desktop_app.plan.view.row import Kind, Row
from guideline_core.plan import Plan

AFTER_ADVICE = ("alerts:note", "questions", "interpretations", "guideline")
"""The headings below the recommendations; what is gone stands above the first of them."""
GONE = (Turn.GONE, Turn.ALERT_GONE, Turn.NOT_MEANWHILE)


def row_marks(changes: Iterable[Change], phrases: Phrases) -> dict[str, str]:
    """The word for each row in which a change shows: of several changes of one row the first, which is the heaviest."""
    marks: dict[str, str] = {}
    for change in changes:
        for row in change.rows:
            marks.setdefault(row, mark_of(change, phrases))
    return marks


def mark_of(change: Change, phrases: Phrases) -> str:
    """The short word of a change."""
    return phrases.plan("mark", "referral" if change.turn is None else change.turn.value)


def marked(rows: Iterable[Row], marks: Mapping[str, str]) -> tuple[Row, ...]:
    """The same rows, with their marks."""
    return tuple(replace(row, mark=marks[row.key]) if row.key in marks else row for row in rows)


def gone_rows(changes: Iterable[Change], before: Plan, phrases: Phrases) -> tuple[Row, ...]:
    """What the plan before said and this one does not: struck, in the words in which it stood there."""
    rows = []
    for change in changes:
        if change.turn in GONE:
            texts = _texts_before(change, before, phrases)
            rows += [
                Row(Kind.GONE, f"gone:{change.effect}:{text}", text, mark=mark_of(change, phrases)) for text in texts
            ]
    return tuple(dict.fromkeys(rows))


def _texts_before(change: Change, before: Plan, phrases: Phrases) -> list[str]:
    kind, _, name = change.effect.partition(".")
    if kind == "alert":
        return [phrases.alert_title(name)]
    advice = before.meanwhile if change.turn is Turn.NOT_MEANWHILE else before.recommendations
    return [phrases.action_sentence(each.action, each.verdict) for each in advice if each.action == change.effect]


def with_gone(body: Sequence[Row], gone: Sequence[Row], phrases: Phrases) -> tuple[Row, ...]:
    """The body of a plan with what is gone below the recommendations, under a heading of its own."""
    if not gone:
        return tuple(body)
    place = next((place for place, row in enumerate(body) if row.key in AFTER_ADVICE), len(body))
    heading = Row(Kind.HEADING, "gone", phrases.get("plan", "what_changed", "gone"))
    return (*body[:place], heading, *gone, *body[place:])
