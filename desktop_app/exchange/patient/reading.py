"""Reads a patient from FHIR (a Patient, or a Bundle with one) into the answers of the patient step.

What is taken over is what a clinician would copy; everything doubtful is told. Nothing here changes a case: see
`patient_merge`.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from desktop_app.exchange.fhir.names import full_name
from desktop_app.exchange.fhir.reading import (
    NotReadable,
    dictionaries,
    dictionary,
    extension,
    is_current,
    line,
    patient_in,
    place_in,
    resource_of,
    resources_by_name,
    texts,
)
from desktop_app.exchange.fhir.systems import BSN, MEDICAL_RECORD_NUMBER, Data
from desktop_app.exchange.finding import Finding, caution, note, refusal
from desktop_app.exchange.patient.name_reading import read_name
from desktop_app.library.phrases import Phrases
from guideline_core.age import age_on
from guideline_core.answer_types import MAXIMUM_AGE_YEARS
from guideline_core.case import Patient

BSN_SYSTEMS = (BSN, "urn:oid:2.16.840.1.113883.2.4.6.3")
SEXES = ("male", "female", "other", "unknown")
RECORD_NUMBER_TYPES = (MEDICAL_RECORD_NUMBER["code"], "PI")
ADDRESS_USES = ("home", None, "temp", "work")
CONTACT_USES = ("mobile", "home", None, "work", "temp")
POSTAL_ONLY = "postal"
COUNTRY = ("nl", "nld", "nederland", "netherlands", "the netherlands")
READ = (
    *("identifier", "active", "name", "telecom", "gender", "birthDate", "deceasedBoolean", "deceasedDateTime"),
    *("address", "generalPractitioner", "link"),
)
"""The elements of a patient that are read here."""
ABOUT_THE_FILE = ("resourceType", "id", "meta", "implicitRules", "language", "text", "contained")
DATA_ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
MASKED_REASON = "masked"
MASKED = re.compile(r"[*#•x?]{2}", re.IGNORECASE)
ELEMENT_NAME = re.compile(r"[A-Za-z]{1,40}", re.ASCII)
FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
PARTIAL_DATE = re.compile(r"\d{4}(-\d\d)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """What a file says of a patient, and what has to be said about it; `patient` is empty after a refusal."""

    patient: Patient
    findings: tuple[Finding, ...]


@dataclass
class _Reading:
    """A patient in the reading."""

    patient: Data
    resource: Data
    today: datetime.date
    phrases: Phrases
    found: dict[str, object] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def _named(self) -> dict[str, Data]:
        return resources_by_name(self.resource, self.patient)

    def referred(self, reference: Data) -> Data:
        """The resource to which a reference leads, inside the file; empty when it is not there."""
        wanted = reference.get("reference")
        return self._named.get(wanted, {}) if isinstance(wanted, str) else {}

    def take(self, name: str, value: object) -> None:
        """Take over an answer when it says something and the contract takes it."""
        if value in (None, ""):
            return
        try:
            Patient.model_validate({name: value})
        except ValidationError:
            self.findings.append(caution("too_long", label=self.phrases.label(f"patient.{name}")))
            return
        self.found[name] = value

    def must_be_text(self, name: str, *values: object) -> None:
        """Say of values that are no text, such as a number without its leading zeros, that they are not taken over."""
        if any(not isinstance(value, str | None) for value in values):
            self.findings.append(caution("not_a_text", label=self.phrases.label(f"patient.{name}")))

    def several(self, name: str) -> None:
        """There was more than one to choose from."""
        path = f"patient.{name}"
        self.findings.append(note("several_contacts", about=path, label=self.phrases.label(path)))


def patient_from_fhir(content: bytes, today: datetime.date, phrases: Phrases) -> FoundPatient:
    """Read the patient of a FHIR file; never raises for what it holds. The findings name fields in these words."""
    try:
        resource = resource_of(content)
        patient = patient_in(resource)
    except NotReadable as refused:
        return FoundPatient(Patient(), (refused.finding,))
    reading = _Reading(patient, resource, today, phrases)
    for read in (_status, _name, _birth_date, _sex, _numbers, _address, _contacts, _general_practitioner, _rest):
        read(reading)
    if not reading.found:
        return FoundPatient(Patient(), (*reading.findings, refusal("nothing_usable")))
    return FoundPatient(Patient.model_validate(reading.found), tuple(reading.findings))


def _status(reading: _Reading) -> None:
    patient = reading.patient
    if patient.get("deceasedBoolean") is True or patient.get("deceasedDateTime"):
        reading.findings.append(caution("deceased"))
    if patient.get("active") is False:
        reading.findings.append(caution("inactive"))
    if any(link.get("type") == "replaced-by" for link in dictionaries(patient.get("link"))):
        reading.findings.append(caution("replaced"))


def _rest(reading: _Reading) -> None:
    """What the file says of the patient and the program does not ask; an unknown element by its name, never a value."""
    unread = [each for each, said in reading.patient.items() if said and not each.startswith("_")]
    names = [
        reading.phrases.find("exchange", "element", each) or each
        for each in unread
        if each not in (*READ, *ABOUT_THE_FILE) and ELEMENT_NAME.fullmatch(each)
    ]
    if names:
        reading.findings.append(note("not_asked", elements=", ".join(names)))


# --- who it is --------------------------------------------------------------------------------------------------------


def _name(reading: _Reading) -> None:
    name = read_name(reading.patient, reading.today, reading.phrases)
    reading.findings.extend(name.findings)
    reading.take("family_name", name.family)
    reading.take("given_name", name.given)


def _birth_date(reading: _Reading) -> None:
    reading.must_be_text("birth_date", reading.patient.get("birthDate"))
    written = line(reading.patient.get("birthDate"))
    if not written:
        return
    if PARTIAL_DATE.fullmatch(written):
        reading.findings.append(caution("birth_date_partial"))
        return
    try:
        day = datetime.date.fromisoformat(written) if FULL_DATE.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None or day > reading.today or age_on(day, reading.today) > MAXIMUM_AGE_YEARS:
        reading.findings.append(caution("birth_date_impossible"))
        return
    reading.take("birth_date", written)


def _sex(reading: _Reading) -> None:
    reading.must_be_text("sex", reading.patient.get("gender"))
    written = line(reading.patient.get("gender"))
    if written and written not in SEXES:
        reading.findings.append(caution("sex_unknown_code"))
        return
    reading.take("sex", written)


def _numbers(reading: _Reading) -> None:
    """The BSN and the number of the clinic; neither is ever repeated in a message."""
    identifiers = [each for each in dictionaries(reading.patient.get("identifier")) if is_current(each, reading.today)]
    _bsn(reading, [each for each in identifiers if each.get("system") in BSN_SYSTEMS])
    others = [each for each in identifiers if each.get("system") not in BSN_SYSTEMS]
    if any(set(_types_of(each)) & set(RECORD_NUMBER_TYPES) for each in others):
        reading.must_be_text("patient_number", *(each.get("value") for each in others))
    others = [each for each in others if line(each.get("value"))]
    numbers = [line(each["value"]) for each in others if set(_types_of(each)) & set(RECORD_NUMBER_TYPES)]
    if not numbers:
        numbers = [line(each["value"]) for each in others if not _types_of(each)]
        numbers = numbers if len(numbers) == 1 else []  # which of them is the clinic's own cannot be told
    if numbers:
        reading.take("patient_number", numbers[0])
    if len(set(numbers)) > 1:
        reading.several("patient_number")


def _bsn(reading: _Reading, identifiers: list[Data]) -> None:
    """The BSN, through the core's own 11-test; of different ones none, and none that its source has hidden."""
    reading.must_be_text("bsn", *(each.get("value") for each in identifiers))
    given = {_digits(each.get("value")) for each in identifiers} - {""}
    valid = {bsn for number in given if (bsn := _valid_bsn(number))}
    if len(valid) > 1:
        reading.findings.append(caution("several_bsn"))
    elif valid:
        reading.take("bsn", valid.pop())
        reading.findings.append(caution("bsn_to_verify", about="patient.bsn"))
    elif any(_is_masked(each) for each in identifiers):
        reading.findings.append(caution("bsn_masked"))
    elif given:
        reading.findings.append(caution("bsn_invalid"))


