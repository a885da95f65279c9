"""Reads a person's name from FHIR, Dutch names with their prefixes and partners included."""

import datetime

from desktop_app.exchange.fhir.reading import (
    dictionaries,
    dictionary,
    extension,
    is_current,
    is_date,
    line,
    place_in,
    texts,
)
from desktop_app.exchange.fhir.systems import Data

_EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
_PART = f"{_EXTENSION}humanname-"
_QUALIFIER = f"{_EXTENSION}iso21090-EN-qualifier"
_ORDER = f"{_EXTENSION}humanname-assembly-order"
_ORDERS = {"NL1": ("own",), "NL2": ("partner",), "NL3": ("partner", "own"), "NL4": ("own", "partner")}

_USES = ("official", "usual", None)
_OTHER_USES = ("temp", "nickname", "maiden", "anonymous")
_INITIAL, _CALLED = "IN", "CL"


def names_in_use(person: Data, today: datetime.date) -> list[Data]:
    """The names that are in use, the one by which a letter calls the person first."""
    current = [
        name for name in dictionaries(person.get("name")) if is_current(name, today) and not _begins_after(name, today)
    ]
    known = [name for name in current if name.get("use") not in _OTHER_USES]
    return sorted(known or current, key=lambda name: place_in(_USES, name.get("use")))


def _begins_after(name: Data, today: datetime.date) -> bool:
    """Whether a name is not in use yet."""
    start = dictionary(name.get("period")).get("start")
    return is_date(start) and start[:10] > today.isoformat()[: len(start[:10])]


def period_is_readable(name: Data) -> bool:
    """Whether the period in which a name is in use has dates that can be compared, or none."""
    period = name.get("period", {})
    return isinstance(period, dict) and all(is_date(period.get(key, "0000")) for key in ("start", "end"))


def is_name(value: object) -> bool:
    """Whether a value can be a name: a text with a letter in it, where a number or another shape is none."""
    return isinstance(value, str) and any(sign.isalpha() for sign in line(value))


def name_words(value: object) -> str:
    """The name that a value holds, on one line; older FHIR has a family name as a list of its parts."""
    parts = value if isinstance(value, list) else [value]
    return " ".join(line(part) for part in parts if is_name(part))


def family_name(name: Data) -> str:
    """The family name with its prefix: as it is written when that holds the prefix, else put together of its parts."""
    written, parts = name_words(name.get("family")), name.get("_family")
    own = " ".join(part for kind in ("own-prefix", "own-name") if (part := extension(parts, f"{_PART}{kind}")))
    partner = " ".join(
        part for kind in ("partner-prefix", "partner-name") if (part := extension(parts, f"{_PART}{kind}"))
    )
    if not written:
        return _assembled(extension(name, _ORDER), {"own": own, "partner": partner})
    prefix = extension(parts, f"{_PART}own-prefix")
    own_name = extension(parts, f"{_PART}own-name")
    lacks_prefix = prefix and written.casefold() == own_name.casefold()
    return f"{prefix} {written}" if lacks_prefix else written


def _assembled(order: str, found: Data) -> str:
    """Own name and that of the partner in the order that the person uses; the own name when it is not stated."""
    wanted = [found[part] for part in _ORDERS.get(order, ("own",)) if found[part]]
    return "-".join(wanted) or found["own"] or found["partner"]


def given_names(name: Data) -> str:
    """The full given names; the initials where there are no others; a name of address only when there is nothing
    else."""
    given = name.get("given")
    written = given if isinstance(given, list) else [given]
    beside = name.get("_given")
    marks = beside if isinstance(beside, list) else []
    kinds: dict[str, list[str]] = {}
    for place, each in enumerate(written):
        if words := name_words(each):
            mark = extension(dictionary(marks[place]) if place < len(marks) else {}, _QUALIFIER)
            kinds.setdefault(mark if mark in (_INITIAL, _CALLED) else "", []).append(words)
    found = kinds.get("") or kinds.get(_INITIAL) or kinds.get(_CALLED) or []
    return " ".join(found)


def full_name(person: Data, today: datetime.date) -> str:
    """The name of somebody who is only named, such as a general practitioner: with title, on one line."""
    for name in names_in_use(person, today):
        written = name_words(name.get("text"))
        parts = [*texts(name.get("prefix")), given_names(name), family_name(name)]
        if found := written or " ".join(part for part in parts if part):
            return found
    return line(person.get("name"))  # an organisation has its name as one text
