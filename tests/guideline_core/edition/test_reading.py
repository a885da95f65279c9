"""A fault in the files of an edition is refused: with file, line and entry, and all faults at once.

Each test changes one thing in a copy of the real files, in memory.
"""

import dataclasses
import time
from itertools import pairwise

import pytest

from guideline_core.compiled import Thresholds
from guideline_core.edition.faults import EditionFaults, Fault
from guideline_core.edition.files import edition_sha256
from guideline_core.edition.reading import read_edition
from guideline_core.edition.source_fingerprint import fingerprint_of
from guideline_core.edition.thresholds import RANGES
from guideline_core.edition.yaml_places import load
from tests.editions import edition_files, read_real_edition

MODULE_1, MODULE_2, MODULE_3 = (
    "module-1-pathology.yaml",
    "module-2-imaging-and-staging.yaml",
    "module-3-referral.yaml",
)
PROGRAM = "program.yaml"
Files = dict[str, bytes]


def changed(file: str, old: str, new: str, files: Files | None = None) -> Files:
    """The real files with one text replaced; the text must stand in the file exactly once."""
    files = dict(files or edition_files())
    content = files[file].decode()
    assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {file}"
    files[file] = content.replace(old, new).encode()
    return files


def faults_of(files: Files) -> tuple[Fault, ...]:
    with pytest.raises(EditionFaults) as caught:
        read_edition(files)
    return caught.value.faults


def line_with(files: Files, file: str, text: str) -> int:
    """The first line (from 1) of a file in which a text stands."""
    return next(number for number, line in enumerate(files[file].decode().splitlines(), 1) if text in line)


def assert_only(files: Files, file: str, entry: str, at: str, *words: str) -> None:
    """There is one fault, in this entry, on the line where `at` stands, and its message says these words."""
    (fault,) = faults_of(files)
    assert (fault.file, fault.entry, fault.line) == (file, entry, line_with(files, file, at))
    for word in words:
        assert word in fault.message


def test_the_real_edition_has_no_faults() -> None:
    assert read_real_edition().id == "bottumoren-2026-concept"


PHONE = (
    "when: intermediate and child and outside_centre_care and not urgent_whatever_the_lesion"
    " and not blood_disease_established"
)


def phone_when(condition: str) -> Files:
    """The rule M3-R5.phone-for-a-child with another condition."""
    return changed(MODULE_3, PHONE, f'when: "{condition}"')


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("category is intermediate and chld", ("unknown word or answer 'chld'", "did you mean 'child'?")),
        ("imaging.mri.contrst", ("unknown word or answer", "did you mean 'imaging.mri.contrast'?")),
        ("patient.family_name", ("unknown word or answer",)),
        ("category is intermediat", ("unknown value of category", "did you mean 'intermediate'?")),
        ("region is one of (pelvis, hip)", ("unknown value of region", "'hip'")),
        ("entity is ewing_sarcomas", ("unknown entity", "did you mean 'ewing_sarcoma'?")),
        ("histology is geodes", ("unknown entity", "did you mean 'geode'?")),
        ("entity in osteosarcoma", ("unknown group", "did you mean 'osteosarcomas'?")),
        ("region in osteosarcomas", ("have groups, not 'region'",)),
        ("listed(imaging.mri_contrst)", ("unknown action", "did you mean 'imaging.mri_contrast'?")),
        ("asked(imaging.mri_contrast, mdo.discuss)", ("takes 1 name",)),
        ("free(biopsy.perform)", ("unknown function 'free'",)),
        ("answered(resection.size)", ("unknown field for answered", "did you mean 'resection.size_mm'?")),
        ("referral.urgency is urgent", ("unknown word or answer",)),
        ("category", ("is not a yes/no answer",)),
        ("entity", ("is not a yes/no answer",)),
        ("lesion.origin", ("is not a yes/no answer",)),
        ("child and", ("ends where",)),
        ("not", ("ends where",)),
        ("(child or adult", ("ends where ) is expected",)),
        ("child or adult)", ("unexpected ')'",)),
        ("child adult", ("unexpected 'adult'",)),
        ("child and and adult", ("a name expected instead of 'and'",)),
        ("category is", ("ends where",)),
        ("category is one (malignant)", ("'of' expected",)),
        ("category is one of malignant", ("'(' expected",)),
        ("category is one of (malignant", ("ends where",)),
        ("category is one of (malignant uncertain)", ("')' expected",)),
        ("child & adult", ("cannot read '& adult'",)),
        ("patient.age_years < 18", ("cannot read '< 18'",)),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused(condition: str, words: tuple[str, ...]) -> None:
    files = phone_when(condition)
    assert_only(files, MODULE_3, "M3-R5.phone-for-a-child", f'when: "{condition}"', *words)