def _is_masked(identifier: Data) -> bool:
    """Whether the source hides a number: with signs in the place of digits, or without a value and with the reason."""
    value = line(identifier.get("value"))
    reason = extension(identifier.get("_value"), DATA_ABSENT) or extension(identifier, DATA_ABSENT)
    return bool(MASKED.search(value)) or (not value and reason == MASKED_REASON)


def _digits(value: object) -> str:
    return line(value).replace(".", "").replace(" ", "").replace("-", "")


def _valid_bsn(number: str) -> str | None:
    try:
        return Patient(bsn=number).bsn
    except ValidationError:
        return None


def _types_of(identifier: Data) -> list[str]:
    codings = dictionaries(dictionary(identifier.get("type")).get("coding"))
    return [str(each.get("code")) for each in codings if each.get("code")]


# --- where it is ------------------------------------------------------------------------------------------------------


def _address(reading: _Reading) -> None:
    addresses = [each for each in dictionaries(reading.patient.get("address")) if is_current(each, reading.today)]
    written = [(each, words) for each in addresses if (words := _address_text(each))]
    written.sort(key=lambda pair: (place_in(ADDRESS_USES, pair[0].get("use")), pair[0].get("type") == POSTAL_ONLY))
    if written:
        reading.take("address", written[0][1])
    if len({words for _, words in written}) > 1:
        reading.several("address")


