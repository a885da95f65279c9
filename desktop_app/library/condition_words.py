"""Says the conditions of an edition in the words of a clinician: ‘child’ and ‘MRI with contrast: other than yes’.

Each claim stands between quotation marks and whatever is put together inside something else between parentheses, so
that one text stands for one condition only. ‘X: other than yes’ holds while the answer is not known; ‘X: no’ does not.
"""

from collections.abc import Iterator, Mapping
from typing import get_args

from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import inside_a_sentence
from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.vocabulary import ENTITY_SUBJECTS
from guideline_core.keys import EntityCategory
from guideline_core.subjects import ANSWERED_FIELDS, answered_subject, word_of_sure
from guideline_core.weighing import LESION_FIELDS, NAME, NAMING_FIELDS

_NAMING = (*ENTITY_SUBJECTS, *NAMING_FIELDS, NAME)
"""What a condition asks whose values are tumours."""

_VALUES_AT: Mapping[str, tuple[str, str]] = {
    "age_group": ("plan", "age_group"),
    "category": ("values", "lesion.category"),
    "kind": ("values", "lesion.category"),
    "image": ("values", "lesion.category"),
    "region": ("values", "lesion.region"),
    "response": ("plan", "response_grade"),
    "referral.destination": ("plan", "destination"),
    "referral.urgency": ("plan", "urgency"),
}
"""Where the words of values stand that belong to no field of a case: the file of phrases, and the group in it."""
NAMED_ONE_BY_ONE = 3
"""So many entities are still named one by one; more of them by their groups."""
_YES_NO = {"yes": "true", "no": "false"}
_ANSWERED = {answered_subject(field): field for field in (*ANSWERED_FIELDS, *LESION_FIELDS)}


