"""Code systems and identifier systems of the FHIR bundle, with what was taken from where.

- Dutch identifiers: the naming systems that nl-core uses. The program claims no conformance with nl-core.
- ICD-O-3 (morphology): the canonical URI of HL7 Terminology. HL7 publishes no content of that code system, so a display
  cannot be checked; none is given, and the name stands in the text beside the code.
- SNOMED CT: the code of each part of a letter that the profiles of the Dutch primary care (Nictiz-R4-ELZ,
  hg-ReferralComposition, as its mapping from ada writes them) give to it. No terminologist has checked them against
  this letter; a part for which they have none gets none.
- LOINC: document types with the display that the value set of FHIR R4 (c80-doc-typecodes) gives them.
"""

import re
from typing import Any

Data = dict[str, Any]  # Any: FHIR as JSON gives it; whoever reads it checks each part (`reading`)
"""A FHIR resource, or a part of one."""

BSN = "http://fhir.nl/fhir/NamingSystem/bsn"
AGB = "http://fhir.nl/fhir/NamingSystem/agb-z"
UZI = "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers"
BIG = "http://fhir.nl/fhir/NamingSystem/big"
ICD_O = "http://terminology.hl7.org/CodeSystem/icd-o-3"
LOINC = "http://loinc.org"
URI = "urn:ietf:rfc:3986"
SNOMED = "http://snomed.info/sct"
XHTML = "http://www.w3.org/1999/xhtml"

_OTHER_BLANK = re.compile(r"[^\S\n\r\t ]|\ufeff")
_CONDITION = "http://terminology.hl7.org/CodeSystem/condition-"
_IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203"


def coding(system: str, code: str, display: str) -> Data:
    """A code with its display."""
    return {"system": system, "code": code, "display": display}


REFERRAL_NOTE = coding(LOINC, "57133-1", "Referral note")
CONSULT_NOTE = coding(LOINC, "11488-4", "Consult note")
LETTER = coding(LOINC, "51852-2", "Letter")

CODE_OF_PART = {
    "ServiceRequest": "405624007",
    "Composition": "406550009",
    "RedenBericht": "440378000",
    "IngesteldeBehandeling": "108631000146107",
    "ProcedureVoorstel": "240471000146100",
    "VerderVanBelang": "159121000146100",
}
"""The SNOMED code of a part of the letter, by the name of its element (hasp-headings.toml)."""

MEDICAL_RECORD_NUMBER = coding(_IDENTIFIER_TYPE, "MR", "Medical record number")

ACTIVE = coding(f"{_CONDITION}clinical", "active", "Active")
DIAGNOSIS = coding(f"{_CONDITION}category", "encounter-diagnosis", "Encounter Diagnosis")
CONFIRMED = coding(f"{_CONDITION}ver-status", "confirmed", "Confirmed")
PROVISIONAL = coding(f"{_CONDITION}ver-status", "provisional", "Provisional")
DIFFERENTIAL = coding(f"{_CONDITION}ver-status", "differential", "Differential")
UNCONFIRMED = coding(f"{_CONDITION}ver-status", "unconfirmed", "Unconfirmed")


def concept(text: str | None = None, *codings: Data) -> Data:
    """A concept by its codes and its name."""
    found: Data = {"coding": list(codings)} if codings else {}
    return {**found, "text": text} if text else found


def with_plain_spaces(part: object) -> object:
    """The same with a plain space for each other blank but an end of line or a tab: those that hold words together on
    paper are no blanks to FHIR's own pattern of a string as JSON schemas read it."""
    match part:
        case dict():
            return {key: with_plain_spaces(value) for key, value in part.items()}
        case list():
            return [with_plain_spaces(each) for each in part]
    return _OTHER_BLANK.sub(" ", part) if isinstance(part, str) else part
