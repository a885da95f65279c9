"""The case as it travels inside a letter: what the letter shows and what the rules read, and nothing else.

The other way round than one might write it: of the fields that no rule reads, only those travel that stand in a list
here. A field that is added to the contract stays at home until somebody decides that the letter shows it; reasons for
leaving out a recommendation are such fields.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator

from desktop_app import __version__
from desktop_app.exchange.printed_advice import advice_data
from desktop_app.library.phrases import Phrases
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.order import PaperOrder
from guideline_core.case import Case
from guideline_core.contract import fields, nested
from guideline_core.plan import Plan, Recommendation

FILE_NAME = "botwijzer-case.json"
MEDIA_TYPE = "application/json"
FORMAT = "botwijzer-case"
FORMAT_VERSION = 1
HASH = "sha256"

Data = dict[str, object]

SHOWN = frozenset(
    {
        "reference_date",
        "patient.given_name",
        "patient.family_name",
        "patient.patient_number",
        "patient.address",
        "patient.phone",
        "patient.email",
        "patient.general_practitioner",
        "lesion.side",
        "lesion.bone_part",
        "lesion.size_mm",
        "lesion.soft_tissue_extension",
        "lesion.description",
        "lesion.incidental",
        "imaging.other",
        "consultation.centre",
        "consultation.contact",
        "consultation.date",
        "history.radiotherapy",
        "history.hereditary_syndrome",
        "images.sent_by",
        "images.sent_on",
        "images.received_confirmed",
        "letter.question",
        "letter.history",
        "letter.examination",
        "letter.medication",
        "letter.allergies",
        "letter.told_to_patient",
        "letter.appointments",
        "letter.remarks",
    }
)
"""Fields that no rule reads and that every letter shows once they are answered."""
SHOWN_WHEN_DONE = ("date", "place", "slice_mm")
"""Of an examination, shown once it was made."""
SHOWN_WHEN_VERIFIED = "patient.bsn"


def travelling_case(case: Case, identity_verified: bool) -> Case:
    """The part of a case that travels."""
    answers = _answers(case.model_dump(exclude_none=True), "")
    kept = {path: value for path, value in answers if _travels(path, case, identity_verified)}
    return Case.model_validate(nested(kept))


def _answers(group: Data, prefix: str) -> Iterable[tuple[str, object]]:
    for name, value in group.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _answers(value, f"{path}.")
        else:
            yield path, value


def _travels(path: str, case: Case, identity_verified: bool) -> bool:
    field = fields().get(path)
    if path in SHOWN or (field is not None and field.reaches_a_rule):
        return True
    if path == SHOWN_WHEN_VERIFIED:
        return identity_verified
    *groups, name = path.split(".")
    if len(groups) == 2 and groups[0] == "imaging" and name in SHOWN_WHEN_DONE:
        return getattr(case.imaging, groups[1]).done is True
    return False


def travelling_identity(case: Case, phrases: Phrases, identity_verified: bool) -> tuple[str, ...]:
    """The names of what identifies the patient and travels, for the user before it does."""
    travelling = travelling_case(case, identity_verified)
    identifying = (path for path, field in fields().items() if field.identity is not None)
    return tuple(phrases.label(path) for path in identifying if travelling.answer_at(path) is not None)


# --- the file ---------------------------------------------------------------------------------------------------------


def case_attachment(letter: Letter, order: PaperOrder) -> EmbeddedFile:
    """The case as a file inside the letter that was made of it."""
    phrases = order.phrases
    data = case_data(letter, order.plan, travelling_case(order.case, order.settings.identity_verified), phrases)
    content = json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
    return EmbeddedFile(FILE_NAME, MEDIA_TYPE, content, phrases.get("exchange", "travels", "case"), "Source")


def case_data(letter: Letter, plan: Plan, case: Case, phrases: Phrases) -> Data:
    """The file as data: the case, under which edition and program it was planned, the rules used, and the hash."""
    guideline = plan.guideline
    data: Data = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "about": [
            *(note for note in letter.summary.notes),
            letter.footer.notice,
            phrases.get("exchange", "case_file", "hash"),
        ],
        "program": {"name": "Botwijzer", "version": __version__},
        "guideline": {
            "id": guideline.id,
            "status": guideline.status,
            "version": guideline.version,
            "sha256": guideline.sha256,
        },
        "planned_for": plan.reference_date,
        "language": letter.language,
        "rules": list(_rules_used(letter, plan)),
        "advice": advice_data(plan),
        "case": {
            "schema_version": case.schema_version,
            **case.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
        },
    }
    return {**data, HASH: content_hash(data)}


def _rules_used(letter: Letter, plan: Plan) -> tuple[str, ...]:
    """The rules behind the decision and behind the lines and warnings that the letter shows, in order of name."""
    warned = {alert.key for alert in letter.alerts}
    used = set(plan.referral.rules)
    for each in _shown_in(letter, plan):
        used.update(each.rules)
    for alert in plan.alerts:
        used.update(alert.rules if alert.id in warned else ())
    return tuple(sorted(used))


def _shown_in(letter: Letter, plan: Plan) -> Iterator[Recommendation]:
    """The recommendations of a plan that a letter shows."""
    meanwhile = letter.meanwhile.lines if letter.meanwhile else ()
    shown = {(line.action, line.verdict) for line in (*letter.printed_plan, *letter.told_warnings, *meanwhile)}
    return (each for each in (*plan.recommendations, *plan.meanwhile) if (each.action, each.verdict) in shown)


def content_hash(data: Data) -> str:
    """SHA-256 over the content, the hash itself aside, however it is indented or ordered: it tells an accident and is
    no signature, since whoever changes the file on purpose can change the hash too."""
    content = {key: value for key, value in data.items() if key != HASH}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
