"""The letter as a FHIR Composition: its parts in the order of HASP, each with its text and what belongs to it."""

from collections.abc import Mapping, Sequence

from desktop_app.exchange.fhir.narrative import Part, narrative, paragraphs, parts
from desktop_app.exchange.fhir.people import CLINIC, PATIENT, author, has_clinic
from desktop_app.exchange.fhir.source import Source, without_nothing
from desktop_app.exchange.fhir.systems import CODE_OF_PART, CONSULT_NOTE, LETTER, REFERRAL_NOTE, SNOMED, Data, concept
from desktop_app.library.sentences import sentence_case
from desktop_app.papers.letter.hasp import hasp_elements
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter_kinds import Kind
from desktop_app.papers.order import BLANK, SHORT_BLANK

COMPOSITION = "composition"
TYPES = {
    Kind.REFERRAL: REFERRAL_NOTE,
    Kind.REQUEST_FOR_ADVICE: CONSULT_NOTE,
    Kind.REQUEST_FOR_REASSESSMENT: CONSULT_NOTE,
    Kind.UNDECIDED: CONSULT_NOTE,
}

ENVELOPE = ""
"""What stands before the first heading of the letter."""


def composition(source: Source, entries: Mapping[str, Sequence[str]]) -> Data:
    """The composition; `entries` names the parts of the bundle that belong to a section, by the key of its heading.

    It is preliminary: the doctor signs the letter, and the program does not see it.
    """
    letter = source.letter
    return without_nothing(
        {
            "resourceType": "Composition",
            "language": letter.language,
            "text": narrative(paragraphs(_about(letter))),
            "status": "preliminary",
            "type": concept(letter.title, TYPES.get(letter.kind, LETTER)),
            "subject": source.reference(PATIENT),
            "date": source.order.today.isoformat(),
            "author": [author(source)],
            "title": f"{letter.title}: {letter.subtitle}",
            "custodian": source.reference(CLINIC) if has_clinic(source) else None,
            "section": _sections(source, entries),
        }
    )


def _about(letter: Letter) -> list[str]:
    """What must be known wherever the document goes: which guideline, that it is a draft, advice, no medical device."""
    footer = letter.footer
    return [
        f"{letter.title}: {letter.subtitle}",
        f"{footer.edition}. {footer.status}. {sentence_case(footer.notice)}.",
        *letter.summary.notes,
    ]


def _sections(source: Source, entries: Mapping[str, Sequence[str]]) -> list[Data]:
    """The parts of the letter as sections: those of the second level within those of the first."""
    letter = source.letter
    by_heading = {letter.heading(key) if key else ENVELOPE: names for key, names in entries.items()}
    found = parts(letter)
    headings = {part.heading for part in found}
    homeless = [name for heading, names in by_heading.items() if heading not in headings for name in names]
    sections: list[Data] = []
    for part in found:
        names = [*by_heading.get(part.heading, ()), *(homeless if part.heading == ENVELOPE else ())]
        section = _section(source, part, names)
        if part.level == 1:
            sections.append(section)
        else:
            sections[-1].setdefault("section", []).append(section)
    return [section for section in sections if section.keys() & {"text", "entry", "section"}]


def _section(source: Source, part: Part, names: Sequence[str]) -> Data:
    letter = source.letter
    elements = {letter.heading(key): element for key, element in hasp_elements().items()}
    title = part.heading or letter.heading("envelope")
    code = CODE_OF_PART.get(elements.get(title, ""))
    return without_nothing(
        {
            "title": title,
            "code": concept(None, {"system": SNOMED, "code": code}) if code is not None else None,
            "text": narrative(_without_blanks(source, part.html)) if part.html else None,
            "entry": [source.reference(name) for name in names],
        }
    )


def _without_blanks(source: Source, html: str) -> str:
    """Lines to be filled in by hand say on a screen that nothing is filled in."""
    return html.replace(BLANK, source.say("blank")).replace(SHORT_BLANK, source.say("blank"))
