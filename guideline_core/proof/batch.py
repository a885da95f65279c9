"""Evaluates formulas of the solver for thousands of complete cases at once.

A set of cases is an integer with one bit per case; each node of a formula becomes the set of cases in which it holds.
What is evaluated is the very expression that the solver reasons about, not a copy of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_, xor

import z3

from guideline_core.proof.variables import Formula, Variables

CaseSet = int


class Batch:
    """A number of complete cases, and the sets of them in which formulas hold."""

    def __init__(self, variables: Variables, cases: Sequence[Mapping[str, str]]) -> None:
        self.size = len(cases)
        self.everything: CaseSet = (1 << self.size) - 1
        self._sets: dict[int, CaseSet] = {}
        self._alive: list[Formula] = []
        for name, bits in variables.bits.items():
            values = [case[name] for case in cases]
            for value, bit in zip(variables.space.subjects[name].values, bits, strict=True):
                self._sets[bit.get_id()] = set_of(found == value for found in values)

    def holds(self, formula: Formula) -> CaseSet:
        """The set of cases in which a formula holds."""
        self._alive.append(formula)  # the solver may reuse the number of a node once nothing refers to it
        stack = [formula]
        while stack:
            node = stack[-1]
            children = [] if node.get_id() in self._sets else node.children()
            missing = [child for child in children if child.get_id() not in self._sets]
            if missing:
                stack.extend(missing)
                continue
            if node.get_id() not in self._sets:
                self._sets[node.get_id()] = self._combine(node, [self._sets[child.get_id()] for child in children])
            stack.pop()
        return self._sets[formula.get_id()]

    def _combine(self, node: Formula, parts: list[CaseSet]) -> CaseSet:
        return _MEANING[node.decl().kind()](self, node, parts)

    def exactly_one(self, parts: Sequence[CaseSet]) -> CaseSet:
        """The cases that are in exactly one of these sets."""
        once = twice = 0
        for part in parts:
            twice |= once & part
            once |= part
        return once & ~twice


def set_of(memberships: Iterable[object]) -> CaseSet:
    """The set of cases for which this says true, case by case."""
    digits = "".join("1" if member else "0" for member in memberships)
    return int(digits[::-1] or "0", 2)


def places(cases: CaseSet) -> list[int]:
    """The numbers of the cases in a set."""
    return [place for place, digit in enumerate(reversed(f"{cases:b}")) if digit == "1"]


def _only_one(batch: Batch, node: Formula, parts: list[CaseSet]) -> CaseSet:
    """A pseudo-Boolean equation; the formulas know only "exactly one of these"."""
    numbers = node.params()
    if numbers[0] != 1 or any(number != 1 for number in numbers[1:]):
        raise ValueError(f"unexpected equation {node}")
    return batch.exactly_one(parts)


_MEANING: Mapping[int, Callable[[Batch, Formula, list[CaseSet]], CaseSet]] = {
    z3.Z3_OP_TRUE: lambda batch, _, __: batch.everything,
    z3.Z3_OP_FALSE: lambda _, __, ___: 0,
    z3.Z3_OP_NOT: lambda batch, _, parts: batch.everything & ~parts[0],
    z3.Z3_OP_AND: lambda batch, _, parts: reduce(and_, parts, batch.everything),
    z3.Z3_OP_OR: lambda _, __, parts: reduce(or_, parts, 0),
    z3.Z3_OP_IMPLIES: lambda batch, _, parts: (batch.everything & ~parts[0]) | parts[1],
    z3.Z3_OP_XOR: lambda _, __, parts: reduce(xor, parts),
    z3.Z3_OP_EQ: lambda batch, _, parts: batch.everything & ~(parts[0] ^ parts[1]),
    z3.Z3_OP_ITE: lambda batch, _, parts: (parts[0] & parts[1]) | (batch.everything & ~parts[0] & parts[2]),
    z3.Z3_OP_PB_EQ: _only_one,
}
