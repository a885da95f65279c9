"""Editions that are broken on purpose, at least one for each property: what was changed, and the rules to be named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from guideline_core.condition import Condition
from guideline_core.edition.condition_language import parse
from guideline_core.edition.rules import AnyRule
from guideline_core.edition.values import Edition
from guideline_core.edition.vocabulary import EditionVocabulary
from guideline_core.edition.weighing import WeighingList, WeighingVocabulary

Change = Callable[[Edition], Edition]


@dataclass(frozen=True)
class Broken:
    """One broken edition: the property that it must fail, how it is made, and rules that a counterexample must name."""

    property: str
    change: Change
    names: tuple[str, ...]
    shown: str | None = "definite"
    answer: str | None = None
    """The field whose answer shows it, where the property speaks of each answer."""


def condition(edition: Edition, text: str) -> Condition:
    """Read a condition in the words of an edition."""
    vocabulary = EditionVocabulary(edition.entities, edition.entity_groups, edition.actions, edition.definitions)
    return parse(text, vocabulary)


def without(*identifiers: str) -> Change:
    """Leave rules out."""

    def change(edition: Edition) -> Edition:
        for identifier in identifiers:
            edition.rule(identifier)  # a rule that no longer exists breaks nothing
        return replace(edition, rules=tuple(rule for rule in edition.rules if rule.id not in identifiers))

    return change


def with_rule(identifier: str, **fields: Any) -> Change:
    """Change fields of one rule; conditions are written as text."""

    def change(edition: Edition) -> Edition:
        return replace(edition, rules=tuple(_changed(edition, identifier, fields)))

    return change


def _changed(edition: Edition, identifier: str, fields: dict[str, Any]) -> Iterable[AnyRule]:
    conditions = ("when", "until", "by_phone", "consult_expertise_centre_first")
    edition.rule(identifier)
    for rule in edition.rules:
        if rule.id == identifier:
            read = {k: condition(edition, v) if k in conditions else v for k, v in fields.items()}
            yield replace(rule, **read)
        else:
            yield rule


def copied(identifier: str, name: str, **fields: Any) -> Change:
    """Add a copy of a rule under another name, changed or not."""

    def change(edition: Edition) -> Edition:
        doubled = replace(edition, rules=(*edition.rules, replace(edition.rule(identifier), id=name)))
        return with_rule(name, **fields)(doubled)

    return change


def with_row_before(which: WeighingList, identifier: str, **fields: Any) -> Change:
    """Add a changed copy of a row of the weighing before it."""

    def change(edition: Edition) -> Edition:
        vocabulary = WeighingVocabulary(which, edition.entities, edition.entity_groups)
        rows = edition.weighing[which]
        place = next(number for number, row in enumerate(rows) if row.id == identifier)
        read = {key: parse(value, vocabulary) if key == "when" else value for key, value in fields.items()}
        added = replace(rows[place], id=f"before_{identifier}", **read)
        return replace(edition, weighing={**edition.weighing, which: (*rows[:place], added, *rows[place:])})

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(edition: Edition) -> Edition:
        for each in changes:
            edition = each(edition)
        return edition

    return change


BROKEN = (
    # the structure of any edition
    Broken(
        "one-referral-decision",
        with_rule("M3-R5.referral", when="category is intermediate and elsewhere and child"),
        (),
    ),
    Broken(
        "one-referral-decision",
        with_rule("M3-R5.referral", when="(intermediate or category is uncertain) and elsewhere"),
        ("M3-R5.referral", "M3-R7.category-uncertain"),
    ),
    Broken("one-referral-decision", without("START-11.bone-metastases"), ()),
    Broken(
        "one-verdict-per-action",
        with_rule("M2-R4.pet-ct", when="osteosarcoma_or_ewing and staging_time"),
        ("M2-R4.pet-ct", "M2-R14d.pet-ct-asked-by-centre"),
    ),
    Broken(
        "one-verdict-per-action",
        with_rule("M3-R8a.refer", when="child and beyond_benign"),
        ("M3-R8a.refer", "M3-R8b.not-when-centre-advises-against"),
    ),
    Broken(
        "one-response-grade",
        with_rule("M1-O53.no-limit-named", when="entity is not ewing_sarcoma and response is not not_measured"),
        ("M1-O53.no-limit-named", "M1-O54.poor"),
    ),
    Broken(
        "nothing-both-asked-and-avoided",
        with_rule("PROG-1.no-referral-needed", when="elsewhere"),
        ("PROG-1.no-referral-needed", "M2-R19a.or-refer"),
    ),
    Broken(
        "nothing-both-asked-and-avoided",
        with_rule("M2-R18b.no-further-imaging", when="benign"),
        ("M2-R18b.no-further-imaging", "M2-R19b.ct-or-mri"),
    ),
    Broken(
        "every-rule-can-fire", with_rule("M1-O7.resect-tract", when="child and adult"), ("M1-O7.resect-tract",), None
    ),
    Broken(
        "every-rule-matters",
        copied("M2-R18a.radiograph", "M2-R18a.again", when="benign and child and radiographs_in_place"),
        ("M2-R18a.again", "M2-R18a.radiograph"),
        None,
    ),
    Broken(
        "every-rule-matters",
        copied("M2-R15.route-first", "M2-R15.again"),
        ("M2-R15.route-first", "M2-R15.again"),
        None,
    ),
    Broken(
        "every-rule-matters",
        with_rule("M1-O54.good", when="response is good and not resection.performed"),
        ("M1-O54.good",),
        None,
    ),
    Broken(
        "danger-never-makes-the-plan-lighter",
        with_rule("M3-R7.category-uncertain", by_phone="never"),
        ("M3-R7.category-uncertain",),
    ),
    Broken(
        "danger-never-makes-the-plan-lighter",
        with_rule("M3-R4.referral", decision="none"),
        ("M3-R3.referral", "M3-R4.referral"),
    ),
    Broken(  # grade 3 forgotten: it loses an examination that grade 2 has
        "danger-never-makes-the-plan-lighter",
        with_rule(
            "M2-R9a.ct-thorax",
            when="""high_grade_chondrosarcoma and entity is not chondrosarcoma_dedifferentiated and staging_time
            and lesion.chondrosarcoma_grade is not grade_3""",
        ),
        ("M2-R9a.ct-thorax",),
    ),
    Broken(  # dedifferentiated forgotten: a heavier name loses an examination
        "danger-never-makes-the-plan-lighter",
        without("M2-R10a.ct-thorax"),
        ("M2-R9a.ct-thorax",),
    ),
    Broken(  # advanced disease loses a step before a biopsy
        "danger-never-makes-the-plan-lighter",
        with_rule("M2-R14b.ct-thorax-first", when="not imaging_declared_complete and disease.extent is localised"),
        ("M2-R14b.ct-thorax-first",),
    ),
    Broken(
        "cannot-be-told-is-never-lighter",
        with_row_before("category", "nothing_stated", when="lesion.entity is uncertain", category="uncertain"),
        (),
        None,
    ),
    Broken(
        "cannot-be-told-is-never-lighter",
        with_rule("M2-R8a.ct-local", when="chondrosarcoma and lesion.chondrosarcoma_grade is grade_1"),
        ("M2-R8a.ct-local",),
    ),
    Broken(
        "an-answer-changes-only-what-is-declared",
        with_rule("M2-R12a.contrast-mri", when="beyond_benign and imaging.xray.normal is not yes"),
        ("M2-R12a.contrast-mri",),
        answer="imaging.xray.normal",
    ),
    Broken(
        "an-answer-changes-only-what-is-declared",
        with_rule("M1-O50.margin-distances", when="resection.performed and resection.slab_embedded"),
        ("M1-O50.margin-distances",),
        answer="resection.slab_embedded",
    ),
    Broken(
        "unreviewed-tissue-is-never-lighter",
        with_row_before(
            "counts_as",
            "tissue_weighs_more",
            when="tissue is adds and tissue_beside_category is lighter",
            counts_as="tissue",
        ),
        ("M3-R5.referral", "M3-R7.category-uncertain"),
    ),
    Broken(
        "unreviewed-tissue-is-never-lighter",
        with_rule("M2-R3.ct-thorax", when="malignant and every_entity in osteosarcomas and staging_time"),
        ("M2-R3.ct-thorax",),
    ),
    # the safety properties of this edition
    Broken("biopsy-never-before-contrast-mri", without("M2-R14a.contrast-mri-first"), ("M2-R14.perform",)),
    Broken("biopsy-never-before-complete-imaging", without("M2-R14b.ct-thorax-first"), ("M2-R14.perform",)),
    Broken(
        "biopsy-never-before-meeting",
        both(
            with_rule("M2-R14c.discussion-first", until="mdo.discussed"),
            without("M1-O9.differential-before-biopsy"),
        ),
        ("M2-R14.perform", "M2-R14c.discussion-first"),
    ),
    Broken(
        "advised-against-brings-nothing-along",
        with_rule("M2-R14a.contrast-mri", when="biopsy_considered and not sure_do_not_touch and not beyond_benign"),
        ("M2-R14a.contrast-mri",),
    ),
    Broken(
        "considered-biopsy-has-its-safety-steps",
        with_rule("M2-R15.agree-route", when="biopsy_may_go_ahead"),
        ("M2-R15.agree-route",),
    ),
    Broken("unknown-staging-holds-the-biopsy", without("M2-R14b.declaration-first"), ("M2-R14.perform",)),
    Broken("biopsy-never-before-route", without("M2-R15.route-first"), ("M2-R14.perform",)),
    Broken(
        "biopsy-never-without-consultation",
        both(
            without("M1-O5.biopsy-waits-for-consultation", "M1-O9.differential-before-biopsy"),
            with_rule("M2-R14c.discussion-first", until="mdo.discussed"),
        ),
        ("M2-R14.perform", "M2-R14c.discussion-first"),
    ),
    Broken("biopsy-never-outside-centre", without("M1-O6.biopsy-waits-for-centre"), ("M2-R14.perform",)),
    Broken(
        "no-biopsy-without-consultation",
        with_rule("M3-R2.no-biopsy-without-consultation", when="biopsy_considered and not consulted"),
        ("M3-R2.no-biopsy-without-consultation",),
    ),
    Broken(
        "no-biopsy-of-do-not-touch-lesion",
        both(with_rule("M2-R14.perform", when="biopsy_considered"), without("M2-R17.no-biopsy")),
        ("M2-R14.perform",),
    ),
    Broken(
        "no-biopsy-of-unequivocal-chondrosarcoma",
        both(with_rule("M2-R14.perform", when="biopsy_considered"), without("M2-R16.no-biopsy")),
        ("M2-R14.perform",),
    ),
    Broken(
        "benign-child-never-to-princess-maxima",
        with_rule("M3-R4.referral", destination="princess_maxima"),
        ("M3-R4.referral",),
    ),
    Broken(
        "benign-child-never-to-princess-maxima",
        with_rule("M3-R6.not-princess-maxima", when="child and benign and elsewhere"),
        ("M3-R6.not-princess-maxima",),
    ),
    Broken(
        "adult-never-to-princess-maxima",
        with_rule("M3-R7.referral", destination="princess_maxima"),
        ("M3-R7.referral",),
    ),
    Broken(
        "only-malignant-child-to-princess-maxima",
        with_rule("M3-R5.referral", destination="princess_maxima"),
        ("M3-R5.referral",),
    ),
    Broken(
        "princess-maxima-never-before-consultation",
        without("M3-R8b.consultation-before-referral"),
        ("M3-R8a.refer",),
    ),
    Broken("malignant-adult-urgent-and-by-phone", with_rule("M3-R7.referral", urgency="routine"), ("M3-R7.referral",)),
    Broken(
        "malignant-child-urgent-and-by-phone",
        with_rule("M3-R8.referral", by_phone="never"),
        ("M3-R8.referral",),
    ),
    Broken(
        "malignant-child-urgent-and-by-phone",
        without("M3-R8c.phone"),
        ("M3-R7b.phone",),
    ),
    Broken(
        "unclassified-never-below-malignant",
        with_rule("M3-R7.category-uncertain", urgency="routine"),
        ("M3-R7.category-uncertain",),
    ),
    Broken(
        "axial-act-referred-as-malignant",
        both(
            with_rule("M3-R5.referral", when="category is intermediate and elsewhere and not cord_compression"),
            with_rule("M3-R7.referral", when="category is malignant and adult and elsewhere"),
        ),
        ("M3-R5.referral",),
    ),
    Broken(
        "axial-act-gets-local-ct",
        with_rule("M2-R8a.ct-local", when="entity in chondrosarcomas and axial_skeleton"),
        ("M2-R8a.ct-local",),
    ),
    Broken("intermediate-always-referred", with_rule("M3-R5.referral", decision="seek_advice"), ("M3-R5.referral",)),
    Broken("benign-never-without-advice", with_rule("M3-R3.referral", decision="none"), ("M3-R3.referral",)),
    Broken("no-referral-only-when-safe", with_rule("M3-R4.referral", decision="none"), ("M3-R4.referral",)),
    Broken("advice-or-referral-names-both", with_rule("M3-R4.or-refer", verdict="consider"), ("M3-R4.or-refer",)),
    Broken(
        "every-rule-matters",
        copied("M3-R4.either-will-do", "M3-R4.again", alternatives=("refer.expertise_centre", "refer.seek_advice")),
        ("M3-R4.either-will-do", "M3-R4.again"),
        None,
    ),
    Broken(
        "every-decision-informs-the-patient",
        with_rule("M3-O13.inform-patient", when="elsewhere and malignant"),
        ("M3-O13.inform-patient",),
    ),
    Broken(
        "do-not-touch-gets-radiographs-and-nothing-more",
        with_rule("M2-R14a.contrast-mri", when="biopsy_considered and not beyond_benign"),
        ("M2-R14a.contrast-mri",),
    ),
    Broken(
        "no-further-imaging-means-none",
        with_rule("M2-R18b.no-further-imaging", when="sure_do_not_touch or category is benign_indolent"),
        ("M2-R18b.no-further-imaging",),
    ),
    Broken(
        "suspicion-always-gets-radiographs",
        with_rule("M2-R11.radiograph", when="category is intermediate"),
        ("M2-R11.radiograph",),
        "possible",  # the tumour of the case cannot be told, which leaves others open
    ),
    Broken(
        "contrast-mri-beyond-benign",
        with_rule("M2-R12a.contrast-mri", verdict="consider"),
        ("M2-R12a.contrast-mri",),
        "possible",
    ),
    Broken("mri-never-before-radiographs", without("M2-R2a.radiograph-first"), ()),
    Broken(
        "extra-imaging-only-after-reassessment",
        with_rule("M2-R19b.ct-or-mri", when="benign and lesion.diagnosis_in_doubt"),
        ("M2-R19b.ct-or-mri",),
    ),
    Broken(
        "benign-never-staged",
        with_rule("M2-O10a.staging-not-needed", when="benign and not lesion.diagnosis_in_doubt"),
        ("M2-O10a.staging-not-needed",),
    ),
    Broken("grade-1-no-chest-ct", with_rule("M2-R9b.no-ct-thorax", verdict="consider"), ("M2-R9b.no-ct-thorax",)),
    Broken("high-grade-always-chest-ct", with_rule("M2-R9a.ct-thorax", verdict="consider"), ("M2-R9a.ct-thorax",)),
    Broken("dedifferentiated-always-pet-ct", with_rule("M2-R10b.pet-ct", verdict="prefer"), ("M2-R10b.pet-ct",)),
    Broken(
        "no-staging-in-follow-up",
        with_rule("M2-R3.ct-thorax", when="osteosarcoma_or_ewing"),
        ("M2-R3.ct-thorax",),
        "possible",
    ),
    Broken(
        "no-laminectomy-without-cord-compression",
        with_rule("M1-O8.no-laminectomy", when="region is spine and malignant"),
        ("M1-O8.no-laminectomy",),
    ),
    Broken(
        "compression-never-waits",
        with_rule("M2-R2a.radiograph-first", when="always"),
        ("M1-O8.mri-for-compression",),
    ),
    Broken(
        "compression-never-waits",
        with_rule("M2-R18b.no-further-imaging", when="sure_do_not_touch"),
        ("M2-R18b.no-further-imaging",),
    ),
    Broken("compression-always-urgent", with_rule("M1-O8.compression", urgency="routine"), ("M1-O8.compression",)),
    Broken(
        "compression-always-urgent",
        with_rule("M1-O8.compression", by_phone="never"),
        ("M1-O8.compression",),
    ),
    Broken(
        "no-routine-broad-ngs",
        with_rule("M1-R3.no-routine-broad-ngs", when="pathology.molecular_purpose is diagnostic"),
        ("M1-R3.no-routine-broad-ngs",),
    ),
    Broken(
        "predictive-testing-only-in-advanced-disease",
        without("M1-R5.meeting-before-test"),
        ("M1-R5.test-in-advanced-disease",),
    ),
    Broken(
        "predictive-testing-only-in-advanced-disease",
        both(
            with_rule("M1-R5.test-in-advanced-disease", when="predictive_test_asked"),
            without("M1-R5.no-test-in-localised-disease"),
        ),
        ("M1-R5.test-in-advanced-disease",),
    ),
    Broken(
        "outside-diagnosis-always-reviewed",
        with_rule("M1-R2.review-of-outside-diagnosis", verdict="consider"),
        ("M1-R2.review-of-outside-diagnosis",),
    ),
    Broken(
        "local-treatment-never-without-consultation",
        without("M3-O11.consultation-before-treatment"),
        ("M3-O10.local-treatment",),
    ),
    Broken(
        "contradicted-metastasis-stays-in-the-guideline",
        with_rule(
            "START-11.other-bones", when="lesion.origin is one of (metastasis, contradicted) and region is not spine"
        ),
        ("START-11.other-bones",),
    ),
    Broken(
        "out-of-scope-only-the-other-guideline",
        without("START-19.referral-not-needed"),
        (),
    ),
    Broken(
        "out-of-scope-only-the-other-guideline",
        with_rule("START-11.bone-metastases", decision="none"),
        ("START-11.bone-metastases",),
    ),
    Broken(
        "out-of-scope-only-the-other-guideline",
        with_rule("M3-R1.radiograph", scope="any"),
        ("M3-R1.radiograph",),
    ),
    Broken(
        "no-local-imaging-after-planned-resection-or-in-follow-up",
        with_rule("M2-O14.contrast-mri", when="category is intermediate and contrast_mri_possible"),
        ("M2-O14.contrast-mri",),
    ),
    Broken(
        "follow-up-says-that-it-lies-outside",
        with_rule("M2-O6.treating-centre", when="phase is follow_up and consultation.referred and elsewhere"),
        (),
    ),
    Broken(
        "established-blood-disease-is-no-sarcoma",
        with_rule("M1-O46.size", when="resection.performed"),
        ("M1-O46.size",),
    ),
    Broken(
        "high-grade-without-a-name-is-malignant",
        with_rule("M3-R7.graded-cartilage", urgency="routine"),
        ("M3-R7.graded-cartilage",),
    ),
    Broken(
        "cannot-be-told-establishes-nothing",
        with_rule("M3-R7.referral", by_phone="not (diagnosis_reviewed and histology in haematological)"),
        ("M3-R7.referral",),
        "possible",  # what cannot be told may be any tumour
    ),
    Broken(
        "unplanned-surgery-always-urgent",
        with_rule("PROG-4.referral", urgency="routine"),
        ("PROG-4.referral",),
    ),
    Broken(
        "routine-never-by-phone-save-for-a-child",
        with_rule("M3-R5.referral", by_phone="always"),
        ("M3-R5.referral",),
    ),
    Broken(
        "second-biopsy-needs-a-new-agreement",
        with_rule("M3-R2.no-biopsy-without-consultation", when="suspected and not biopsy_performed and not consulted"),
        (),
    ),
)