def test_a_definition_can_use_only_words_above_it() -> None:
    files = changed("definitions.yaml", "when: age_group is child", "when: not adult")
    places = {(fault.file, fault.entry) for fault in faults_of(files)}
    assert ("definitions.yaml", "child") in places


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "words"),
    [
        (
            MODULE_3,
            "when: child and benign\n        advise: refer.princess_maxima",
            "when: child and benign\n        advise: refer.princess_maxime",
            "M3-R6.not-princess-maxima",
            ("unknown action 'refer.princess_maxime'", "did you mean 'refer.princess_maxima'?"),
        ),
        (
            PROGRAM,
            "also: [START-10, M2-O11]",
            "also: [START-10, M2-O99]",
            "PROG-1.no-referral-needed",
            ("unknown statement 'M2-O99'", "did you mean"),
        ),
        (
            MODULE_3,
            "verdict: do\n        interpretations: [AMB-22]\n",
            "verdict: do\n        interpretations: [AMB-222]\n",
            "M3-R5.phone-for-a-child",
            ("unknown interpretation 'AMB-222'",),
        ),
        (
            MODULE_1,
            "action: pathology.predictive_testing\n        waits_for: mdo.discuss_predictive_test",
            "action: pathology.predictive_testing\n        waits_for: mdo.discus_predictive_test",
            "M1-R5.meeting-before-test",
            ("unknown action 'mdo.discus_predictive_test'", "did you mean 'mdo.discuss_predictive_test'?"),
        ),
    ],
    ids=["action", "statement", "interpretation", "awaited action"],
)
def test_a_rule_that_names_what_does_not_exist_is_refused(
    file: str, old: str, new: str, entry: str, words: tuple[str, ...]
) -> None:
    assert_only(changed(file, old, new), file, entry, f"id: {entry}", *words)


TABLE = "referral-table.yaml"
INTERMEDIATE = "for:  {and: intermediate and outside_centre_care and not urgent_whatever_the_lesion}"


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("for:  {category: intermediat, setting: elsewhere}", ("unknown category", "did you mean 'intermediate'?")),
        ("for:  {category: child, setting: elsewhere}", ("unknown category 'child'",)),
        ("for:  {category: sure_do_not_touch, setting: elsewhere}", ("unknown category 'sure_do_not_touch'",)),
        ("for:  {category: [intermediate, chld], setting: elsewhere}", ("unknown category 'chld'",)),
        ("for:  {category: [], setting: elsewhere}", ("unknown category",)),
        ("for:  {category: intermediate, age: old}", ("unknown age_group 'old'",)),
        ("for:  {category: intermediate, setting: everywhere}", ("unknown setting 'everywhere'",)),
        ("for:  {category: intermediate, site: spine}", ("unknown key 'site'",)),
        ("for:  {category: intermediate, and: elsewere}", ("unknown word or answer", "did you mean 'elsewhere'?")),
    ],
)
def test_a_cell_of_the_referral_table_that_cannot_be_read_is_refused(new: str, words: tuple[str, ...]) -> None:
    assert_only(changed(TABLE, INTERMEDIATE, new), TABLE, "M3-R5.referral", new, *words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("by_phone_when: child and", "by_phone_when: chld and", ("unknown word or answer 'chld'",)),
        ("by_phone_when: child and", "by_phone: child,", ("unknown key 'by_phone'",)),
        ("by_phone_when: child and not blood_disease_established, consult", "consult", ("'by_phone_when' is missing",)),
    ],
)
def test_an_outcome_of_the_referral_table_that_cannot_be_read_is_refused(
    old: str, new: str, words: tuple[str, ...]
) -> None:
    faults = faults_of(changed(TABLE, old, new))
    assert {(fault.file, fault.entry) for fault in faults} == {(TABLE, "M3-R5.referral")}
    assert any(all(word in fault.message for word in words) for fault in faults)


def test_a_row_that_its_statement_does_not_name_is_refused() -> None:
    files = changed(MODULE_3, "    encoded_by: [M3-R5.referral]\n", "")
    assert_only(files, TABLE, "M3-R5.referral", "M3-R5.referral:", "M3-R5 does not name this row")


def test_a_row_of_a_statement_that_does_not_exist_is_refused() -> None:
    files = changed(TABLE, "M3-R5.referral:\n", "M3-R55.referral:\n")
    faults = [fault for fault in faults_of(files) if fault.file == TABLE]
    assert [(fault.entry, fault.line) for fault in faults] == [
        ("M3-R55.referral", line_with(files, TABLE, "M3-R55.referral:"))
    ]
    assert "unknown statement 'M3-R55'" in faults[0].message


def test_a_row_with_the_id_of_another_rule_is_refused() -> None:
    files = changed(TABLE, "M3-R5.referral:\n", "M3-R5.refer:\n")
    assert any("this rule id stands twice" in fault.message for fault in faults_of(files) if fault.file == TABLE)


