"""Settings come back as they were saved, and a file that cannot be used is told, kept and never overwritten."""

import json
import os
import stat
import threading
import time

import pytest

from desktop_app import files
from desktop_app.library.phrases import LANGUAGES
from desktop_app.settings.file import PATIENCE_SECONDS, appearance_in, default_path, found_at, language_in
from desktop_app.settings.settings import (
    LoadedSettings,
    Settings,
    SettingsFaults,
    SettingsFile,
    SettingsNotSaved,
    check_settings,
    load_settings,
    save_settings,
)
from tests.desktop_app.store.helpers import words

FULL = {
    "setting": "hospital",
    "referrer": {
        "name": "dr. A. Voorbeeld",
        "specialty": "radioloog",
        "big_number": "1234 5678-901",
        "agb_number": "03.123456",
        "uzi_number": "900 012 345",
    },
    "clinic": {
        "name": "Ziekenhuis",
        "letterhead": ["Afdeling Radiologie", "Route 12"],
        "address": "Straat 1\n1234 AB Plaats",
        "phone": "020 1234567",
        "logo": "/srv/logo.png",
    },
    "default_centre": "lumc",
    "hide_after_minutes": 0,
    "language": "en",
    "attach_case": True,
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "settings.json"


def faults_of(given) -> dict[str, str]:
    with pytest.raises(SettingsFaults) as refusal:
        check_settings(given)
    return {fault.path: fault.key for fault in refusal.value.faults}


# --- values ---------------------------------------------------------------------------------------------------------


def test_defaults_say_nothing_that_nobody_said():
    settings = Settings()
    assert (settings.setting, settings.referrer.name, settings.clinic.name, settings.default_centre) == (None,) * 4
    assert (settings.language, settings.hide_after_minutes, settings.attach_case) == ("nl", 10, True)


def test_numbers_of_registers_are_checked_and_written_compactly():
    settings = check_settings(FULL)
    referrer = settings.referrer
    assert (referrer.big_number, referrer.agb_number, referrer.uzi_number) == ("12345678901", "03123456", "900012345")


@pytest.mark.parametrize("number", ["1234567890", "123456789012", "1234567890a", "¹2345678901", "١٢٣٤٥٦٧٨٩٠١"])
def test_a_wrong_big_number_is_refused_and_not_repeated(number):
    assert faults_of({"referrer": {"big_number": number}}) == {"referrer.big_number": "big_number"}
    with pytest.raises(SettingsFaults) as refusal:
        check_settings({"referrer": {"big_number": number}})
    assert number not in f"{refusal.value!r} {refusal.value.__cause__}"


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567x"])
def test_a_wrong_agb_number_is_refused(number):
    assert faults_of({"referrer": {"agb_number": number}}) == {"referrer.agb_number": "agb_number"}


@pytest.mark.parametrize("number", ["90001234", "9000123456", "90001234x"])
def test_a_wrong_uzi_number_is_refused(number):
    assert faults_of({"referrer": {"uzi_number": number}}) == {"referrer.uzi_number": "uzi_number"}


def test_every_fault_is_told_at_once():
    assert faults_of(
        {
            "setting": "ward",
            "referrer": {"name": "n" * 201, "big_number": 12345678901},
            "clinic": {"letterhead": ["x"] * 7, "fax": "1"},
            "default_centre": "L U M C",
            "hide_after_minutes": 241,
            "language": "fr",
            "attach_case": "yes",
        }
    ) == {
        "setting": "choice",
        "referrer.name": "too_long",
        "referrer.big_number": "text",
        "clinic.letterhead": "too_many",
        "clinic.fax": "unknown_key",
        "default_centre": "centre",
        "hide_after_minutes": "minutes",
        "language": "choice",
        "attach_case": "yes_no",
    }


@pytest.mark.parametrize("minutes", [-1, 1.5, "10", True])
def test_minutes_are_a_whole_number(minutes):
    assert faults_of({"hide_after_minutes": minutes}) == {"hide_after_minutes": "minutes"}


def test_an_emptied_field_is_not_filled():
    assert check_settings({"referrer": {"name": "", "big_number": ""}, "default_centre": None}) == Settings()


# --- the file -------------------------------------------------------------------------------------------------------


def test_settings_come_back(path):
    settings = check_settings(FULL)
    save_settings(settings, path)
    assert load_settings(path) == LoadedSettings(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]
    assert json.loads(path.read_text())["referrer"]["name"] == "dr. A. Voorbeeld"


def test_without_a_file_defaults_hold_and_nothing_is_made(path):
    assert load_settings(path) == LoadedSettings()
    assert not path.parent.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"[" * 100_000, b" " * 1_000_001 + b"{}"],
    ids=["empty", "broken", "not UTF-8", "list", "deep", "huge"],
)
def test_a_damaged_file_is_told_and_kept_aside(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.problem.key == "damaged"
    aside = path.with_name("settings.aside-1.json")
    assert loaded.problem.details["aside"] == str(aside)
    assert aside.read_bytes() == content and not path.exists()
    assert load_settings(path).problem is None


def test_several_damaged_files_are_all_kept(path):
    path.parent.mkdir()
    for place in (1, 2, 3):
        path.write_text(f"damaged {place}")
        load_settings(path)
    assert [path.with_name(f"settings.aside-{place}.json").read_text() for place in (1, 2, 3)] == [
        "damaged 1",
        "damaged 2",
        "damaged 3",
    ]


@pytest.mark.parametrize("content", ['{"version": 2, "colour": "blue"}', '{"version": "2"}'])
def test_the_file_of_a_newer_version_is_left_until_settings_are_saved(path, content):
    path.parent.mkdir()
    path.write_text(content)
    loaded = load_settings(path)
    assert (loaded.settings, loaded.problem.key) == (Settings(), "newer")
    assert path.read_text() == content
    save_settings(Settings(language="en"), path)
    assert load_settings(path) == LoadedSettings(Settings(language="en"))
    assert path.with_name("settings.aside-1.json").read_text() == content


def test_a_file_that_cannot_be_read_is_told(path):
    path.mkdir(parents=True)
    loaded = load_settings(path)
    assert (loaded.settings, loaded.problem.key) == (Settings(), "unreadable")
    assert path.is_dir()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_save_leaves_the_settings_before(path, monkeypatch, step):
    save_settings(check_settings(FULL), path)

    def fail(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(files.os, step, fail)
    with pytest.raises(SettingsNotSaved) as refusal:
        save_settings(Settings(), path)
    assert str(path) in refusal.value.message(words())
    assert str(path) not in str(refusal.value)
    assert load_settings(path).settings == check_settings(FULL)
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "config").write_text("no folder")
    with pytest.raises(SettingsNotSaved):
        save_settings(Settings(), tmp_path / "config" / "settings.json")


def test_settings_are_in_a_folder_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert default_path().parts[-2:] == ("botwijzer", "settings.json")


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("content", "names"),
    [('{"version": 2}', ["version"]), ('{"referrer": {"orcid": "1"}}', ["referrer.orcid"]), ("{", ["aside-1"])],
)
def test_every_problem_is_told(path, language, content, names):
    path.parent.mkdir()
    path.write_text(content)
    message = load_settings(path).problem.message(words(language))
    assert "{" not in message
    for name in [str(path), *names]:
        assert name in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_and_problem_has_words(language):
    phrases = words(language)
    codes = {
        "big_number",
        "agb_number",
        "uzi_number",
        "not_allowed",
        "newer_version",
    }
    codes |= {key for _, _, key, *_ in SLIPS.values()}
    assert set(phrases.table("settings", "fault")) == codes | {"no_settings", "broken"}
    keys = {"unreadable", "silent", "damaged", "newer", "values", "place", "kept_aside", "not_saved"}
    assert set(phrases.table("settings", "problem")) == keys


