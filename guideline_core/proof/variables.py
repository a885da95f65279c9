"""The variables over which formulas speak: one for each subject of a space, as the solver takes them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import z3

from guideline_core.space import Space

Formula = Any  # the solver has no type information of its own
"""A Boolean expression of the solver."""
_TRUE, _FALSE = z3.BoolVal(True), z3.BoolVal(False)


class Variables:
    """One variable for each subject of a space: a Boolean for each of its values, of which exactly one is true.

    Measured on the real edition (186 queries) this takes 0.24 s, enumerations and integers with bounds 0.32 s. What
    decides is that propositional formulas can also be evaluated for thousands of cases at once (`agreement`).
    """

    def __init__(self, space: Space, mark: str = "") -> None:
        self.space = space
        self.bits: dict[str, tuple[Formula, ...]] = {
            name: tuple(z3.Bool(f"{name}={value}{mark}") for value in subject.values)
            for name, subject in space.subjects.items()
        }

    def among(self, name: str, values: Iterable[str]) -> Formula:
        """The formula "this subject has one of these values"."""
        wanted = set(values)
        subject = self.space.subjects[name]
        chosen = [bit for value, bit in zip(subject.values, self.bits[name], strict=True) if value in wanted]
        if len(chosen) == len(subject.values):
            return z3.BoolVal(True)
        return any_of(chosen)

    def domain(self) -> Formula:
        """Each variable has exactly one of its values."""
        return all_of(z3.PbEq([(bit, 1) for bit in bits], 1) for bits in self.bits.values())

    def read(self, model: z3.ModelRef, names: Iterable[str] | None = None) -> dict[str, str]:
        """The complete case (or these subjects of it) that a model of the solver describes."""
        found = {}
        for name in self.bits if names is None else names:
            bits = self.bits[name]
            values = self.space.subjects[name].values
            found[name] = next(v for v, bit in zip(values, bits, strict=True) if z3.is_true(model.eval(bit, True)))
        return found

    def moved(self, formulas: Sequence[Formula], other: "Variables", names: Iterable[str]) -> list[Formula]:
        """The same formulas, speaking of the other variables for these subjects."""
        pairs = [pair for name in names for pair in zip(self.bits[name], other.bits[name], strict=True)]
        return substituted(formulas, pairs)


def substituted(formulas: Sequence[Formula], pairs: Sequence[tuple[Formula, Formula]]) -> list[Formula]:
    """The formulas with the first of each pair replaced by the second; together, for what they share is then read
    once."""
    if not formulas or not pairs:
        return list(formulas)
    found: list[Formula] = z3.substitute(z3.And(formulas), *pairs).children()
    return found


def all_of(formulas: Iterable[Formula]) -> Formula:
    """The conjunction, without needless nesting."""
    found = [formula for formula in formulas if not formula.eq(_TRUE)]
    if any(formula.eq(_FALSE) for formula in found):
        return _FALSE
    return found[0] if len(found) == 1 else z3.And(found) if found else _TRUE


def any_of(formulas: Iterable[Formula]) -> Formula:
    """The disjunction, without needless nesting."""
    found = [formula for formula in formulas if not formula.eq(_FALSE)]
    if any(formula.eq(_TRUE) for formula in found):
        return _TRUE
    return found[0] if len(found) == 1 else z3.Or(found) if found else _FALSE


def conjuncts(formula: Formula) -> Iterator[Formula]:
    """The formulas of which this one is the conjunction."""
    if not z3.is_and(formula):
        yield formula
        return
    for part in formula.children():
        yield from conjuncts(part)


def support(formula: Formula) -> frozenset[str]:
    """The names of the subjects on which a formula turns."""
    return next(supports([formula]))


def supports(formulas: Iterable[Formula]) -> Iterator[frozenset[str]]:
    """The same for several formulas; what they share is read once."""
    known: dict[int, frozenset[str]] = {}

    def turns_on(node: Formula) -> frozenset[str]:
        number = node.get_id()
        if number not in known:
            children = node.children()
            if children:
                known[number] = frozenset().union(*map(turns_on, children))
            else:
                name, value_of, _ = node.decl().name().rpartition("=")
                known[number] = frozenset({name} if value_of else ())
        return known[number]

    return map(turns_on, formulas)
