"""Reads a case from JSON text or from plain data, under the catalogue of an edition."""

import datetime
from collections.abc import Mapping

from pydantic import ValidationError

from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults, Fault, Path, written
from guideline_core.case_reading.json_text import read_json
from guideline_core.case_reading.meaning import meaning_faults, with_catalogue
from guideline_core.case_reading.shape import case_of_the_rest, kind_of, shape_faults
from guideline_core.compiled import Catalogue


def read_case(text: bytes, catalogue: Catalogue, today: datetime.date) -> Case:
    """Read one case; raises CaseFaults with all that is wrong. The catalogue is that of the edition under which it is
    read."""
    given, faults = read_json(text)
    return _checked(given, faults, catalogue, today)


def check_case(given: object, catalogue: Catalogue, today: datetime.date) -> Case:
    """Make a case of plain data that was read elsewhere (a form, a saved case); raises CaseFaults like read_case."""
    return _checked(given, [], catalogue, today)


def _checked(given: object, faults: list[Fault], catalogue: Catalogue, today: datetime.date) -> Case:
    if not isinstance(given, dict):
        raise CaseFaults([Fault("", "not_an_object", {"found": kind_of(given)})])
    untold = 0
    try:
        case = Case.model_validate(given)
    except ValidationError as error:
        of_shape, untold = shape_faults(error, given)
        faults = [*faults, *(with_catalogue(fault, catalogue) for fault in of_shape)]
        case = case_of_the_rest(given, error)
    faults = [*faults, *meaning_faults(case, catalogue, case.reference_date or today)]
    if faults:
        raise CaseFaults(_in_order(faults, given), untold)
    return case


def _in_order(faults: list[Fault], given: Mapping[str, object]) -> list[Fault]:
    """Faults in the order of their places in the text."""
    place: dict[str, int] = {}

    def walk(data: object, path: Path) -> None:
        place.setdefault(written(path), len(place))
        items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for step, item in items:
            walk(item, (*path, step))

    walk(given, ())
    return sorted(faults, key=lambda fault: place.get(fault.path, len(place)))
