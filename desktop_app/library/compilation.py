"""Compiles what `editions` keeps: an edition of the guideline and the phrases, from their files.

It loads the compiler and the YAML reader, which are slow and seldom needed; `editions` loads this when nothing is kept.
"""

from collections.abc import Mapping
from dataclasses import asdict

from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER, KindsForm
from desktop_app.library.phrase_files import whole_tree
from desktop_app.library.phrases import LANGUAGES, PLAN_FILES, Tree
from guideline_core.compiled_form import planning_form
from guideline_core.compiler import compile_edition
from guideline_core.contract import Field, fields
from guideline_core.edition.reading import read_with_trees
from guideline_core.edition_names import names_of
from guideline_core.plain_data import Form
from guideline_core.question_places import place_form


def compiled_edition(files: Mapping[str, bytes]) -> dict[str, Form]:
    """Compile an edition from its files; raises EditionFaults with everything that is wrong with them."""
    edition, trees = read_with_trees(files)
    return {
        "planning": {**planning_form(compile_edition(edition)), "title": edition.title, "year": edition.year},
        "names": asdict(names_of(edition)),
        "texts": dict(trees),
        "contract": {
            **kinds_form(fields()),
            "places": {path: place_form(place) for path, place in edition.places.items()},
        },
    }


def kinds_form(fields: Mapping[str, Field]) -> KindsForm:
    """What FieldKinds needs of the contract, as plain data; what no step asks has no kind."""
    asked = {path: field for path, field in fields.items() if path not in EDITED_IN_THE_LETTER}
    return {
        "kinds": {path: field.kind.value for path, field in asked.items()},
        "values": {path: field.values for path, field in asked.items() if field.values},
        "said_aloud": [path for path, field in asked.items() if field.can_be_said_aloud],
    }


# --- phrases ---


def compiled_phrases(files: Mapping[str, bytes]) -> dict[str, Form]:
    """Compile the phrases: for each language what a plan needs, and the rest; raises FaultyFiles with all slips."""
    tree = whole_tree(files)
    parts = {}
    for language in LANGUAGES:
        words = in_language(tree, language)
        parts[f"phrases-{language}"] = {name: words[name] for name in PLAN_FILES if name in words}
        parts[f"phrases-{language}-more"] = {name: item for name, item in words.items() if name not in PLAN_FILES}
    return parts


def in_language(tree: Tree, language: str) -> Tree:
    """The tree with the words of one language in the place of nl and en; what has no language stays as it is."""
    return {key: _chosen(item, language) for key, item in tree.items()}


def _chosen(item: object, language: str) -> object:
    if not isinstance(item, dict):
        return item
    if language not in item:
        return {key: _chosen(part, language) for key, part in item.items()}
    words = " ".join(str(item[language]).split())
    others = {key: _chosen(part, language) for key, part in item.items() if key not in LANGUAGES}
    return {"": words, **others} if others else words
