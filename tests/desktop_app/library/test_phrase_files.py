"""The files of phrases, which authors edit: each slip is told with file, line and what is expected."""

import os
import shutil
import subprocess
import sys

import pytest

from desktop_app.library import resource_files
from desktop_app.library.faulty_files import _WORDS, FaultyFiles, FileFault, lines_of_faulty_files
from desktop_app.library.phrase_files import ENDING, read_phrase_files, whole_tree
from desktop_app.library.phrases import FILES, MissingPhrase
from guideline_core.edition.faults import EditionFaults, Fault
from guideline_core.file_limits import FAULTS_TOLD
from tests.checkout import CHECKOUT

GOOD = b'# words\na:\n  b: {nl: "een {x}", en: "one {x}"}\n  c: {nl: "twee", en: "two"}\n'


def changed(old: bytes, new: bytes) -> bytes:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


SLIPS = {
    "a quotation mark is missing": (changed(b'"twee"', b'"twee'), "unreadable", 4),
    "a bracket is missing": (changed(b'"two"}', b'"two"'), "unreadable", 5),
    "a key twice": (GOOD + b'  c: {nl: "3", en: "3"}\n', "unreadable", 5),
    "a tab": (changed(b"  c:", b"\tc:"), "unreadable", 4),
    "a key of another kind": (changed(b"  c:", b"  true:"), "unreadable", 4),
    "an alias for a list": (GOOD + b"d: &d [1, 2]\ne: [*d, *d]\n", "unreadable", 6),
    "nested without end": (b"a: " + b"[" * 900 + b"]" * 900, "unreadable", 1),
    "Latin-1": (changed(b"twee", b"tw\xe9"), "unreadable", 1),
    "empty": (b"", "not_a_group", 1),
    "a list": (b"- a\n", "not_a_group", 1),
    "a word": (b"a\n", "not_a_group", 1),
    "bare text": (changed(b'{nl: "twee", en: "two"}', b'"two"'), "not_words", 4),
    "a key without words": (changed(b' {nl: "twee", en: "two"}', b""), "not_words", 4),
    "no Dutch": (changed(b'nl: "twee", ', b""), "no_language", 4),
    "no English": (changed(b', en: "two"', b""), "no_language", 4),
    "empty words": (changed(b'"two"', b'" "'), "no_language", 4),
    "a number": (changed(b'"two"', b"2"), "no_language", 4),
    "a brace too few": (changed(b'"one {x}"', b'"one {x"'), "braces", 3),
    "another name between braces": (changed(b'"one {x}"', b'"one {y}"'), "other_braces", 3),
    "braces left out": (changed(b'"one {x}"', b'"one"'), "other_braces", 3),
}


