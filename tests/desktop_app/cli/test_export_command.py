"""The commands that write what travels, as they are run: real processes, each refusal, nothing half-written."""

import json

from desktop_app.exchange.letter_reading import read_letter
from tests.checkout import CHECKOUT
from tests.desktop_app.exchange.validation import problems_of
from tests.desktop_app.papers.cases import DAY

CHILD = CHECKOUT / "resources" / "examples" / "kind-met-vermoeden-op-osteosarcoom.json"


def test_export_fhir_writes_a_document_and_never_over_another(run, tmp_path):
    target = tmp_path / "brief.json"
    done = run("export-fhir", CHILD, "-o", target)
    assert (done.returncode, "De naam van de verwijzer ontbreekt" in done.stderr) == (0, True)
    assert str(target) in done.stdout
    assert problems_of([target.read_bytes()]) == [[]]
    assert json.loads(target.read_bytes())["type"] == "document"
    before = target.read_bytes()
    assert run("export-fhir", CHILD, "-o", target, "--language", "en").returncode == 2
    assert target.read_bytes() == before
    assert run("export-fhir", CHILD, "-o", target, "--language", "en", "--force").returncode == 0
    assert json.loads(target.read_bytes())["language"] == "en"


def test_export_fhir_of_what_is_no_case_leaves_no_file(run, tmp_path):
    broken = tmp_path / "casus.json"
    broken.write_text('{"lesion": {"category": "erg"}}')
    done = run("export-fhir", broken, "-o", tmp_path / "brief.json")
    assert done.returncode == 2
    assert "lesion.category" in done.stderr
    assert not (tmp_path / "brief.json").exists()


def test_the_case_travels_in_a_letter_when_asked_for_or_set(run, tmp_path, opened):
    settings = tmp_path / "config" / "botwijzer" / "settings.json"

    def travels(*options):
        target = tmp_path / "brief.pdf"
        assert run("letter", CHILD, "-o", target, "--force", *options).returncode == 0
        return read_letter(target.read_bytes(), opened, DAY).case is not None

    def set_to(words):
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f'{{"version": 1, "attach_case": {words}}}')

    set_to("false")
    assert not travels()
    assert travels("--attach")
    set_to("true")
    assert travels()
    assert not travels("--no-attach")