def test_a_row_that_can_never_hold_is_refused() -> None:
    new = "for:  {category: intermediate, setting: elsewhere, and: region is spine and region is pelvis}"
    assert_only(changed(TABLE, INTERMEDIATE, new), TABLE, "M3-R5.referral", new, "can never fire")


def test_a_row_that_refers_nobody_and_does_not_say_why_is_refused() -> None:
    files = changed(TABLE, ", ground: not_suspected", "")
    words = (
        "a decision not to refer needs its 'ground'",
        "not_suspected, sure_do_not_touch, in_expertise_centre, in_follow_up, no_tumour",
    )
    faults = [fault for fault in faults_of(files) if fault.entry == "PROG-1.not-suspected"]
    assert [fault.file for fault in faults] == [TABLE] and all(word in faults[0].message for word in words)
    files = changed(TABLE, "ground: not_suspected", "ground: unsuspected")
    faults = [fault for fault in faults_of(files) if fault.entry == "PROG-1.not-suspected"]
    assert faults and "ground" in faults[0].message


DATE_OF_RADIOGRAPH = "imaging.xray.date: {denied: {not_made: imaging.xray.done is no}}"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (DATE_OF_RADIOGRAPH, "imaging.xray.dat: {denied: {not_made: imaging.xray.done is no}}", "did you mean"),
        (DATE_OF_RADIOGRAPH, "imaging.xray.date: {denied: {not_made: imaging.xray.dun is no}}", "unknown answer"),
        (DATE_OF_RADIOGRAPH, "imaging.xray.date: {denied: {not_made: tissue_taken}}", "only 'until' can ask"),
        (DATE_OF_RADIOGRAPH, "imaging.xray.date: {}", "nothing is said of this question"),
        (
            "imaging.xray.done: {asked_as: imaging.xray.two_views}",
            "imaging.xray.done: {asked_as: imaging.xray.place}",
            "'imaging.xray.place' is no question that the plan asks",
        ),
    ],
)
def test_a_question_whose_place_cannot_be_told_is_refused(old: str, new: str, words: str) -> None:
    files = changed("questions.yaml", old, new)
    assert_only(files, "questions.yaml", new.partition(":")[0], new, words)


@pytest.mark.parametrize(
    ("old", "new", "entry", "words"),
    [
        ("    - lesion.bone\n", "    - lesion.bine\n", "referral", "unknown question 'lesion.bine'; did you mean"),
        ("    - lesion.bone\n", "", "lesion.bone", "stands in 0 tiers without 'when'"),
        ("    - lesion.bone\n", "    - lesion.bone\n    - biopsy.status\n", "biopsy.status", "stands in 2 tiers"),
        ("  when: not suspected\n", "  when: not suspicious\n", "complaint_and_radiograph", "unknown word or answer"),
    ],
)
def test_a_question_without_one_tier_is_refused(old: str, new: str, entry: str, words: str) -> None:
    faults = faults_of(changed("question-tiers.yaml", old, new))
    assert {fault.file for fault in faults} == {"question-tiers.yaml"}
    assert any(fault.entry == entry and words in fault.message for fault in faults), faults


def test_tissue_taken_is_defined_by_what_takes_tissue_alone() -> None:
    content = edition_files()["definitions.yaml"].decode()
    at = content.index("biopsy_performed or", content.index("\ntissue_taken:"))
    changed_text = content[:at] + "suspected or " + content[at:]
    (fault,) = faults_of({**edition_files(), "definitions.yaml": changed_text.encode()})
    assert (fault.file, fault.entry) == ("definitions.yaml", "tissue_taken")
    assert "not 'suspected'" in fault.message


def test_a_statement_that_names_an_unknown_rule_is_refused() -> None:
    files = changed(MODULE_3, "encoded_by: [M3-O13.inform-patient]", "encoded_by: [M3-O13.inform-patients]")
    (fault,) = faults_of(files)
    assert (fault.file, fault.entry) == (MODULE_3, "M3-O12")
    assert "did you mean 'M3-O13.inform-patient'?" in fault.message


