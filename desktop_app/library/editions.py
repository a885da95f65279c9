"""Finds an edition of the guideline and opens it: compiled, with its words.

Compiling is slow and its result is kept in the user's cache folder, under a key of everything that it was made from:
all files of the edition, all phrases and the compiler's own source. So it can never be stale. Where nothing can be
kept (a read-only or full disk), or what was kept is damaged or could have been written by others, the edition is
compiled and the program goes on.
"""

import datetime
import hashlib
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from platformdirs import user_cache_path

import guideline_core
from desktop_app import PROGRAM, __version__
from desktop_app.library import resource_files
from desktop_app.library.compilations import forget_old, keep_form, kept_form
from desktop_app.library.field_kinds import FieldKinds, KindsForm
from desktop_app.library.phrases import Phrases
from guideline_core.keys import Setting

if TYPE_CHECKING:  # for annotations: `OpenedEdition` loads these on first use
    from desktop_app.library.edition_parts import EditionParts
    from guideline_core.case import Case
    from guideline_core.compiled import Catalogue, CompiledEdition, PlanningTables
    from guideline_core.edition.catalogue import CatalogueEntries
    from guideline_core.edition.entries import EditionEntries
    from guideline_core.edition.trees import Place
    from guideline_core.edition_names import EditionNames
    from guideline_core.plain_data import Form
    from guideline_core.planning import Planner
    from guideline_core.question_places import QuestionPlaces

EDITIONS = "guideline"
_NOT_COMPILING = frozenset({"proof", "__pycache__"})
_OWN_SOURCES = tuple(
    f"library/{name}.py"
    for name in ("compilation", "compilations", "edition_parts", "editions", "phrases", "phrase_files", "field_kinds")
)


class OpenedEdition:
    """An edition ready for use. Its title and the kinds of its fields are at hand; the rest is read on first use."""

    def __init__(self, forms: Callable[[str], "Form"]) -> None:
        self._forms = forms

    @cached_property
    def _parts(self) -> "EditionParts":
        # The model of a case and the planner take longer to load than a window may wait: the one door to them.
        from desktop_app.library.edition_parts import EditionParts

        return EditionParts(self._forms)

    @cached_property
    def title(self) -> Mapping[str, str]:
        """The name of the guideline, in each language."""
        title: Mapping[str, str] = self._forms("planning")["title"]
        return title

    @cached_property
    def year(self) -> int:
        """The year in which the guideline came out: no clock that is right says an earlier one."""
        year: int = self._forms("planning")["year"]
        return year

    @cached_property
    def field_kinds(self) -> FieldKinds:
        """What kind of answer each field of the contract takes."""
        return FieldKinds(cast(KindsForm, self._forms("contract")))

    @property
    def compiled(self) -> "CompiledEdition":
        """Diagrams, tables and catalogues."""
        return self._parts.compiled

    @property
    def catalogue(self) -> "Catalogue":
        """Entities and bones, as far as answers need them."""
        return self.compiled.catalogue

    @property
    def places(self) -> "QuestionPlaces":
        """Where the questions of a case have their place."""
        return self._parts.places

    @property
    def tables(self) -> "PlanningTables":
        """What a plan says of actions, rules and questions."""
        return self.compiled.tables

    @property
    def planner(self) -> "Planner":
        """The planner of this edition."""
        return self._parts.planner

    @property
    def names(self) -> "EditionNames":
        """The names and places that a written plan uses."""
        return self._parts.names

    @cached_property
    def lists(self) -> "CatalogueEntries":
        """Tumours and bones, with all that is said of them."""
        # The wizard asks only this much of what is written: a fifth of what all of it takes to load.
        from guideline_core.edition.catalogue import CatalogueEntries

        return CatalogueEntries(self._forms("texts"), _checked_before)

    @cached_property
    def texts(self) -> "EditionEntries":
        """All words and rules of this edition; they are large and read when something is looked up."""
        # The readers of rules and conditions: a plan is made without them, and what they read is shown without a plan.
        from guideline_core.edition.entries import EditionEntries

        return EditionEntries(self._forms("texts"), _checked_before)

    def read_case(self, text: bytes, today: datetime.date) -> "Case":
        """Read a case under this edition; raises CaseFaults."""
        return self._parts.read_case(text, today)

    def empty_case(self, setting: Setting | None = None) -> "Case":
        """A case in which nothing is answered, except where the workstation stands when that is known."""
        return self._parts.empty_case(setting)


