"""The JSON schemas of a case and of a plan, made from the models; `python -m desktop_app.plan.schema` writes them.

The files in resources/schema are what others build on; a test checks that they are current.
"""

import json
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from desktop_app.library import resource_files
from desktop_app.library.phrases import Phrases, in_language, read_phrase_files
from guideline_core.case import Case, field_classes

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"

Undetermined = Literal["undetermined"]
Verdict = Literal["do", "do_not", "consider", "prefer", "in_principle_not", "inform"]
ActorName = Literal["referrer", "radiologist", "pathologist", "expertise_centre", "medical_oncologist"]
PhaseName = Literal["referral", "local_imaging", "staging", "meeting", "biopsy", "pathology", "resection"]
Grade = Literal["good", "poor", "at_threshold", "no_agreed_threshold", "undetermined"]


class Part(BaseModel):
    """A part of a plan in JSON: these keys and no others."""

    model_config = ConfigDict(extra="forbid")


class GuidelineInWords(Part):
    """The edition under which a plan was made."""

    id: str
    title: str
    status: str
    version: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class ReasonInWords(Part):
    """An answer of the case."""

    field: str
    value: bool | int | float | str | list[str] | list[int | float]


class Grounded(Part):
    """What rests on answers, rules and statements."""

    depends_on: list[str]
    reasons: list[ReasonInWords]
    rules: list[str]
    statements: list[str]
    text: str = Field(min_length=1)


class ReferralInWords(Grounded):
    """The decision on referral."""

    decision: Literal[
        "refer",
        "advice_or_refer",
        "seek_advice",
        "consider_reassessment",
        "none",
        "other_guideline",
        "undetermined",
    ]
    destination: Literal["expertise_centre", "princess_maxima", "undetermined"] | None
    urgency: Literal["urgent", "routine", "undetermined"] | None
    by_phone: bool | Undetermined
    consult_expertise_centre_first: bool | Undetermined


class RecommendationInWords(Grounded):
    """An action with its verdict; response_grade only with resection.record_response."""

    action: str = Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")
    verdict: Verdict
    certainty: Literal["definite", "depends", "excluded"]
    progress: Literal["open", "done", "waiting"]
    waits_for: list[str]
    actor: ActorName
    phase: PhaseName
    interpretations: list[str]
    response_grade: Grade | None = None


class AlertInWords(Grounded):
    """A warning."""

    id: str
    severity: Literal["stop", "caution", "note"]
    certainty: Literal["definite", "depends"]
    interpretations: list[str]
    title: str = Field(min_length=1)


class OpenQuestionInWords(Part):
    """An answer that can still change the plan, and what it can change."""

    field: str
    text: str = Field(min_length=1)
    would_change: list[str] = Field(min_length=1)
    settles: float


class PlanInWords(Part):
    """A plan as `botwijzer plan --json` prints it."""

    guideline: GuidelineInWords
    reference_date: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    scope: Literal["in_scope", "other_guideline", "undetermined"]
    other_guideline: Literal["bone_metastases", "vertebral_metastases", "undetermined"] | None
    referral: ReferralInWords
    meanwhile: list[RecommendationInWords]
    recommendations: list[RecommendationInWords]
    alerts: list[AlertInWords]
    open_questions: list[OpenQuestionInWords]
    interpretations: list[str]
    statements: list[str]


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
    made = PlanInWords.model_json_schema()
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
    for path, field_class in field_classes().items():
        prop = _property_at(schema, path.split("."))
        prop["description"] = f"{phrases['nl'].label(path)} · {phrases['en'].label(path)}"
        prop["x-unanswered"] = field_class.value
        if path in ("lesion.entity", "pathology.histology"):
            prop["$comment"] = "ids: botwijzer guideline list entities"
        if path == "lesion.bone":
            prop["$comment"] = "ids: botwijzer guideline list bones"


def _property_at(schema: Schema, path: list[str]) -> Schema:
    group = schema
    for step in path[:-1]:
        reference = next(part["$ref"] for part in group["properties"][step]["anyOf"] if "$ref" in part)
        group = schema["$defs"][reference.rpartition("/")[2]]
    found: Schema = group["properties"][path[-1]]
    return found


def _tidied(schema: Any) -> Any:
    """The schema without the titles and defaults that pydantic derives from names."""
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _tidied(prop) for name, prop in value.items()} if key in ("properties", "$defs") else _tidied(value)
        for key, value in schema.items()
        if key not in ("title", "default")
    }


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
