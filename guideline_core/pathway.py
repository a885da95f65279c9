"""What a plan says of the pathway, beside its recommendations: what has happened at each station, and when."""

import datetime
from collections.abc import Iterator, Sequence

from guideline_core.answers_left import AnswersLeft
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.edition_facts import StationFacts
from guideline_core.finding import ONLY_TRUE
from guideline_core.items import Items
from guideline_core.keys import StationFact
from guideline_core.plan import PathwayStation, Recommendation


def pathway(
    items: Items, left: AnswersLeft, case: Case, recommendations: Sequence[Recommendation]
) -> tuple[PathwayStation, ...]:
    """The stations in clinical order; `left` is what the answers of the case leave."""
    actions = items.compiled.tables.actions
    listed = {each.action for each in recommendations}
    found = []
    for name, station in items.compiled.tables.stations.items():
        facts: list[StationFact] = [fact for fact, item in items.of_station(name) if item.leaves(left) == ONLY_TRUE]
        if any(actions[action].kind == "elsewhere" and action in listed for action in station.shows):
            facts.append("elsewhere")
        found.append(
            PathwayStation(
                station=name,
                kind=station.kind,
                phase=actions[station.shows[0]].phase if station.shows else None,
                shows=station.shows,
                only_first_listed=station.only_first_listed,
                follows=station.follows,
                facts=tuple(facts),
                asks=station.asks,
                answers=tuple(path for path in station.asks if case.answer_at(path) is True),
                dates=tuple(dict.fromkeys(_dates(station, case))),
            )
        )
    return tuple(found)


def _dates(station: StationFacts, case: Case) -> Iterator[str]:
    """The dates of what was done: that of an examination that was not made is none."""
    for path in station.dates:
        done = f"{path.removesuffix('date')}done"
        if done in fields() and case.answer_at(done) is not True:
            continue
        date = case.answer_at(path)
        if isinstance(date, datetime.date):
            yield date.isoformat()
