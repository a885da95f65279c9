"""Patient, referring doctor, clinic and recipient as FHIR resources. Each stands with the name by which the parts of
the bundle refer to it."""

from collections.abc import Iterator

from desktop_app.exchange.fhir.source import Source, text, without_nothing
from desktop_app.exchange.fhir.systems import AGB, BIG, BSN, MEDICAL_RECORD_NUMBER, UZI, Data, concept
from desktop_app.library.clean_text import one_line
from desktop_app.papers.letter_kinds import TO_A_CENTRE

PATIENT, PRACTITIONER, ROLE, CLINIC, RECIPIENT = "patient", "practitioner", "role", "clinic", "recipient"

Named = tuple[str, Data]


def people(source: Source) -> Iterator[Named]:
    """Who it is about, who writes and to whom; who is not known has no resource."""
    yield PATIENT, _patient(source)
    if has_doctor(source):
        yield PRACTITIONER, _practitioner(source)
    if has_clinic(source):
        yield CLINIC, _clinic(source)
    if has_doctor(source) or has_clinic(source):
        yield ROLE, _role(source)
    if has_recipient(source):
        yield RECIPIENT, _recipient(source)


def has_doctor(source: Source) -> bool:
    """Whether something is known of the referring doctor."""
    sender = source.order.settings.sender
    return any(text(part) for part in (sender.name, sender.big, sender.agb, sender.uzi, sender.specialty))


def has_clinic(source: Source) -> bool:
    """Whether something is known of the clinic."""
    sender = source.order.settings.sender
    return any(text(part) for part in (sender.clinic, sender.address, sender.phone))


def has_recipient(source: Source) -> bool:
    """Whether the letter goes to a centre that is known."""
    return source.letter.kind in TO_A_CENTRE and source.letter.envelope.recipient.is_known


def author(source: Source) -> Data:
    """Who wrote the letter, as a reference; when nobody is known it says so."""
    if has_doctor(source) or has_clinic(source):
        return source.reference(ROLE)
    return {"display": source.say("author_unknown")}


# --- the patient ------------------------------------------------------------------------------------------------------


def _patient(source: Source) -> Data:
    patient = source.order.case.patient
    return without_nothing(
        {
            "resourceType": "Patient",
            "identifier": list(_identifiers(source)),
            "name": [without_nothing(_name(source))] if _name(source)["text"] else [],
            "telecom": [
                {"system": system, "value": value}
                for system, given in (("phone", patient.phone), ("email", patient.email))
                if (value := _line(given))
            ],
            "gender": patient.sex,
            "birthDate": patient.birth_date.isoformat() if patient.birth_date else None,
            "address": [{"text": address}] if (address := text(patient.address)) else [],
            "generalPractitioner": [{"display": name}] if (name := _line(patient.general_practitioner)) else [],
        }
    )


def _identifiers(source: Source) -> Iterator[Data]:
    """The BSN is in the travelling case only when identity and number were verified; a number of the clinic is known
    by its type, for the clinic has no naming system here."""
    patient, clinic = source.order.case.patient, _line(source.order.settings.sender.clinic)
    if patient.bsn:
        yield {"system": BSN, "value": patient.bsn}
    if number := _line(patient.patient_number):
        assigner = {"assigner": {"display": clinic}} if clinic else {}
        yield {"type": concept(None, MEDICAL_RECORD_NUMBER), "value": number, **assigner}


def _name(source: Source) -> Data:
    patient = source.order.case.patient
    given, family = _line(patient.given_name), _line(patient.family_name)
    words = " ".join(part for part in (given, family) if part)
    return {"text": words, "family": family, "given": [given] if given else []}


# --- who writes, and to whom ------------------------------------------------------------------------------------------


def _practitioner(source: Source) -> Data:
    sender = source.order.settings.sender
    numbers = ((BIG, sender.big), (AGB, sender.agb), (UZI, sender.uzi))
    return without_nothing(
        {
            "resourceType": "Practitioner",
            "identifier": [{"system": system, "value": value} for system, given in numbers if (value := _line(given))],
            "name": [{"text": name}] if (name := _line(sender.name)) else [],
        }
    )


def _role(source: Source) -> Data:
    specialty = _line(source.order.settings.sender.specialty)
    return without_nothing(
        {
            "resourceType": "PractitionerRole",
            "practitioner": source.reference(PRACTITIONER) if has_doctor(source) else None,
            "organization": source.reference(CLINIC) if has_clinic(source) else None,
            "specialty": [concept(specialty)] if specialty else [],
        }
    )


def _clinic(source: Source) -> Data:
    sender = source.order.settings.sender
    phone, address = _line(sender.phone), text(sender.address)
    name = _line(sender.clinic)
    return without_nothing(
        {
            "resourceType": "Organization",
            "name": name or source.say("clinic_unknown"),  # FHIR asks for a name or an identifier
            "telecom": [{"system": "phone", "value": phone}] if phone else [],
            "address": [{"text": address}] if address else [],
        }
    )


def _recipient(source: Source) -> Data:
    name, *rest = source.letter.envelope.recipient.lines
    address = text("\n".join(rest))
    return without_nothing(
        {
            "resourceType": "Organization",
            "name": _line(name) or source.say("recipient_unknown"),
            "address": [{"text": address}] if address else [],
        }
    )


def _line(value: str | None) -> str | None:
    return text(one_line(value or ""))
