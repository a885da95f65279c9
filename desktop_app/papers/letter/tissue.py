"""What an expert pathologist must know of the tissue: for a request for review."""

from desktop_app.papers.blocks import Fact
from desktop_app.papers.case_facts import IN_OR_WITH_CENTRE, CaseFacts
from desktop_app.papers.letter_kinds import Kind
from desktop_app.papers.order import BLANK, PaperOrder

ALWAYS = ("pathology.specimen", "biopsy.date", "biopsy.decalcification", "biopsy.frozen_tissue")
"""Without these a review stands or falls; not answered, they are named as not stated."""
IF_KNOWN = (
    f"biopsy.{IN_OR_WITH_CENTRE}",
    "pathology.diagnosis",
    "pathology.histology",
    "pathology.histology_differential",
    "pathology.histological_grade",
    "pathology.who_edition",
    "pathology.h3_g34w",
    "pathology.h3_k36m",
    "pathology.molecular_purpose",
    "pathology.molecular_method",
    "pathology.molecular_result_known",
    "pathology.laboratory_iso_accredited",
    "pathology.laboratory_in_expertise_centre",
    "pathology.unexplained_case",
    "pathology.predictive_test_discussed",
    "pathology.ngs_in_study",
    "resection.neoadjuvant_chemotherapy",
)


def tissue(order: PaperOrder, facts: CaseFacts) -> tuple[Fact, ...]:
    """Specimen, date, laboratory and preparation, then what was found; empty in other kinds of letter. The contract has
    no field for laboratory and number of the specimen: a line to fill in."""
    if order.kind is not Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        return ()
    not_stated = order.say("word", "none_stated")
    always = [facts.fact(path) or Fact(path, order.phrases.label(path), not_stated) for path in ALWAYS]
    laboratory = Fact("laboratory", order.say("word", "laboratory"), BLANK)
    return (*always[:2], laboratory, *always[2:], *facts.facts(IF_KNOWN))