def test_a_definition_and_an_interpretation_that_name_what_does_not_exist_are_refused() -> None:
    files = changed("definitions.yaml", "interpretations: [AMB-24, AMB-68,", "interpretations: [AMB-24, AMB-168,")
    files = changed("interpretations.yaml", "statements: [M2-O15, M3-Q1,", "statements: [M2-O15, M3-Q11,", files)
    found = [(fault.file, fault.entry) for fault in faults_of(files)]
    assert found == [("definitions.yaml", "in_scope"), ("interpretations.yaml", "AMB-01")]


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "at", "words"),
    [
        (
            "definitions.yaml",
            "  en: at or above the age limit on the reference date\n",
            "",
            "adult",
            "adult:",
            ("'en' is missing",),
        ),
        (
            "definitions.yaml",
            "  when: age_group is adult\n",
            "  when: age_group is adult\n  whne: always\n",
            "adult",
            "whne:",
            ("unknown key 'whne'",),
        ),
        (
            "definitions.yaml",
            "  name: {nl: volwassene, en: adult}\n",
            "",
            "adult",
            "adult:",
            ("'name' is missing",),
        ),
        (
            "thresholds.yaml",
            "  value: 18\n",
            "  value: eighteen\n",
            "child_below_years",
            "value: eighteen",
            ("'value'", "number"),
        ),
        (
            MODULE_3,
            "when: child and benign\n        advise: refer.princess_maxima\n        verdict: do_not",
            "when: child and benign\n        advise: refer.princess_maxima\n        verdict: never",
            "M3-R6.not-princess-maxima",
            "verdict: never",
            ("'verdict'", "do_not"),
        ),
        (
            MODULE_3,
            "when: child and benign\n        advise: refer.princess_maxima\n        verdict: do_not\n",
            "when: child and benign\n        verdict: do_not\n",
            "M3-R6.not-princess-maxima",
            "id: M3-R6.not-princess-maxima",
            ("a rule needs advise and verdict",),
        ),
        (
            MODULE_3,
            "id: M3-R6.not-princess-maxima",
            "id: M3-R5.not-princess-maxima",
            "M3-R5.not-princess-maxima",
            "id: M3-R5.not-princess-maxima",
            ("must begin with its statement, 'M3-R6.'",),
        ),
    ],
    ids=["language", "key", "name", "number", "verdict", "no kind of rule", "id of another statement"],
)
def test_an_entry_of_the_wrong_shape_is_refused(
    file: str, old: str, new: str, entry: str, at: str, words: tuple[str, ...]
) -> None:
    files = changed(file, old, new)
    fault = next(fault for fault in faults_of(files) if fault.entry == entry)
    assert (fault.file, fault.line) == (file, line_with(files, file, at))
    for word in words:
        assert word in fault.message


def test_an_unknown_group_in_the_entity_catalogue_is_refused() -> None:
    old = "family: osteogenic, groups: [osteosarcomas], list: who_2020, who_name: Osteosarcoma NOS"
    files = changed("entities.yaml", old, old.replace("[osteosarcomas]", "[osteosarcoma]"))
    (fault,) = faults_of(files)
    assert (fault.file, fault.entry) == ("entities.yaml", "osteosarcoma")
    assert "unknown group 'osteosarcoma'" in fault.message


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "words"),
    [
        (
            "actions.yaml",
            "speaks_against: [biopsy.perform]",
            "speaks_against: [biopsy.preform]",
            "biopsy.without_consultation",
            ("unknown action 'biopsy.preform'", "did you mean 'biopsy.perform'?"),
        ),
        ("actions.yaml", "said_by_title: yes", "said_by_titel: yes", "refer.not_needed", ("unknown key",)),
        (
            "actions.yaml",
            "imaging.no_further_imaging:       {actor: referrer, safer: refrain, kind: nothing",
            "imaging.no_further_imaging:       {actor: referrer, safer: refrain, kind: none",
            "imaging.no_further_imaging",
            ("'kind'", "'what', 'how'"),
        ),
        (
            "alerts.yaml",
            "wb_mri_implant: {speaks_against: [staging.whole_body_mri]}",
            "wb_mri_implant: {speaks_against: [staging.wb_mri]}",
            "wb_mri_implant",
            ("unknown action 'staging.wb_mri'",),
        ),
        (
            "alerts.yaml",
            "at_once: [imaging.mri_contrast,",
            "at_once: [imaging.mri_kontrast,",
            "spinal_cord_compression",
            ("unknown action 'imaging.mri_kontrast'",),
        ),
        (
            "alerts.yaml",
            "interrupts_at: biopsy.status, keeps_open",
            "interrupts_at: biopsy.state, keeps_open",
            "biopsy_before_mri",
            ("unknown question 'biopsy.state'",),
        ),
        (
            "alerts.yaml",
            "keeps_open: imaging.mri.contrast",
            "keeps_open: imaging.mri.kontrast",
            "biopsy_before_mri",
            ("unknown question 'imaging.mri.kontrast'",),
        ),
        (
            "alerts.yaml",
            "normal_radiograph: {}",
            "normal_radiograph: {}\nsecond_opinion: {}",
            "second_opinion",
            ("no rule raises this alert",),
        ),
        (
            "pathway.yaml",
            "shows: [mdo.discuss]",
            "shows: [mdo.discus]",
            "mdo",
            ("unknown action 'mdo.discus'", "did you mean 'mdo.discuss'?"),
        ),
        ("pathway.yaml", "follows: biopsy", "follows: biopsi", "pathology", ("unknown station 'biopsi'",)),
        ("pathway.yaml", "dates: [biopsy.date]", "dates: [biopsy.day]", "biopsy", ("unknown date 'biopsy.day'",)),
        (
            "pathway.yaml",
            "begun_when: tissue_taken",
            "begun_when: tissue_took",
            "pathology",
            ("unknown word or answer 'tissue_took'", "did you mean 'tissue_taken'?"),
        ),
        ("pathway.yaml", "kind: judgement", "kind: judge", "pathology", ("'kind'", "'judgement'")),
        (
            "sheets.yaml",
            "    - biopsy.perform\n    - biopsy.lam",
            "    - biopsy.preform\n    - biopsy.lam",
            "tissue_and_treatment",
            ("unknown action 'biopsy.preform'",),
        ),
    ],
    ids=[
        "action",
        "key",
        "kind",
        "action of an alert",
        "action that an alert asks for at once",
        "question",
        "question kept open",
        "never raised",
        "station",
        "station before",
        "date",
        "condition",
        "kind of station",
        "sheet",
    ],
)
def test_what_is_said_of_actions_and_alerts_names_what_exists(
    file: str, old: str, new: str, entry: str, words: tuple[str, ...]
) -> None:
    changed_line = next(line for line in new.splitlines() if line not in old.splitlines())
    assert_only(changed(file, old, new), file, entry, changed_line, *words)


