"""The files of an edition as they are written: shape and spelling only. Meaning is checked in `edition_reader`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Strength = Literal["do", "do_not", "consider", "prefer", "in_principle_not", "inform"]
Verdict = Strength
Step = Literal[
    "patient", "complaints", "lesion", "imaging", "consultation", "pathology", "resection", "letter", "about"
]
Phase = Literal["referral", "local_imaging", "staging", "meeting", "biopsy", "pathology", "resection"]
Actor = Literal["referrer", "radiologist", "pathologist", "expertise_centre", "medical_oncologist"]


def _as_text(value: object) -> object:
    """YAML reads `yes` as a word and 19 as a number; where text is meant, both are text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]


class Source(BaseModel):
    """A piece of an edition file: no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Source):
    """A text in Dutch and English; both are obligatory."""

    nl: Text
    en: Text


class ReferralSource(Source):
    """What a referral rule decides; the two yes/no keys may hold a condition."""

    decision: Literal["refer", "advice_or_refer", "seek_advice", "consider_reassessment", "none", "other_guideline"]
    destination: Literal["expertise_centre", "princess_maxima"] | None
    urgency: Literal["urgent", "routine"] | None
    by_phone: Text
    consult_expertise_centre_first: Text


class RuleSource(Source):
    """A rule beside its statement; which kind it is follows from its keys."""

    id: str
    when: Text = "always"
    scope: Literal["in_scope", "any"] = "in_scope"
    advise: str | None = None
    verdict: Verdict | None = None
    action: str | None = None
    waits_for: str | None = None
    until: Text | None = None
    referral: ReferralSource | None = None
    response_grade: Literal["good", "poor", "at_threshold", "no_agreed_threshold"] | None = None
    alert: str | None = None
    severity: Literal["stop", "caution", "note"] | None = None
    also: tuple[str, ...] = ()
    interpretations: tuple[str, ...] = ()
    note: Words | None = None
    reviewed_by: str | None = None


class ShownSource(Source):
    """Information: the step at which it is shown, and for whom."""

    step: Step
    when: Text | None = None


class PartSource(Words):
    """A separately testable part of a statement."""

    id: str
    strength: Strength
    rules: tuple[RuleSource, ...] = ()
    encoded_by: tuple[str, ...] = ()
    shown: ShownSource | None = None
    not_encoded: Words | None = None


class StatementSource(PartSource):
    """One statement of the guideline in our words, and what the program does with it."""

    section: Text
    section_en: Text
    page: Text
    parts: tuple[PartSource, ...] = ()


class ModuleSource(Source):
    """One module of the guideline."""

    module: int
    title: Words
    pages: Text
    reviewed_by: str | None = None
    statements: tuple[StatementSource, ...]


class DefinitionSource(Words):
    """A word of the rules."""

    when: Text
    interpretations: tuple[str, ...] = ()


class ActionSource(Source):
    """An action that a plan can name."""

    actor: Actor
    safer: Literal["act", "refrain"]
    meanwhile: Annotated[
        Literal["yes", "once_suspected", "when_certain", "otherwise"] | None, BeforeValidator(_as_text)
    ] = None
    done_when: Text | None = None


class ThresholdSource(Words):
    """A number on which a rule turns."""

    value: float
    unit: str
    statement: str
    interpretations: tuple[str, ...] = ()


class InterpretationSource(Source):
    """A place that the source leaves open, the reading taken, and what the user sees of it."""

    severity: Literal["high", "medium", "low"]
    statements: tuple[str, ...]
    open: Words
    reading: Words
    shown: Words
    outside_source: Annotated[Literal["yes", "no"], BeforeValidator(_as_text)]


class EntitySource(Words):
    """An entity of the catalogue."""

    synonyms: tuple[str, ...] = ()
    category: Literal["benign", "intermediate", "uncertain", "malignant"]
    icdo: str | None = None
    family: str | None = None
    groups: tuple[str, ...] = ()
    list: Literal["who_2020", "guideline"]
    who_name: str | None = None
    in_doubt: Words | None = None
    note: Words | None = None
    grade: Literal["grade_1", "grade_2", "grade_3"] | None = None


class EntitiesSource(Source):
    """The entity catalogue."""

    note: Words
    groups: dict[str, Words]
    families: dict[str, Words]
    entities: dict[str, EntitySource]


class BoneSource(Words):
    """A bone of the body."""

    synonyms: tuple[str, ...] = ()
    region: Literal["long_bone", "skull_base", "thoracic_wall", "pelvis", "spine", "other"]
    long_tubular: bool
    paired: bool
    note: Words | None = None


class BonesSource(Source):
    """The bone catalogue."""

    regions: dict[str, Words]
    bones: dict[str, BoneSource]


class QuestionSource(Source):
    """When a field is asked: the condition that its step has been reached."""

    ask_when: Text


class PropertySource(Words):
    """A safety property: in words, and formally what must hold in each complete case."""

    always: Text
    statements: tuple[str, ...] = ()


class EditionSource(Source):
    """What edition.yaml says of the edition as a whole."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    title: Words
    status: str
    version: Text
    modules: tuple[Any, ...]
