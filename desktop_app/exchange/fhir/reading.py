"""Reads foreign FHIR as plain data, forgivingly: whatever has another shape than expected counts as not there.

Files of real systems follow this or that version and profile, and are not always valid; what is wrong with a part that
nobody needs must not keep the patient's name out.
"""

import datetime
import json
import re
from collections.abc import Iterator
from typing import TypeGuard

from desktop_app.exchange.fhir.systems import Data
from desktop_app.exchange.finding import refusal
from desktop_app.library.clean_text import cleaned, one_line
from desktop_app.library.sentences import shown
from guideline_core.file_limits import FHIR, json_excess

LONGEST_TEXT = 10_000
XML_NAMESPACE = b"http://hl7.org/fhir"
RESOURCE_TYPE = b'"resourceType"'
DATE_OR_TIME = re.compile(r"\d{4}(-\d\d(-\d\d(T.*)?)?)?", re.ASCII)


class NotReadable(Exception):
    """Nothing can be taken from this file; the finding says why."""

    def __init__(self, key: str, **details: str) -> None:
        super().__init__(key)
        self.finding = refusal(key, **details)


def too_large() -> NotReadable:
    """What is said of a file that is larger than any that is read."""
    return NotReadable("fhir_too_large", megabytes=str(FHIR.megabytes))


def looks_like_fhir(content: bytes) -> bool:
    """Whether a file is meant as FHIR, readable or not; a case never is, for a quote within its texts is escaped."""
    is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    return XML_NAMESPACE in content if is_xml else RESOURCE_TYPE in content


def resource_of(content: bytes) -> Data:
    """The FHIR resource of a file; raises NotReadable."""
    excess = json_excess(content, FHIR)
    if excess is not None:
        raise too_large() if excess == "too_large" else NotReadable("fhir_too_full")
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotReadable("not_utf8") from None
    if words.lstrip()[:1] == "<" and XML_NAMESPACE in content:
        raise NotReadable("fhir_is_xml")
    try:
        data = json.loads(words)
    except ValueError:
        raise NotReadable("not_json") from None
    if not isinstance(data, dict) or not isinstance(data.get("resourceType"), str):
        raise NotReadable("not_fhir")
    return data


def patient_in(resource: Data) -> Data:
    """The patient of a resource: itself, the only one of a bundle, or the subject of its composition; raises
    NotReadable."""
    if resource["resourceType"] == "Patient":
        return resource
    if resource["resourceType"] != "Bundle":
        raise NotReadable("not_fhir")
    patients = {key: each for key, each in _entries(resource) if each.get("resourceType") == "Patient"}
    if not patients:
        raise NotReadable("no_patient")
    if len(patients) == 1:
        return next(iter(patients.values()))
    subjects = {
        str(dictionary(each.get("subject")).get("reference"))
        for _, each in _entries(resource)
        if each.get("resourceType") == "Composition"
    }
    meant = [each for key, each in patients.items() if subjects & _names_of(key, each)]
    if len(meant) != 1:
        raise NotReadable("several_patients", number=str(len(patients)))
    return meant[0]


def resources_by_name(resource: Data, patient: Data) -> dict[str, Data]:
    """The resources inside a file, by each name by which the patient can refer to them; of two with one name the first
    counts."""
    contained = ((f"#{each.get('id')}", each) for each in dictionaries(patient.get("contained")))
    found: dict[str, Data] = {}
    for address, each in (*contained, *_entries(resource)):
        for name in _names_of(address, each):
            found.setdefault(name, each)
    return found


def _entries(bundle: Data) -> Iterator[tuple[str, Data]]:
    """The resources of a bundle by the address under which others name them, or by their place."""
    for number, entry in enumerate(dictionaries(bundle.get("entry"))):
        resource = entry.get("resource")
        if isinstance(resource, dict):
            address = entry.get("fullUrl")
            yield address if isinstance(address, str) else f"entry {number}", resource


def _names_of(address: str, resource: Data) -> set[str]:
    return {address, f"{resource.get('resourceType')}/{resource.get('id')}"}


# --- shapes -----------------------------------------------------------------------------------------------------------


def dictionary(value: object) -> Data:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def dictionaries(value: object) -> list[Data]:
    """The objects of a list; a single object where FHIR has a list counts as a list of one."""
    if isinstance(value, dict):
        return [value]
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def texts(value: object) -> list[str]:
    """The texts of a list, those that say something."""
    given = value if isinstance(value, list) else [value]
    return [words for each in given if (words := line(each))]


def line(value: object) -> str:
    """A text on one line, in which what would be obeyed shows; nothing for what is no text. One longer than any answer
    takes is cut, and refused later."""
    if not isinstance(value, str):
        return ""
    return one_line(cleaned(shown(value[:LONGEST_TEXT].replace("\r\n", "\n"))))


def extension(element: object, url: str) -> str:
    """The text of an extension."""
    for each in dictionaries(dictionary(element).get("extension")):
        if each.get("url") == url:
            return line(each.get("valueString")) or line(each.get("valueCode"))
    return ""


def place_in(order: tuple[object, ...], value: object) -> int:
    """How early a value comes in an order of preference; what is not in it comes last."""
    return order.index(value) if value in order else len(order)


def is_current(element: Data, today: datetime.date) -> bool:
    """Whether a name, number or address is in use: not marked as old and not ended. A period that cannot be read has
    not ended."""
    if element.get("use") == "old":
        return False
    end = dictionary(element.get("period")).get("end")
    return not is_date(end) or end[:10] >= today.isoformat()[: len(end[:10])]


def is_date(value: object) -> TypeGuard[str]:
    """Whether a value is a date or time as FHIR writes it, of which month and day may be missing."""
    return isinstance(value, str) and DATE_OR_TIME.fullmatch(value) is not None