@pytest.mark.parametrize(
    ("old", "new", "entry", "words"),
    [
        ("[origin_conflict, cat", "[origin_conflikt, cat", "warnings", ("unknown alert 'origin_conflikt'",)),
        ("lesion.region: long", "lesion.regio: long", "assumed", ("unknown field 'lesion.regio'", "'lesion.region'?")),
        ("setting: hospital", "setting: hospitaal", "assumed", ("no case can hold", "setting")),
        ("child: 10}", "child: 1000}", "child", ("no case can hold", "patient.age_years")),
        ("not_reviewed: [outside_", "not_reviewed: [beyond_", "0", ("no case can hold", "pathology.diagnosis")),
        ("apart: [bone_metastasis]", "apart: [bone_metastases]", "apart", ("unknown group 'bone_metastases'",)),
        ("entity: atypical_cart", "entity: atypical_kart", "answers", ("unknown tumour 'atypical_kart",)),
        ("[pelvis, spine, ", "[pelvic, spine, ", "lesion.region", ("no case can hold", "lesion.region")),
        ("    kind: malignant\n", "    kind: benign\n", "blood_disease_reviewed", ("no tumour of these groups",)),
        ("    tissue: [osteosarcomas,", "    tisue: [osteosarcomas,", "metastasis_beside_primary", ("unknown key",)),
    ],
)
def test_what_is_combined_must_be_answers_that_a_case_can_hold(
    old: str, new: str, entry: str, words: tuple[str, ...]
) -> None:
    faults = faults_of(changed("combinations.yaml", old, new))
    assert {(fault.file, fault.entry) for fault in faults} == {("combinations.yaml", entry)}
    assert all(any(word in fault.message for fault in faults) for word in words), [each.message for each in faults]


def test_an_edition_without_its_combinations_is_refused() -> None:
    files = {name: content for name, content in edition_files().items() if name != "combinations.yaml"}
    assert {fault.file for fault in faults_of(files)} == {"combinations.yaml"}


def test_an_alert_of_which_nothing_is_said_is_refused() -> None:
    files = changed("alerts.yaml", "normal_radiograph: {}\n", "")
    assert_only(
        files, MODULE_3, "M3-R1.normal-radiograph", "M3-R1.normal-radiograph", "unknown alert 'normal_radiograph'"
    )


@pytest.mark.parametrize(
    "file", ["actions.yaml", "bones.yaml", "entities.yaml", "definitions.yaml", "questions.yaml", MODULE_1]
)
def test_a_file_without_entries_is_refused(file: str) -> None:
    faults = faults_of({**edition_files(), file: b"3\n"})
    assert {fault.file for fault in faults} == {file}


@pytest.mark.parametrize("file", ["bones.yaml", "entities.yaml"])
def test_what_does_not_belong_in_the_catalogue_is_refused(file: str) -> None:
    files = edition_files()
    (fault,) = faults_of({**files, file: files[file] + b"tumours: {}\n"})
    assert (fault.file, fault.line) == (file, line_with({file: files[file] + b"tumours: {}\n"}, file, "tumours: {}"))
    assert "unknown key 'tumours'" in fault.message


def test_an_id_that_is_written_twice_is_refused() -> None:
    files = changed("actions.yaml", "  mdo.discuss:              {", "  mdo.discuss:              {id: mdo.talk, ")
    (fault,) = faults_of(files)
    assert (fault.file, fault.entry) == ("actions.yaml", "mdo.discuss") and "unknown key 'id'" in fault.message


def test_a_rule_id_that_stands_twice_is_refused() -> None:
    files = changed(MODULE_3, "id: M3-R1.normal-radiograph", "id: M3-R1.radiograph")
    faults = faults_of(files)
    assert any(fault.entry == "M3-R1.radiograph" and "stands twice" in fault.message for fault in faults)


