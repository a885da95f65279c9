"""Reads an edition: files in, an Edition out, or every fault at once with file, line and entry."""

from collections.abc import Mapping

from guideline_core.compiler import concerning_nobody, space_of, unreachable_rules
from guideline_core.diagram_builder import DiagramBuilder
from guideline_core.edition.checks import (
    check_alerts_are_raised,
    check_grounds,
    check_names,
    check_readings,
    check_table,
    check_tissue_taken,
    check_wording,
)
from guideline_core.edition.combinations import check_combinations
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.files import EditionFiles
from guideline_core.edition.places import check_questions, check_tiers
from guideline_core.edition.source_fingerprint import read_fingerprint
from guideline_core.edition.thresholds import check_thresholds
from guideline_core.edition.trees import mapping
from guideline_core.edition.values import Edition
from guideline_core.edition.weighing import check_rows

FINGERPRINT_FILE = "source-fingerprint.txt"
_STAGES = (("entities", "entity_groups", "entity_families", "bones"), ("definitions",))
"""What is read first, because everything else names it."""


def read_edition(contents: Mapping[str, bytes]) -> Edition:
    """Read an edition from its files (name to content); raises EditionFaults with everything that is wrong."""
    edition, _ = read_with_trees(contents)
    return edition


def read_with_trees(contents: Mapping[str, bytes]) -> tuple[Edition, Mapping[str, object]]:
    """The same, with the parsed files: plain data from which `EditionEntries` makes the same values again."""
    files = EditionFiles(contents)
    files.stop_if_faulty()
    entries = EditionEntries(files.trees, files.fault)
    edition = _edition_of(entries, files)
    check_names(entries, files.fault)
    check_alerts_are_raised(entries, files.fault)
    check_table(entries, files.fault)
    check_readings(entries, files.fault)
    check_grounds(entries, files.fault)
    check_tissue_taken(entries, files.fault)
    check_thresholds(entries.thresholds.values(), files.fault)
    check_questions(entries.written_questions, files.fault)
    check_tiers(entries.question_tiers, entries.questions, files.fault)
    check_combinations(entries.combinations, entries, files.fault)
    _check_wording(files)
    files.stop_if_faulty()
    check_rows(edition.weighing, files.fault)
    _check_reachable(edition, entries, files)
    files.stop_if_faulty()
    return edition, files.trees


def _edition_of(entries: EditionEntries, files: EditionFiles) -> Edition:
    """Assemble the edition. It stops after the first stage with an unreadable entry: whatever names that entry may
    well be right."""
    entries.check_catalogue()
    for stage in _STAGES:
        for kind in stage:
            getattr(entries, kind)  # read now, with its faults
        _stop_if_incomplete(entries, files)
    edition = _made_of(entries, files.sha256)
    _stop_if_incomplete(entries, files)
    assert edition is not None
    return edition


def _stop_if_incomplete(entries: EditionEntries, files: EditionFiles) -> None:
    if not entries.are_complete:
        files.stop_if_faulty()


def _made_of(entries: EditionEntries, sha256: str) -> Edition | None:
    about = entries.about
    if about is None:
        return None
    return Edition(
        id=about.id,
        title=about.title,
        status=about.status,
        version=about.version,
        year=about.year,
        sha256=sha256,
        statements=entries.statements,
        rules=tuple(entries.rules.values()),
        actions=entries.actions,
        alerts=entries.alerts,
        stations=entries.stations,
        sheets=entries.sheets,
        definitions=entries.definitions,
        thresholds=entries.thresholds,
        interpretations=entries.interpretations,
        entities=entries.entities,
        entity_groups=entries.entity_groups,
        bones=entries.bones,
        questions=entries.questions,
        question_tiers=entries.question_tiers,
        places={path: question.place for path, question in entries.written_questions.items()},
        weighing=entries.weighing_rows,
        properties=entries.properties,
        mri_protocol=mapping(entries.trees.get("mri-protocol.yaml")),
    )


def _check_wording(files: EditionFiles) -> None:
    content = files.contents.get(FINGERPRINT_FILE)
    if content is None:
        files.fault(FINGERPRINT_FILE, (), "", "the file is missing")
    elif not content.isascii():
        files.fault(FINGERPRINT_FILE, (), "", "hashes are expected, one a line")
    else:
        check_wording(files.trees, read_fingerprint(content), files.fault)


def _check_reachable(edition: Edition, entries: EditionEntries, files: EditionFiles) -> None:
    """A rule that can never speak is a slip: it contradicts itself, or a safer rule always overrules it. So is an
    interpretation that concerns nobody."""
    builder = DiagramBuilder(edition, space_of(edition))
    for rule in unreachable_rules(builder):
        file, place = entries.places[rule]
        files.fault(
            file, (*place, "for" if rule in entries.referral_table else "when"), rule, "this rule can never fire"
        )
    for name in concerning_nobody(builder):
        files.fault("interpretations.yaml", (name, "concerns"), name, "this interpretation concerns nobody")
