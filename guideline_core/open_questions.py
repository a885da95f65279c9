"""Which unanswered fields can still change a plan, what each of them can change, and in which order they are asked."""

from collections.abc import Collection, Iterator, Mapping

from guideline_core.answers_left import AnswersLeft
from guideline_core.compiled import ItemName
from guideline_core.diagram import TRUE
from guideline_core.finding import Item
from guideline_core.items import Items
from guideline_core.plan import OpenQuestion

WEIGHTS = {"referral": 8, "biopsy": 4, "refer": 4, "stop": 4}
"""How much hangs on a thing when the questions of one tier are put in order: referral and safety before the rest."""

CHANGING = 0.25
"""The weight of an answer that only changes what holds without it, relative to one that settles something open."""
_EQUALLY = 6
"""To how many decimals two questions settle as much."""


class OpenQuestions:
    """The open questions of a case, while the effect of each is being counted."""

    def __init__(self, items: Items, left: AnswersLeft, stated: Collection[str], listed: Collection[str]) -> None:
        self._items = items
        self._left = left
        self._stated = stated
        self._listed = listed
        self._parts = [part for part in items.parts if part.owner is None or part.owner in listed]
        self._placed: dict[str, bool] = {}
        self._changes: dict[str, dict[str, None]] = {}
        self._settles: dict[str, float] = {}
        self._weight: dict[str, float] = {}

    def in_order(self) -> tuple[OpenQuestion, ...]:
        """The questions that are in their place and can still change the plan: tier by tier, and within a tier first
        what settles most, then in clinical order."""
        asked = self._in_place()
        if (stays := self._if_it_stays_untold()) is not None:
            asked = [field for field in asked if field in stays or self._holds_tissue_back(field)]
        turns = self._turns()
        asked.sort(key=lambda field: (turns[field][0], -round(self._weight[field], _EQUALLY), turns[field][1]))
        return tuple(
            OpenQuestion(field, tuple(self._changes[field]), round(self._settles[field], 2)) for field in asked
        )

    def _turns(self) -> Mapping[str, tuple[int, int]]:
        """For each question the number of its tier, and its place there."""
        turns: dict[str, tuple[int, int]] = {}
        for number, (tier, asks) in enumerate(self._items.compiled.tables.question_tiers.items()):
            if TRUE in self._items.by_name["tier", tier].leaves(self._left):
                for place, field in enumerate(asks):
                    turns.setdefault(field, (number, place))
        return turns

    def _in_place(self) -> list[str]:
        """The questions whose answer can change the plan and whose step may have been reached, with all counted."""
        for name, item in self._open_items():
            for field, share in item.settling(self._left).items():
                if field not in self._stated:  # an answer "cannot be told" leaves much open, and is not asked again
                    self._count(field, name, share)
        self._count_events()
        questions = self._items.compiled.tables.questions
        return [field for field in questions if field in self._changes and self._is_in_place(field)]

    def _if_it_stays_untold(self) -> list[str] | None:
        """The questions that matter even if nobody will ever tell which tumour it is; None when nobody said so."""
        untold = self._items.left_untold(self._left)
        if untold is None:
            return None
        return OpenQuestions(self._items, untold, self._stated, self._listed)._in_place()

    def _holds_tissue_back(self, field: str) -> bool:
        """Whether the answer bears on taking tissue, so that the question holds a biopsy."""
        actions = self._items.compiled.tables.actions
        return any(effect in actions and actions[effect].takes_tissue for effect in self._changes[field])

    def _count(self, field: str, name: ItemName, share: float, worth: float = 1) -> None:
        self._changes.setdefault(field, {})[_effect(name)] = None
        self._settles[field] = self._settles.get(field, 0) + share
        self._weight[field] = self._weight.get(field, 0) + share * worth * _weight(name)

    def _is_in_place(self, field: str) -> bool:
        """Whether the step to which a question belongs may have been reached."""
        found = self._placed.get(field)
        if found is None:
            found = self._placed[field] = TRUE in self._items.by_name["question", field].leaves(self._left)
        return found

    def _open_items(self) -> Iterator[tuple[ItemName, Item]]:
        """The parts of the plan that are not settled."""
        return ((part.name, part.item) for part in self._parts if len(part.item.leaves(self._left)) > 1)

    def _count_events(self) -> None:
        """Count what the answer to an open event, exception or default would change in the plan."""
        events = self._items.events
        asked = [field for field in events.of_field if field not in self._stated and self._is_in_place(field)]
        tried = events.tried(self._left, asked)
        changed = [(part.name, after) for part in self._parts if (after := part.changed(tried))]
        for field in asked:
            those = events.bits_of[field]
            for name, after in changed:
                if after & those:
                    self._count(field, name, (after & those).bit_count() / those.bit_count(), CHANGING)


def _effect(name: ItemName) -> str:
    """The key of what can change: a key of the referral decision, an action, or an alert."""
    match name:
        case ("referral", key):
            return f"referral.{key}"
        case ("alert", alert, _):
            return f"alert.{alert}"
        case ("response_grade",):
            return "response_grade"
        case (_, action, *_):
            return action
    return ""


def _weight(name: ItemName) -> float:
    if name[0] == "referral":
        return WEIGHTS["referral"]
    if name[0] == "alert":
        return WEIGHTS["stop"] if name[2] == "stop" else 1
    return WEIGHTS.get(name[1].partition(".")[0], 1) if len(name) > 1 else 1
