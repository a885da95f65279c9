"""The type of plain data that JSON can hold, and conditions as such data."""

from typing import Any

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word

Form = dict[str, Any]  # what JSON gives: whoever reads a form states the types of what is in it
"""Plain data: dictionaries with text keys, lists, text, numbers, true, false and null."""


def condition_form(condition: Condition) -> Form:
    """A condition on a case as plain data, its definitions written out."""
    match condition:
        case Atom(subject, values):
            return {"ask": subject, "in": sorted(values)}
        case Not(part):
            return {"not": condition_form(part)}
        case And(parts):
            return {"and": [condition_form(part) for part in parts]}
        case Or(parts):
            return {"or": [condition_form(part) for part in parts]}
        case Word(_, meaning):
            return condition_form(meaning)
        case PlanAtom():
            raise TypeError(f"{condition} asks what a plan says, not what a case says")


def read_condition(form: Form) -> Condition:
    """Read a condition back."""
    if "ask" in form:
        return Atom(form["ask"], frozenset(form["in"]))
    if "not" in form:
        return Not(read_condition(form["not"]))
    if "and" in form:
        return And(tuple(map(read_condition, form["and"])))
    return Or(tuple(map(read_condition, form["or"])))
