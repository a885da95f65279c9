"""The command line as it is run: real processes, each refusal, no traceback, no number of a person."""

import json
import os
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from desktop_app import __version__
from desktop_app.cli import guideline, output, plan
from desktop_app.cli.context import DEFECT
from desktop_app.cli.main import main
from desktop_app.library import resource_files
from tests.checkout import CHECKOUT

EXAMPLES = sorted((CHECKOUT / "resources" / "examples").glob("*.json"))
SECRET = "111222334"
CHILD = CHECKOUT / "resources" / "examples" / "kind-met-vermoeden-op-osteosarcoom.json"
NORMAL = CHECKOUT / "resources" / "examples" / "volwassene-met-aanhoudende-pijn-en-normale-foto.json"


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def run(cache):
    """Run the program; standard error never holds a traceback, and no output a secret number."""

    def start(*arguments, given=b"", cwd=None, **variables):
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "XDG_CACHE_HOME": str(cache), **variables}
        environment.pop(output.DEBUG, None)
        command = [sys.executable, "-P", "-m", "desktop_app", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, env=environment, cwd=cwd, timeout=60)
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in done.stderr
        assert SECRET not in done.stdout + done.stderr
        return done

    return start


@pytest.fixture
def case_file(tmp_path):
    def write(content, name="casus.json"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


# --- plan -------------------------------------------------------------------------------------------------------------


def test_there_are_examples_enough_and_none_names_a_real_number():
    assert len(EXAMPLES) >= 12
    for path in EXAMPLES:
        bsn = json.loads(path.read_bytes()).get("patient", {}).get("bsn")
        assert bsn in (None, "111222333", "123456782")


def test_all_examples_plan(run):
    done = run("plan", *EXAMPLES)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"Casus {number} van {len(EXAMPLES)}: {path}" in done.stdout for number, path in enumerate(EXAMPLES, 1))


def test_json_prints_one_line_a_case_in_order(run):
    done = run("plan", "--json", *EXAMPLES)
    plans = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(plans) == len(EXAMPLES)
    single = json.loads(run("plan", EXAMPLES[3], "--json").stdout)
    assert plans[3] == single


def test_text_of_one_case_has_no_heading_with_its_name(run):
    done = run("plan", CHILD)
    assert done.stdout.startswith("Plan – Richtlijn Bottumoren, concept 2026\n")
    assert CHILD.name not in done.stdout


def test_english(run):
    done = run("plan", CHILD, "--language", "en")
    assert "Refer · Princess Máxima Center · urgent" in done.stdout
    assert run("--language", "en", "plan", CHILD).stdout == done.stdout
    assert run("plan", CHILD, "--language=en").stdout == done.stdout


def test_standard_input(run):
    done = run("plan", "-", "--json", given=CHILD.read_bytes())
    assert done.stdout == run("plan", CHILD, "--json").stdout


def test_the_date_counts_unless_the_case_has_its_own(run, case_file):
    given = {"patient": {"birth_date": "2008-11-23"}, "lesion": {"category": "malignant"}}
    path = case_file(given)

    def destination(*arguments):
        return json.loads(run("plan", path, "--json", *arguments).stdout)["referral"]["destination"]

    assert destination("--date", "2026-11-22") == "princess_maxima"
    assert destination("--date", "2026-11-23") == "expertise_centre"
    case_file({**given, "reference_date": "2026-11-22"})
    assert destination("--date", "2026-11-23") == "princess_maxima"


def test_an_age_of_before_a_birthday_is_told_and_the_birth_date_counts(run, case_file):
    file = case_file({"patient": {"birth_date": "2008-11-24", "age_years": 17}, "lesion": {"category": "malignant"}})
    before = run("plan", "--json", file, "--date", "2026-11-23")
    after = run("plan", "--json", file, "--date", "2026-11-24")
    assert (before.returncode, before.stderr, after.returncode) == (0, "", 0)
    assert "leeftijd (17 jaar) is van vóór een verjaardag" in after.stderr
    destinations = [json.loads(done.stdout)["referral"]["destination"] for done in (before, after)]
    assert destinations == ["princess_maxima", "expertise_centre"]


def test_all_adds_what_is_excluded(run):
    plan = json.loads(run("plan", CHILD, "--json", "--all").stdout)
    assert {each["certainty"] for each in plan["recommendations"]} == {"definite", "depends", "excluded"}
    assert "UITGESLOTEN" in run("plan", CHILD, "--all").stdout


