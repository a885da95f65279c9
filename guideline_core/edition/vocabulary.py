"""What the names in a condition mean: definitions, answers, entities, groups and actions of one edition."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, get_args

from guideline_core.condition import Atom, Condition, PlanAtom, PlanAtomKind, atoms
from guideline_core.edition.catalogue import Entity, members_of
from guideline_core.edition.condition_language import ConditionFault
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.values import Definition
from guideline_core.keys import (
    REFERRAL_KEYS,
    Decision,
    Destination,
    ReferralKey,
    Region,
    Urgency,
    Verdict,
)
from guideline_core.lesion import CATEGORIES
from guideline_core.subjects import (
    ANSWERED_FIELDS,
    NO_HISTOLOGY,
    answered_subject,
    derived_subjects,
    plain_subjects,
    sure_subject,
    word_of_sure,
)

ENTITY_SUBJECTS = ("entity", "every_entity", "histology")
"""What a condition asks whose values are entities of the catalogue."""
_YES_NO = ("yes", "no")
_REFERRAL_VALUES: Final[dict[ReferralKey, tuple[str, ...]]] = {
    "decision": get_args(Decision),
    "destination": (*get_args(Destination), "none"),
    "urgency": (*get_args(Urgency), "none"),
    "by_phone": _YES_NO,
    "consult_expertise_centre_first": _YES_NO,
}


def _unknown(what: str, name: str, known: Iterable[str]) -> ConditionFault:
    return ConditionFault(f"unknown {what} '{name}'{did_you_mean(name, known)}")


class EditionVocabulary:
    """The vocabulary of one edition; definitions are added in the order in which they are read."""

    one_action: tuple[PlanAtomKind, ...] = ("listed", "asked", "done")
    """The functions that take an action."""
    two_names: tuple[PlanAtomKind, ...] = ()
    """The functions that take an action and something else."""

    def __init__(
        self,
        entities: Mapping[str, Entity],
        groups: Collection[str],
        actions: Collection[str] = (),
        definitions: Mapping[str, Definition] | None = None,
    ) -> None:
        self.entities = entities
        self.groups = groups
        self.actions = actions
        self.definitions = dict(definitions or {})
        self._values = {subject.name: subject.values for subject in (*plain_subjects(), *derived_subjects())}
        self._values |= {"category": CATEGORIES, "suspected": ("no", "yes"), "region": get_args(Region)}

    def values_of(self, subject: str) -> tuple[str, ...]:
        """The values that a subject can have, in their order; KeyError for what is no subject."""
        if subject in ENTITY_SUBJECTS:
            return (*self.entities, *((NO_HISTOLOGY,) if subject == "histology" else ()))
        return _REFERRAL_VALUES[key] if (key := _referral_key(subject)) else self._values[subject]

    def word(self, name: str) -> Condition | None:
        """The meaning of a definition, or None when the name is no definition."""
        definition = self.definitions.get(name)
        return None if definition is None else definition.when

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        """The atom for a subject and its values; raises ConditionFault for what does not exist."""
        if subject in ENTITY_SUBJECTS:
            return self._entity_atom(subject, values)
        possible = self._values.get(subject)
        if possible is None:
            raise _unknown("word or answer", subject, [*self._values, *self.definitions, *ENTITY_SUBJECTS])
        if values is None:
            if "yes" not in possible:
                raise ConditionFault(f"'{subject}' is not a yes/no answer; write '{subject} is ...'")
            values = ("yes",)
        _check_values(subject, values, possible)
        return Atom(subject, frozenset(values))

    def _entity_atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        if values is None:
            raise ConditionFault(f"'{subject}' is not a yes/no answer; write '{subject} is ...' or '{subject} in ...'")
        known = self.values_of(subject)
        for value in values:
            if value not in known:
                raise _unknown("entity", value, known)
        return Atom(subject, frozenset(values))

    def member(self, subject: str, groups: tuple[str, ...]) -> Condition:
        """The atom "the entity (or histology) belongs to one of these groups of the catalogue"."""
        if subject not in ENTITY_SUBJECTS:
            raise ConditionFault(f"only {', '.join(ENTITY_SUBJECTS)} have groups, not '{subject}'")
        return Atom(subject, members_of(groups, self.entities, self.groups))

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        """The atom for `answered(field)`, or for what the plan says of an action, such as `listed(action)`."""
        if function == "answered":
            return _answered(arguments)
        if function == "surely":
            return self._surely(arguments)
        functions = (*self.one_action, *self.two_names)
        kind = next((kind for kind in functions if kind == function), None)
        if kind is None:
            raise _unknown("function", function, ("answered", "surely", *functions))
        wanted = 2 if kind in self.two_names else 1
        if len(arguments) != wanted:
            raise ConditionFault(f"'{function}' takes {wanted} name(s)")
        action, *others = arguments
        if action not in self.actions:
            raise _unknown("action", action, self.actions)
        self._check_second(kind, others)
        return PlanAtom(kind, action, frozenset(others))

    def _surely(self, arguments: tuple[str, ...]) -> Condition:
        """The atom for `surely(definition)`: the answers make it certain, however the open ones turn out."""
        name = arguments[0]
        meaning = self.word(name) if len(arguments) == 1 else None
        if meaning is None:
            raise _unknown("definition for surely:", ", ".join(arguments), self.definitions)
        if any(isinstance(atom, PlanAtom) or word_of_sure(atom.subject) for atom in atoms(meaning)):
            raise ConditionFault(f"'surely' asks about answers alone; '{name}' asks about the plan")
        return Atom(sure_subject(name), frozenset({"yes"}))

    def _check_second(self, kind: PlanAtomKind, names: Iterable[str]) -> None:
        """Whether the second name of a function exists: a verdict, or another action."""
        what = "verdict" if kind == "advised" else "action"
        known = get_args(Verdict) if kind == "advised" else self.actions
        for name in names:
            if name not in known:
                raise _unknown(what, name, known)


class PropertyVocabulary(EditionVocabulary):
    """The vocabulary of the safety properties. Unlike a rule, a property may also ask about the plan as a whole."""

    one_action = ("listed", "asked", "done", "free", "refrained")
    two_names = ("waits", "advised")

    def __init__(self, rules: EditionVocabulary) -> None:
        super().__init__(rules.entities, rules.groups, rules.actions, rules.definitions)

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        """The atom for a subject and its values, or for a key of the referral decision."""
        if not subject.startswith("referral."):
            return super().atom(subject, values)
        key = _referral_key(subject)
        if key is None:
            raise _unknown("referral key", subject.removeprefix("referral."), REFERRAL_KEYS)
        chosen = ("yes",) if values is None else values
        _check_values(subject, chosen, _REFERRAL_VALUES[key])
        return PlanAtom("referral", subject, frozenset(chosen))


def _referral_key(subject: str) -> ReferralKey | None:
    return next((key for key in REFERRAL_KEYS if subject == f"referral.{key}"), None)


def _check_values(subject: str, values: Iterable[str], possible: Iterable[str]) -> None:
    for value in values:
        if value not in possible:
            raise _unknown(f"value of {subject}:", value, possible)


def _answered(arguments: tuple[str, ...]) -> Condition:
    if len(arguments) != 1 or arguments[0] not in ANSWERED_FIELDS:
        raise _unknown("field for answered:", ", ".join(arguments), ANSWERED_FIELDS)
    return Atom(answered_subject(arguments[0]), frozenset({"yes"}))
