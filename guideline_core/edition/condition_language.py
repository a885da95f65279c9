"""The language of conditions: text is read into a condition, and a condition is written as text.

Example: `malignant and (child or region is one of (pelvis, spine)) and not done(imaging.mri_contrast)`.
The words `malignant` and `child` are definitions; the parser asks a `Vocabulary` what each name means.
"""

import re
from collections.abc import Callable
from typing import Final, Protocol

from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or, PlanAtom, Word, parts_of
from guideline_core.file_limits import CONDITION_DEPTH, CONDITION_PARTS


class ConditionFault(Exception):
    """A condition that cannot be read; the message is for the editor of the rule."""


class Vocabulary(Protocol):
    """Says which names a condition may use; each method raises ConditionFault for a name that it does not know."""

    def word(self, name: str) -> Condition | None:
        """The meaning of a definition, or None when the name is no definition."""

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        """The atom "subject has one of values"; values None means that the subject stands alone (yes)."""

    def member(self, subject: str, groups: tuple[str, ...]) -> Condition:
        """The atom "subject is a member of one of these groups"."""

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        """The atom for `done(imaging.mri_contrast)` and its like."""


_PLAIN: Final[dict[str, Condition]] = {"always": ALWAYS, "yes": ALWAYS, "no": NEVER, "never": NEVER}
_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*)|(?P<sign>[(),]))")
_KEYWORDS = frozenset({"and", "or", "not", "is", "one", "of", "in"})


def parse(text: str, vocabulary: Vocabulary) -> Condition:
    """Read one condition; raises ConditionFault with what is wrong.

    >>> from guideline_core.edition.vocabulary import EditionVocabulary
    >>> vocabulary = EditionVocabulary({}, {})
    >>> parse("lesion.origin is primary and not complaints.night_pain", vocabulary)
    And(parts=(Atom(subject='lesion.origin', values=frozenset({'primary'})), \
Not(part=Atom(subject='complaints.night_pain', values=frozenset({'yes'})))))
    >>> parse("lesion.orign is primary", vocabulary)
    Traceback (most recent call last):
    guideline_core.edition.condition_language.ConditionFault: unknown word or answer 'lesion.orign'; \
did you mean 'lesion.origin'?
    """
    plain = _PLAIN.get(text)
    return _Parser(text, vocabulary).parse() if plain is None else plain


class _Parser:
    """Recursive descent over one condition: or < and < not < atom."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.tokens = _tokens(text)
        self.position = 0
        self.depth = 0
        self.vocabulary = vocabulary

    def parse(self) -> Condition:
        """The whole text as one condition."""
        condition = self._either()
        if self.position < len(self.tokens):
            raise ConditionFault(f"unexpected '{self.tokens[self.position]}'")
        _check_extent(condition)
        return condition

    def _peek(self) -> str | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def _take(self, expected: str | None = None) -> str:
        token = self._peek()
        if token is None:
            raise ConditionFault(f"the condition ends where {expected or 'more'} is expected")
        if expected is not None and token != expected:
            raise ConditionFault(f"'{expected}' expected instead of '{token}'")
        self.position += 1
        return token

    def _accept(self, token: str) -> bool:
        if self._peek() == token:
            self.position += 1
            return True
        return False

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._accept("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._negation()]
        while self._accept("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negation(self) -> Condition:
        return Not(self._inside(self._negation)) if self._accept("not") else self._atom()

    def _inside(self, read: Callable[[], Condition]) -> Condition:
        """What stands within brackets or after `not`, unless it stands too deep for whatever walks through it."""
        if self.depth == CONDITION_DEPTH:
            raise _too_deep()
        self.depth += 1
        condition = read()
        self.depth -= 1
        return condition

    def _atom(self) -> Condition:
        if self._accept("("):
            inside = self._inside(self._either)
            self._take(")")
            return inside
        name = self._name()
        if self._accept("("):
            return self.vocabulary.call(name, self._list_until_closed())
        if self._accept("is"):
            return self._comparison(name)
        if self._accept("in"):
            return self.vocabulary.member(name, self._one_or_several())
        meaning = self.vocabulary.word(name)
        return Word(name, meaning) if meaning is not None else self.vocabulary.atom(name, None)

    def _comparison(self, name: str) -> Condition:
        negated = self._accept("not")
        atom = self.vocabulary.atom(name, self._one_or_several())
        return Not(atom) if negated else atom

    def _one_or_several(self) -> tuple[str, ...]:
        """A name, or `one of (...)`."""
        if not self._accept("one"):
            return (self._name(),)
        self._take("of")
        self._take("(")
        return self._list_until_closed()

    def _list_until_closed(self) -> tuple[str, ...]:
        values = [self._name()]
        while self._accept(","):
            values.append(self._name())
        self._take(")")
        return tuple(values)

    def _name(self) -> str:
        name = self._take()
        if name in _KEYWORDS or not name[0].isalpha():
            raise ConditionFault(f"a name expected instead of '{name}'")
        return name


def _check_extent(condition: Condition) -> None:
    """Raise ConditionFault for one that definitions make too deep or too long: a few lines of them, each naming the one
    before twice, become more than a computer holds."""
    level: list[Condition] = [condition]
    parts = 0
    for _ in range(CONDITION_DEPTH):
        parts += len(level)
        if parts > CONDITION_PARTS:
            raise ConditionFault(f"with its definitions it has more than {CONDITION_PARTS} parts")
        level = [inside for each in level for inside in parts_of(each)]
    if level:
        raise _too_deep()


def _too_deep() -> ConditionFault:
    return ConditionFault(f"brackets, 'not' and definitions stand more than {CONDITION_DEPTH} deep within each other")


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise ConditionFault(f"cannot read '{stripped[position : position + 20].strip()}'")
        tokens.append(match.group().strip())
        position = match.end()
    return tokens


def in_words(condition: Condition) -> str:
    """Write a condition in the language of the rules, with definitions by name.

    >>> in_words(And((Atom("child", frozenset({"yes"})), Not(Atom("region", frozenset({"spine", "pelvis"}))))))
    'child and region is not one of (pelvis, spine)'
    """
    match condition:
        case Word(name, _):
            return name
        case Not(Atom(subject, values)):
            return f"{subject} is not {_values_in_words(values)}"
        case Not(part):
            return f"not {_bracketed(part)}"
        case And(parts):
            return " and ".join(_bracketed(part) for part in parts) or "always"
        case Or(parts):
            return " or ".join(_bracketed(part) for part in parts) or "never"
        case PlanAtom(kind, subject, values) if kind in ("waits", "advised"):
            return f"{kind}({subject}, {', '.join(sorted(values))})"
        case PlanAtom(kind, subject, values) if kind == "referral":
            return f"{subject} is {_values_in_words(values)}"
        case PlanAtom(kind, subject, _):
            return f"{kind}({subject})"
        case Atom(subject, values) if values == {"yes"}:
            return subject
        case Atom(subject, values):
            return f"{subject} is {_values_in_words(values)}"


def _bracketed(condition: Condition) -> str:
    text = in_words(condition)
    return f"({text})" if isinstance(condition, And | Or) and len(condition.parts) > 1 else text


def _values_in_words(values: frozenset[str]) -> str:
    ordered = sorted(values)
    return ordered[0] if len(ordered) == 1 else f"one of ({', '.join(ordered)})"
