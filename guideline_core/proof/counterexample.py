"""What a failed proof shows: a case in which the property does not hold, and the rules responsible."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guideline_core.case import Case
from guideline_core.edition.entry_types import Words

Shown = Literal["definite", "possible", "no"]
"""How the plan of the case shows it: as certain, as a way in which open answers can still turn out, or not at all."""


@dataclass(frozen=True)
class Counterexample:
    """One way in which a property fails. Where an answer changes something, `after` is the case with that answer.

    A rule that never fires or never matters has no case that could show it: then `case` is None.
    """

    property: str
    words: Words
    case: Case | None
    rules: tuple[str, ...]
    expected: str
    found: str
    after: Case | None = None
    shown: Shown = "definite"

    def lines(self) -> list[str]:
        """The counterexample for a person, in English: what fails, by which rules, in which case."""
        told = [
            f"{self.property}: {self.words['en']}",
            f"  rules: {', '.join(self.rules) or 'none'}",
            f"  expected: {self.expected}",
            f"  found: {self.found}",
        ]
        for name, case in (("case", self.case), ("after", self.after)):
            if case is not None:
                told.append(f"  {name}: {as_json(case)}")
        return told


def as_json(case: Case) -> str:
    """A case as JSON on one line, with nothing but its answers."""
    return json.dumps(case.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)


STRUCTURE: Mapping[str, Words] = {
    "unreviewed-tissue-is-never-lighter": {
        "nl": "Weefsel dat niet is herbeoordeeld, maakt het plan nooit lichter dan het beeld alleen.",
        "en": "Tissue that was not reviewed never makes the plan lighter than the images alone.",
    },
    "one-referral-decision": {
        "nl": "In elk geval neemt precies één regel de beslissing over verwijzing.",
        "en": "In every case exactly one rule takes the referral decision.",
    },
    "one-verdict-per-action": {
        "nl": "Twee regels geven een actie nooit een verschillend oordeel.",
        "en": "Two rules never give one action different verdicts.",
    },
    "one-response-grade": {
        "nl": "Twee regels geven de respons nooit een verschillende graad.",
        "en": "Two rules never give the response different grades.",
    },
    "nothing-both-asked-and-avoided": {
        "nl": "Het plan vraagt nooit tegelijk iets te doen en te laten.",
        "en": "The plan never asks to do a thing and to leave it at the same time.",
    },
    "every-rule-can-fire": {
        "nl": "Elke regel geldt in ten minste één geval.",
        "en": "Every rule holds in at least one case.",
    },
    "every-rule-matters": {
        "nl": "Elke regel verandert het plan van ten minste één geval.",
        "en": "Every rule changes the plan of at least one case.",
    },
    "danger-never-makes-the-plan-lighter": {
        "nl": "Meer kennis van gevaar maakt verwijzing, onderzoek en wat een biopsie voorafgaat nooit lichter.",
        "en": "More knowledge of danger never makes referral, work-up or what precedes a biopsy lighter.",
    },
    "cannot-be-told-is-never-lighter": {
        "nl": "Het antwoord 'niet te zeggen' maakt geen biopsie vrij, neemt geen advies weg en verlaagt geen spoed.",
        "en": "The answer 'cannot be told' never frees a biopsy, takes no advice away and does not lower urgency.",
    },
    "a-fact-never-retracts": {
        "nl": "Een feit dat bekend wordt, laat nooit meer open dan ervoor open was, op de genoemde uitzonderingen na.",
        "en": "A fact that becomes known never leaves open what was excluded before, the named exceptions aside.",
    },
    "an-answer-changes-only-what-is-declared": {
        "nl": "Een gebeurtenis, uitzondering of standaardwaarde verandert alleen wat ervan is vastgelegd.",
        "en": "An event, exception or default changes only what is declared of it.",
    },
}
"""The properties that every edition must have because of what a plan is, whatever its guideline says."""
