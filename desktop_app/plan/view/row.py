"""One row of a plan as words, with what can be done with it. No Qt."""

from dataclasses import dataclass
from enum import Enum

from desktop_app.plan.view.sign import Sign


class Kind(Enum):
    """What a row is; its looks follow from it."""

    DECISION = "decision"
    HEADING = "heading"
    ADVICE = "advice"
    ALERT = "alert"
    QUESTION = "question"
    NOTICE = "notice"
    WHY_LABEL = "why label"
    WHY_TEXT = "why text"
    WHY_FIELD = "why field"
    GONE = "gone"
    FOLD = "fold"
    WHAT_IF = "what if"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: words and what can be done with it."""

    kind: Kind
    key: str
    """Names the row across plans, so that what was opened stays open."""
    text: str
    small: tuple[str, ...] = ()
    sign: Sign = Sign.NONE
    sign_words: str = ""
    path: str | None = None
    """The field to which activating the row leads."""
    opens: bool = False
    is_open: bool = False
    mark: str = ""
    """What an answer did to this row, in a word or two; empty when it did nothing."""
    asks: tuple[str, ...] = ()
    """The open questions on which the row depends."""

    def __hash__(self) -> int:
        """Of the words alone, which Python reckons once: rows are looked up hundreds of times for each answer."""
        return hash(self.text)

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ". ".join(part.rstrip(".") for part in (self.mark, self.sign_words, self.text, *self.small) if part)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """All rows of a plan."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
