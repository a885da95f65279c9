"""Which unanswered fields can still change a plan, what each of them can change, and in which order they are asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from guideline_core.compiled import ItemName
from guideline_core.diagram import TRUE
from guideline_core.finding import Item
from guideline_core.items import Items
from guideline_core.plan import OpenQuestion
from guideline_core.subjects import NATURE

WEIGHTS = {"referral": 8, "biopsy": 4, "refer": 4, "stop": 4}
"""How much hangs on a thing when questions are put in order: referral and biopsy safety before the rest."""

CHANGING = 0.25
"""The weight of an answer that only changes what holds without it, relative to one that settles something open."""


class OpenQuestions:
    """The open questions of a case, while the effect of each is being counted."""

    def __init__(self, items: Items, raw: dict[str, object], stated: Collection[str], listed: Collection[str]) -> None:
        self._items = items
        self._raw = raw
        self._stated = stated
        self._listed = listed
        self._changes: dict[str, dict[str, None]] = {}
        self._settles: dict[str, float] = {}
        self._weight: dict[str, float] = {}

    def in_order(self) -> tuple[OpenQuestion, ...]:
        """The questions that are in their place and can still change the plan, best first."""
        asked = self._in_place()
        if (stays := self._if_it_stays_untold()) is not None:
            asked = [field for field in asked if field in stays or self._holds_tissue_back(field)]
        asked.sort(key=lambda field: -self._weight[field])
        return tuple(
            OpenQuestion(field, tuple(self._changes[field]), round(self._settles[field], 2)) for field in asked
        )

    def _in_place(self) -> list[str]:
        """The questions whose answer can change the plan and whose step may have been reached, with all counted."""
        for name, item in self._open_items():
            for field, share in item.settling(self._raw).items():
                if field not in self._stated:  # an answer "cannot be told" leaves much open, and is not asked again
                    self._count(field, name, share)
        self._count_events()
        questions = self._items.compiled.tables.questions
        return [field for field in questions if field in self._changes and self._is_in_place(field)]

    def _if_it_stays_untold(self) -> list[str] | None:
        """The questions that matter even if nobody will ever tell which tumour it is; None when nobody said so."""
        stays = self._items.compiled.space.stays_untold(self._raw)
        if stays is None:
            return None
        return OpenQuestions(self._items, {**self._raw, NATURE: stays}, self._stated, self._listed)._in_place()

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
        return TRUE in self._items.by_name["question", field].leaves(self._raw)

    def _open_items(self) -> Iterator[tuple[ItemName, Item]]:
        """The parts of the plan that are not settled."""
        for name, item in self._items.by_name.items():
            if self._belongs_to_plan(name) and len(item.leaves(self._raw)) > 1:
                yield name, item

    def _belongs_to_plan(self, name: ItemName) -> bool:
        match name:
            case ("advice", _, _) | ("referral", _) | ("alert", _, _):
                return True
            case ("waits", action, _) | ("done", action) | ("waived", action):
                return action in self._listed
            case ("response_grade",):
                return "resection.record_response" in self._listed
        return False

    def _count_events(self) -> None:
        """Count what the answer to an open event, exception or default would change in the plan."""
        for field, answers in self._items.event_questions.items():
            if field in self._stated or not self._is_in_place(field):
                continue
            after = [self._with(answer) for answer in answers]
            for name in self._touched_by(answers):
                item = self._items.by_name[name]
                before = item.leaves(self._raw)
                changed = sum(before != item.leaves(raw) for raw in after)
                if changed:
                    self._count(field, name, changed / len(answers), CHANGING)

    def _touched_by(self, answers: Iterable[Mapping[str, str]]) -> list[ItemName]:
        """The parts of the plan on which these answers bear."""
        index = self._items.touched_by
        touched = dict.fromkeys(name for answer in answers for key in answer for name in index.get(key, ()))
        return [name for name in touched if self._belongs_to_plan(name)]

    def _with(self, answer: Mapping[str, str]) -> dict[str, object]:
        """The answers with one more."""
        raw = {**self._raw, **answer}
        if any(key in answer for key in self._items.compiled.space.lesion.keys):
            raw[NATURE] = None
            raw[NATURE] = self._items.compiled.space.nature_left(raw)
        self._items.note_what_is_sure(raw)
        return raw


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
