"""The letter as a FHIR R4 document: a Bundle for the receiving centre's system.

It is built as data and read by the models of `fhir.resources` before it leaves: they are those of R4B, which for the
resources used here is R4. Importing them takes longer than all the rest, so it happens when a bundle is made.
"""

from desktop_app.exchange.fhir.clinical import advice, conditions, procedures, requests
from desktop_app.exchange.fhir.composition import COMPOSITION, ENVELOPE, composition
from desktop_app.exchange.fhir.people import Named, people
from desktop_app.exchange.fhir.source import Source
from desktop_app.exchange.fhir.systems import URI, Data, with_plain_spaces
from desktop_app.papers.embedded_file import EmbeddedFile

FILE_NAME = "botwijzer-fhir-r4.json"
MEDIA_TYPE = "application/fhir+json"


def bundle_attachment(source: Source) -> EmbeddedFile:
    """The bundle as a file inside the letter."""
    description = source.order.phrases.get("exchange", "travels", "bundle")
    return EmbeddedFile(FILE_NAME, MEDIA_TYPE, bundle_json(source), description, "Alternative")


def bundle_json(source: Source) -> bytes:
    """The bundle as JSON; what the models of FHIR refuse is a defect and raises pydantic's ValidationError."""
    return _checked(with_plain_spaces(bundle_data(source))).encode() + b"\n"


def _checked(bundle: object) -> str:
    """A bundle as JSON, as its model reads it; of all that is imported only what a bundle meets is built."""
    # The models of FHIR take as long to load as a whole letter takes to write.
    from fhir_core.fhirabstractmodel import FHIRAbstractModel

    FHIRAbstractModel.set_global_model_config(defer_build=True)
    # Only now: the line above holds for models that are imported after it.
    from fhir.resources.R4B.bundle import Bundle

    return str(Bundle.model_validate(bundle).model_dump_json())


def bundle_data(source: Source) -> Data:
    """The bundle as data: the composition first, as FHIR asks of a document, then all that it refers to."""
    resources = _resources(source)
    return {
        "resourceType": "Bundle",
        "language": source.letter.language,
        "identifier": {"system": URI, "value": f"urn:uuid:{source.identifier('document')}"},
        "type": "document",
        # The day of the letter: no clock, so that bytes repeat.
        "timestamp": f"{source.order.today.isoformat()}T00:00:00Z",
        "entry": [_entry(source, name, resource) for name, resource in resources],
    }


def _resources(source: Source) -> list[Named]:
    lesions, done = list(conditions(source)), list(procedures(source))
    lesion_names, done_names = [name for name, _ in lesions], [name for name, _ in done]
    asked = list(requests(source, lesion_names, done_names))
    advised = list(advice(source, lesion_names))
    entries = {
        ENVELOPE: [name for name, _ in asked],
        "problem": lesion_names,
        "treatment": done_names,
        "heading.plan": [name for name, _ in advised],
    }
    first = (COMPOSITION, composition(source, entries))
    return [first, *asked, *people(source), *lesions, *done, *advised]


def _entry(source: Source, name: str, resource: Data) -> Data:
    identifier = source.identifier(name)
    return {"fullUrl": f"urn:uuid:{identifier}", "resource": {**resource, "id": identifier}}
