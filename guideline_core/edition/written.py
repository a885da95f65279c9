"""The shape of the files of an edition, where it differs from the values."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Tag, model_validator

from guideline_core.edition.condition_type import WrittenCondition
from guideline_core.edition.entry_types import Text, Words, gathered
from guideline_core.edition.rules import AdviceRule, AlertRule, AlternativesRule, OrderRule, ResponseRule
from guideline_core.edition_facts import DecidedInMeeting, SheetActions
from guideline_core.keys import Step, Strength

_KIND_OF_RULE = {
    "advise": "AdviceRule",
    "waits_for": "OrderRule",
    "alternatives": "AlternativesRule",
    "alert": "AlertRule",
    "response_grade": "ResponseRule",
}
"""The key by which one sees what kind of rule a rule is."""


def _kind_of_rule(rule: object) -> str | None:
    found = (kind for key, kind in _KIND_OF_RULE.items() if isinstance(rule, Mapping) and key in rule)
    return next(found, None)


WrittenRule = Annotated[
    Annotated[AdviceRule, Tag("AdviceRule")]
    | Annotated[OrderRule, Tag("OrderRule")]
    | Annotated[AlternativesRule, Tag("AlternativesRule")]
    | Annotated[AlertRule, Tag("AlertRule")]
    | Annotated[ResponseRule, Tag("ResponseRule")],
    Discriminator(
        _kind_of_rule,
        custom_error_type="kind_of_rule",
        custom_error_message=(
            "a rule needs advise and verdict, action and waits_for, alternatives, alert and severity, or response_grade"
        ),
    ),
]
"""A rule beside its statement; those on referral stand in a table of their own."""


class Written(BaseModel):
    """A piece of a file: no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class WrittenPart(Written):
    """A separately testable part of a statement, and what the program does with it."""

    id: str
    text: Words
    strength: Strength
    rules: tuple[WrittenRule, ...] = ()
    encoded_by: tuple[str, ...] = ()
    shown: "Shown | None" = None
    not_encoded: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: object) -> object:
        return gathered(given, "text")

    @property
    def treatments(self) -> list[str]:
        """The ways in which it is treated; rules here and rules elsewhere count as one."""
        keys = ("rules" if self.rules else "encoded_by", "shown", "not_encoded")
        return [key for key in keys if getattr(self, key)]


class Shown(Written):
    """Information: the step at which it is shown, and for whom."""

    step: Step
    when: WrittenCondition | None = None


class WrittenStatement(WrittenPart):
    """One statement of the guideline; what the program says of itself has no place in it."""

    section: Text | None = None
    section_en: Text | None = None
    page: Text | None = None
    parts: tuple[WrittenPart, ...] = ()


class WrittenModule(Written):
    """One module of the guideline, or (module null) what the program says of itself."""

    module: int | None
    title: Words
    pages: Text | None = None
    reviewed_by: str | None = None
    statements: tuple[WrittenStatement, ...]


class WrittenEntities(Written):
    """The file of tumours and lesions, without its entries: these are read one by one."""

    note: Words
    groups: Mapping[str, object]
    families: Mapping[str, object]
    entities: Mapping[str, object]


class WrittenBones(Written):
    """The file of the bones, in the same way."""

    regions: Mapping[str, Words]
    bones: Mapping[str, object]


class WrittenMeeting(Written):
    """The actions on which a meeting decides."""

    referral: tuple[str, ...] = ()
    tissue_and_treatment: tuple[str, ...] = ()
    examinations: tuple[str, ...] = ()


class WrittenSheets(Written):
    """The file of the sheets."""

    decided_in_meeting: WrittenMeeting = WrittenMeeting()
    told_to_patient: tuple[str, ...] = ()

    @property
    def actions(self) -> SheetActions:
        """The actions on each sheet."""
        meeting = self.decided_in_meeting
        decided = DecidedInMeeting(meeting.referral, meeting.tissue_and_treatment, meeting.examinations)
        return SheetActions(decided, self.told_to_patient)


class WrittenEdition(Written):
    """What edition.yaml says of the edition as a whole; it may hold more for its readers."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    id: str
    title: Words
    status: str
    version: Text
    year: int
    modules: tuple[str, ...]