def test_a_statement_id_that_stands_twice_is_refused() -> None:
    files = changed(MODULE_3, "- id: M3-O16\n", "- id: M3-O17\n")
    assert any(fault.entry == "M3-O17" and "stands twice" in fault.message for fault in faults_of(files))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("    encoded_by: [M3-O13.inform-patient]\n", "", "nothing"),
        (
            "    encoded_by: [M3-O13.inform-patient]\n",
            "    encoded_by: [M3-O13.inform-patient]\n    shown: {step: about}\n",
            "encoded_by and shown",
        ),
    ],
    ids=["none", "two"],
)
def test_a_statement_is_treated_in_exactly_one_way(old: str, new: str, found: str) -> None:
    files = changed(MODULE_3, old, new)
    assert_only(files, MODULE_3, "M3-O12", "- id: M3-O12", "exactly one of", f"found {found}")


@pytest.mark.parametrize(
    ("file", "reading", "rule", "words"),
    [
        (
            MODULE_2,
            "            interpretations: [AMB-94]\n",
            "M2-O10a.staging-not-needed",
            "strength in_principle_not",
        ),
        ("start-page.yaml", "        interpretations: [AMB-61]\n", "FM-1.draft", "strength inform"),
        (PROGRAM, "        interpretations: [AMB-07]\n", "PROG-3.category-without-imaging", "strength program"),
        (PROGRAM, "        interpretations: [AMB-91, AMB-92]\n", "PROG-1.no-referral-needed", "strength program"),
    ],
    ids=["another verdict", "more than information", "of the program", "advice of the program"],
)
def test_a_rule_that_says_else_than_its_statement_must_name_an_interpretation(
    file: str, reading: str, rule: str, words: str
) -> None:
    files = changed(file, reading, "")
    assert_only(files, file, rule, f"id: {rule}", words, "an interpretation must say why")


def test_a_row_on_information_must_name_an_interpretation() -> None:
    files = changed(TABLE, "  interpretations: [AMB-92]\n", "")
    assert_only(files, TABLE, "START-10.in-expertise-centre", "START-10.in", "an interpretation must say why")


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "words"),
    [
        (PROGRAM, "id: PROG-3\n", 'id: PROG-3\n    page: "19"\n', "PROG-3", "has no page"),
        (PROGRAM, "id: PROG-3\n    strength: program", "id: PROG-3\n    strength: do", "PROG-3", "strength program"),
    ],
)
def test_what_the_program_says_of_itself_has_no_place_in_the_guideline(
    file: str, old: str, new: str, entry: str, words: str
) -> None:
    faults = faults_of(changed(file, old, new))
    assert any(fault.entry == entry and words in fault.message for fault in faults)


def test_a_statement_of_the_guideline_names_its_page_and_has_no_strength_of_the_program() -> None:
    old = '    section_en: Recommendations\n    page: "19"\n    strength: do_not\n    nl: >-\n      Verwijs een kind'
    without_page = changed(MODULE_3, old, old.replace('    page: "19"\n', ""))
    assert_only(without_page, MODULE_3, "M3-R6", "- id: M3-R6", "'page' is missing")
    of_program = changed(MODULE_3, old, old.replace("do_not", "program"))
    assert any("strength program" in fault.message and fault.entry == "M3-R6" for fault in faults_of(of_program))


AGE_CHECKED = '  statement: M3-R8\n  valid_from: null\n  last_checked: "2026-11-29"\n'


@pytest.mark.parametrize("day", ["2026-11-29", '"29-11-2026"', '"2026-02-30"', '"2026-11"', "true", '"20261129"'])
@pytest.mark.parametrize("key", ["valid_from", "last_checked"])
def test_a_day_that_is_none_is_refused(key: str, day: str) -> None:
    old = "valid_from: null" if key == "valid_from" else 'last_checked: "2026-11-29"'
    files = changed("thresholds.yaml", AGE_CHECKED, AGE_CHECKED.replace(old, f"{key}: {day}"))
    assert_only(files, "thresholds.yaml", "child_below_years", f"{key}: {day}", "a day such as")


def test_a_threshold_says_when_it_was_checked() -> None:
    files = changed("thresholds.yaml", AGE_CHECKED, AGE_CHECKED.replace('  last_checked: "2026-11-29"\n', ""))
    assert_only(files, "thresholds.yaml", "child_below_years", "child_below_years:", "'last_checked' is missing")


