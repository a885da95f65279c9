"""The file around the pages: the same bytes each time, what travels inside, what it says of itself; and bad disks."""

import datetime
import io
import os
import resource
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from desktop_app.cli.output import DEBUG
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.logo import PRINTED_PIXELS, checked_logo
from tests.checkout import CHECKOUT
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.made_letter import write_letter
from tests.desktop_app.papers.pdf.test_pdf import png

CHILD = CHECKOUT / "resources" / "examples" / "kind-met-vermoeden-op-osteosarcoom.json"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DAY = datetime.date(2026, 11, 23)
ATTACHMENTS = (
    EmbeddedFile("zaak.json", "application/json", b'{"schema_version": 1}', "De zaak", "Source"),
    EmbeddedFile("bundle.json", "application/fhir+json", b'{"resourceType": "Bundle"}', "FHIR R4", "Data"),
)


@pytest.fixture
def opened_letter(make):
    content = write_letter(make(cases.CHILD_OSTEOSARCOMA), ATTACHMENTS, DAY).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield pdf


# --- the same bytes -------------------------------------------------------------------------------------------------


def test_two_processes_write_the_same_bytes(tmp_path):
    """Letter, FHIR document, text and sheets: whoever makes them, wherever and in whichever zone and locale."""
    first, second = (
        _written_elsewhere(tmp_path / seed, seed, locale) for seed, locale in (("1", "C"), ("14", "C.UTF-8"))
    )
    assert first.count(b"%PDF-1.7") == 2 + 12 and first.count(b"URGENTIE") > 0
    assert first == second


def _written_elsewhere(home, seed, locale):
    home.mkdir()
    own = {
        "HOME": str(home),
        "PYTHONHASHSEED": seed,
        "TZ": f"UTC-{seed}",
        "LC_ALL": locale,
        "PYTHONPATH": str(CHECKOUT),
    }
    command = [sys.executable, "-m", "tests.desktop_app.papers.everything_that_leaves"]
    environment = {**os.environ, **own}
    return subprocess.run(
        command, env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, check=True, timeout=120
    ).stdout


def test_another_day_or_attachment_gives_other_bytes(make):
    letter = make(cases.CHILD_OSTEOSARCOMA)
    made = [
        write_letter(letter, ATTACHMENTS, DAY).content,
        write_letter(letter, ATTACHMENTS, DAY + datetime.timedelta(days=1)).content,
        write_letter(letter, ATTACHMENTS[:1], DAY).content,
    ]
    assert len(set(made)) == 3


# --- what travels inside --------------------------------------------------------------------------------------------


def test_attachments_come_out_as_they_went_in(opened_letter):
    assert set(opened_letter.attachments) == {"zaak.json", "bundle.json"}
    for given, specification in zip(ATTACHMENTS, opened_letter.Root.AF, strict=True):
        found = opened_letter.attachments[given.name]
        assert found.obj.objgen == specification.objgen
        assert found.get_file().read_bytes() == given.content
        assert found.get_file().mime_type == given.media_type
        assert found.description == given.description
        assert str(specification.AFRelationship) == f"/{given.relationship}"


def test_a_letter_without_attachments_has_none(make):
    with pikepdf.open(io.BytesIO(write_letter(make(cases.CHILD_OSTEOSARCOMA)).content)) as pdf:
        assert "/AF" not in pdf.Root and len(pdf.attachments) == 0


# --- what it says of itself -----------------------------------------------------------------------------------------


def test_metadata_say_the_same_twice_and_hold_no_identity(opened_letter):
    tree = ElementTree.fromstring(opened_letter.Root.Metadata.read_bytes())
    [title] = tree.iterfind(f".//{{http://purl.org/dc/elements/1.1/}}title/{RDF}Alt/{RDF}li")
    [created] = tree.iterfind(".//{http://ns.adobe.com/xap/1.0/}CreateDate")
    assert title.text == opened_letter.docinfo.Title == "Verwijsbrief bottumor"
    assert (created.text, str(opened_letter.docinfo.CreationDate)) == ("2026-11-23T00:00:00Z", "D:20261123000000Z")
    said = opened_letter.Root.Metadata.read_bytes().decode() + str(dict(opened_letter.docinfo))
    assert not any(part in said for part in ("Bedacht", "111222333", "2012", "2026-0147", "A. Proef", "0000471"))


def test_language_is_that_of_the_letter(make):
    for language in ("nl", "en"):
        content = write_letter(make(cases.CHILD_OSTEOSARCOMA, language=language)).content
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert str(pdf.Root.Lang) == language


# --- bad disks ------------------------------------------------------------------------------------------------------


def write_on_command_line(target, **options):
    command = [sys.executable, "-P", "-m", "desktop_app", "letter", str(CHILD), "-o", str(target)]
    environment = {key: value for key, value in os.environ.items() if key != DEBUG} | {"PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, **options)
    assert "Traceback" not in done.stderr
    return done


def test_a_full_disk_leaves_no_half_letter(tmp_path):
    """The system refuses to let the file grow past 10 000 bytes."""
    target = tmp_path / "brief.pdf"
    done = write_on_command_line(target, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)))
    assert done.returncode == 2
    assert str(target) in done.stderr and "niets opgeslagen" in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert write_on_command_line(target).returncode == 0


def test_a_full_disk_leaves_the_letter_that_was_there(tmp_path):
    target = tmp_path / "brief.pdf"
    target.write_bytes(b"de vorige brief")
    command = [sys.executable, "-P", "-m", "desktop_app", "letter", str(CHILD), "-o", str(target), "--force"]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000)),
    )
    assert done.returncode == 2
    assert (target.read_bytes(), list(tmp_path.iterdir())) == (b"de vorige brief", [target])


def test_a_folder_that_may_not_be_written_or_is_not_there(tmp_path):
    closed = Path("/sys/kernel")  # closed to root too, as some run the tests
    if os.geteuid() != 0:
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o555)
    for target in (closed / "brief.pdf", tmp_path / "nergens" / "brief.pdf"):
        done = write_on_command_line(target)
        assert done.returncode == 2
        assert str(target) in done.stderr and "andere map" in done.stderr
        assert not target.exists()


def test_a_logo_of_fifty_megapixels_is_made_small():
    small = checked_logo(png(10_000, 5_000))
    assert len(small) < 50_000
    import PIL.Image

    with PIL.Image.open(io.BytesIO(small)) as image:
        assert image.width <= PRINTED_PIXELS[0] and image.height <= PRINTED_PIXELS[1]