def _checked_before(file: str, place: "Place", entry: str, message: str) -> None:
    """A compiled edition has no faults: what could not be read was refused when it was compiled."""
    raise AssertionError(f"{file}: {entry}: {message}")


class Library:
    """What the program knows without a case: the edition and the phrases, read from the cache or compiled now."""

    def __init__(self, edition: str | None = None, cache_folder: Path | None = None) -> None:
        self.edition_files = resource_files.folder_content(EDITIONS, edition or newest_edition())
        self.phrase_files = resource_files.folder_content("phrases")
        self._cache_folder = cache_folder or default_cache_folder()
        self._compiled: dict[str, Form] = {}

    @cached_property
    def key(self) -> str:
        """The fingerprint of everything that the compiled form is made from."""
        digest = hashlib.sha256(f"{__version__} {sys.version_info[:2]}".encode())
        for files in (self.edition_files, self.phrase_files, compiler_sources()):
            for name, content in files.items():
                digest.update(f"{name} {len(content)} ".encode() + hashlib.sha256(content).digest())
        return digest.hexdigest()

    def edition(self) -> OpenedEdition:
        """Open the edition."""
        return OpenedEdition(self._part)

    def phrases(self, language: str) -> Phrases:
        """The words in a language."""
        return Phrases(language, self._part(f"phrases-{language}"), lambda: self._part(f"phrases-{language}-more"))

    def _part(self, name: str) -> "Form":
        if name not in self._compiled:
            kept = None if self._cache_folder is None else kept_form(self._cache_folder, self.key, name)
            if kept is not None:
                self._compiled[name] = kept
            else:
                self._compile(name)
        return self._compiled[name]

    def _compile(self, part: str) -> None:
        # The compiler and the YAML reader are slow to load, and wanted only when nothing usable is kept.
        from desktop_app.library.compilation import compiled_edition, compiled_phrases

        is_phrases = part.startswith("phrases")
        parts = compiled_phrases(self.phrase_files) if is_phrases else compiled_edition(self.edition_files)
        self._compiled.update(parts)
        folder = self._cache_folder
        if folder is not None and all(keep_form(folder, self.key, name, form) for name, form in parts.items()):
            forget_old(folder, self.key)


def newest_edition() -> str:
    """The folder of the edition that counts: the last by name, unless it is named otherwise."""
    names = resource_files.folders(EDITIONS)
    if not names:
        raise resource_files.ResourceMissing("there is no edition of the guideline")
    return names[-1]


def compiler_sources() -> dict[str, bytes]:
    """The source of everything that decides what a compiled form looks like; of a frozen program the program itself."""
    core = Path(guideline_core.__file__ or "").parent
    names = sorted(path.relative_to(core) for path in core.rglob("*.py*"))
    sources = {name.as_posix(): (core / name).read_bytes() for name in names if _NOT_COMPILING.isdisjoint(name.parts)}
    own = {f"desktop_app/{name}": resource_files.PACKAGE / name for name in _OWN_SOURCES}
    sources |= {name: path.read_bytes() for name, path in own.items() if path.is_file()}
    if "compiler.py" not in sources and "compiler.pyc" not in sources:
        return {"program": Path(sys.executable).read_bytes()}
    return sources


def default_cache_folder() -> Path | None:
    """The user's cache folder for this program, where the platform keeps such things; None for a user without a
    home."""
    try:
        return user_cache_path(PROGRAM, appauthor=False).absolute()
    except (OSError, RuntimeError):
        return None
