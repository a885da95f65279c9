"""What plans are made with: the parts of a compiled edition that a planner and a written plan need."""

import datetime
from collections.abc import Callable
from functools import cached_property

from guideline_core.case import Case
from guideline_core.case_reading.reading import read_case
from guideline_core.compiled import CompiledEdition
from guideline_core.compiled_form import read_planning_form
from guideline_core.edition_names import EditionNames, read_names
from guideline_core.keys import Setting
from guideline_core.plain_data import Form
from guideline_core.planning import Planner


class EditionParts:
    """Planner, names and the reading of cases under one edition; each part is read when it is first used."""

    def __init__(self, forms: Callable[[str], Form]) -> None:
        self._forms = forms

    @cached_property
    def compiled(self) -> CompiledEdition:
        """Diagrams, tables and catalogues."""
        return read_planning_form(self._forms("planning"))

    @cached_property
    def planner(self) -> Planner:
        """The planner of this edition."""
        return Planner(self.compiled)

    @cached_property
    def names(self) -> EditionNames:
        """The names and places that a written plan uses."""
        return read_names(self._forms("names"))

    def read_case(self, text: bytes, today: datetime.date) -> Case:
        """Read a case under this edition; raises CaseFaults."""
        return read_case(text, self.compiled.catalogue, today)

    def empty_case(self, setting: Setting | None) -> Case:
        """A case in which nothing is answered, except where the workstation stands when that is known."""
        return Case() if setting is None else Case(setting=setting)
