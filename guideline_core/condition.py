"""Conditions: what a rule asks of a case, as values that evaluator, planner and proofs share.

A condition is built of atoms. `condition_language` reads and writes conditions as text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from guideline_core.keys import REFERRAL_KEYS, ReferralKey

PlanAtomKind = Literal["listed", "asked", "refrained", "advised", "done", "free", "waits", "referral"]


@dataclass(frozen=True, slots=True)
class Atom:
    """`subject` has one of `values`; it is an answer such as `lesion.origin` or a derived one such as `entity`."""

    subject: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlanAtom:
    """What another part of the plan says: `listed`, `asked`, `refrained`, `done`, `free` (an action), `waits` (action,
    action), `advised` (action, verdict), or `referral` with a key of the referral decision and its values."""

    kind: PlanAtomKind
    subject: str
    values: frozenset[str] = frozenset()

    @property
    def referral_key(self) -> ReferralKey:
        """The key of the referral decision that it asks for; StopIteration when it asks for an action."""
        return next(key for key in REFERRAL_KEYS if self.subject == f"referral.{key}")


@dataclass(frozen=True, slots=True)
class Not:
    """The negation of a condition."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; without parts it always holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; without parts it never holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A definition used by name; it keeps the name for the reader and carries the condition that it stands for."""

    name: str
    meaning: "Condition"


Condition = Atom | PlanAtom | Not | And | Or | Word

ALWAYS: Condition = And(())
NEVER: Condition = Or(())


def value_in_words(value: str | bool | None) -> str:
    """A value of the referral decision as conditions write it.

    >>> [value_in_words(value) for value in ("urgent", True, None)]
    ['urgent', 'yes', 'none']
    """
    return value if isinstance(value, str) else {None: "none", True: "yes", False: "no"}[value]


def atoms(condition: Condition) -> Iterator[Atom | PlanAtom]:
    """Every atom of a condition, including those behind definitions."""
    if isinstance(condition, Atom | PlanAtom):
        yield condition
    for part in parts_of(condition):
        yield from atoms(part)


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """What stands directly within a condition; the meaning of a definition stands within it."""
    match condition:
        case And(parts) | Or(parts):
            return parts
        case Not(inside) | Word(_, inside):
            return (inside,)
        case _:
            return ()


def needed_words(condition: Condition) -> frozenset[str]:
    """The definitions without which a condition cannot hold: those in every alternative, and none that it denies.

    >>> child, benign = Word("child", NEVER), Word("benign", NEVER)
    >>> sorted(needed_words(And((child, Not(Word("adult", NEVER)), Or((benign, And((benign, child))))))))
    ['benign', 'child']
    """
    match condition:
        case Word(name, meaning):
            return needed_words(meaning) | {name}
        case And(parts):
            return frozenset[str]().union(*map(needed_words, parts))
        case Or((first, *others)):
            return needed_words(first).intersection(*map(needed_words, others))
        case _:
            return frozenset()


def holds(condition: Condition, atom_holds: Callable[[Atom | PlanAtom], bool]) -> bool:
    """Whether a condition holds, given `atom_holds` for its atoms.

    >>> child = Atom("age_group", frozenset({"child"}))
    >>> holds(Not(child), lambda atom: "adult" in atom.values)
    True
    >>> holds(And((child, NEVER)), lambda atom: True)
    False
    """
    match condition:
        case And(parts):
            return all(holds(part, atom_holds) for part in parts)
        case Or(parts):
            return any(holds(part, atom_holds) for part in parts)
        case Not(part):
            return not holds(part, atom_holds)
        case Word(_, meaning):
            return holds(meaning, atom_holds)
        case atom:
            return atom_holds(atom)