def _address_text(address: Data) -> str:
    """Street, postcode and city on one line; the country only when it is another one."""
    town = " ".join(words for key in ("postalCode", "city") if (words := line(address.get(key))))
    country = line(address.get("country"))
    parts = [*texts(address.get("line")), town, "" if country.casefold() in COUNTRY else country]
    return ", ".join(part for part in parts if part) or line(address.get("text"))


def _contacts(reading: _Reading) -> None:
    telecoms = [each for each in dictionaries(reading.patient.get("telecom")) if is_current(each, reading.today)]
    for name, system in (("phone", "phone"), ("email", "email")):
        reading.must_be_text(name, *(each.get("value") for each in telecoms if each.get("system") == system))
        known = [each for each in telecoms if each.get("system") == system and line(each.get("value"))]
        known.sort(key=_preference)
        if known:
            reading.take(name, line(known[0]["value"]))
        if len({line(each["value"]) for each in known}) > 1:
            reading.several(name)


def _preference(contact: Data) -> tuple[int, int]:
    """As the file ranks them, else the number on which a person is reached most easily."""
    rank = contact.get("rank")
    return rank if isinstance(rank, int) else 1000, place_in(CONTACT_USES, contact.get("use"))


def _general_practitioner(reading: _Reading) -> None:
    for reference in dictionaries(reading.patient.get("generalPractitioner")):
        if words := ", ".join(_named(reference, reading)):
            reading.take("general_practitioner", words)
            return


def _named(reference: Data, reading: _Reading) -> Iterator[str]:
    """Who a reference means: as it is displayed, else by name, with the practice of a role."""
    if displayed := line(reference.get("display")):
        yield displayed
        return
    target = reading.referred(reference)
    if target.get("resourceType") == "PractitionerRole":
        for part in ("practitioner", "organization"):
            inner = dictionary(target.get(part))
            name = line(inner.get("display")) or full_name(reading.referred(inner), reading.today)
            if name:
                yield name
    elif name := full_name(target, reading.today):
        yield name
