"""Patients as hospital systems write them: in the shape of nl-core, all of them invented."""

import json
from pathlib import Path
from typing import Any

BSN_SYSTEM = "http://fhir.nl/fhir/NamingSystem/bsn"
WRONG_BSN = "111222334"
_NAME = "http://hl7.org/fhir/StructureDefinition/humanname-"
_QUALIFIER = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier"
_LINE = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-"


def _part(url: str, said: str) -> dict[str, str]:
    return {"url": url, "valueString": said}


def _qualified(code: str) -> dict[str, Any]:
    return {"extension": [{"url": _QUALIFIER, "valueCode": code}]}


def nl_core(**elements: Any) -> dict[str, Any]:
    """A girl of fourteen, as a hospital system sends her; elements can be replaced, or left out with None."""
    street = {
        "extension": [
            _part(f"{_LINE}streetName", "Lindelaan"),
            _part(f"{_LINE}houseNumber", "12"),
        ]
    }
    full = {
        "resourceType": "Patient",
        "id": "nl-core-Patient-01",
        "meta": {"profile": ["http://nictiz.nl/fhir/StructureDefinition/nl-core-Patient"]},
        "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>-</div>"},
        "contained": [
            {
                "resourceType": "PractitionerRole",
                "id": "huisarts",
                "practitioner": {"display": "H. Verzonnen"},
                "organization": {"display": "Huisartsen De Bron"},
            }
        ],
        "identifier": [
            {"system": BSN_SYSTEM, "value": "111222333"},
            {
                "use": "usual",
                "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
                "system": "urn:oid:2.16.528.1.1007.3.3.0.1",
                "value": "0000471",
            },
        ],
        "active": True,
        "name": [
            {
                "use": "official",
                "text": "Proef B. van den Bedacht",
                "family": "van den Bedacht",
                "_family": {
                    "extension": [_part(f"{_NAME}own-prefix", "van den"), _part(f"{_NAME}own-name", "Bedacht")]
                },
                "given": ["Proef", "P.B."],
                "_given": [_qualified("BR"), _qualified("IN")],
            },
            {"use": "usual", "given": ["Pip"]},
        ],
        "telecom": [
            {"system": "phone", "value": "06 00000000", "use": "mobile"},
            {"system": "email", "value": "proef@voorbeeld.invalid", "use": "home"},
        ],
        "gender": "female",
        "birthDate": "2012-02-03",
        "deceasedBoolean": False,
        "address": [
            {
                "use": "home",
                "type": "both",
                "line": ["Lindelaan 12"],
                "_line": [street],
                "city": "Nergenshuizen",
                "postalCode": "0000 AB",
                "country": "Nederland",
            }
        ],
        "maritalStatus": {"text": "ongehuwd"},
        "contact": [{"name": {"text": "Ouder van den Bedacht"}}],
        "generalPractitioner": [{"reference": "#huisarts"}],
    }
    return {name: said for name, said in {**full, **elements}.items() if said is not None}


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    """A searchset with these resources."""
    entries = [{"fullUrl": f"urn:uuid:{place}", "resource": each} for place, each in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "broken": (b'{"resourceType": "Patient", "gender":', "JSON"),
    "no FHIR": (b'{"resourceType": "Observation"}', "Patient of een Bundle"),
    "no patient": (json.dumps(bundle()).encode(), "geen patiënt"),
    "several patients": (json.dumps(bundle(nl_core(id="a"), nl_core(id="b"))).encode(), "2 patiënten"),
    "latin-1": (json.dumps(nl_core(gender="Müller"), ensure_ascii=False).encode("latin-1"), "UTF-8"),
    "XML": (b'<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"/>', "XML"),
    "huge": (b'{"resourceType": "Patient", "text": "' + b"x" * 20_000_000 + b'"}', "20 MB"),
    "nothing in it": (b'{"resourceType": "Patient", "active": true}', "geen gegevens"),
}
"""Files from which nothing can be taken, each with a word of why."""


def write(path: Path, content: dict[str, Any] | bytes) -> Path:
    """Write a file, as it is or as JSON."""
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
    return path
