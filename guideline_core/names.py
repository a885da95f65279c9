"""What the names in a condition mean: definitions, answers, entities, groups and actions of one edition."""

import difflib
from collections.abc import Iterable, Mapping
from typing import get_args

from guideline_core.case import Region
from guideline_core.condition import Atom, Condition, ConditionFault, PlanAtom
from guideline_core.edition import REFERRAL_KEYS, Entity, Words
from guideline_core.space import (
    ANSWERED_FIELDS,
    CATEGORIES,
    NO_HISTOLOGY,
    answered_subject,
    derived_subjects,
    plain_subjects,
)

_ACTION_CALLS = ("listed", "asked", "done")
_PROPERTY_CALLS = ("free", "refrained")
_REFERRAL_VALUES = {
    "decision": ("refer", "advice_or_refer", "seek_advice", "consider_reassessment", "none", "other_guideline"),
    "destination": ("expertise_centre", "princess_maxima", "none"),
    "urgency": ("urgent", "routine", "none"),
    "by_phone": ("yes", "no"),
    "consult_expertise_centre_first": ("yes", "no"),
}
_VERDICTS = ("do", "do_not", "consider", "prefer", "in_principle_not", "inform")


def _unknown(what: str, name: str, known: Iterable[str]) -> ConditionFault:
    options = list(known)
    close = difflib.get_close_matches(name, options, n=1)
    hint = f"; did you mean '{close[0]}'?" if close else ""
    return ConditionFault(f"unknown {what} '{name}'{hint}")


class Names:
    """The vocabulary of one edition; the reader fills in definitions and actions as it meets them."""

    def __init__(self, entities: Mapping[str, Entity], groups: Mapping[str, Words]) -> None:
        self.entities = entities
        self.groups = groups
        self.actions: tuple[str, ...] = ()
        self.definitions: dict[str, Condition] = {}
        self.in_properties = False
        self._values: dict[str, tuple[str, ...]] = {
            subject.name: subject.values for subject in (*plain_subjects(), *derived_subjects())
        }
        self._values["category"] = CATEGORIES
        self._values["suspected"] = ("no", "yes")
        self._values["region"] = get_args(Region)

    def word(self, name: str) -> Condition | None:
        """Return the meaning of a definition."""
        return self.definitions.get(name)

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        """Return the atom for a subject and its values; raises ConditionFault for what does not exist."""
        if subject.startswith("referral.") and self.in_properties:
            return self._referral_atom(subject, values)
        if subject in ("entity", "histology"):
            return self._entity_atom(subject, values)
        possible = self._values.get(subject)
        if possible is None:
            known = [*self._values, *self.definitions, "entity", "histology"]
            raise _unknown("word or answer", subject, known)
        if values is None:
            if "yes" not in possible:
                raise ConditionFault(f"'{subject}' is not a yes/no answer; write '{subject} is ...'")
            values = ("yes",)
        for value in values:
            if value not in possible:
                raise _unknown(f"value of {subject}:", value, possible)
        return Atom(subject, frozenset(values))

    def _referral_atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        key = subject.removeprefix("referral.")
        if key not in REFERRAL_KEYS:
            raise _unknown("referral key", key, REFERRAL_KEYS)
        chosen = ("yes",) if values is None else values
        for value in chosen:
            if value not in _REFERRAL_VALUES[key]:
                raise _unknown(f"value of {subject}:", value, _REFERRAL_VALUES[key])
        return PlanAtom("referral", subject, frozenset(chosen))

    def _entity_atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        if values is None:
            raise ConditionFault(f"'{subject}' is not a yes/no answer; write '{subject} is ...' or '{subject} in ...'")
        known = (*self.entities, *((NO_HISTOLOGY,) if subject == "histology" else ()))
        for value in values:
            if value not in known:
                raise _unknown("entity", value, known)
        return Atom(subject, frozenset(values))

    def member(self, subject: str, group: str) -> Condition:
        """Return the atom "the entity (or histology) belongs to this group of the catalogue"."""
        if subject not in ("entity", "histology"):
            raise ConditionFault(f"only entity and histology have groups, not '{subject}'")
        if group not in self.groups:
            raise _unknown("group", group, self.groups)
        members = frozenset(name for name, entity in self.entities.items() if group in entity.groups)
        return Atom(subject, members)

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        """Return the atom for answered(field), listed(action), asked(action), done(action); in properties also
        free(action), refrained(action), waits(action, action) and advised(action, verdict)."""
        if function == "answered":
            return self._answered(arguments)
        allowed = (*_ACTION_CALLS, *(_PROPERTY_CALLS if self.in_properties else ()))
        two = ("waits", "advised") if self.in_properties else ()
        if function not in (*allowed, *two):
            raise _unknown("function", function, ("answered", *allowed, *two))
        if len(arguments) != (2 if function in two else 1):
            raise ConditionFault(f"'{function}' takes {2 if function in two else 1} name(s)")
        if arguments[0] not in self.actions:
            raise _unknown("action", arguments[0], self.actions)
        if function == "waits" and arguments[1] not in self.actions:
            raise _unknown("action", arguments[1], self.actions)
        if function == "advised" and arguments[1] not in _VERDICTS:
            raise _unknown("verdict", arguments[1], _VERDICTS)
        return PlanAtom(function, arguments[0], frozenset(arguments[1:]))

    def _answered(self, arguments: tuple[str, ...]) -> Condition:
        if len(arguments) != 1 or arguments[0] not in ANSWERED_FIELDS:
            raise _unknown("field for answered:", ", ".join(arguments), ANSWERED_FIELDS)
        return Atom(answered_subject(arguments[0]), frozenset({"yes"}))