def test_two_runs_say_the_same(run):
    assert run("plan", CHILD, "--json").stdout == run("plan", CHILD, "--json", PYTHONHASHSEED="7").stdout


def test_a_byte_order_mark(run, case_file):
    assert run("plan", case_file(b"\xef\xbb\xbf{}")).returncode == 0


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b'{"a": ', "regel 1, teken 7"),
        (b"\xff", "geen UTF-8"),
        (b"[1]", "een lijst tussen vierkante haken"),
        (b"3", "gevonden is een getal"),
        (b'{"mdo": {}, "mdo": {}}', "mdo: Deze sleutel staat meer dan één keer"),
        (b'{"lesion": {"bone": "femr"}}', "lesion.bone: Dit bot staat niet in de lijst"),
        (b'{"lesion": {"entity": "osteosarcom"}}', "Bedoelde u ‘osteosarcoma’?"),
        (b'{"lesion": {"category": "slecht"}}', "Mogelijk zijn: do_not_touch, benign_indolent"),
        (b'{"schema_version": 9}', "schema_version: Deze versie"),
        (b'{"patient": {"bsn": "111222334"}}', "patient.bsn: Dit burgerservicenummer voldoet niet aan de elfproef"),
        (b'{"patient": {"birth_date": "2090-01-01"}}', "ligt na de peildatum"),
        (b'{"resection": {"viable_tumour_percent": NaN}}', "geen getal"),
        (b'{"resection": {"viable_tumour_percent": 101}}', "hoogstens 100"),
        (b'{"imaging": {"xray": {"done": false, "two_views": true}}}', "imaging.xray.done op ‘false’"),
        (b"[" * 100_000, "te diep genest"),
        (b" " * 5_000_001, "groter dan 5 MB"),
    ],
)
def test_a_case_that_cannot_be_read(run, case_file, content, said):
    path = case_file(content)
    done = run("plan", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Geen plan gemaakt" in done.stderr and f"{path}:" in done.stderr
    assert said in done.stderr


def test_all_faults_of_all_files_come_at_once_and_no_plan(run, case_file):
    first = case_file({"patient": {"bsn": SECRET}, "lesion": {"bone": "femr", "suspected": 1}}, "een.json")
    second = case_file({"unknown": 1}, "twee.json")
    done = run("plan", CHILD, first, second, "niet-hier.json", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "5 fout(en)" in done.stderr
    assert all(
        part in done.stderr for part in ("patient.bsn", "lesion.bone", "lesion.suspected", "unknown", "niet-hier.json")
    )


def test_refusals_in_english(run, case_file):
    done = run("plan", case_file({"lesion": {"suspected": "ja"}}), "--language", "en")
    assert "lesion.suspected: Expected is true or false; found is text in quotes." in done.stderr


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_has_words(language):
    from desktop_app.library.editions import Library
    from desktop_app.library.fault_text import fault_in_words
    from guideline_core.case_reading.faults import Fault

    phrases = Library().phrases(language)
    details = {
        **dict.fromkeys(("ge", "byte", "line", "column", "megabytes", "years", "age", "sum", "max_length"), 1),
        **dict.fromkeys(("expected", "found", "given", "bone", "other", "reference_date", "reason"), "x"),
        "known": [1],
        "allowed": ["a", "b"],
        "most": 10_000,
    }
    core = CHECKOUT / "guideline_core"
    sources = [*(core / "case_reading").glob("*.py"), core / "file_limits.py", CHECKOUT / "desktop_app/cli/cases.py"]
    source = "".join(path.read_text(encoding="utf-8") for path in sources)
    codes = set(phrases.table("faults", "fault"))
    assert all(f'"{code}"' in source for code in codes)
    for code in codes:
        assert "{" not in fault_in_words(Fault("a", code, details), phrases)


OBEYED = "\x1b]0;pwned\x07\x9b2J\u202eabc\u2028"


def test_what_a_terminal_would_obey_is_shown(run, case_file, tmp_path):
    key, value = case_file({OBEYED: 1}), case_file({"setting": f"hospital{OBEYED}"})
    asked = [["plan", key], ["plan", value], ["plan", tmp_path / OBEYED], ["plan", "x", f"--{OBEYED}"]]
    asked += [["letter", key, "--kind", OBEYED, "--text"], ["guideline", "show", OBEYED]]
    for words in asked:
        done = run(*words)
        told = done.stdout + done.stderr
        assert "pwned" in told and not set(OBEYED) - set("abc]0;pwned2J") & set(told), words
        assert "\\u001b" in told and "\\u202e" in told


def test_json_says_the_same_with_what_is_shown(run, case_file):
    plan = run("plan", case_file({"lesion": {"description": OBEYED}}), "--json").stdout
    assert json.loads(plan)["reference_date"] and not set("\x1b\x9b\u202e") & set(plan)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_or_device_is_neither_read_nor_replaced(run, tmp_path, case_file):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file in (pipe, "/dev/zero"):
        assert "Dit is geen gewoon bestand" in run("plan", file).stderr
    done = run("letter", case_file({}), "-o", pipe, "--force")
    assert done.returncode == 2 and "Het is niet vervangen" in done.stderr and stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_missing_file_a_folder_and_a_closed_file(run, tmp_path, case_file):
    assert "Dit bestand bestaat niet." in run("plan", tmp_path / "niet-hier.json").stderr
    assert "Dit is een map" in run("plan", tmp_path).stderr
    loop = tmp_path / "rond.json"
    loop.symlink_to(loop)
    assert "de koppelingen in het pad lopen rond" in run("plan", loop).stderr
    closed = case_file({})
    closed.chmod(0)
    if not os.access(closed, os.R_OK):  # root may read everything
        assert "mag niet worden gelezen" in run("plan", closed).stderr
    assert run("plan", "x" * 5000).returncode == 2


def test_a_huge_file_is_not_read(run, tmp_path):
    huge = tmp_path / "groot.json"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    done = run("plan", huge)
    assert done.returncode == 2 and "groter dan 5 MB" in done.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_an_endless_file_is_not_read(run):
    assert "geen gewoon bestand maar een apparaat" in run("plan", "/dev/zero").stderr


def test_standard_input_twice(run):
    assert "meer dan één keer genoemd" in run("plan", "-", "-", given=b"{}").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["plan"], "er ontbreekt: CASE.json"),
        (["plann"], "‘plann’ kan niet"),
        (["plan", "x.json", "--jsn"], "onbekend: --jsn"),
        (["plan", "x.json", "--date", "morgen"], "‘morgen’ is geen datum"),
        (["plan", "x.json", "--date", "2026-02-30"], "‘2026-02-30’ is geen datum"),
        (["plan", "x.json", "--date"], "--date: hier hoort een waarde achter"),
        (["plan", "x.json", "--json=1"], "--json: hier hoort geen waarde achter"),
        (["plan", "x.json", "--language", "fr"], "--language: ‘fr’ kan niet"),
        (["schema", "letter"], "‘letter’ kan niet"),
        (["guideline"], "er ontbreekt"),
    ],
)
def test_a_command_that_cannot_be_understood(run, arguments, said):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "--help’ geeft uitleg" in done.stderr


