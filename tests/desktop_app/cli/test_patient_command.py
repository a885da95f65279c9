"""`--patient`: a FHIR file fills the patient of a case; a case that says otherwise is refused, and no value is told."""

import json

import pytest

from desktop_app.cli.main import main
from tests.desktop_app.exchange.patients import UNREADABLE, nl_core, write

MALIGNANT = {"lesion": {"category": "malignant"}, "setting": "hospital"}
VALUES = ("van den Bedacht", "Proef", "111222333", "0000471", "Lindelaan", "06 00000000", "2012-02-03", "Verzonnen")


@pytest.fixture
def patient(tmp_path):
    return write(tmp_path / "patient.json", nl_core())


@pytest.fixture
def case(tmp_path):
    def written(**groups):
        return write(tmp_path / "casus.json", {**MALIGNANT, **groups})

    return written


def test_the_age_of_the_file_decides_in_the_plan(run, case, patient):
    def plan(*options):
        done = run("plan", case(), "--json", "--date", "2026-11-23", *options)
        assert done.returncode == 0
        assert not [value for value in VALUES if value in done.stderr]
        return json.loads(done.stdout)["referral"]["destination"], done.stderr

    assert plan() == ("undetermined", "")
    destination, told = plan("--patient", patient)
    assert destination == "princess_maxima"
    assert "BSN is overgenomen" in told and "burgerlijke staat" in told


def test_the_letter_names_the_patient_of_the_file(run, case, patient, tmp_path):
    from pypdf import PdfReader

    target = tmp_path / "brief.pdf"
    assert run("letter", case(), "--patient", patient, "-o", target).returncode == 0
    words = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert "van den Bedacht" in words and "Lindelaan 12" in words and "H. Verzonnen" in words
    assert "111222333" not in words, "the number waits until identity and number were verified"
    done = run("export-fhir", case(), "--patient", patient, "-o", tmp_path / "brief.json")
    assert done.returncode == 0
    assert "van den Bedacht" in (tmp_path / "brief.json").read_text()


def test_a_case_that_agrees_in_part_is_filled_up(run, case, patient):
    agreeing = {"family_name": "VAN DEN  BEDACHT", "age_years": 14}
    done = run("plan", case(patient=agreeing, reference_date="2026-11-23"), "--patient", patient)
    assert done.returncode == 0


def test_a_case_that_says_otherwise_is_refused_by_both_fields_and_no_value(run, case, patient, tmp_path):
    typed = {"family_name": "Anders", "age_years": 40, "phone": "010 1", "sex": "female"}
    for command in (("plan",), ("letter", "-o", tmp_path / "x"), ("export-fhir", "-o", tmp_path / "x")):
        name, *options = command
        done = run(name, case(patient=typed), *options, "--patient", patient)
        assert (done.returncode, done.stdout) == (2, "")
        assert "patient.family_name (Achternaam)" in done.stderr and "patient.phone (Telefoonnummer)" in done.stderr
        assert "patient.age_years (Leeftijd in jaren) / patient.birth_date (Geboortedatum)" in done.stderr
        assert "patient.sex" not in done.stderr
        assert not [value for value in (*VALUES, "Anders", "010 1") if value in done.stderr]
        assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_without_a_usable_patient_ends_the_command(case, tmp_path, name, capsys):
    content, why = UNREADABLE[name]
    assert main(["plan", str(case()), "--patient", str(write(tmp_path / "p.json", content))]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert why in said.err and str(tmp_path / "p.json") in said.err


def test_a_patient_file_that_is_not_there_and_one_that_is_a_folder(case, tmp_path, capsys):
    for file in (tmp_path / "none.json", tmp_path):
        assert main(["plan", str(case()), "--patient", str(file)]) == 2
        said = capsys.readouterr()
        assert said.out == "" and str(file) in said.err


def test_one_patient_goes_with_one_case(run, case, patient):
    done = run("plan", case(), case(), "--patient", patient)
    assert (done.returncode, done.stdout) == (2, "") and "één casus" in done.stderr


def test_the_patient_can_come_by_standard_input_unless_the_case_does(run, case):
    content = json.dumps(nl_core())
    assert run("plan", case(), "--patient", "-", given=content).returncode == 0
    done = run("plan", "-", "--patient", "-", given=json.dumps(MALIGNANT))
    assert done.returncode == 2 and "standaardinvoer" in done.stderr and "één keer" in done.stderr
