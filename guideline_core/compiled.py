"""A compiled edition: the diagrams and tables of one edition, all that planning needs. `compiler` makes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from guideline_core.diagram import DiagramStore
from guideline_core.edition_facts import ActionFacts, AlertFacts, SheetActions, StationFacts
from guideline_core.graded_names import GradedNames
from guideline_core.keys import Grade, Region
from guideline_core.plan import Guideline
from guideline_core.space import Space

Leaf = str | bool | None
"""What a leaf of a diagram stands for: a key, yes or no, or nothing."""
ItemName = tuple[str, ...]
"""One thing that a plan can say: its kind, and what it speaks of, such as ("advice", "biopsy.perform", "do")."""


@dataclass(frozen=True, slots=True)
class Root:
    """One thing that a plan can say: its name, its diagram, and what its leaves mean if there are more than two."""

    kind: str
    name: tuple[str, ...]
    node: int
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """What reading a case needs of entities and bones: classes, grades and what a name means beside them, regions, and
    what is no tumour."""

    class_of_entity: Mapping[str, str]
    grade_of_entity: Mapping[str, Grade]
    region_of_bone: Mapping[str, Region]
    graded_names: GradedNames
    not_a_tumour: frozenset[str] = frozenset()
    """The entities that are no tumour: they may stand beside one, or be a histology."""


@dataclass(frozen=True)
class Thresholds:
    """The numbers on which a rule turns (thresholds.yaml)."""

    child_below_years: int
    good_response_below_viable_percent: float
    who_edition_from_year: int
    ct_slice_at_most_mm: float
    pregnancy_asked_from_years: int
    pregnancy_asked_up_to_years: int


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a plan names as the sources of a rule."""

    statements: tuple[str, ...]
    interpretations: tuple[str, ...]
    has_note: bool
    """Whether there is a note to read with it."""


@dataclass(frozen=True)
class PlanningTables:
    """The tables beside the diagrams: actions in clinical order, rules by what they say, questions in page order.

    A view of a plan takes from here what the edition says of its actions and alerts.
    """

    guideline: Guideline
    actions: Mapping[str, ActionFacts]
    alerts: Mapping[str, AlertFacts]
    stations: Mapping[str, StationFacts]
    sheets: SheetActions
    rules: Mapping[str, RuleFacts]
    rules_of: Mapping[ItemName, tuple[str, ...]]
    questions: tuple[str, ...]
    question_tiers: Mapping[str, tuple[str, ...]]
    """The questions of each tier, the first tier first; a question stands in the first of its tiers that holds."""
    only_when_definite: frozenset[str]
    """The alerts that are raised only when they are sure."""


@dataclass(frozen=True)
class CompiledEdition:
    """Diagrams and tables of an edition."""

    space: Space
    order: tuple[str, ...]
    """The subjects in the order in which the diagrams ask for them."""
    store: DiagramStore
    roots: tuple[Root, ...]
    catalogue: Catalogue
    thresholds: Thresholds
    tables: PlanningTables
