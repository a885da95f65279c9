"""From the text of a file to plain data. Broken JSON, impossible numbers and repeated keys are faults."""

import json
from collections import Counter
from collections.abc import Mapping

from guideline_core.case_reading.faults import CaseFaults, Fault, Path, written
from guideline_core.file_limits import CASE, Excess, json_excess


class _Object(dict[str, object]):
    """A JSON object that remembers which of its keys were repeated."""

    repeated: tuple[str, ...] = ()


class _NoNumber:
    """Stands for NaN, Infinity or a number too large for a computer: no case can hold these."""

    def __init__(self, text: str) -> None:
        self.text = text


def read_json(text: bytes) -> tuple[object, list[Fault]]:
    """Parse JSON; return its data and the faults that do not stop the reading. Raises CaseFaults for those that do."""
    _refuse_excess(text)
    try:
        given: object = json.loads(
            _decoded(text), object_pairs_hook=_object, parse_constant=_NoNumber, parse_float=_number
        )
    except json.JSONDecodeError as error:
        raise CaseFaults([Fault("", "broken_json", {"line": error.lineno, "column": error.colno})]) from None
    except ValueError:  # Python refuses to read a whole number of thousands of digits
        raise CaseFaults([Fault("", "number_too_long")]) from None
    faults: list[Fault] = []
    return _without_no_numbers(given, (), faults), faults


def _refuse_excess(text: bytes) -> None:
    excess = json_excess(text, CASE)
    if excess is not None:
        details: Mapping[Excess, Mapping[str, object]] = {
            "too_large": {"megabytes": CASE.megabytes},
            "too_many_values": {"most": CASE.values},
        }
        raise CaseFaults([Fault("", excess, details.get(excess, {}))])


def _decoded(text: bytes) -> str:
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFaults([Fault("", "not_utf8", {"byte": error.start + 1})]) from None
    if not decoded.strip():
        raise CaseFaults([Fault("", "empty")])
    return decoded


def _object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        made.repeated = tuple(key for key, number in times.items() if number > 1)
    return made


def _number(text: str) -> object:
    number = float(text)
    return _NoNumber(text) if number in (float("inf"), float("-inf")) else number


def _without_no_numbers(given: object, path: Path, faults: list[Fault]) -> object:
    """The same data with null for each impossible number; notes these and repeated keys as faults."""
    if isinstance(given, _NoNumber):
        faults.append(Fault(written(path), "not_a_number"))
        return None
    if isinstance(given, list):
        return [_without_no_numbers(item, (*path, place), faults) for place, item in enumerate(given)]
    if isinstance(given, _Object):
        faults += (Fault(written((*path, key)), "repeated_key") for key in given.repeated)
        for key, item in given.items():
            if not isinstance(item, str):
                given[key] = _without_no_numbers(item, (*path, key), faults)
    return given
