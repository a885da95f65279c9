"""What the tests of the wizard share: the words of the edition, and a document on the real planner."""

import datetime
from dataclasses import dataclass
from functools import cache

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from desktop_app.case.document import CaseDocument
from desktop_app.library import resource_files
from desktop_app.library.compilation import in_language, kinds_form
from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrase_files import read_phrase_files
from desktop_app.library.phrases import Phrases, Tree
from guideline_core.compiled import Catalogue, PlanningTables
from guideline_core.contract import fields
from guideline_core.edition.catalogue import CatalogueEntries
from guideline_core.planning import Planner
from guideline_core.question_places import QuestionPlaces
from tests.editions import no_fault, read_real_edition, real_places, real_trees, space_of_real_edition

TODAY = datetime.date(2026, 11, 23)


@cache
def lists() -> CatalogueEntries:
    """Tumours and bones of the real edition."""
    return CatalogueEntries(real_trees(), no_fault)


@cache
def _tree() -> Tree:
    return read_phrase_files(resource_files.folder_content("phrases"))


@cache
def phrases(language: str = "nl") -> Phrases:
    """The words of the program."""
    return Phrases(language, in_language(_tree(), language))


@cache
def catalogue() -> Catalogue:
    """Entities and bones of the real edition."""
    edition = read_real_edition()
    return Catalogue(
        {name: name for name in edition.entities},
        {name: entity.grade for name, entity in edition.entities.items() if entity.grade},
        {name: bone.region for name, bone in edition.bones.items()},
        space_of_real_edition().lesion.graded,
    )


def new_document(planner: Planner) -> CaseDocument:
    """An empty document under the real edition."""
    return CaseDocument(Guideline(planner), lambda: TODAY)


@cache
def kinds() -> FieldKinds:
    """What kind of answer each field takes."""
    return FieldKinds(kinds_form(fields()))


@dataclass
class Guideline:
    """What a document needs of the real edition."""

    planner: Planner

    @property
    def catalogue(self) -> Catalogue:
        return catalogue()

    @property
    def tables(self) -> PlanningTables:
        return self.planner.items.compiled.tables

    @property
    def field_kinds(self) -> FieldKinds:
        return kinds()

    @property
    def places(self) -> QuestionPlaces:
        return real_places()
