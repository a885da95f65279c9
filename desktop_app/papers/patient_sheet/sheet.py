"""The sheet for the patient: one page in plain Dutch, with nothing on it that the doctor has not ticked.

What is ticked is printed only where the plan of today bears it: a step that the plan no longer names, a destination
that is open again, or a biopsy that nobody advises against is left out, whatever was ticked before. The foot, too, is
silent about tumours: with nothing ticked the sheet gives away no suspicion. It says in plain words what every other
document says: draft guideline, no CE mark, the doctor decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.library.clean_text import one_line
from desktop_app.papers.letter_kinds import speaks_against_tissue
from desktop_app.papers.order import BLANK, PaperOrder
from guideline_core.compiled import PlanningTables
from guideline_core.plan import Plan

EXPECTED_VERDICTS = ("do", "prefer", "consider")
QUESTION_LINES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be ticked for a plan, for whoever shows the boxes."""

    steps: tuple[str, ...]
    destination: bool
    urgency: bool
    biopsy_reason: bool
    website: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its paragraphs."""

    key: str
    heading: str
    texts: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class PatientSheet:
    """One sheet, in words."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]
    foot: tuple[str, str]
    page_pattern: str


def offer_of(plan: Plan, tables: PlanningTables) -> Offer:
    """What of the choices the plan bears; `tables` is what the edition says of its actions."""
    firm = [each for each in plan.recommendations if each.certainty == "definite"]
    definite = [each for each in firm if each.progress not in ("done", "waived")]
    expected = {each.action for each in definite if each.verdict in EXPECTED_VERDICTS}
    to_centre = plan.scope == "in_scope" and plan.referral.decision not in ("none", "other_guideline")
    actions = tables.actions
    waits = any(actions[each.action].takes_tissue and each.waits_for for each in plan.recommendations)
    advised_against = any(speaks_against_tissue(each.action, actions) for each in definite)
    return Offer(
        steps=tuple(step for step in tables.sheets.told_to_patient if step in expected),
        destination=to_centre,
        urgency=plan.referral.urgency == "urgent" and plan.referral.by_phone is True,
        biopsy_reason=advised_against or waits,
        website=plan.scope != "other_guideline",
    )


def compose_patient_sheet(order: PaperOrder) -> PatientSheet:
    """Make the sheet of a plan with what was ticked; the words must be Dutch, for there are no others."""
    if order.phrases.language != "nl":
        raise ValueError(f"the patient sheet is in Dutch only: give it the Dutch phrases, not {order.phrases.language}")
    return _Sheet(order).sheet()


class _Sheet:
    """One sheet in the making."""

    def __init__(self, order: PaperOrder) -> None:
        self.order = order
        self.choices = order.told_to_patient
        self.offer = offer_of(order.plan, order.tables)
        self.who = self._say(f"who_{self.choices.reader.value}")

    def sheet(self) -> PatientSheet:
        """All of it."""
        parts = (self._suspicion(), self._steps(), self._where(), self._biopsy(), self._contact(), self._website())
        return PatientSheet(
            title=self._say("title"),
            subtitle=" ".join(self._subtitle()),
            parts=(*(part for part in parts if part is not None), self._questions()),
            foot=(self._say("foot", "first"), self._say("foot", "second")),
            page_pattern=self.order.phrases.get("sheets", "patient", "foot", "page"),
        )

    def _subtitle(self) -> Iterator[str]:
        patient = self.order.case.patient
        name = one_line(f"{patient.given_name or ''} {patient.family_name or ''}")
        if self.choices.with_name and name:
            yield f"{self._say('for_whom', name=name)}."
        yield f"{self._say('date', date=self.order.phrases.date(self.order.today))}."
        if self.order.other_day is not None:
            yield f"{self._say('other_day', date=self.order.phrases.date(self.order.planned_for))}."

    # --- parts

    def _suspicion(self) -> Part | None:
        if self.choices.suspicion is None:
            return None
        text = self._say("suspicion", self.choices.suspicion.value, place=self._place())
        return self._part("suspicion", [text])

    def _steps(self) -> Part | None:
        """What is ticked and still in the plan; then a line for the appointment."""
        ticked = [step for step in self.offer.steps if step in self.choices.steps]
        if not ticked:
            return None
        texts = [self._say("steps", step) for step in ticked]
        return self._part("steps", [*texts, self._say("steps", "appointment", blank=BLANK)], is_list=True)

    def _where(self) -> Part | None:
        texts = []
        if self.choices.with_destination and self.offer.destination:
            texts.append(self._destination())
        if self.choices.with_urgency and self.offer.urgency:
            texts.append(self._say("where", "urgent"))
        return self._part("where", texts) if texts else None

    def _destination(self) -> str:
        match self.order.plan.referral.destination:
            case "princess_maxima":
                return self._say("where", "princess_maxima")
            case "expertise_centre":
                return self._expertise_centre()
        return self._say("where", "not_sure")

    def _expertise_centre(self) -> str:
        """The centre of the case or the clinic, when this plan refers there; a centre asked for advice is not named."""
        if self.order.plan.referral.decision != "refer":
            return self._say("where", "not_sure")
        centre = self.order.settings.centre
        name = one_line(self.order.case.consultation.centre or "") or (centre.name if centre else "")
        return self._say("where", "named", centre=name) if name else self._say("where", "expertise_centre")

    def _biopsy(self) -> Part | None:
        if not (self.choices.with_biopsy_reason and self.offer.biopsy_reason):
            return None
        again = self.order.case.biopsy.status == "performed"
        key = "no_second_biopsy" if again else "no_biopsy"
        return self._part(key, [self._say(key, "text")])

    def _contact(self) -> Part | None:
        if not self.choices.with_contact:
            return None
        sender = self.order.settings.sender
        return self._part(
            "contact",
            [
                self._say("contact", "doctor", name=one_line(sender.name) or BLANK),
                self._say("contact", "clinic", name=one_line(sender.clinic) or BLANK),
                self._say("contact", "phone", number=one_line(sender.phone) or BLANK),
                self._say("contact", "when"),
            ],
        )

    def _website(self) -> Part | None:
        """Where patients with a sarcoma read on; that is no place for who has another disease."""
        if not (self.choices.with_website and self.offer.website):
            return None
        return self._part("website", [self._say("website", "text")])

    def _questions(self) -> Part:
        """Room to write: all that a sheet has on which nothing was ticked."""
        return self._part("questions", [BLANK * 3] * QUESTION_LINES)

    # --- words

    def _place(self) -> str:
        """The place in plain words; `een bot` unless the doctor ticked that it is told."""
        bone = self.order.case.lesion.bone
        places = self.order.phrases.table("sheets", "patient", "place")
        starts = [start for start in places if self.choices.with_place and bone is not None and bone.startswith(start)]
        return self._say("place", max(starts, key=len, default="other"))

    def _part(self, key: str, texts: Sequence[str], is_list: bool = False) -> Part:
        return Part(key, self._say(key, "heading"), tuple(texts), is_list)

    def _say(self, *keys: str, **values: str) -> str:
        who = {} if keys[0].startswith("who_") else {"who": self.who, "Who": self.who[:1].upper() + self.who[1:]}
        return self.order.phrases.get("sheets", "patient", *keys).format(**values, **who)