def test_an_unexpected_defect_is_told_without_its_message(monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError(f"patient {SECRET}")

    monkeypatch.setattr(plan, "read_cases", fail)
    monkeypatch.delenv(output.DEBUG, raising=False)
    assert main(["plan", str(CHILD)]) == DEFECT
    said = capsys.readouterr()
    assert "Onverwachte fout in Botwijzer (RuntimeError, plan.py:" in said.err
    assert SECRET not in said.err + said.out and "Traceback" not in said.err


def test_debug_shows_the_traceback(monkeypatch, capsys):
    def fail(*_):
        raise RuntimeError("here")

    monkeypatch.setattr(plan, "read_cases", fail)
    monkeypatch.setenv(output.DEBUG, "1")
    assert main(["plan", str(CHILD)]) == DEFECT
    assert "Traceback" in capsys.readouterr().err


def test_a_damaged_installation_is_told(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(resource_files, "PACKAGE", tmp_path / "desktop_app")
    resource_files.root.cache_clear()
    assert main(["plan", str(CHILD)]) == DEFECT
    resource_files.root.cache_clear()
    assert "ResourceMissing" in capsys.readouterr().err


# --- output -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
@pytest.mark.parametrize(
    "command", [["plan", *EXAMPLES], ["plan", "--json", *EXAMPLES * 3], ["--help"], ["guideline", "list"]]
)
def test_a_closed_pipe_is_no_error(cache, command):
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "XDG_CACHE_HOME": str(cache)}
    program = [sys.executable, "-P", "-m", "desktop_app", *map(str, command)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_the_c_locale_gets_utf8(run):
    done = run("plan", CHILD, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "Prinses Máxima Centrum" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_output_that_cannot_be_written_is_told(cache):
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "XDG_CACHE_HOME": str(cache)}
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-P", "-m", "desktop_app", "plan", str(CHILD)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment)
    assert done.returncode == 3 and b"kan niet worden geschreven" in done.stderr
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


@pytest.fixture
def in_shell(cache):
    """Run the program by a line of the shell, which can close and redirect what it reads and writes."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "XDG_CACHE_HOME": str(cache)}

    def run(line):
        command = ["sh", "-c", f"exec {sys.executable} -P -m desktop_app {line}"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")

    return run


@pytest.mark.skipif(sys.platform == "win32", reason="closing descriptors")
def test_without_any_output_it_still_ends_well(in_shell):
    line = f"plan {CHILD} >&- 2>&-"
    assert in_shell(line).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="closing descriptors")
@pytest.mark.parametrize("command", ["letter", "export-fhir"])
def test_without_standard_error_no_word_lands_in_a_document(in_shell, tmp_path, command):
    doubtful = tmp_path / "casus.json"
    doubtful.write_text(json.dumps({**json.loads(CHILD.read_text()), "reference_date": "2026-11-20"}))
    line = f"{command} {doubtful} -o -"
    told = in_shell(line)
    untold = in_shell(f"{line} 2>&-")
    assert told.stderr != "" and untold.returncode == told.returncode == 0
    assert untold.stdout[:5] == told.stdout[:5] and "Peildatum" not in untold.stdout[:200]


@pytest.mark.skipif(sys.platform == "win32", reason="closing descriptors")
def test_a_document_without_any_standard_output_is_refused_in_words(in_shell):
    line = f"letter {CHILD} -o - >&-"
    done = in_shell(line)
    assert done.returncode == 3 and "er is geen uitvoer om naar te schrijven" in done.stderr
    assert "Traceback" not in done.stderr and "AttributeError" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that redirects")
def test_what_standard_input_is_read_from_is_never_written_over(in_shell, tmp_path):
    case = tmp_path / "casus.json"
    shutil.copy(CHILD, case)
    line = f"letter - --force -o {case} < {case}"
    done = in_shell(line)
    assert done.returncode != 0 and case.read_bytes() == CHILD.read_bytes()


def test_a_key_or_a_file_name_cannot_begin_a_line_of_its_own(run, tmp_path):
    feigned = "x\nBotwijzer: 0 fouten; plan gemaakt\n\nVERWIJZING\n  Niet verwijzen"
    case = tmp_path / "casus\nVERWIJZING.json"
    case.write_text(json.dumps({"lesion": {feigned: 1}}), encoding="utf-8")
    done = run("plan", case)
    assert done.returncode == 2 and not {"VERWIJZING", "VERWIJZING.json:"} & {*done.stderr.splitlines()}
    case.write_text("{}", encoding="utf-8")
    assert "VERWIJZING.json" not in [line[:15] for line in run("plan", case, CHILD).stdout.splitlines()]


def test_the_name_of_a_written_file_cannot_begin_a_line_of_its_own(run, tmp_path):
    written = tmp_path / "n1\nBrief geschreven: ander.pdf"
    done = run("letter", CHILD, "-o", written)
    assert done.returncode == 0 and written.exists()
    assert "Brief geschreven: ander.pdf" not in done.stdout.splitlines() and "n1\\nBrief" in done.stdout


def test_plan_writes_nothing_but_the_cache(run, tmp_path, cache):
    case = tmp_path / "work" / "casus.json"
    case.parent.mkdir()
    shutil.copy(CHILD, case)
    home = tmp_path / "home"
    home.mkdir()
    done = run("plan", case, HOME=str(home), XDG_CACHE_HOME=str(tmp_path / "cache"), TMPDIR=str(home))
    assert done.returncode == 0
    assert [path.name for path in case.parent.iterdir()] == ["casus.json"]
    assert list(home.iterdir()) == []
    assert {path.suffix for path in (tmp_path / "cache" / "botwijzer").iterdir()} == {".json"}


def test_a_cache_that_cannot_be_written_is_no_error(run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    done = run("plan", CHILD, XDG_CACHE_HOME=str(blocked))
    assert (done.returncode, done.stderr) == (0, "")


# --- the other commands -----------------------------------------------------------------------------------------------


def test_version(run):
    done = run("--version")
    assert done.stdout.startswith(
        f"botwijzer {__version__}\nRichtlijn Bottumoren, concept 2026 (bottumoren-2026-concept, "
    )
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


@pytest.mark.parametrize(
    "command",
    [[], ["plan"], ["check-guideline"], ["guideline"], ["guideline", "show"], ["guideline", "list"], ["schema"]],
)
@pytest.mark.parametrize(("language", "usage"), [("nl", "gebruik: botwijzer"), ("en", "usage: botwijzer")])
def test_help_everywhere(run, command, language, usage):
    done = run(*command, "--help", "--language", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(usage)
    english = ("show this help message", "positional arguments", "options:\n")
    assert language == "en" or not any(words in done.stdout for words in english)


def test_the_guideline_can_be_looked_up(run):
    done = run(
        "guideline", "show", "M3-R8a", "M3-R8a.refer", "AMB-01", "child", "osteosarcoma", "femur", "biopsy.perform"
    )
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "Uitspraak M3-R8a",
        "Plaats: module 3, Aanbevelingen, pagina 19",
        "Als: ‘kind voor het Prinses Máxima Centrum’",
        "Opvatting AMB-01",
        "Hoe het hier is gelezen: Een kind is jonger dan 18 jaar",
        "Definitie child",
        "Tumor of laesie osteosarcoma",
        "Bot femur",
        "Handeling biopsy.perform",
        "nog niet door iemand beoordeeld",
    ):
        assert words in done.stdout


def test_all_five_keys_of_a_referral_are_shown_in_words(run):
    said = " ".join(run("guideline", "show", "M3-R8.referral").stdout.split())
    for words in (
        "Als: ‘soort afwijking die telt: vermoedelijk kwaadaardig’ en ‘kind voor het Prinses Máxima Centrum’",
        "Verwijzen; Prinses Máxima Centrum; met spoed",
        "telefonisch afstemmen: als ‘met spoed en telefonisch te verwijzen’",
        "eerst overleg met een expertisecentrum: als ‘niet: expertisecentrum geraadpleegd’",
        "Begrip: ‘kind voor het Prinses Máxima Centrum’ (refers_to_princess_maxima): kind met een vermoedelijk",
    ):
        assert words in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_id_can_be_looked_up(language):
    from desktop_app.library.editions import Library
    from desktop_app.library.guideline_text import known_ids, looked_up, one_line
    from desktop_app.library.shared_words import SHOWN_BY_NAME
    from guideline_core.keys import ENTRY_KINDS

    library = Library()
    texts, phrases = library.edition().texts, library.phrases(language)
    for kind in ENTRY_KINDS:
        assert all(one_line(entry, texts, phrases) for entry in texts.of_kind(kind).values())
    for name in known_ids(texts):
        text = looked_up(name, texts, phrases, 88)
        assert name in text or name in ("referral-table", *SHOWN_BY_NAME)
        assert not any(word in text for word in ("None", "{", "frozenset"))


@pytest.mark.parametrize(("language", "heading"), [("nl", "BEELD: KWAADAARDIG"), ("en", "IMAGE: MALIGNANT")])
def test_the_table_of_combinations_is_printed(run, language, heading):
    done = run("guideline", "show", "combinations", "--language", language)
    assert done.returncode == 0 and heading in done.stdout
    assert "‘combinations’" in run("guideline", "show", "combination").stderr


def test_an_unknown_id_is_told_with_a_close_one(run):
    done = run("guideline", "show", "osteosarcom")
    assert done.returncode == 1
    assert "‘osteosarcom’ staat niet in de richtlijn" in done.stderr and "osteosarcoma" in done.stderr


def test_ids_are_listed(run):
    done = run("guideline", "list", "interpretations")
    assert done.stdout.startswith("AMB-01 ")
    assert len(run("guideline", "list").stdout.splitlines()) > 500


@pytest.mark.parametrize("which", ["case", "plan"])
def test_the_schema_is_printed(run, which):
    assert run("schema", which).stdout.encode() == resource_files.content("schema", f"{which}.schema.json")


def test_the_program_s_own_guideline_is_checked(run, monkeypatch, capsys):
    monkeypatch.setattr(guideline, "_prove", lambda *_: 0)
    assert main(["check-guideline"]) == 0
    said = capsys.readouterr().out
    assert "gelezen en in orde" in said
    assert "bewust niet vastgelegd" in said and "opvattingen" in said


def test_without_the_solver_nothing_is_called_proved(monkeypatch, capsys):
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "z3" else find(name, *rest))
    assert main(["check-guideline"]) == 0
    assert "hier niet bewezen" in capsys.readouterr().out


def test_a_faulty_guideline_is_told_with_file_and_line(run, tmp_path):
    folder = tmp_path / "uitgave"
    shutil.copytree(CHECKOUT / "resources" / "guideline" / "bottumoren-2026-concept", folder)
    module = folder / "module-3-referral.yaml"
    right = module.read_text(encoding="utf-8")
    faulty = right.replace("when: complaint and", "when: complant and")
    assert faulty != right
    module.write_text(faulty, encoding="utf-8")
    done = run("check-guideline", folder)
    assert done.returncode == 1
    assert "module-3-referral.yaml:" in done.stdout and "complant" in done.stdout


def test_a_guideline_that_is_no_folder(run, tmp_path):
    assert run("check-guideline", tmp_path / "niet-hier").returncode == 2


def test_without_a_screen_the_main_job_is_done_on_an_example(run, tmp_path):
    done = run(cwd=tmp_path, DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 0 and "geen scherm" in done.stdout and "VERWIJZING" in done.stdout
    written = sorted(path.name for path in (tmp_path / "botwijzer-voorbeeld").iterdir())
    assert written == ["brief.pdf", "mdo-blad.pdf", "plan.txt"]
    assert all(str(tmp_path / "botwijzer-voorbeeld" / name) in done.stdout for name in written)
    for name, words in (("brief.pdf", "Prinses Máxima Centrum"), ("mdo-blad.pdf", "Besluit")):
        file = tmp_path / "botwijzer-voorbeeld" / name
        assert words in subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout


def test_a_case_cannot_be_opened_without_a_screen(run):
    done = run("open", CHILD, DISPLAY="", WAYLAND_DISPLAY="")
    assert done.returncode == 2 and "geen scherm" in done.stderr


def test_a_letter_is_written_once_and_never_over_another_file(run, tmp_path):
    target = tmp_path / "brief.pdf"
    assert run("letter", CHILD, "-o", target).returncode == 0
    assert target.read_bytes().startswith(b"%PDF-")
    again = run("letter", CHILD, "-o", target)
    assert again.returncode == 2 and "bestaat al" in again.stderr
    assert run("letter", CHILD, "-o", target, "--force").returncode == 0


def test_a_letter_of_another_kind_that_the_plan_allows(run, tmp_path):
    target = tmp_path / "brief.pdf"
    assert run("letter", CHILD, "-o", target, "--kind", "request_for_advice").returncode == 0
    text = subprocess.run(["pdftotext", target, "-"], check=True, capture_output=True, text=True).stdout
    assert "Vraag om advies" in text


@pytest.mark.parametrize(("kind", "said"), [("no_referral_needed", "referral, request_for_advice"), ("x", "‘x’")])
def test_a_kind_of_letter_that_cannot_be_is_refused_with_those_that_can(run, tmp_path, kind, said):
    done = run("letter", CHILD, "-o", tmp_path / "brief.pdf", "--kind", kind)
    assert done.returncode == 2 and said in done.stderr
    assert not (tmp_path / "brief.pdf").exists()


@pytest.mark.parametrize(("proved", "status"), [(True, 0), (False, 1)])
def test_what_was_proved_decides_the_exit_status(monkeypatch, capsys, proved, status):
    from types import SimpleNamespace

    pytest.importorskip("z3")
    from guideline_core.proof import prove

    proof = SimpleNamespace(proved=proved, lines=lambda: iter(["one property"]))
    monkeypatch.setattr(prove, "prove", lambda *_: proof)
    assert main(["check-guideline"]) == status
    assert "  one property" in capsys.readouterr().out
