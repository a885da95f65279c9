"""The JSON schemas of a case and of a plan, made from the models; `python -m desktop_app.plan.schema` writes them.

The files in resources/schema are what others build on; a test checks that they are current.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter

from desktop_app.library import resource_files
from desktop_app.library.compilation import in_language
from desktop_app.library.phrase_files import read_phrase_files
from desktop_app.library.phrases import Phrases
from guideline_core.case import Case
from guideline_core.contract import Field as CaseField
from guideline_core.contract import fields
from guideline_core.fields import AnswerKind
from guideline_core.keys import CountedCategory
from guideline_core.plan import (
    Alert,
    Guideline,
    LesionAsWeighed,
    OpenQuestion,
    PathwayStation,
    Plan,
    Reason,
    Recommendation,
    ReferralDecision,
)

Schema = dict[str, Any]  # Any: a JSON schema as pydantic gives it, read by its own keys
DRAFT = "https://json-schema.org/draft/2020-12/schema"

ISO_DATE = r"^\d{4}-\d\d-\d\d$"
Text = Annotated[str, Field(min_length=1)]
NO_OTHER_KEYS = ConfigDict(extra="forbid")
LISTS = {AnswerKind.ENTITY: "entities", AnswerKind.BONE: "bones"}
"""Where the ids stand that a field takes."""


# --- a plan in JSON: the parts of a plan with the words that are put beside them, and no other keys


@dataclass(frozen=True, kw_only=True)
class GuidelineInWords(Guideline):
    """The edition under which a plan was made."""

    __pydantic_config__ = NO_OTHER_KEYS
    title: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, kw_only=True)
class ReasonInWords(Reason):
    """An answer of the case."""

    __pydantic_config__ = NO_OTHER_KEYS
    value: bool | int | float | str | list[str] | list[int | float]  # type: ignore[assignment]  # what JSON makes of it


@dataclass(frozen=True, kw_only=True)
class LesionInWords(LesionAsWeighed):
    """What the lesion counts as."""

    __pydantic_config__ = NO_OTHER_KEYS
    possible: Annotated[tuple[CountedCategory, ...], Field(min_length=1)]
    reasons: tuple[ReasonInWords, ...]


@dataclass(frozen=True, kw_only=True)
class ReferralInWords(ReferralDecision):
    """The decision on referral."""

    __pydantic_config__ = NO_OTHER_KEYS
    reasons: tuple[ReasonInWords, ...]
    text: Text


@dataclass(frozen=True, kw_only=True)
class RecommendationInWords(Recommendation):
    """An action with its verdict; response_grade only with resection.record_response."""

    __pydantic_config__ = NO_OTHER_KEYS
    action: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")]
    reasons: tuple[ReasonInWords, ...]
    text: Text


@dataclass(frozen=True, kw_only=True)
class AlertInWords(Alert):
    """A warning."""

    __pydantic_config__ = NO_OTHER_KEYS
    reasons: tuple[ReasonInWords, ...]
    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class PathwayStationInWords(PathwayStation):
    """What is so at one station of the pathway."""

    __pydantic_config__ = NO_OTHER_KEYS
    dates: tuple[Annotated[str, Field(pattern=ISO_DATE)], ...]


@dataclass(frozen=True, kw_only=True)
class OpenQuestionInWords(OpenQuestion):
    """An answer that can still change the plan, and what it can change."""

    __pydantic_config__ = NO_OTHER_KEYS
    text: Text
    would_change: Annotated[tuple[str, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class PlanInWords(Plan):
    """A plan as `botwijzer plan --json` prints it."""

    __pydantic_config__ = NO_OTHER_KEYS
    guideline: GuidelineInWords
    reference_date: Annotated[str, Field(pattern=ISO_DATE)]
    lesion: LesionInWords
    referral: ReferralInWords
    meanwhile: tuple[RecommendationInWords, ...]
    recommendations: tuple[RecommendationInWords, ...]
    alerts: tuple[AlertInWords, ...]
    pathway: tuple[PathwayStationInWords, ...]
    open_questions: tuple[OpenQuestionInWords, ...]


def case_schema() -> Schema:
    """The schema of a case, with the name of each field in Dutch and English."""
    made = Case.model_json_schema()
    for group in _groups(made):
        for key in group["properties"].keys() - set(group.get("required", ())):
            group["properties"][key] = _with_null(group["properties"][key])
    _describe(made)
    return {
        "$schema": DRAFT,
        "$id": "urn:botwijzer:case:1",
        "title": "Botwijzer: case",
        "description": "Every answer is optional; absent and null mean that it is not known yet.",
        **{key: value for key, value in _tidied(made).items() if key not in ("title", "description")},
    }


def plan_schema() -> Schema:
    """The schema of a plan."""
    made = TypeAdapter(PlanInWords).json_schema()
    return {"$schema": DRAFT, "$id": "urn:botwijzer:plan:1", **_tidied(made), "title": "Botwijzer: plan"}


def _groups(schema: Schema) -> Iterator[Schema]:
    """Every object of a schema that has properties."""
    yield schema
    yield from (definition for definition in schema["$defs"].values() if "properties" in definition)


def _with_null(prop: Schema) -> Schema:
    """The same property, null allowed: what is not known may be left out or be null."""
    if {"type": "null"} in prop.get("anyOf", ()):
        return prop
    described = {key: prop[key] for key in ("description",) if key in prop}
    bare = {key: value for key, value in prop.items() if key not in ("default", "title", *described)}
    return {"anyOf": [bare, {"type": "null"}], **described}


def _describe(schema: Schema) -> None:
    """Write with each field its name in both languages, and what an unanswered field means to the rules."""
    tree = read_phrase_files({"fields.yaml": resource_files.content("phrases", "fields.yaml")})
    phrases = {language: Phrases(language, in_language(tree, language)) for language in ("nl", "en")}
    for field in fields().values():
        prop = _property_of(field, schema)
        prop["description"] = f"{phrases['nl'].label(field.path)} · {phrases['en'].label(field.path)}"
        prop["x-unanswered"] = field.field_class.value
        if field.kind in LISTS:
            prop["$comment"] = f"ids: botwijzer guideline list {LISTS[field.kind]}"


def _property_of(field: CaseField, schema: Schema) -> Schema:
    """Where the schema describes a field: in its group, or at the top for a field of the case itself."""
    group: Schema = schema if field.group is Case else schema["$defs"][field.group.__name__]
    found: Schema = group["properties"][field.name]
    return found


def _tidied(schema: Schema) -> Schema:
    """The schema without the titles and defaults that pydantic derives from names."""
    return {
        key: {name: _tidied_part(prop) for name, prop in value.items()}
        if key in ("properties", "$defs")
        else _tidied_part(value)
        for key, value in schema.items()
        if key not in ("title", "default")
    }


def _tidied_part(part: object) -> object:
    if isinstance(part, list):
        return [_tidied_part(item) for item in part]
    return _tidied(part) if isinstance(part, dict) else part


def schema_files() -> dict[str, str]:
    """The files of resources/schema as they should be."""
    made = {"case.schema.json": case_schema(), "plan.schema.json": plan_schema()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in made.items()}


def main() -> None:
    """Write the schemas into the checkout."""
    for name, text in schema_files().items():
        resource_files.root().joinpath("schema", name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
