"""The places where statements stand in the modules of an edition, and the statements that are read from them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from guideline_core.edition.entry_reader import Where
from guideline_core.edition.entry_types import Words
from guideline_core.edition.trees import Place
from guideline_core.edition.values import Statement
from guideline_core.edition.written import WrittenModule, WrittenPart, WrittenStatement


class PartPlace(NamedTuple):
    """A statement, or a part of one, with its module, the whole statement, and where it stands."""

    module: WrittenModule
    whole: WrittenStatement
    part: WrittenPart
    where: Where

    @property
    def treated(self) -> WrittenPart:
        """Where it is said what the program does with it: a part is treated like the whole unless it says otherwise."""
        return self.part if self.part.treatments or self.part is self.whole else self.whole

    def rule_place(self, number: int) -> Where:
        """Where one of its rules stands."""
        file, place = self.where
        return file, (*place, "rules", number)


def parts_of(module: WrittenModule, file: str) -> Iterator[PartPlace]:
    """The statements of a module, each followed by its parts."""
    for number, whole in enumerate(module.statements):
        place: Place = ("statements", number)
        yield PartPlace(module, whole, whole, (file, place))
        for part_number, part in enumerate(whole.parts):
            yield PartPlace(module, whole, part, (file, (*place, "parts", part_number)))


def statement_at(each: PartPlace, encoded_elsewhere: Iterable[str]) -> Statement:
    """A statement or part, with the rules that encode it: its own, and those elsewhere that name it."""
    module, whole, part, _ = each
    treated = each.treated
    shown = treated.shown
    encoded_by = (*treated.encoded_by, *(rule.id for rule in treated.rules), *encoded_elsewhere)
    return Statement(
        id=part.id,
        module=module.module,
        section=_section_of(whole) or module.title,
        page=whole.page or "",
        strength=part.strength,
        text=part.text,
        treatment="shown" if shown else "not_encoded" if treated.not_encoded else "encoded",
        parent=None if part is whole else whole.id,
        encoded_by=tuple(dict.fromkeys(encoded_by)),
        step=shown.step if shown else None,
        shown_when=shown.when if shown else None,
        reason=treated.not_encoded,
    )


def _section_of(whole: WrittenStatement) -> Words | None:
    return {"nl": whole.section, "en": whole.section_en} if whole.section and whole.section_en else None


def faults_of_place(each: PartPlace) -> Iterator[str]:
    """What is wrong with the place that a statement names: the guideline has pages, the program has none."""
    is_of_program = each.module.module is None
    if is_of_program != (each.part.strength == "program"):
        yield "strength program is for what the program says of itself, there and nowhere else"
    for key in ("section", "section_en", "page"):
        if is_of_program and getattr(each.whole, key) is not None:
            yield f"what the program says of itself has no {key}"
        if not is_of_program and getattr(each.whole, key) is None:
            yield f"'{key}' is missing"


def faults_of_treatment(each: PartPlace) -> Iterator[str]:
    """What is wrong with a statement that does not say once what the program does with it; its parts may say it."""
    treatments = each.treated.treatments
    parts_are_treated = each.part is each.whole and any(part.treatments for part in each.whole.parts)
    if len(treatments) > 1 or (not treatments and not parts_are_treated):
        said = " and ".join(treatments) or "nothing"
        yield f"exactly one of rules, encoded_by, shown, not_encoded is expected; found {said}"