@pytest.mark.parametrize(("content", "key", "line"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_file_line_and_what_is_expected(content, key, line):
    with pytest.raises(FaultyFiles) as refused:
        read_phrase_files({"good.yaml": GOOD, "wrong.yaml": content})
    [fault] = refused.value.faults
    assert (fault.file, fault.key, fault.line) == ("wrong.yaml", key, line)
    dutch, english = fault.lines()
    assert dutch.startswith(f"wrong.yaml, regel {line}") and english.startswith(f"wrong.yaml, line {line}")


def test_what_is_right_is_read():
    assert read_phrase_files({"good.yaml": GOOD})["good"]["a"]["c"] == {"nl": "twee", "en": "two"}


def test_all_slips_of_all_files_are_told_at_once():
    broken = b"a: [\n"
    both = changed(b'"twee"', b'""').replace(b'"one {x}"', b'"{"')
    with pytest.raises(FaultyFiles) as refused:
        read_phrase_files({"first.yaml": both, "second.yaml": broken})
    assert sorted((fault.file, fault.key) for fault in refused.value.faults) == [
        ("first.yaml", "braces"),
        ("first.yaml", "no_language"),
        ("second.yaml", "unreadable"),
    ]


def test_the_files_of_the_program_are_those_that_are_read():
    assert {f"{name}{ENDING}" for name in FILES} == set(resource_files.folder_content("phrases"))
    whole_tree(resource_files.folder_content("phrases"))


def test_a_file_that_was_removed_is_told():
    files = resource_files.folder_content("phrases")
    del files["store.yaml"]
    with pytest.raises(FaultyFiles) as refused:
        whole_tree(files)
    assert "store.yaml: het bestand ontbreekt." in "\n".join(lines_of_faulty_files(refused.value))


def test_the_patient_sheet_is_dutch_and_nothing_else():
    dutch = b'patient:\n  title: {nl: "Blad"}\n'
    assert read_phrase_files({"sheets.yaml": dutch})
    for name, content in (("letter.yaml", dutch), ("sheets.yaml", dutch.replace(b"patient", b"meeting"))):
        with pytest.raises(FaultyFiles):
            read_phrase_files({name: content})


def test_a_key_that_was_removed_and_a_faulty_edition_are_told_in_the_same_way():
    told = lines_of_faulty_files(MissingPhrase("window", ("bar", "again"), "nl"))
    assert "window.yaml: de woorden bar / again ontbreken. Zet deze sleutel terug." in told
    told = lines_of_faulty_files(EditionFaults([Fault("actions.yaml", 12, "mdo.discuss", "'actor' is missing")]))
    assert told.count("actions.yaml:12: mdo.discuss: 'actor' is missing") == 2
    assert lines_of_faulty_files(ValueError("anything else")) == []


def test_of_very_many_slips_the_first_are_told():
    faults = [FileFault("a.yaml", line, "not_words", "a") for line in range(1, 1000)]
    assert len(lines_of_faulty_files(FaultyFiles(faults))) == 2 * FAULTS_TOLD + 2


def test_no_fault_has_words_that_are_never_said():
    assert set(_WORDS) == {*(key for _, key, _ in SLIPS.values()), "no_file", "missing_phrase"}


# --- the program ------------------------------------------------------------------------------------------------------

WITH_OTHER_RESOURCES = """
import sys
from pathlib import Path
from desktop_app.library import resource_files
resource_files._places = lambda: [Path(sys.argv.pop(1))]
if "--window" in sys.argv:
    from desktop_app.window import start
    shown = []
    start.QMessageBox.exec = lambda box: shown.append(box.text())
    try:
        start.main()
    except Exception as error:
        print(type(error).__name__, *shown)
else:
    from desktop_app.cli.main import main
    sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def run_with(tmp_path):
    """Run the program with one of its files changed: what it prints, and its status."""

    def run(file: str, old: str, new: str, *arguments: str):
        shutil.copytree(CHECKOUT / "resources", tmp_path / "resources")
        path = tmp_path / "resources" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        command = [sys.executable, "-c", WITH_OTHER_RESOURCES, str(tmp_path / "resources"), *arguments]
        own = {name: str(tmp_path) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        environment = {**os.environ, **own, "PYTHONPATH": str(CHECKOUT), "QT_QPA_PLATFORM": "offscreen"}
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)

    return run


SLIP = ("phrases/window.yaml", 'text: {nl: "Klik om verder te gaan", en: "Click to continue"}', "text: verder")
_LINES = (CHECKOUT / "resources" / SLIP[0]).read_text(encoding="utf-8").splitlines()
LINE = next(number for number, line in enumerate(_LINES, 1) if SLIP[1] in line)
WHERE = f"window.yaml, regel {LINE} [cover.text]: verwacht wordt {{nl:"


def test_the_command_line_tells_it_and_is_no_defect(run_with):
    done = run_with(*SLIP, "plan", str(CHECKOUT / "resources" / "examples" / "enchondroom-in-de-hand.json"))
    assert done.returncode == 1 and WHERE in done.stderr
    assert f"window.yaml, line {LINE}" in done.stderr and "Onverwachte fout" not in done.stderr


def test_the_window_tells_it_in_a_dialog(run_with):
    done = run_with(*SLIP, "--window")
    assert done.stdout.startswith("FaultyFiles") and WHERE in done.stdout, done.stderr
