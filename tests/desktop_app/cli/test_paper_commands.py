"""Letter, sheets and text on the command line: to whom, what is on them, what is refused; bad input and bad disks."""

import errno
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from desktop_app.cli import files
from desktop_app.cli.arguments import KINDS, SUSPICIONS
from desktop_app.cli.main import main
from desktop_app.cli.sheets import TICKS
from desktop_app.papers.patient_choices import Suspicion
from tests.desktop_app import disks
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.pdf.test_pdf import HOSTILE, png
from tests.editions import told_to_patient
from tests.own_settings import write_settings

ADULT, CHILD = cases.ADULT_CHONDROSARCOMA, cases.CHILD_OSTEOSARCOMA
EVERYTHING = ["--tick", ",".join([*TICKS, *told_to_patient()]), "--suspicion", "may_be_cancer"]
WRITING = {
    "letter": ["letter"],
    "text": ["letter", "--text"],
    "meeting sheet": ["meeting-sheet"],
    "patient sheet": ["patient-sheet", *EVERYTHING],
    "FHIR": ["export-fhir"],
}
"""The commands that write a file."""


class Desk:
    """A command line with settings of its own, and what it said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.said, self.told = "", ""

    def run(self, command: list[str], case: dict[str, Any], *options: object, to: Path | str | None = None) -> int:
        """Run a command over a case; what it writes goes to `to`."""
        file = self.folder / "casus.json"
        file.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8", errors="replace")
        name, *rest = command
        given = [name, file, *rest, *options, *(["-o", to] if to is not None else [])]
        status = main([str(each) for each in given])
        self.said, self.told = self._capsys.readouterr()
        return status

    def pages(self, command: list[str], case: dict[str, Any], *options: object) -> list[str]:
        """The text of the pages that a command writes."""
        from pypdf import PdfReader

        target = self.folder / "blad.pdf"
        assert self.run(command, case, "--force", *options, to=target) == 0, self.told
        return [page.extract_text() for page in PdfReader(io.BytesIO(target.read_bytes())).pages]

    def set_to(self, **settings: Any) -> None:
        """Give the user settings."""
        write_settings(self.folder / "config", **settings)


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")))
    return Desk(tmp_path, capsys)


# --- to whom ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "recipient", "options", "words"),
    [
        (ADULT, "radboudumc", [], "Radboudumc"),
        (ADULT, "Leids Universitair Medisch Centrum (LUMC)", [], "(LUMC)"),
        (CHILD, "maxima", [], "Prinses Máxima Centrum"),
        (CHILD, "committee", ["--kind", "request_for_advice"], "Commissie voor Beentumoren"),
    ],
)
def test_the_letter_goes_to_who_was_named(desk, case, recipient, options, words):
    assert desk.run(["letter", "--text"], case, "--recipient", recipient, *options) == 0
    assert words in desk.said.split("\nDatum")[0].replace("\n", " ")


@pytest.mark.parametrize(
    ("case", "recipient", "options", "allowed", "refused"),
    [
        (ADULT, "maxima", [], "lumc (Leids", "princess_maxima ("),
        (ADULT, "committee", [], "radboudumc (Radboudumc)", "commissie_voor_beentumoren"),
        (CHILD, "lumc", [], "princess_maxima (Prinses", "radboudumc"),
        (CHILD, "maxima", ["--kind", "request_for_advice"], "commissie_voor_beentumoren (", "princess_maxima ("),
        (ADULT, "Ziekenhuis Nergens", [], "umcg (", "princess_maxima ("),
    ],
)
def test_a_recipient_that_the_plan_does_not_allow_is_refused_with_those_that_it_does(
    desk, case, recipient, options, allowed, refused
):
    target = desk.folder / "brief.pdf"
    assert desk.run(["letter"], case, "--recipient", recipient, *options, to=target) == 2
    assert f"‘{recipient}’" in desk.told and allowed in desk.told and refused not in desk.told
    assert not target.exists()


def test_a_fhir_document_is_of_the_kind_and_goes_to_who_was_named(desk):
    target = desk.folder / "brief.json"
    to = ["--kind", "request_for_advice", "--recipient", "committee"]
    assert desk.run(["export-fhir"], CHILD, *to, to=target) == 0
    said = [each["resource"] for each in json.loads(target.read_bytes())["entry"]]
    assert said[0]["title"].startswith("Vraag om advies")
    [request] = [each for each in said if each["resourceType"] == "ServiceRequest"]
    assert request["code"]["text"] == "Vraag om advies"
    assert "Commissie voor Beentumoren" in [each.get("name") for each in said]


@pytest.mark.parametrize("command", [["letter"], ["letter", "--text"], ["export-fhir"]])
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--kind", "no_referral_needed"], "referral, request_for_advice"),
        (["--kind", "x"], "‘x’"),
        (["--recipient", "radboudumc"], "princess_maxima (Prinses"),
    ],
)
def test_every_format_refuses_the_same(desk, command, options, words):
    target = desk.folder / "brief"
    assert desk.run(command, CHILD, *options, to=target) == 2
    assert words in desk.told and not target.exists()


def test_every_format_tells_what_is_missing(desk):
    told = []
    for command in (["letter"], ["letter", "--text"], ["export-fhir"]):
        assert desk.run([*command, "--force"], ADULT, to=desk.folder / "brief") == 0
        told.append(desk.told)
    assert told == [told[0]] * 3 and "ontbreekt" in told[0]


def test_a_letter_to_the_general_practitioner_takes_no_centre(desk):
    assert desk.run(["letter", "--text"], cases.CHILD_FIBROMA_BY_CHANCE, "--recipient", "lumc") == 2
    assert "no_referral_needed" in desk.told and "laat --recipient weg" in desk.told


# --- identity ---------------------------------------------------------------------------------------------------------


def everywhere_in(content: bytes) -> bytes:
    """All that a file says: its bytes, and of a PDF the words of its pages and every stream, attachments too."""
    if not content.startswith(b"%PDF"):
        return content
    import pikepdf
    from pypdf import PdfReader

    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [each.read_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    return b"\n".join([content, pages.encode(), *streams])


@pytest.mark.parametrize("name", WRITING)
def test_the_bsn_is_nowhere_unless_identity_and_number_were_verified(desk, name):
    target, bsn = desk.folder / "uit", CHILD["patient"]["bsn"].encode()
    assert desk.run(WRITING[name], CHILD, "--force", to=target) == 0
    said = everywhere_in(target.read_bytes())
    assert bsn not in said and (b"Bedacht" in said or name == "patient sheet")
    if "sheet" in name:
        return
    assert desk.run(WRITING[name], CHILD, "--force", "--identity-verified", to=target) == 0
    assert bsn in everywhere_in(target.read_bytes())


@pytest.mark.parametrize("name", WRITING)
def test_reasons_for_leaving_out_and_notes_of_the_program_never_leave(desk, name):
    left_out = {"letter": {**CHILD["letter"], "left_out": [{"action": "imaging.mri_dwi", "reason": "Geheimereden"}]}}
    target = desk.folder / "uit"
    assert desk.run(WRITING[name], {**CHILD, **left_out}, "--force", to=target) == 0
    assert b"Geheimereden" not in everywhere_in(target.read_bytes())


# --- as text ----------------------------------------------------------------------------------------------------------


def test_the_text_for_the_record_goes_to_standard_output_or_to_a_file(desk):
    assert desk.run(["letter", "--text"], ADULT) == 0
    said, told = desk.said, desk.told
    assert said.startswith("Aan: ") and max(map(len, said.splitlines())) <= 72 and "ontbreekt" in told
    target = desk.folder / "brief.txt"
    assert desk.run(["letter", "--text"], ADULT, to=target) == 0
    assert target.read_text(encoding="utf-8") == said and str(target) in desk.said
    assert desk.run(["letter", "--text"], ADULT, to=target) == 2 and "bestaat al" in desk.told


def test_a_letter_needs_a_file_or_is_text(desk):
    assert desk.run(["letter"], ADULT) == 2
    assert "-o" in desk.told and "--text" in desk.told and desk.said == ""


def test_advice_that_the_case_leaves_out_is_not_in_the_text(desk):
    left_out = {"letter": {"left_out": [{"action": "imaging.mri_dwi", "reason": "geheime reden"}]}}
    assert desk.run(["letter", "--text", "--plan"], CHILD) == 0
    assert "diffusiegewogen" in desk.said
    assert desk.run(["letter", "--text", "--plan"], {**CHILD, **left_out}) == 0
    assert "diffusiegewogen" not in desk.said and "geheime reden" not in desk.said + desk.told


# --- sheets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("nl", "Besluit"), ("en", "Decision")])
def test_the_meeting_sheet_is_one_page_in_the_language_that_was_asked(desk, language, words):
    [page] = desk.pages(["meeting-sheet"], CHILD, "--language", language)
    assert words in page and desk.told == ""


def test_without_ticks_the_patient_sheet_says_nothing_and_what_can_be_ticked_is_told(desk):
    [page] = desk.pages(["patient-sheet"], CHILD)
    assert not [word for word in ("Bedacht", "kanker", "gezwel", "CT-scan", "Máxima", "biopsie") if word in page]
    assert (
        "niets aangevinkt" in desk.told and "staging.ct_thorax_unenhanced" in desk.told and "destination" in desk.told
    )


@pytest.mark.parametrize(
    ("ticks", "words"),
    [
        (["name"], "Bedacht"),
        (["destination"], "Máxima"),
        (["biopsy"], "biopsie"),
        (["website"], "sarcomen.nl"),
        (["staging.ct_thorax_unenhanced"], "CT-scan"),
    ],
)
def test_each_tick_puts_its_own_part_on_the_patient_sheet(desk, ticks, words):
    [page] = desk.pages(["patient-sheet"], CHILD, "--tick", ",".join(ticks), "--language", "en")
    others = {"Bedacht", "Máxima", "biopsie", "sarcomen.nl", "CT-scan"} - {words}
    assert words in page and not [other for other in others if other in page]
    assert "Informatie van uw arts" in page, "Dutch, whatever the command speaks"
    assert desk.told == ""


def test_the_suspicion_is_told_as_surely_as_was_chosen_and_to_the_parents(desk):
    [page] = desk.pages(["patient-sheet"], CHILD, "--suspicion", "may_be_cancer", "--tick", "mdo.discuss")
    assert "kanker" in page and "uw kind" not in page
    [page] = desk.pages(["patient-sheet"], CHILD, "--tick", "mdo.discuss", "--for-parents")
    assert "kanker" not in page and "uw kind" in page


@pytest.mark.parametrize(
    ("suspicion", "warned"),
    [("probably_benign", "niet (zeker) goedaardig"), ("proven_cancer", "geen weefseldiagnose"), ("may_be_cancer", "")],
)
def test_a_certainty_that_the_plan_contradicts_is_told(desk, suspicion, warned):
    desk.pages(["patient-sheet"], CHILD, "--suspicion", suspicion, "--tick", "mdo.discuss")
    assert warned in desk.told if warned else desk.told == ""


def test_the_levels_of_certainty_are_those_of_the_sheet():
    assert tuple(Suspicion) == SUSPICIONS


def test_the_kinds_in_the_help_are_those_of_the_letters():
    from desktop_app.papers.letter_kinds import Kind

    assert tuple(Kind) == KINDS


def test_what_was_ticked_and_the_plan_does_not_bear_is_left_out_and_told(desk):
    ticks = ("destination", "staging.fdg_pet_ct", "website")
    [page] = desk.pages(["patient-sheet"], cases.CHILD_FIBROMA_BY_CHANCE, "--tick", ",".join(ticks))
    assert "draagt het niet: destination, staging.fdg_pet_ct." in desk.told and "PET" not in page


def test_what_cannot_be_ticked_is_refused_before_anything_is_written(desk):
    target = desk.folder / "blad.pdf"
    assert desk.run(["patient-sheet"], CHILD, "--tick", "name,naam", to=target) == 2
    assert "aangevinkt: naam." in desk.told and "biopsy" in desk.told and not target.exists()
    assert desk.run(["patient-sheet"], CHILD, "--suspicion", "zeker", to=target) == 2
    assert "‘zeker’" in desk.told and "proven_cancer" in desk.told and not target.exists()


# --- bad input --------------------------------------------------------------------------------------------------------


def with_text(text: str) -> dict[str, Any]:
    """A case with this text wherever a document takes one."""
    short = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:400]
    return {
        **CHILD,
        "patient": {**CHILD["patient"], "given_name": short, "family_name": short, "general_practitioner": short},
        "consultation": {"centre": short, "contact": short},
        "letter": {"question": short, "history": short, "remarks": short},
    }


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["meeting sheet", "patient sheet"])
def test_any_text_on_a_sheet_of_one_page(desk, name, text):
    [page] = desk.pages(WRITING[name], with_text(text))
    assert "Pagina 1 van 1" in page
    is_lost = "😀" in text
    assert ("mist" in desk.told or "tekens" in desk.told) == is_lost, desk.told
    if text.startswith("Hb <b"):
        assert "Hb <b 7 & pijn > 3 <font color=red>" in page.replace("\n", " ")


def test_twenty_pages_of_history_go_on_in_the_letter_and_not_on_the_sheets(desk):
    long = {**CHILD, "letter": {"history": "Een lange voorgeschiedenis. " * 3_500}}
    assert len(desk.pages(["letter"], long)) >= 15
    for name in ("meeting sheet", "patient sheet"):
        assert len(desk.pages(WRITING[name], long)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"Dit is een tekst.", "geen PNG- of JPEG"), (None, "logo"), (png(10_000, 6_000), "50 miljoen beeldpunten")],
)
def test_a_bad_logo_of_the_settings_is_told_and_every_document_is_written(desk, content, said):
    logo = desk.folder / "logo.png"
    if content is not None:
        logo.write_bytes(content)
    desk.set_to(clinic={"logo": str(logo)})
    for number, command in enumerate(WRITING.values()):
        target = desk.folder / f"{number}"
        assert desk.run(command, CHILD, to=target) == 0 and target.stat().st_size > 1_000
        if command == ["letter"]:
            assert said in desk.told


# --- bad disks --------------------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk():
    """A real disk with room for a small file and for no document."""
    with disks.small_disk("64k") as folder:
        (folder / "er was al iets").write_bytes(b"de vorige brief")
        ballast = disks.fill(folder)
        yield folder
        ballast.unlink()


@pytest.mark.parametrize("name", WRITING)
def test_no_room_on_the_disk(desk, full_disk, name):
    before = {file.name: file.read_bytes() for file in full_disk.iterdir()}
    for target in (full_disk / "nieuw", full_disk / "er was al iets"):
        assert desk.run(WRITING[name], CHILD, "--force", to=target) == 2
        assert str(target) in desk.told and "niets opgeslagen" in desk.told and desk.said == ""
    assert {file.name: file.read_bytes() for file in full_disk.iterdir()} == before


def closed_folder(folder: Path) -> Path:
    """A folder in which nobody may write; where the tests run as root, one of the system."""
    if os.geteuid() == 0:
        return Path("/sys/kernel")
    closed = folder / "closed"
    closed.mkdir(mode=0o555)
    return closed


@pytest.mark.parametrize("name", WRITING)
def test_a_folder_that_may_not_be_written_or_is_not_there(desk, name):
    for target in (closed_folder(desk.folder) / "brief", desk.folder / "nergens" / "brief"):
        assert desk.run(WRITING[name], CHILD, to=target) == 2
        assert str(target) in desk.told and "andere map" in desk.told and desk.said == ""
        assert not target.exists()


@pytest.mark.parametrize("name", WRITING)
def test_no_file_is_written_over_unless_that_is_asked(desk, name):
    target = desk.folder / "bestaat"
    target.write_bytes(b"de vorige brief")
    assert desk.run(WRITING[name], CHILD, to=target) == 2 and "bestaat al" in desk.told
    assert target.read_bytes() == b"de vorige brief"
    assert desk.run(WRITING[name], CHILD, "--force", to=target) == 0 and target.read_bytes() != b"de vorige brief"


# --- where it is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", WRITING.values(), ids=WRITING)
def test_a_stroke_for_a_name_writes_to_standard_output_and_nothing_else_there(desk, command, monkeypatch):
    target, written = desk.folder / "uit", io.BytesIO()
    assert desk.run(command, ADULT, to=target) == 0
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="utf-8"))
    monkeypatch.chdir(desk.folder)
    assert main([command[0], "casus.json", *command[1:], "-o", "-"]) == 0
    assert written.getvalue() == target.read_bytes()
    assert not (desk.folder / "-").exists()


@pytest.mark.parametrize("options", [(), ("--force",)])
def test_a_folder_is_no_file_to_write(desk, options):
    folder = desk.folder / "map"
    folder.mkdir()
    assert desk.run(["letter"], ADULT, *options, to=folder) == 2
    assert "is een map" in desk.told and list(folder.iterdir()) == []


@pytest.mark.parametrize("end", ["od/", "od/.", "od/..", "od//"])
def test_a_folder_that_does_not_exist_is_no_file_to_write(desk, end):
    before = sorted(desk.folder.iterdir())
    assert desk.run(["letter"], ADULT, to=f"{desk.folder}/{end}") == 2
    assert "is een map" in desk.told and not (desk.folder / "od").exists()
    assert set(desk.folder.iterdir()) - set(before) <= {desk.folder / "casus.json"}


def test_what_the_letter_is_made_from_is_never_overwritten(desk):
    file, link = desk.folder / "casus.json", desk.folder / "koppeling.json"
    file.touch()
    link.symlink_to(file)
    for target in (file, link):
        assert desk.run(["letter"], ADULT, "--force", to=target) == 2
        assert "nooit overschreven" in desk.told
    assert json.loads(file.read_text()) == ADULT


def test_the_patient_file_is_never_overwritten(desk):
    patient = desk.folder / "patient.json"
    patient.write_text('{"resourceType": "Patient"}')
    assert desk.run(["letter"], ADULT, "--patient", patient, "--force", to=patient) == 2
    assert patient.read_text() == '{"resourceType": "Patient"}'


def test_what_the_system_says_is_said_in_the_language_of_the_user(desk):
    assert desk.run(["letter"], ADULT, to=desk.folder / "weg" / "brief.pdf") == 2
    assert "de map bestaat niet" in desk.told
    assert desk.run(["letter"], ADULT, "--language", "en", to=desk.folder / "weg" / "brief.pdf") == 2
    assert "the folder does not exist" in desk.told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and limits")
def test_a_loop_and_a_limit_are_told_in_the_language_of_the_user(desk, monkeypatch):
    loop = desk.folder / "rond"
    loop.symlink_to(loop)
    assert desk.run(["letter"], ADULT, to=loop / "brief.pdf") == 2
    assert "de koppelingen in het pad lopen rond" in desk.told

    def too_large(*_):
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    monkeypatch.setattr(files, "write_whole", too_large)
    assert desk.run(["letter"], ADULT, to=desk.folder / "brief.pdf") == 2
    assert "het bestand is groter dan hier mag" in desk.told


def test_ticks_do_not_take_in_the_case_that_follows(desk):
    file, target = desk.folder / "casus.json", desk.folder / "blad.pdf"
    file.write_text(json.dumps(CHILD))
    assert main(["patient-sheet", "-o", str(target), "--tick", "destination,contact", str(file)]) == 0
    assert target.read_bytes().startswith(b"%PDF-")


# --- a letter instead of a case ---------------------------------------------------------------------------------------


def test_a_letter_and_the_case_inside_it_open_wherever_a_case_does(desk, capsys):
    letter = desk.folder / "brief.pdf"
    assert desk.run(["letter"], ADULT, to=letter) == 0
    assert main(["plan", str(desk.folder / "casus.json")]) == 0
    of_case = capsys.readouterr().out
    with pikepdf.open(letter) as pdf:
        inside = desk.folder / "botwijzer-case.json"
        inside.write_bytes(pdf.attachments["botwijzer-case.json"].get_file().read_bytes())
    for file in (letter, inside):
        assert main(["plan", str(file)]) == 0
        said, told = capsys.readouterr()
        assert said.splitlines()[2:12] == of_case.splitlines()[2:12]
        assert "handtekening" in told


def test_an_altered_case_taken_out_of_a_letter_is_told(desk, capsys):
    letter = desk.folder / "brief.pdf"
    assert desk.run(["letter"], ADULT, to=letter) == 0
    with pikepdf.open(letter) as pdf:
        data = json.loads(pdf.attachments["botwijzer-case.json"].get_file().read_bytes())
    data["case"]["patient"]["birth_date"] = "2015-01-01"
    inside = desk.folder / "gewijzigd.json"
    inside.write_text(json.dumps(data))
    assert main(["plan", str(inside)]) == 0
    assert "gewijzigd" in capsys.readouterr().err


def test_a_pdf_without_a_case_is_refused_in_words(desk, capsys):
    letter = desk.folder / "brief.pdf"
    assert desk.run(["letter"], ADULT, "--no-attach", to=letter) == 0
    assert main(["plan", str(letter)]) == 2
    assert "brief.pdf" in capsys.readouterr().err