@pytest.mark.parametrize(
    ("threshold", "value", "expected"),
    [
        *(("child_below_years", value, "from 16 to 25") for value in ("170", "-5", "81", "0", "18.5")),
        *(("child_below_years", value, "'value': ") for value in (".inf", "-.inf", ".nan", '"18"', "true", "9" * 400)),
        ("pregnancy_asked_from_years", "10.5", "a whole number"),
        ("pregnancy_asked_up_to_years", "5", "from 50 to 65"),
        ("ct_slice_at_most_mm", "0", "a number from 0.1 to 5"),
        ("good_response_below_viable_percent", "90", "from 1 to 20"),
        ("who_edition_from_year", "20260", "from 1972 to 2099"),
    ],
)
def test_a_threshold_lies_where_it_can(threshold: str, value: str, expected: str) -> None:
    file = edition_files()["thresholds.yaml"].decode()
    old = file[file.index(f"{threshold}:") :].split("  unit:")[0]
    files = changed("thresholds.yaml", old, f"{threshold}:\n  value: {value}\n")
    assert_only(files, "thresholds.yaml", threshold, f"value: {value}", expected)


def test_every_threshold_of_the_core_is_there_and_no_other() -> None:
    assert set(RANGES) == {field.name for field in dataclasses.fields(Thresholds)}
    files = changed("thresholds.yaml", "child_below_years:", "child_below_yaers:")
    assert [(fault.entry, fault.message) for fault in faults_of(files)] == [
        ("child_below_years", "the threshold 'child_below_years' is missing"),
        ("child_below_yaers", "unknown threshold 'child_below_yaers'; did you mean 'child_below_years'?"),
    ]


@pytest.mark.parametrize("when", ["(" * 600 + "age_group is child" + ")" * 600, "not " * 5_000 + "age_group is child"])
def test_a_condition_that_goes_too_deep_is_told_with_its_line(when: str) -> None:
    files = changed("definitions.yaml", "  when: age_group is child\n", f"  when: {when}\n")
    assert_only(files, "definitions.yaml", "child", "when: " + when[:600], "60 deep")


def test_a_rule_inherits_the_reading_of_a_word_and_must_not_repeat_it() -> None:
    rules = {rule.id: rule for rule in read_real_edition().rules}
    assert "AMB-01" in rules["M3-R6.not-princess-maxima"].interpretations  # child and benign
    assert "AMB-20" not in rules["M3-R2.no-biopsy-without-consultation"].interpretations  # not sure_do_not_touch
    assert "AMB-01" not in rules["M3-R7b.phone"].interpretations  # only in one of two alternatives
    old = "when: child and benign\n        advise: refer.princess_maxima\n        verdict: do_not\n"
    files = changed(MODULE_3, old, f"{old}        interpretations: [AMB-01]\n")
    assert_only(files, MODULE_3, "M3-R6.not-princess-maxima", "id: M3-R6.not", "AMB-01 comes with the word 'child'")


RULE_THAT_NEVER_SPEAKS = "when: category is intermediate and child and adult"


def test_a_rule_that_can_never_speak_is_refused() -> None:
    files = changed(MODULE_3, PHONE, RULE_THAT_NEVER_SPEAKS)
    assert_only(files, MODULE_3, "M3-R5.phone-for-a-child", RULE_THAT_NEVER_SPEAKS, "never")


SEVEN_WORDS = "zeven gewone woorden die nergens anders staan"
PLAIN_WORDS = "  nl: intermediair, niet in te delen of vermoedelijk kwaadaardig\n"


def test_seven_words_of_the_source_are_refused() -> None:
    files = changed(
        "definitions.yaml",
        PLAIN_WORDS,
        f"  nl: vermoedelijk, {SEVEN_WORDS}\n",
    )
    files["source-fingerprint.txt"] += fingerprint_of(SEVEN_WORDS)
    assert_only(files, "definitions.yaml", "beyond_benign", SEVEN_WORDS, "seven words equal the source", SEVEN_WORDS)


def test_six_words_of_the_source_are_not() -> None:
    six = SEVEN_WORDS.removesuffix(" staan")
    files = changed("definitions.yaml", PLAIN_WORDS, f"  nl: vermoedelijk, {six}\n")
    files["source-fingerprint.txt"] += fingerprint_of(SEVEN_WORDS)
    assert read_edition(files)


@pytest.mark.parametrize("file", ["actions.yaml", "thresholds.yaml", "properties.yaml", "source-fingerprint.txt"])
def test_a_file_that_is_missing_is_named(file: str) -> None:
    files = {name: content for name, content in edition_files().items() if name != file}
    assert Fault(file, 1, "", "the file is missing") in faults_of(files)


def test_all_files_that_are_missing_are_named_at_once() -> None:
    files = {name: content for name, content in edition_files().items() if name not in ("actions.yaml", "bones.yaml")}
    assert [fault.file for fault in faults_of(files)] == ["actions.yaml", "bones.yaml"]


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    files = {**edition_files(), "actions.yaml": b"referral:\n  caf\xe9: {}\n"}
    (fault,) = faults_of(files)
    assert (fault.file, fault.line) == ("actions.yaml", 1)
    assert "not UTF-8" in fault.message


def test_yaml_that_cannot_be_read_is_refused_with_its_line() -> None:
    files = changed("definitions.yaml", "  when: age_group is child", "  when: [age_group is child")
    (fault,) = faults_of(files)
    broken = line_with(files, "definitions.yaml", "[age_group")
    assert fault.file == "definitions.yaml"
    assert broken <= fault.line <= broken + 1
    assert "cannot be read" in fault.message


