"""Opening an edition: compiled once, kept, never stale, and no disk trouble stops it."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.library import compilation, editions
from desktop_app.library import compilations as compilations_kept
from desktop_app.library.compilations import seal_of
from desktop_app.library.editions import Library
from guideline_core.case import Case
from guideline_core.edition.faults import EditionFaults
from tests.checkout import CHECKOUT

TODAY = datetime.date(2026, 11, 23)
CASE = Case.model_validate({"patient": {"age_years": 14}, "lesion": {"category": "malignant", "bone": "femur"}})


@pytest.fixture
def compilations(monkeypatch):
    """Counts how often the edition and the phrases are compiled."""
    counted = []
    for name in ("compiled_edition", "compiled_phrases"):
        original = getattr(compilation, name)

        def counting(files, name=name, original=original):
            counted.append(name)
            return original(files)

        monkeypatch.setattr(compilation, name, counting)
    return counted


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A cache folder in which everything was kept."""
    folder = tmp_path_factory.mktemp("cache")
    use(Library(cache_folder=folder))
    return folder


def use(library):
    edition = library.edition()
    assert library.phrases("nl").word("because") == "omdat"
    assert edition.names.title("nl")
    return edition.planner.make_plan(CASE, TODAY)


def test_what_was_compiled_is_kept(kept, compilations):
    use(Library(cache_folder=kept))
    assert compilations == []


def test_a_plan_from_the_cache_equals_one_without(kept, planner):
    assert use(Library(cache_folder=kept)) == planner.make_plan(CASE, TODAY)


def test_the_first_time_it_is_compiled(tmp_path, compilations):
    use(Library(cache_folder=tmp_path))
    assert sorted(compilations) == ["compiled_edition", "compiled_phrases"]


@pytest.mark.parametrize("what", ["edition_files", "phrase_files"])
@pytest.mark.parametrize("change", ["content", "name", "added"])
def test_the_key_follows_every_file(kept, what, change):
    library = Library(cache_folder=kept)
    before = library.key
    changed = Library(cache_folder=kept)
    files = dict(getattr(changed, what))
    name = sorted(files)[0]
    match change:
        case "content":
            files[name] += b"\n"
        case "name":
            files[f"z-{name}"] = files.pop(name)
        case "added":
            files["zzz.yaml"] = b""
    setattr(changed, what, files)
    assert changed.key != before


def test_the_key_follows_the_compiler(kept, monkeypatch):
    before = Library(cache_folder=kept).key
    sources = {**editions.compiler_sources(), "compiler.py": b"another compiler"}
    monkeypatch.setattr(editions, "compiler_sources", lambda: sources)
    assert Library(cache_folder=kept).key != before


def test_the_compiler_s_sources_are_those_of_the_core():
    sources = editions.compiler_sources()
    assert {"compiler.py", "case.py", "compiled_form.py", "edition/rules.py", "case_reading/shape.py"} <= sources.keys()
    assert {"desktop_app/library/phrases.py", "desktop_app/library/field_kinds.py"} <= sources.keys()
    assert not [name for name in sources if name.startswith("proof/") or "pycache" in name]


LOADED_BY_COMPILING = """
import sys
from desktop_app.library.compilation import compiled_edition
from tests.checkout import CHECKOUT
from tests.editions import edition_files
compiled_edition(edition_files())
print(*(name for name in sys.modules if name.startswith("guideline_core.")))
"""


def test_whatever_of_the_core_compiling_loads_is_a_source():
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY_COMPILING], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = {name.removeprefix("guideline_core.").replace(".", "/") for name in done.stdout.split()}
    assert {"compiler", "edition/entries", "contract"} <= loaded
    sources = {name.removesuffix(".py").removesuffix("/__init__") for name in editions.compiler_sources()}
    assert loaded <= sources


@pytest.mark.parametrize("damage", ["cut", "one byte", "of another key"])
def test_a_damaged_file_is_compiled_anew(tmp_path, kept, compilations, damage):
    for path in kept.iterdir():
        content = path.read_bytes()
        match damage:
            case "cut":
                content = content[: len(content) // 2]
            case "one byte":
                content = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
            case "of another key":
                content = seal_of("another", path.stem.partition("-")[2], content[64:]) + content[64:]
        (tmp_path / path.name).write_bytes(content)
    use(Library(cache_folder=tmp_path))
    assert sorted(compilations) == ["compiled_edition", "compiled_phrases"]
    compilations.clear()
    use(Library(cache_folder=tmp_path))
    assert compilations == []


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path, compilations):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    use(Library(cache_folder=tmp_path / "file" / "cache"))
    assert sorted(compilations) == ["compiled_edition", "compiled_phrases"]


def test_a_full_disk_is_no_error(tmp_path, monkeypatch, compilations):
    def no_space(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop_app.library.compilations.os.open", no_space)
    use(Library(cache_folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_is_left_behind(tmp_path):
    use(Library(cache_folder=tmp_path))
    assert all(path.suffix == ".json" and not path.name.startswith(".") for path in tmp_path.iterdir())


def test_old_compilations_are_forgotten(tmp_path):
    for number in range(6):
        old = tmp_path / f"{number:032d}-planning.json"
        old.write_text("old", encoding="utf-8")
        os.utime(old, (number, number))
    use(Library(cache_folder=tmp_path))
    keys = {path.name.partition("-")[0] for path in tmp_path.iterdir()}
    assert len(keys) == compilations_kept.MOST
    assert Library(cache_folder=tmp_path).key[:32] in keys


def test_without_a_home_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(editions, "default_cache_folder", lambda: None)
    use(Library())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has this variable")
@pytest.mark.parametrize(
    ("given", "folder"), [("/tmp/somewhere", "/tmp/somewhere/botwijzer"), ("", "{home}/.cache/botwijzer")]
)
def test_the_cache_is_where_the_platform_keeps_such_things(monkeypatch, tmp_path, given, folder):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert editions.default_cache_folder() == Path(folder.format(home=tmp_path))


def test_the_cache_folder_does_not_change_with_the_current_folder(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    folder = editions.default_cache_folder()
    assert folder is not None and folder.is_absolute()


def test_a_faulty_edition_names_its_faults():
    files = {**Library().edition_files, "bones.yaml": b"bones: 3"}
    with pytest.raises(EditionFaults):
        compilation.compiled_edition(files)


def test_planning_from_the_cache_needs_no_yaml(kept):
    code = (
        "import sys, datetime; from pathlib import Path; from desktop_app.library.editions import Library\n"
        f"library = Library(cache_folder=Path({str(kept)!r})); edition = library.edition(); library.phrases('nl')\n"
        "day = datetime.date(2026, 11, 23); edition.planner.make_plan(edition.read_case(b'{}', day), day)\n"
        "slow = {'ruamel.yaml', 'guideline_core.edition.entries', 'guideline_core.compiler'}\n"
        "slow &= sys.modules.keys()\n"
        "sys.exit(f'imported: {slow}' if slow else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
