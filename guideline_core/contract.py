"""The contract of a case, field by field, as the marks in its model say: path, class, kind, values, identity.

    field = fields()["imaging.mri.contrast"]
    field.kind            # AnswerKind.YES_NO
    field.field_class     # FieldClass.EVENT: not answered means that it has not happened yet

It loads the model of a case. What the window needs before that is compiled with the edition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from guideline_core.answer_types import Answers
from guideline_core.case import Case
from guideline_core.fields import FREE_TEXT, AnswerKind, FieldClass, Identity


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the contract."""

    path: str
    field_class: FieldClass
    kind: AnswerKind
    values: tuple[str, ...]
    """The values of a choice, in the order of the contract; none of any other kind."""
    identity: Identity | None
    group: type[Answers]
    """The group of answers in which it stands."""

    @property
    def name(self) -> str:
        """The last part of the path: the name within its group."""
        return self.path.rpartition(".")[2]

    @property
    def reaches_a_rule(self) -> bool:
        """Whether some rule may read it."""
        return self.field_class is not FieldClass.LETTER

    @property
    def can_be_said_aloud(self) -> bool:
        """Whether its answer can be spoken: it identifies nobody and was not typed freely."""
        return self.identity is None and self.kind not in FREE_TEXT


@cache
def fields() -> Mapping[str, Field]:
    """Every field of the contract by its full path, in the order of the model."""
    return {field.path: field for field in _walk(Case, "")}


def values_at(path: str) -> tuple[str, ...]:
    """The values of a choice, of a field or of a part of a list of groups (`lesion.other_sites.side`)."""
    group, _, name = path.rpartition(".")
    return _kind(groups()[group].model_fields[name].annotation)[1]


@cache
def groups() -> Mapping[str, type[Answers]]:
    """Every group of answers by its path. The case itself has the empty path; a list of groups counts as one."""
    return dict(_walk_groups(Case, ""))


def _walk(group: type[Answers], prefix: str) -> Iterator[Field]:
    for name, info in group.model_fields.items():
        nested = info.annotation
        if isinstance(nested, type) and issubclass(nested, Answers):
            yield from _walk(nested, f"{prefix}{name}.")
        else:
            yield from _field(f"{prefix}{name}", info, group)


def _field(path: str, info: FieldInfo, group: type[Answers]) -> Iterator[Field]:
    """The field that a part of the model describes; none for a part without a class, such as the schema version."""
    field_class = next((mark for mark in info.metadata if isinstance(mark, FieldClass)), None)
    if field_class is not None:
        identity = next((mark for mark in info.metadata if isinstance(mark, Identity)), None)
        kind, values = _kind(info.annotation)
        yield Field(path, field_class, kind, values, identity, group)


def _kind(annotation: object) -> tuple[AnswerKind, tuple[str, ...]]:
    """The kind of answer that a type stands for, and the values of a choice. Every answer has a kind."""
    for option in get_args(annotation):
        if get_origin(option) is Literal:
            return AnswerKind.CHOICE, get_args(option)
        for mark in getattr(option, "__metadata__", ()):
            if isinstance(mark, AnswerKind):
                return mark, ()
    raise TypeError(f"no kind of answer is marked in {annotation}")


def _walk_groups(group: type[Answers], path: str) -> Iterator[tuple[str, type[Answers]]]:
    yield path, group
    for name, info in group.model_fields.items():
        for part in _parts_of(info.annotation):
            if isinstance(part, type) and issubclass(part, Answers):
                yield from _walk_groups(part, f"{path}.{name}" if path else name)


def _parts_of(annotation: object) -> Iterator[object]:
    """A type and everything of which it is composed."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts_of(part)


def put(answers: dict[str, object], path: str, value: object) -> None:
    """Put an answer at its path in the nested data of a case; None takes it out, and groups left empty with it.

    >>> answers = {"lesion": {"bone": "femur"}}
    >>> put(answers, "imaging.mri.done", True)
    >>> put(answers, "lesion.bone", None)
    >>> answers
    {'imaging': {'mri': {'done': True}}}
    """
    name, _, rest = path.partition(".")
    if rest:
        group = answers.get(name)
        inside = group if isinstance(group, dict) else {}
        put(inside, rest, value)
        value = inside or None
    if value is None:
        answers.pop(name, None)
    else:
        answers[name] = value


def nested(answers: Mapping[str, object]) -> dict[str, object]:
    """Answers by path as the nested data of a case.

    >>> nested({"lesion.bone": "femur", "lesion.side": "left"})
    {'lesion': {'bone': 'femur', 'side': 'left'}}
    """
    found: dict[str, object] = {}
    for path, value in answers.items():
        put(found, path, value)
    return found