class ConditionWords:
    """The conditions of one edition in one language."""

    def __init__(self, texts: EditionEntries, phrases: Phrases) -> None:
        self._texts = texts
        self._phrases = phrases
        self._names_of_groups = {
            self._members(group.id): inside_a_sentence(self._named(group.name))
            for group in texts.entity_groups.values()
        }
        for kind in get_args(EntityCategory):
            members = frozenset(name for name, entity in texts.entities.items() if entity.category == kind)
            self._names_of_groups.setdefault(members, self._value("kind", kind))

    def said(self, condition: Condition) -> str:
        """The condition as one text."""
        match condition:
            case And(()) | Or(()):
                return self._join("always" if isinstance(condition, And) else "never")
            case And(parts) | Or(parts):
                join = self._join("and" if isinstance(condition, And) else "or")
                return f" {join} ".join(map(self.part, parts))
            case Not(And() | Or() | Not() as inner):
                return f"{self._join('not')} {self.part(inner)}"
            case Not(Atom() | PlanAtom() | Word() as claim):
                return f"‘{self._claim(claim, is_denied=True)}’"
            case Atom() | PlanAtom() | Word():
                return f"‘{self._claim(condition)}’"
        raise TypeError(f"a condition is expected, not {condition!r}")

    def part(self, condition: Condition) -> str:
        """The condition as it stands inside another one."""
        match condition:
            case And(()) | Or(()):
                return self.said(condition)
            case And() | Or() | Not(And() | Or() | Not()):
                return f"({self.said(condition)})"
            case _:
                return self.said(condition)

    def _join(self, key: str) -> str:
        return self._phrases.get("conditions", "join", key)

    def _claim(self, claim: Atom | PlanAtom | Word, is_denied: bool = False) -> str:
        """What a claim says; that it does not hold is said inside it, so that nobody takes more to be denied."""
        sure = word_of_sure(claim.subject) if isinstance(claim, Atom) else None
        if sure is not None:
            said = self._filled("surely", claim=self._named(self._texts.definitions[sure].name))
            return self._filled("denied", claim=said) if is_denied else said
        if isinstance(claim, Atom):
            value = self._values(claim.subject, claim)
            said = self._filled("denied_value", value=value) if is_denied else value
            return self._filled("answer", label=self._label(claim.subject), value=said)
        said = (
            self._named(self._texts.definitions[claim.name].name) if isinstance(claim, Word) else self._of_plan(claim)
        )
        return self._filled("denied", claim=said) if is_denied else said

    def _of_plan(self, claim: PlanAtom) -> str:
        if claim.kind == "referral":
            label = self._phrases.plan("referral_key", claim.referral_key)
            return self._filled("referral", label=label, value=self._values(claim.subject, claim))
        value = "".join(self._second(claim.kind, name) for name in claim.values)
        return self._filled(claim.kind, action=self._phrases.action_name(claim.subject), value=value)

    def _filled(self, key: str, **words: str) -> str:
        return self._phrases.get("conditions", "claim", key).format(**words)

    def _second(self, kind: str, name: str) -> str:
        return self._phrases.plan("verdict", name) if kind == "advised" else self._phrases.action_name(name)

    def _label(self, subject: str) -> str:
        if subject in _ANSWERED:
            return self._filled("answered", label=self._label(_ANSWERED[subject]))
        own = self._phrases.find("conditions", "subject", subject)
        return own or inside_a_sentence(self._phrases.label(subject))

    def _values(self, subject: str, claim: Atom | PlanAtom) -> str:
        """The values that a claim leaves open."""
        group = self._names_of_groups.get(claim.values)
        if group is not None and subject in _NAMING:
            return self._filled("member", group=group)
        if subject in _NAMING and len(claim.values) > NAMED_ONE_BY_ONE:
            return self._filled("one_of", values="; ".join(self._in_groups(claim.values)))
        values = [self._value(subject, value) for value in self._in_order(subject, claim.values)]
        return values[0] if len(values) == 1 else self._filled("one_of", values="; ".join(values))

    def _in_groups(self, entities: frozenset[str]) -> Iterator[str]:
        """Many entities by the groups and kinds that together they are, then those that are in none of them."""
        left = set(entities)
        for members, group in sorted(self._names_of_groups.items(), key=lambda each: -len(each[0])):
            if members <= entities and members & left:
                left -= members
                yield self._filled("member", group=group)
        yield from (self._named(self._texts.entities[name].name) for name in self._texts.entities if name in left)

    def _in_order(self, subject: str, values: frozenset[str]) -> list[str]:
        """The values in the order of the edition; a row of the weighing asks some subjects that no rule can ask."""
        try:
            order = self._texts.vocabulary.values_of(subject)
        except KeyError:
            return sorted(values)
        return sorted(values, key=lambda value: (order.index(value) if value in order else len(order), value))

    def _value(self, subject: str, value: str) -> str:
        if subject in _NAMING and value in self._texts.entities:
            return self._named(self._texts.entities[value].name)
        if subject == "referral.decision":
            return inside_a_sentence(self._phrases.get("plan", "decision", value, "heading"))
        file, group = _VALUES_AT.get(subject, ("values", subject))
        found = self._phrases.find(file, group, value) or self._phrases.find(
            "values", "yes_no", _YES_NO.get(value, value)
        )
        return found or self._phrases.get("conditions", "value", value)

    def _named(self, words: Mapping[str, str]) -> str:
        return " ".join(words[self._phrases.language].split())

    def _members(self, group: str) -> frozenset[str]:
        return frozenset(name for name, entity in self._texts.entities.items() if group in entity.groups)


def words_in(condition: Condition) -> Iterator[str]:
    """The definitions that a condition uses by name, each once and in order; not those inside their meaning.

    >>> list(words_in(And((Word("child", Or(())), Not(Word("benign", Or(())))))))
    ['child', 'benign']
    """
    return iter(dict.fromkeys(_words_in(condition)))


def _words_in(condition: Condition) -> Iterator[str]:
    match condition:
        case Word(name, _):
            yield name
        case Not(part):
            yield from _words_in(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words_in(part)
        case _:
            return
