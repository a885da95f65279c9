"""Reads the pathway from a plan: it repeats what the plan says, and computes no advice.

    done ........ the recommendation's own progress; a biopsy, a resection and complaints, which the plan does not list
                  as recommendations, from what the plan says of the station
    waiting ..... the recommendation's own progress; tissue waits for the biopsy, treatment for what stands before it
    to do, now .. recommended for sure and open: the first of these in clinical order is *now*
    not needed .. the plan does not list it, whatever the open answers turn out to be; or advises against it
    depends ..... listed on a condition that is still open; or the guideline leaves it open

A recommendation that is merely possible never makes a station *to do*, and an answer that is not known never makes
one *not needed*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import inside_a_sentence
from desktop_app.plan.grounds import why_nothing_follows
from desktop_app.plan.pathway.model import Pathway, State, Station
from guideline_core.keys import ASKED_VERDICTS, UNDETERMINED
from guideline_core.plan import PathwayStation, Plan, Recommendation

FIELDS_NAMED = 3
"""How many open answers are named before "and so many more"."""
STILL_OPEN = (State.NOW, State.TO_DO, State.WAITING, State.DEPENDS)
Stations = Mapping[str, Station]
"""The stations that were read already, by key."""


def pathway_of(plan: Plan, phrases: Phrases) -> Pathway:
    """The pathway of a plan."""
    return _Reading(plan, phrases).pathway()


class _Reading:
    """One plan being read."""

    def __init__(self, plan: Plan, phrases: Phrases) -> None:
        self.plan = plan
        self.phrases = phrases
        self.start = {each.station for each in plan.pathway if each.kind == "start"}

    def pathway(self) -> Pathway:
        """All stations."""
        stations: dict[str, Station] = {}
        for at in self.plan.pathway:
            stations[at.station] = self._read(at, stations)
        return Pathway(self._say("title"), tuple(self._with_now(stations)))

    def _with_now(self, stations: Stations) -> Iterator[Station]:
        """The stations, the first that is firmly to be done being *now*; where the pathway starts is *now* only by
        itself."""
        is_found = any(station.state is State.NOW for station in stations.values())
        words = self._say("state", "now")
        for key, station in stations.items():
            can_be = station.state is State.TO_DO and not station.is_optional and key not in self.start
            yield replace(station, state=State.NOW, words=words) if can_be and not is_found else station
            is_found = is_found or can_be

    # --- stations

    def _read(self, at: PathwayStation, before: Stations) -> Station:
        match at.kind:
            case "start":
                return self._start(at)
            case "advice":
                return self._advised(at)
            case "tissue":
                return self._tissue(at)
            case "judgement":
                return self._judgement(at, before)
            case "destination":
                return self._destination(at, before)

    def _start(self, at: PathwayStation) -> Station:
        """Where it starts; that nothing at all is known is the plan's own word (its scope)."""
        if "done" in at.facts:
            named = ", ".join(inside_a_sentence(self.phrases.label(path)) for path in at.answers)
            return self._station(at, State.DONE, "stated", named)
        if "ruled_out" in at.facts:
            return self._station(at, State.NOT_NEEDED, "no_complaints", self._say("detail", "no_complaints"))
        if self.plan.scope == UNDETERMINED:
            return self._station(at, State.NOW, "ask", self._say("detail", "ask"))
        return self._station(at, State.DEPENDS, "not_known", self._say("detail", "not_known"))

    def _advised(self, at: PathwayStation) -> Station:
        """A station that stands in the plan as recommendations. What cannot be done is not to do: the centre decides,
        and the plan says whether the biopsy waits for it."""
        station = self._listed(at)
        if "not_possible" not in at.facts:
            return station
        if "waived" in at.facts and station.state in (State.TO_DO, State.WAITING, State.DONE):
            return self._station(at, State.NOT_NEEDED, "impossible", self._say("detail", "accepted_without"))
        if station.state in (State.TO_DO, State.WAITING):
            return self._station(at, State.WAITING, "impossible", self._say("detail", "impossible"))
        return station

    def _listed(self, at: PathwayStation) -> Station:
        """What the recommendations of a station come to."""
        found = self._found(at)
        firm = [each for each in found if _is_firm(each)]
        if firm:
            return self._firm(at, firm, found)
        possible = [each for each in found if each.verdict in ASKED_VERDICTS]
        optional = [each for each in found if each.verdict == "consider" and each.certainty == "definite"]
        if optional and not possible:
            return self._optional(at, optional)
        possible += [each for each in found if each.verdict == "consider" and each.certainty == "depends"]
        if possible:
            return self._possible(at, [*possible, *optional])
        return self._not_wanted(at, found)

    def _firm(self, at: PathwayStation, firm: Sequence[Recommendation], found: Sequence[Recommendation]) -> Station:
        open_ones = [each for each in firm if each.progress == "open"]
        waiting = [each for each in firm if each.progress == "waiting"]
        if open_ones:
            return self._station(at, State.TO_DO, "to_do", self._open_detail(at, open_ones))
        if waiting:
            return self._station(at, State.WAITING, "waiting", self._waits(waiting, "for"))
        more = [each for each in found if each.certainty == "depends" and each.verdict in ASKED_VERDICTS]
        more = [each for each in more if each.progress != "done"]
        if more:
            return self._station(at, State.DEPENDS, "partly_done", self._rest_depends(more))
        if any(each.progress == "waived" for each in firm):
            return self._station(at, State.NOT_NEEDED, "waived", self._say("detail", "waived"))
        return self._station(at, State.DONE, "done", self._dates(at))

    def _optional(self, at: PathwayStation, optional: Sequence[Recommendation]) -> Station:
        open_ones = [each for each in optional if each.progress != "done"]
        if not open_ones:
            return self._station(at, State.DONE, "done", self._dates(at))
        return replace(self._station(at, State.TO_DO, "consider", self._names(open_ones)), is_optional=True)

    def _possible(self, at: PathwayStation, possible: Sequence[Recommendation]) -> Station:
        if all(each.progress == "done" for each in possible):
            return self._station(at, State.DONE, "done", self._dates(at))
        return self._station(at, State.DEPENDS, "depends", self._depends(possible))

    def _not_wanted(self, at: PathwayStation, found: Sequence[Recommendation]) -> Station:
        """Nothing is asked for: said so by the plan, not listed in it, or not covered by this edition."""
        if self.plan.scope == "other_guideline":
            return self._station(at, State.NOT_NEEDED, "other_guideline", self._say("detail", "other_guideline"))
        if self.plan.scope == UNDETERMINED:
            return self._station(at, State.DEPENDS, "depends", self._say("detail", "nothing_known"))
        if "elsewhere" in at.facts:
            return self._station(at, State.DEPENDS, "see_appendix", self._say("detail", "see_appendix"))
        if any(each.verdict == "do_not" for each in found):
            return self._station(at, State.NOT_NEEDED, "do_not", self._say("detail", "do_not"))
        made = "made_anyway" if "made" in at.facts or "partly_made" in at.facts else "not_asked"
        return self._station(at, State.NOT_NEEDED, "not_needed", self._say("detail", made))

    def _tissue(self, at: PathwayStation) -> Station:
        found = self._found(at)
        if "done" in at.facts:
            return self._station(at, State.DONE, "done", self._dates(at))
        if any(_is_firm(each) for each in found):
            return self._listed(at)
        if any(each.verdict == "do" for each in found):
            waiting = [each for each in found if each.waits_for]
            detail = "; ".join(part for part in (self._depends(found), self._waits(waiting, "waits_for")) if part)
            return self._station(at, State.DEPENDS, "depends", detail)
        if any(each.verdict == "in_principle_not" and each.certainty == "definite" for each in found):
            return self._station(at, State.NOT_NEEDED, "in_principle_not", self._say("detail", "advised_against"))
        if self.plan.scope != "in_scope":
            return self._not_wanted(at, found)
        if "ruled_out" in at.facts:
            return self._station(at, State.NOT_NEEDED, "not_any_more", self._say("detail", "resected"))
        if self._nothing_follows:
            return self._station(at, State.NOT_NEEDED, "not_needed", self._nothing_follows)
        return self._station(at, State.DEPENDS, "not_considered", self._say("detail", "not_considered"))

    def _judgement(self, at: PathwayStation, before: Stations) -> Station:
        """Tissue is judged once there is some; until then the station goes with the one that takes it."""
        found = self._found(at)
        if self.plan.scope != "in_scope":
            return self._not_wanted(at, found)
        if "begun" not in at.facts and at.follows is not None:
            return self._judgement_before_tissue(at, before[at.follows])
        counting = [each for each in found if each.action == self._first_listed(at)] if at.only_first_listed else found
        judged = [each for each in counting if _is_firm(each)]
        return self._firm(at, judged, ()) if judged else self._not_wanted(at, found)

    def _judgement_before_tissue(self, at: PathwayStation, taking: Station) -> Station:
        match taking.state:
            case State.NOT_NEEDED:
                return self._station(at, State.NOT_NEEDED, "not_needed", self._say("detail", "no_tissue"))
            case State.DEPENDS:
                return self._station(at, State.DEPENDS, "depends", self._say("detail", "with_biopsy"))
            case _:
                shown = next(each.shows for each in self.plan.pathway if each.station == taking.key)
                names = ", ".join(map(self.phrases.action_name, shown))
                return self._station(at, State.WAITING, "waiting", self._say("detail", "for").format(actions=names))

    def _destination(self, at: PathwayStation, before: Stations) -> Station:
        """Where the pathway leads: to a centre when the plan refers or plans there, else what the plan leaves open."""
        if "done" in at.facts:
            return self._station(at, State.DONE, "done", self._say("detail", "resected"))
        if self.plan.scope != "in_scope":
            return self._not_wanted(at, self._found(at))
        if self._nothing_follows:
            return self._station(at, State.NOT_NEEDED, "not_needed", self._nothing_follows)
        if "in_centre" not in at.facts:
            return self._station(at, State.DEPENDS, "depends", self._undecided())
        earlier = (station for key, station in before.items() if key not in self.start)
        if any(station.state in STILL_OPEN and not station.is_optional for station in earlier):
            return self._station(at, State.WAITING, "follows", self._where_to(at))
        return self._station(at, State.TO_DO, "to_do", self._where_to(at))

    # --- what the plan says as a whole

    @property
    def _nothing_follows(self) -> str:
        """Why the pathway ends before biopsy and treatment, inside a sentence; empty when it may go on."""
        return inside_a_sentence(why_nothing_follows(self.plan, self.phrases) or "").rstrip(".")

    def _where_to(self, at: PathwayStation) -> str:
        destination = self.plan.referral.destination
        said = [self.phrases.plan("destination", destination)] if destination else []
        if "local" in at.facts:
            said.append(self._say("detail", "local_possible"))
        return "; ".join(said)

    def _undecided(self) -> str:
        referral = self.plan.referral
        if referral.decision == UNDETERMINED:
            return self._fields(referral.depends_on)
        return self._say("detail", "first", referral.decision)

    # --- words

    def _found(self, at: PathwayStation) -> list[Recommendation]:
        return [each for each in self.plan.recommendations if each.action in at.shows]

    def _first_listed(self, at: PathwayStation) -> str | None:
        listed = {each.action for each in self.plan.recommendations}
        return next((action for action in at.shows if action in listed), None)

    def _station(self, at: PathwayStation, state: State, words: str, detail: str = "") -> Station:
        listed = {each.action for each in self.plan.recommendations}
        return Station(
            key=at.station,
            name=self._say("station", at.station),
            state=state,
            words=self._say("state", words),
            detail=detail,
            actions=tuple(action for action in at.shows if action in listed),
            phase=at.phase,
            asks=at.asks,
        )

    def _say(self, *keys: str) -> str:
        return self.phrases.get("pathway", *keys)

    def _open_detail(self, at: PathwayStation, open_ones: Sequence[Recommendation]) -> str:
        """What is still to be made, where a station has several; and whether it was made, but not as it is asked."""
        said = [self._names(open_ones)] if len(at.shows) > 1 else []
        if "made" in at.facts:
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
        names = [inside_a_sentence(self.phrases.label(field)) for field in fields]
        if not names:
            return ""
        said = ", ".join(names[:FIELDS_NAMED])
        if len(names) > FIELDS_NAMED:
            more = self.phrases.get("command_line", "plan_text", "and_more").format(number=len(names) - FIELDS_NAMED)
            said = f"{said} {more}"
        return self._say("detail", "depends_on").format(fields=said)

    def _dates(self, at: PathwayStation) -> str:
        return ", ".join(map(self.phrases.date, at.dates))


def _is_firm(recommendation: Recommendation) -> bool:
    """Whether it is to be done for sure."""
    return recommendation.certainty == "definite" and recommendation.verdict in ASKED_VERDICTS
