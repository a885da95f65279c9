"""Reads the pathway from a plan: it repeats what the plan says, and computes no advice.

    done ........ the recommendation's own progress; a biopsy, a resection and complaints from the case, which the plan
                  does not list as recommendations
    waiting ..... the recommendation's own progress; tissue waits for the biopsy, treatment for what stands before it
    to do, now .. recommended for sure and open: the first of these in clinical order is *now*
    not needed .. the plan does not list it, whatever the open answers turn out to be; or advises against it
    depends ..... listed on a condition that is still open; or the guideline leaves it open

A recommendation that is merely possible never makes a station *to do*, and an answer that is not known never makes
one *not needed*.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.library.phrases import Phrases
from desktop_app.plan.pathway.model import STATIONS, Pathway, State, Station
from guideline_core.keys import ASKED_VERDICTS, UNDETERMINED
from guideline_core.plan import Plan, Recommendation

if TYPE_CHECKING:  # the model is slow to load, and the window is there before it
    from guideline_core.case import Case

ACTIONS = {
    "radiograph": ("imaging.xray_two_views",),
    "mri": ("imaging.mri_contrast", "imaging.unenhanced_ct_or_mri"),
    "ct_local": ("imaging.ct_local_unenhanced",),
    "staging": (
        "staging.ct_thorax_unenhanced",
        "staging.fdg_pet_ct",
        "staging.whole_body_mri",
        "staging.not_needed",
        "staging.see_appendix",
    ),
    "mdo": ("mdo.discuss",),
    "biopsy": ("biopsy.perform",),
    "pathology": ("pathology.review_by_expertise_centre", "pathology.expert_pathologist"),
    "treatment": (
        "treatment.in_expertise_centre",
        "refer.princess_maxima",
        "refer.expertise_centre",
        "treatment.local_after_consultation",
    ),
}
"""The recommendations that a station shows; others of its phase say how it is done well."""

EXAMINATIONS = {
    "radiograph": ("xray",),
    "mri": ("mri",),
    "ct_local": ("ct_local",),
    "staging": ("ct_thorax", "pet_ct", "whole_body_mri"),
}
COMPLAINTS = ("complaints.persistent_pain", "complaints.night_pain", "complaints.swelling")
FIELDS_NAMED = 3
"""How many open answers are named before "and so many more"."""
STILL_OPEN = (State.NOW, State.TO_DO, State.WAITING, State.DEPENDS)


def pathway_of(plan: Plan, case: "Case", phrases: Phrases) -> Pathway:
    """The pathway of a case as its plan has it; `plan` is the plan of exactly this case."""
    return _Reading(plan, case, phrases).pathway()


class _Reading:
    """One plan being read."""

    def __init__(self, plan: Plan, case: "Case", phrases: Phrases) -> None:
        self.plan = plan
        self.case = case
        self.phrases = phrases

    def pathway(self) -> Pathway:
        """All stations."""
        stations = [
            self._complaint(),
            *(self._listed(key) for key in ("radiograph", "mri", "ct_local", "staging", "mdo")),
        ]
        stations[2] = self._impossible_mri(stations[2])
        stations.append(self._biopsy())
        stations.append(self._pathology(stations[-1]))
        stations.append(self._treatment(stations))
        assert tuple(station.key for station in stations) == STATIONS
        return Pathway(self._say("title"), tuple(_with_now(stations, self._say("state", "now"))))

    # --- stations

    def _complaint(self) -> Station:
        """Where it starts; that nothing at all is known is the plan's own word (its scope)."""
        answers = [self.case.answer_at(path) for path in COMPLAINTS]
        if True in answers:
            named = (self.phrases.label(path) for path, answer in zip(COMPLAINTS, answers, strict=True) if answer)
            return self._station("complaint", State.DONE, "stated", ", ".join(_inside(name) for name in named))
        if None not in answers:
            return self._station("complaint", State.NOT_NEEDED, "no_complaints", self._say("detail", "no_complaints"))
        if self.plan.scope == UNDETERMINED:
            return self._station("complaint", State.NOW, "ask", self._say("detail", "ask"))
        return self._station("complaint", State.DEPENDS, "not_known", self._say("detail", "not_known"))

    def _listed(self, key: str) -> Station:
        """A station that stands in the plan as recommendations."""
        found = self._found(key)
        firm = [each for each in found if _is_firm(each)]
        if firm:
            return self._firm(key, firm, found)
        possible = [each for each in found if each.verdict in ASKED_VERDICTS]
        optional = [each for each in found if each.verdict == "consider" and each.certainty == "definite"]
        if optional and not possible:
            return self._optional(key, optional)
        possible += [each for each in found if each.verdict == "consider" and each.certainty == "depends"]
        if possible:
            return self._possible(key, [*possible, *optional])
        return self._not_wanted(key, found)

    def _firm(self, key: str, firm: Sequence[Recommendation], found: Sequence[Recommendation]) -> Station:
        open_ones = [each for each in firm if each.progress == "open"]
        waiting = [each for each in firm if each.progress == "waiting"]
        if open_ones:
            return self._station(key, State.TO_DO, "to_do", self._open_detail(key, open_ones))
        if waiting:
            return self._station(key, State.WAITING, "waiting", self._waits(waiting, "for"))
        more = [each for each in found if each.certainty == "depends" and each.verdict in ASKED_VERDICTS]
        more = [each for each in more if each.progress != "done"]
        if more:
            return self._station(key, State.DEPENDS, "partly_done", self._rest_depends(more))
        if any(each.progress == "waived" for each in firm):
            return self._station(key, State.NOT_NEEDED, "waived", self._say("detail", "waived"))
        return self._station(key, State.DONE, "done", self._dates(key))

    def _optional(self, key: str, optional: Sequence[Recommendation]) -> Station:
        open_ones = [each for each in optional if each.progress != "done"]
        if not open_ones:
            return self._station(key, State.DONE, "done", self._dates(key))
        return replace(self._station(key, State.TO_DO, "consider", self._names(open_ones)), is_optional=True)

    def _possible(self, key: str, possible: Sequence[Recommendation]) -> Station:
        if all(each.progress == "done" for each in possible):
            return self._station(key, State.DONE, "done", self._dates(key))
        return self._station(key, State.DEPENDS, "depends", self._depends(possible))

    def _not_wanted(self, key: str, found: Sequence[Recommendation]) -> Station:
        """Nothing is asked for: said so by the plan, not listed in it, or not covered by this edition."""
        if self.plan.scope == "other_guideline":
            return self._station(key, State.NOT_NEEDED, "other_guideline", self._say("detail", "other_guideline"))
        if self.plan.scope == UNDETERMINED:
            return self._station(key, State.DEPENDS, "depends", self._say("detail", "nothing_known"))
        if any(each.action == "staging.see_appendix" for each in found):
            return self._station(key, State.DEPENDS, "see_appendix", self._say("detail", "see_appendix"))
        if any(each.verdict == "do_not" for each in found):
            return self._station(key, State.NOT_NEEDED, "do_not", self._say("detail", "do_not"))
        made = "made_anyway" if self._was_made(key) else "not_asked"
        return self._station(key, State.NOT_NEEDED, "not_needed", self._say("detail", made))

    def _impossible_mri(self, mri: Station) -> Station:
        """An MRI that cannot be made is not to do: the centre decides, and the plan says whether the biopsy waits."""
        if self.case.imaging.mri.not_possible is not True or mri.state not in (State.TO_DO, State.WAITING):
            return mri
        if self.case.consultation.accepts_without_contrast_mri is True:
            return self._station("mri", State.NOT_NEEDED, "impossible", self._say("detail", "accepted_without"))
        return self._station("mri", State.WAITING, "impossible", self._say("detail", "impossible"))

    def _biopsy(self) -> Station:
        found = self._found("biopsy")
        if self.case.biopsy.status == "performed":
            return self._station("biopsy", State.DONE, "done", self._date("biopsy.date"))
        if any(_is_firm(each) for each in found):
            return self._listed("biopsy")
        if any(each.verdict == "do" for each in found):
            waiting = [each for each in found if each.waits_for]
            detail = "; ".join(part for part in (self._depends(found), self._waits(waiting, "waits_for")) if part)
            return self._station("biopsy", State.DEPENDS, "depends", detail)
        if any(each.verdict == "in_principle_not" and each.certainty == "definite" for each in found):
            return self._station("biopsy", State.NOT_NEEDED, "in_principle_not", self._say("detail", "advised_against"))
        if self.plan.scope != "in_scope":
            return self._not_wanted("biopsy", found)
        if self.case.resection.performed is True:
            return self._station("biopsy", State.NOT_NEEDED, "not_any_more", self._say("detail", "resected"))
        if self._asks_for_no_more:
            return self._station("biopsy", State.NOT_NEEDED, "not_needed", self._why_no_more())
        return self._station("biopsy", State.DEPENDS, "not_considered", self._say("detail", "not_considered"))

    def _pathology(self, biopsy: Station) -> Station:
        """Tissue is judged once there is some; until then the station goes with the biopsy."""
        found = self._found("pathology")
        if self.plan.scope != "in_scope":
            return self._not_wanted("pathology", found)
        if not self._has_tissue:
            return self._pathology_before_tissue(biopsy)
        reviews = [each for each in found if each.action == "pathology.review_by_expertise_centre"]
        judged = [each for each in reviews or found if _is_firm(each)]
        if not judged:
            return self._not_wanted("pathology", found)
        return self._firm("pathology", judged, ())

    def _pathology_before_tissue(self, biopsy: Station) -> Station:
        match biopsy.state:
            case State.NOT_NEEDED:
                return self._station("pathology", State.NOT_NEEDED, "not_needed", self._say("detail", "no_tissue"))
            case State.DEPENDS:
                return self._station("pathology", State.DEPENDS, "depends", self._say("detail", "with_biopsy"))
            case _:
                detail = self._say("detail", "for").format(actions=self.phrases.action_name("biopsy.perform"))
                return self._station("pathology", State.WAITING, "waiting", detail)

    def _treatment(self, before: Sequence[Station]) -> Station:
        """Where the pathway leads: to a centre when the plan refers or plans there, else what the plan leaves open."""
        if self.case.resection.performed is True:
            return self._station("treatment", State.DONE, "done", self._say("detail", "resected"))
        if self.plan.scope != "in_scope":
            return self._not_wanted("treatment", self._found("treatment"))
        if self._asks_for_no_more:
            return self._station("treatment", State.NOT_NEEDED, "not_needed", self._why_no_more())
        if not self._leads_to_a_centre:
            return self._station("treatment", State.DEPENDS, "depends", self._undecided())
        if any(station.state in STILL_OPEN and not station.is_optional for station in before[1:]):
            return self._station("treatment", State.WAITING, "follows", self._destination())
        return self._station("treatment", State.TO_DO, "to_do", self._destination())

    # --- what the plan says as a whole

    @property
    def _asks_for_no_more(self) -> bool:
        """Whether the plan surely refers nobody; a patient in a centre is not referred, and the pathway goes on.

        The reasons of the decision would tell these apart too, but the first plan after an answer has none yet.
        """
        suspected = self.case.lesion.suspected is not False
        return self.plan.referral.decision == "none" and not (self.case.setting == "expertise_centre" and suspected)

    def _why_no_more(self) -> str:
        why = "not_suspected" if self.case.lesion.suspected is False else "sure_do_not_touch"
        return _inside(self.phrases.plan("decision_none_because", why)).rstrip(".")

    @property
    def _leads_to_a_centre(self) -> bool:
        if self.plan.referral.decision == "refer":
            return True
        firm = {each.action for each in self.plan.recommendations if _is_firm(each)}
        in_centre = self.plan.referral.decision == "none" and "mdo.discuss" in firm
        return in_centre or "treatment.in_expertise_centre" in firm

    def _destination(self) -> str:
        destination = self.plan.referral.destination
        said = [self.phrases.plan("destination", destination)] if destination else []
        local = [each for each in self._found("treatment") if each.action == "treatment.local_after_consultation"]
        if any(each.certainty == "definite" for each in local):
            said.append(self._say("detail", "local_possible"))
        return "; ".join(said)

    def _undecided(self) -> str:
        referral = self.plan.referral
        if referral.decision == UNDETERMINED:
            return self._fields(referral.depends_on)
        heading = self.phrases.get("plan", "decision", referral.decision, "heading")
        return self._say("detail", "first").format(decision=_inside(heading))

    @property
    def _has_tissue(self) -> bool:
        """Whether the case says that tissue was taken or judged."""
        pathology = self.case.pathology
        judged = pathology.diagnosis not in (None, "none") or pathology.histology is not None
        return judged or self.case.biopsy.status == "performed" or self.case.resection.performed is True

    def _was_made(self, key: str) -> bool:
        return any(self.case.answer_at(f"imaging.{name}.done") is True for name in EXAMINATIONS.get(key, ()))

    # --- words

    def _found(self, key: str) -> list[Recommendation]:
        actions = ACTIONS[key]
        return [each for each in self.plan.recommendations if each.action in actions]

    def _station(self, key: str, state: State, words: str, detail: str = "") -> Station:
        listed = {each.action for each in self.plan.recommendations}
        actions = tuple(action for action in ACTIONS.get(key, ()) if action in listed)
        return Station(key, self._say("station", key), state, self._say("state", words), detail, actions=actions)

    def _say(self, *keys: str) -> str:
        return self.phrases.get("pathway", *keys)

    def _open_detail(self, key: str, open_ones: Sequence[Recommendation]) -> str:
        """What is still to be made, where a station has several; and whether it was made, but not as it is asked."""
        said = [self._names(open_ones)] if len(ACTIONS[key]) > 1 else []
        if len(EXAMINATIONS.get(key, ())) == 1 and self._was_made(key):
            said.append(self._say("detail", "made_in_part"))
        return "; ".join(said)

    def _names(self, recommendations: Iterable[Recommendation]) -> str:
        return ", ".join(dict.fromkeys(self._name(each) for each in recommendations))

    def _name(self, recommendation: Recommendation) -> str:
        name = self.phrases.action_name(recommendation.action)
        if recommendation.verdict == "do":
            return name
        return f"{name} ({self.phrases.plan('verdict', recommendation.verdict)})"

    def _waits(self, waiting: Sequence[Recommendation], phrase: str) -> str:
        actions = dict.fromkeys(action for each in waiting for action in each.waits_for)
        if not actions:
            return ""
        names = ", ".join(self.phrases.action_name(action) for action in actions)
        return self._say("detail", phrase).format(actions=names)

    def _depends(self, recommendations: Iterable[Recommendation]) -> str:
        return self._fields(dict.fromkeys(field for each in recommendations for field in each.depends_on))

    def _rest_depends(self, more: Sequence[Recommendation]) -> str:
        return self._say("detail", "rest").format(names=self._names(more), depends=self._depends(more))

    def _fields(self, fields: Iterable[str]) -> str:
        names = [_inside(self.phrases.label(field)) for field in fields]
        if not names:
            return ""
        said = ", ".join(names[:FIELDS_NAMED])
        if len(names) > FIELDS_NAMED:
            more = self.phrases.get("command_line", "plan_text", "and_more").format(number=len(names) - FIELDS_NAMED)
            said = f"{said} {more}"
        return self._say("detail", "depends_on").format(fields=said)

    def _dates(self, key: str) -> str:
        dates = (self._date(f"imaging.{name}.date") for name in EXAMINATIONS.get(key, ()))
        return ", ".join(dict.fromkeys(date for date in dates if date))

    def _date(self, path: str) -> str:
        date = self.case.answer_at(path)
        return self.phrases.date(date) if date is not None else ""


def _is_firm(recommendation: Recommendation) -> bool:
    """Whether it is to be done for sure."""
    return recommendation.certainty == "definite" and recommendation.verdict in ASKED_VERDICTS


def _inside(label: str) -> str:
    """A label as it stands inside a sentence: an abbreviation or a code keeps its capital."""
    return label if label[1:2].isupper() or not label[1:2].isalpha() else label[:1].lower() + label[1:]


def _with_now(stations: Sequence[Station], words: str) -> Iterator[Station]:
    """The stations, the first that is firmly to be done being *now*; asking for complaints is *now* only by itself."""
    is_found = any(station.state is State.NOW for station in stations)
    for station in stations:
        can_be = station.state is State.TO_DO and not station.is_optional and station.key != "complaint"
        yield replace(station, state=State.NOW, words=words) if can_be and not is_found else station
        is_found = is_found or can_be