def test_several_faults_are_reported_at_once_in_the_order_of_files_and_lines() -> None:
    files = phone_when("chld")
    files = changed(PROGRAM, "also: [START-10, M2-O11]", "also: [START-10, M2-O99]", files)
    files = changed(MODULE_1, "when: histology in low_grade_osteosarcomas", "when: histology in low_grades", files)
    faults = faults_of(files)
    assert {fault.entry for fault in faults} == {
        "M1-O30.low-grade-osteosarcoma",
        "PROG-1.no-referral-needed",
        "M3-R5.phone-for-a-child",
    }
    assert list(faults) == sorted(faults)


def test_a_fault_is_said_with_its_place() -> None:
    assert str(Fault("actions.yaml", 12, "mdo.discuss", "'actor' is missing")) == (
        "actions.yaml:12: mdo.discuss: 'actor' is missing"
    )


def test_the_fingerprint_of_an_edition_changes_with_each_byte_and_name() -> None:
    files = edition_files()
    one = edition_sha256(files)
    assert one == read_real_edition().sha256
    assert one != edition_sha256({**files, "actions.yaml": files["actions.yaml"] + b"\n"})
    renamed = {("renamed.yaml" if name == MODULE_1 else name): content for name, content in files.items()}
    assert one != edition_sha256(renamed)


# --- files of any shape -----------------------------------------------------------------------------------------------


def with_content(file: str, content: bytes) -> Files:
    return {**edition_files(), file: content}


@pytest.mark.parametrize("content", [b"", b"word", b"- a\n- b", b"7"])
@pytest.mark.parametrize("file", ["edition.yaml", "actions.yaml", "definitions.yaml", MODULE_1])
def test_a_file_that_holds_no_entries_is_refused(file, content):
    (fault,) = faults_of(with_content(file, content))
    assert (fault.file, fault.message) == (file, "entries by their ids are expected")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"a: 1\n2: b", 2, "a key must be text"),
        (b"a: 1\n? [b]\n: c", 2, "a key must be text"),
        (b"a: 1\nb: 2026-13-45", 2, "cannot be read: '2026-13-45'"),
        (b"a: 1\nb: !!python/object/apply:os.system [x]", 2, "of this kind is not read"),
        (b"a: &a [x]\nb: *a", 2, "may stand for a short text only"),
        (b"a: &a " + b"x" * 2000 + b"\nb: *a", 2, "may stand for a short text only"),
        (b"a: &a 1\nb: &a 2", 2, "'&a' stands twice"),
        (b"a:\n  " + b"[" * 900, 2, "too much stands within each other"),
        (b"- " * 900 + b"a", 1, "too much stands within each other"),
        (b"a: [1" + b",1" * 50_000 + b"]", 1, "too much stands within each other, or altogether"),
        (b'a: "\\U00110000"', 1, "a sign or a number that does not exist"),
        (b"%YAML 1." + b"9" * 5_000 + b"\n---\na: 1", 1, "a sign or a number that does not exist"),
        (b"#" * 2_000_001, 1, "larger than 2 MB"),
    ],
)
def test_what_is_no_plain_data_is_refused_with_its_line(content, line, words):
    (fault,) = faults_of(with_content("actions.yaml", content))
    assert (fault.file, fault.line) == ("actions.yaml", line) and words in fault.message


def test_aliases_of_aliases_are_refused_at_the_first():
    """Nine lines that stand for 387 million texts."""
    lines = ["a: &a [x]", *(f"{name}: &{name} [{', '.join([f'*{of}'] * 9)}]" for of, name in pairwise("abcdefghi"))]
    (fault,) = faults_of(with_content("mri-protocol.yaml", "\n".join(lines).encode()))
    assert (fault.file, fault.line) == ("mri-protocol.yaml", 2)


def test_no_edition_has_thousands_of_files():
    (fault,) = faults_of({**edition_files(), **{f"z{number}.yaml": b"a: 1" for number in range(300)}})
    assert "no more than 200 files" in fault.message


def test_a_fingerprint_that_is_none_is_refused():
    assert any(
        "hashes are expected" in each.message for each in faults_of(with_content("source-fingerprint.txt", b"\xff"))
    )


def test_hundreds_of_faults_in_one_file_take_no_longer_than_reading_it_twice_more():
    """The line of each fault is looked up in the file, which is read for that once and not once a fault."""
    file = "interpretations.yaml"
    content = edition_files()[file].decode()
    broken = with_content(file, content.replace("\n  statements:", "\n  statement:").encode())
    began = time.process_time()
    load(broken[file])
    once = time.process_time() - began
    began = time.process_time()
    assert len(faults_of(broken)) > 100
    assert time.process_time() - began < 20 * once + 5
