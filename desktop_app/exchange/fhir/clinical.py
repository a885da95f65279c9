"""Request, lesion, what was done and what is advised as FHIR resources, each with the name by which others refer to it.

Words come from the letter, so that letter and bundle never say different things; codes come from the case.
"""

from collections.abc import Iterator, Sequence

from desktop_app.exchange.fhir.people import PATIENT, RECIPIENT, Named, author, has_recipient
from desktop_app.exchange.fhir.source import Source, text, without_nothing
from desktop_app.exchange.fhir.systems import (
    ACTIVE,
    CONFIRMED,
    DIAGNOSIS,
    DIFFERENTIAL,
    ICD_O,
    PROVISIONAL,
    UNCONFIRMED,
    Data,
    concept,
)
from desktop_app.library.sentences import sentence_case
from desktop_app.papers.case_facts import CaseFacts
from desktop_app.papers.content import ImagingRow, PlanLine
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, answers_conflict
from desktop_app.papers.plan_lines import NEGATIVE_VERDICTS
from guideline_core.keys import UNCERTAIN
from guideline_core.tissue_answers import REVIEWED

REQUEST, ADVICE = "request", "advice"
STATUS_OF_PROGRESS = {"open": "not-started", "waiting": "on-hold", "done": "completed", "waived": "on-hold"}


# --- the request ------------------------------------------------------------------------------------------------------


def requests(source: Source, reasons: Sequence[str], done: Sequence[str]) -> Iterator[Named]:
    """What is asked of a centre; a letter that asks nothing has no request. A referral is ordered by the doctor who
    signs the letter; a question for advice, or one that is still open, is proposed."""
    letter = source.letter
    if letter.kind not in TO_A_CENTRE:
        return
    urgency = letter.envelope.urgency.key if letter.envelope.urgency else None
    yield (
        REQUEST,
        without_nothing(
            {
                "resourceType": "ServiceRequest",
                "status": "draft" if letter.kind is Kind.UNDECIDED else "active",
                "intent": "order" if letter.kind is Kind.REFERRAL else "proposal",
                "priority": urgency if urgency in ("urgent", "routine") else None,
                "code": concept(letter.title),
                "subject": source.reference(PATIENT),
                "authoredOn": source.order.today.isoformat(),
                "requester": author(source),
                "performer": [source.reference(RECIPIENT)] if has_recipient(source) else [],
                "reasonCode": [concept(reason)] if (reason := text(letter.core.reason)) else [],
                "reasonReference": [source.reference(name) for name in reasons],
                "supportingInfo": [source.reference(name) for name in done],
                "note": [{"text": said} for said in _said_first(source)],
            }
        ),
    )


def _said_first(source: Source) -> Iterator[str]:
    """The question, and what stands at the top of page 1; what is left open there to be written by hand is left out."""
    letter, envelope = source.letter, source.letter.envelope
    first = {"urgency": envelope.urgency, "phone": envelope.phone, "biopsy": envelope.biopsy}
    said = [letter.core.question or ""]
    said += [f"{letter.heading(f'banner.{key}')}: {each.text}" for key, each in first.items() if each is not None]
    arranged = {"phone": envelope.phone_arrangement, "consult_first": envelope.consult_first}
    for key, each in arranged.items():
        if each is not None and each.is_made:
            said.append(f"{letter.heading(f'banner.{key}')}: {each.text}")
    yield from (words for each in said if (words := text(each)))


# --- the lesion -------------------------------------------------------------------------------------------------------


def conditions(source: Source) -> Iterator[Named]:
    """The lesion: an established metastasis, else what the microscope shows, else the entity that is suspected, with
    those of the differential; without a name what the letter calls it. None when nothing is suspected."""
    if source.order.plan.scope == "other_guideline":
        yield "condition", _condition(source, _in_words(source, "metastasis"), CONFIRMED)
        return
    named = _named_entities(source)
    for entity, status in named.items():
        yield f"condition {entity}", _condition(source, _entity(source, entity), status)
    if not named and _is_suspected(source):
        # "Unconfirmed" is the safest word for what has no name yet.
        yield "condition", _condition(source, _in_words(source, _subject(source)), UNCONFIRMED)


def _named_entities(source: Source) -> dict[str, Data]:
    """The tumours that the case names, each with how sure it is."""
    lesion, pathology = source.order.case.lesion, source.order.case.pathology
    found: dict[str, Data] = {}
    if pathology.histology not in (None, UNCERTAIN):
        confirmed = pathology.diagnosis in REVIEWED
        found[str(pathology.histology)] = CONFIRMED if confirmed else PROVISIONAL
    elif lesion.entity not in (None, UNCERTAIN):
        found[str(lesion.entity)] = PROVISIONAL
    for entity in (*(pathology.histology_differential or ()), *(lesion.differential or ())):
        if entity != UNCERTAIN:
            found.setdefault(entity, DIFFERENTIAL)
    return found