def test_a_slip_in_the_file_is_told_with_its_line(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text('{\n  "setting": "hospital"\n  "language": "nl"\n}', encoding="utf-8")
    message = load_settings(path).problem.message(words())
    assert str(path) in message and "Regel 3" in message


@pytest.mark.parametrize(
    ("key", "told"),
    [("a.b", "a.b"), ("referrer.name", "referrer.name"), ("9" * 4301, "9" * 30), ("x" * 900_000, "xxx")],
)
def test_a_key_that_nobody_knows_takes_no_other_setting_along(path, key, told):
    good = {"hide_after_minutes": 3, "attach_case": False, "referrer": {"name": "Dr. A. Proef"}}
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({**good, key: 1}), encoding="utf-8")
    loaded = load_settings(path)
    settings = loaded.settings
    assert (settings.hide_after_minutes, settings.attach_case, settings.referrer.name) == (3, False, "Dr. A. Proef")
    message = loaded.problem.message(words("nl"))
    assert told in message and len(message) < 1_000


@pytest.mark.parametrize("content", [b'{"a":' * 600 + b"1" + b"}" * 600, b"[" * 600 + b"]" * 600, b"[" * 100_000])
def test_a_file_that_nests_without_end_is_damaged_like_any_other(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load_settings(path)
    assert loaded.settings == Settings() and loaded.problem.key == "damaged"


# --- slips in a file that someone edited ----------------------------------------------------------------------------

GOOD = """{
\t"setting": "hospital",
  "referrer": {
    "name": "dr. A. Voorbeeld"
  },
  "clinic": {"letterhead": ["een",
    "twee"]},
  "hide_after_minutes": 5
}
"""
SLIPS = {
    "another choice": ('"hospital"', '"hospitl"', "choice", 2, "setting", "primary_care, hospital, expertise_centre"),
    "a number": ('"dr. A. Voorbeeld"', "5", "text", 4, "referrer.name", "aanhalingstekens"),
    "a long text": ('"dr. A. Voorbeeld"', f'"{"x" * 201}"', "too_long", 4, "referrer.name", "200"),
    "a group as text": ('{"letterhead": ["een",\n    "twee"]}', '"x"', "group", 6, "clinic", "accolades"),
    "a list as text": ('["een",\n    "twee"]', '"een"', "list", 6, "clinic.letterhead", "[ en ]"),
    "a wrong item": ('"twee"', "2", "text", 7, "clinic.letterhead.1", "aanhalingstekens"),
    "a long list": ('"twee"', '"3", "4", "5", "6", "7", "8"', "too_many", 6, "clinic.letterhead", "6 regels"),
    "yes": ("5\n", '5,\n"attach_case": "ja"\n', "yes_no", 9, "attach_case", "true of false"),
    "a name for a key": ("5\n", '5,\n"default_centre": "LUMC"\n', "centre", 9, "default_centre", "kleine letters"),
    "minutes": ("5\n", "500\n", "minutes", 8, "hide_after_minutes", "240"),
    "another key": ('"setting"', '"settting"', "unknown_key", 2, "settting", "Bedoelde u ‘setting’?"),
    "another key inside": ('"name"', '"naam"', "unknown_key", 4, "referrer.naam", "Bedoelde u ‘name’?"),
}


@pytest.mark.parametrize(("old", "new", "key", "line", "place", "expected"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_line_and_what_is_expected_and_the_rest_is_used(
    path, old, new, key, line, place, expected
):
    assert GOOD.count(old) == 1
    path.parent.mkdir()
    path.write_text("\ufeff" + GOOD.replace(old, new), encoding="utf-8")
    before = path.read_bytes()
    loaded = load_settings(path)
    [fault] = loaded.problem.faults
    assert (loaded.problem.key, fault.key, fault.line, fault.path) == ("values", key, line, place)
    message = loaded.problem.message(words())
    assert f"Regel {line}, {place}: " in message and expected in message and str(path) in message
    assert f"Line {line}, {place}: " in loaded.problem.message(words("en"))
    right = check_settings(json.loads(GOOD.replace("\t", "")))
    differing = [name for name in Settings.model_fields if getattr(loaded.settings, name) != getattr(right, name)]
    assert set(differing) <= {place.partition(".")[0], "setting"}
    if place != "hide_after_minutes":
        assert loaded.settings.hide_after_minutes == 5
    assert path.read_bytes() == before, "nobody lost what they wrote"
    save_settings(loaded.settings, path)
    assert path.with_name("settings.aside-1.json").read_bytes() == before


# --- a share that no longer answers ---------------------------------------------------------------------------------


@pytest.fixture
def silent(path, monkeypatch):
    """The settings lie on a disk that answers nothing, and whoever touches it otherwise would wait without end."""
    path.parent.mkdir()
    path.write_text('{"setting": "hospital"}')
    asked, answers = [], threading.Event()

    def wait(*_: object) -> list[bytes]:
        asked.append(time.monotonic())
        answers.wait()
        return []

    monkeypatch.setattr(files, "_pieces_of", wait)
    monkeypatch.setattr("desktop_app.settings.file.PATIENCE_SECONDS", 0.1)
    yield asked
    answers.set()


def test_a_share_that_does_not_answer_is_asked_once_and_nothing_is_saved_there(path, silent, monkeypatch):
    found = found_at(path)
    file = SettingsFile(path, found)
    assert (language_in(found), appearance_in(found)) == ("nl", "system")
    assert (file.loaded.settings, file.loaded.problem.key) == (Settings(), "silent")
    for language, word in (("nl", "standaardinstellingen"), ("en", "default settings")):
        message = file.loaded.problem.message(words(language))
        assert str(path) in message and word in message
    monkeypatch.setattr("desktop_app.settings.settings.save_settings", None)
    assert isinstance(file.save(Settings(language="en")), SettingsNotSaved)
    assert len(silent) == 1


def test_the_wait_at_the_start_is_a_few_seconds():
    assert PATIENCE_SECONDS <= 3
