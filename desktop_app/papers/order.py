"""What a letter or a sheet is made of, as one value: for the window and the command line alike."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.library.phrases import Phrases
from desktop_app.papers.letter.model import Kind, Recipient
from desktop_app.papers.sender import LetterSettings
from guideline_core.case import Case
from guideline_core.plan import Plan

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """All that a letter, or a sheet of the same case, is made of; a value, so that another thread can make it.

    `plan` is the plan of this case; `recipient` and `kind` are those chosen for this letter, None: those that follow
    from the plan.
    """

    plan: Plan
    case: Case
    edition: "OpenedEdition"
    phrases: Phrases
    settings: LetterSettings
    today: datetime.date
    recipient: Recipient | None = None
    kind: Kind | None = None


def order_letter(
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
    recipient: Recipient | None = None,
    kind: Kind | None = None,
) -> LetterOrder:
    """Plan the case for its own date, else for today, and order its papers."""
    plan = edition.planner.make_plan(case, case.reference_date or today)
    return LetterOrder(plan, case, edition, phrases, settings, today, recipient, kind)