def _is_suspected(source: Source) -> bool:
    lesion = source.order.case.lesion
    if lesion.suspected is not None:
        return lesion.suspected
    return lesion.category is not None or lesion.entity is not None or lesion.basis in ("radiological", "histological")


def _subject(source: Source) -> str:
    """The letter's word for a lesion without a name: its category, when no other answer contradicts it."""
    in_conflict = answers_conflict(source.order.plan, source.order.tables.alerts)
    return "suspected" if in_conflict else source.order.case.lesion.category or "suspected"


def _in_words(source: Source, subject: str) -> Data:
    return concept(sentence_case(source.order.phrases.get("letter", "subject", subject)))


def _condition(source: Source, code: Data, status: Data) -> Data:
    said = (fact.value for fact in source.letter.core.problem if fact.key == "lesion.place")
    places = [words for place in (*said, *CaseFacts(source.order).other_sites()) if (words := text(place))]
    return without_nothing(
        {
            "resourceType": "Condition",
            "clinicalStatus": concept(None, ACTIVE),
            "verificationStatus": concept(None, status),
            "category": [concept(None, DIAGNOSIS)],
            "code": code,
            "bodySite": [concept(place) for place in places],
            "subject": source.reference(PATIENT),
            "recordedDate": source.order.today.isoformat(),
        }
    )


def _entity(source: Source, entity: str) -> Data:
    """A tumour by name, and by its ICD-O code unless the catalogue says that a pathologist must still check it."""
    entry = source.order.edition.lists.entities[entity]
    known = entry.icdo is not None and entry.in_doubt is None
    codes = [{"system": ICD_O, "code": entry.icdo}] if known else []
    return concept(source.order.edition.names.entity(entity, source.order.phrases.language), *codes)


# --- what was done ----------------------------------------------------------------------------------------------------


def procedures(source: Source) -> Iterator[Named]:
    """Examinations, biopsy and surgery that were carried out."""
    case = source.order.case
    for number, row in enumerate(source.letter.core.imaging):
        yield f"imaging {number}", _examination(source, row, _day_of(source, number))
    if case.biopsy.status == "performed":
        yield "biopsy", _procedure(source, source.say("biopsy"), case.biopsy.date)
    if case.treatment.earlier_unplanned_surgery:
        yield "earlier surgery", _procedure(source, source.order.say("done", "earlier_surgery"), None)
    if case.resection.performed:
        yield "resection", _procedure(source, source.say("resection"), None)


def _day_of(source: Source, number: int) -> object:
    """The day of the examination in a row of the letter; the other examinations follow those with a name."""
    row, imaging = source.letter.core.imaging[number], source.order.case.imaging
    if row.key != "other":
        return getattr(imaging, row.key).date
    named = sum(each.key != "other" for each in source.letter.core.imaging)
    return (imaging.other or ())[number - named].date


def _examination(source: Source, row: ImagingRow, day: object) -> Data:
    place, details = text(row.place), text(row.details)
    procedure = _procedure(source, text(row.examination) or source.say("examination"), day)
    return without_nothing(
        {
            **procedure,
            "location": {"display": place} if place else None,
            "note": [{"text": details}] if details else [],
        }
    )


def _procedure(source: Source, name: str, day: object) -> Data:
    return without_nothing(
        {
            "resourceType": "Procedure",
            "status": "completed",
            "code": concept(name),
            "subject": source.reference(PATIENT),
            "performedDateTime": str(day) if day else None,
        }
    )


# --- what is advised --------------------------------------------------------------------------------------------------


def advice(source: Source, reasons: Sequence[str]) -> Iterator[Named]:
    """What the guideline surely advises to do or not to do, as a proposal; what depends on open answers is in the
    text of the letter only, where it says on what it depends."""
    activities = [_activity(source, line) for line in source.letter.summary.plan if _is_action(line)]
    if not activities:
        return
    yield (
        ADVICE,
        {
            "resourceType": "CarePlan",
            "status": "draft",
            "intent": "proposal",
            "title": source.say("advice_title"),
            "description": " ".join(source.letter.summary.notes),
            "subject": source.reference(PATIENT),
            "created": source.order.today.isoformat(),
            **({"addresses": [source.reference(name) for name in reasons]} if reasons else {}),
            "activity": activities,
        },
    )


def _is_action(line: PlanLine) -> bool:
    return line.is_definite and line.verdict != "inform" and line.facts.asks_for_something


def _activity(source: Source, line: PlanLine) -> Data:
    places = ", ".join(place.statement for place in line.sources)
    remark = f"{line.text} ({line.strength}; {places})" if places else f"{line.text} ({line.strength})"
    return {
        "detail": without_nothing(
            {
                "code": concept(line.name),
                "status": STATUS_OF_PROGRESS[line.progress],
                "statusReason": concept(line.state) if line.waits_for else None,
                "doNotPerform": True if line.verdict in NEGATIVE_VERDICTS else None,
                "performer": [{"display": line.actor_words}] if line.actor_words else [],
                "description": remark,
            }
        )
    }
