"""What the program knows of workstation, referrer and clinic, kept as a readable file in the user's own folder.

Nothing is asked when settings are loaded: whoever first needs one that is missing asks for it. A value that is wrong is
told, with its line and what is expected, and the others are used. A file that cannot be used as a whole is told, kept,
and never overwritten: the next save puts it aside first.
"""

import codecs
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from desktop_app.files import write_whole
from desktop_app.library.phrases import Language, Phrases
from desktop_app.library.sentences import shown
from desktop_app.settings.file import Appearance, FoundFile, broken_at, found_at, read_plain
from guideline_core.case_reading.faults import shortened, suggestion
from guideline_core.keys import Setting

FAULTS_TOLD = 8

# --- what can be set ------------------------------------------------------------------------------------------------


def _register_number(digits: int, code: str) -> AfterValidator:
    """A number of a register: exactly so many digits; spaces, points and hyphens between them are left out."""

    def check(given: str) -> str:
        compact = given.translate(str.maketrans("", "", " .-"))
        if len(compact) != digits or not (compact.isascii() and compact.isdigit()):
            raise PydanticCustomError("settings_number", code)
        return compact

    return AfterValidator(check)


Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
BigNumber = Annotated[str, StringConstraints(max_length=30), _register_number(11, "big_number")]
AgbNumber = Annotated[str, StringConstraints(max_length=30), _register_number(8, "agb_number")]
# Nine digits: the UZI register (CIBG) gives so many to a person in the certificate of a care provider.
UziNumber = Annotated[str, StringConstraints(max_length=30), _register_number(9, "uzi_number")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Referrer(_Part):
    """Who refers, as the letter names them."""

    name: Line | None = None
    specialty: Line | None = None
    big_number: BigNumber | None = None
    agb_number: AgbNumber | None = None
    uzi_number: UziNumber | None = None


class Clinic(_Part):
    """Where they work, as the letterhead shows it."""

    name: Line | None = None
    letterhead: Annotated[tuple[Line, ...], Field(max_length=6)] = ()
    address: Annotated[str, StringConstraints(max_length=400)] | None = None
    phone: Line | None = None
    logo: Annotated[str, StringConstraints(max_length=1000)] | None = None
    """The path of a picture; whoever draws it looks whether it is (still) there."""


class Settings(_Part):
    """Everything that is set once and not per case; None = never said."""

    version: Literal[1] = 1
    setting: Setting | None = None
    referrer: Referrer = Referrer()
    clinic: Clinic = Clinic()
    default_centre: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)] | None = None
    hide_after_minutes: Annotated[int, Field(strict=True, ge=0, le=240)] = 10
    """Without use for so long, the window hides what it shows; 0 = never."""
    language: Language = "nl"
    appearance: Appearance = "system"
    attach_case: bool = Field(default=True, strict=True)
    """Whether a letter that is saved as PDF takes the case along, so that who receives it can open it."""
    attach_plan: bool = Field(default=False, strict=True)
    """Whether a letter prints the plan of the guideline as an annex: a colleague who is asked for help knows it."""
    told_of_plain_files: bool = Field(default=False, strict=True)
    """Whether this user was told, in words, that a plain file with a case is not encrypted."""


# --- checking -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SettingsFault:
    """One thing that is wrong: where (referrer.big_number), what is expected (a key of the phrases), and in a file the
    line."""

    path: str
    key: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Never what was given."""
    line: int | None = None
    place: tuple[str | int, ...] = ()
    """The same path step by step: a key can hold a point itself, or look like a number."""

    def message(self, phrases: Phrases) -> str:
        """What is wrong, in words."""
        near = f" {phrases.get('faults', 'extra', 'suggestion')}" if "suggestion" in self.details else ""
        return f"{phrases.get('settings', 'fault', self.key)}{near}".format_map(self.details)

    def message_with_place(self, phrases: Phrases) -> str:
        """The same, behind its place in the file."""
        words = self.message(phrases)
        if self.line is None:
            return words
        return phrases.get("settings", "problem", "place").format(line=self.line, path=self.path, fault=words)


class SettingsFaults(Exception):
    """Everything that is wrong with settings; its text names places and keys, never what was given."""

    def __init__(self, faults: Iterable[SettingsFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.path or 'settings'}: {fault.key}" for fault in self.faults))


def check_settings(given: Mapping[str, object]) -> Settings:
    """Make settings of plain data, such as a form; raises SettingsFaults with all that is wrong."""
    try:
        return Settings.model_validate(_without_nothing(given))
    except ValidationError as error:
        found = {item["loc"]: item for item in error.errors(include_url=False, include_input=False)}
        raise SettingsFaults(_fault(item) for item in found.values()) from None


def _without_nothing(given: object) -> object:
    """The same data without null and empty texts: a field that was emptied is a field that was not filled."""
    if not isinstance(given, Mapping):
        return given
    kept = {key: _without_nothing(value) for key, value in given.items()}
    return {key: value for key, value in kept.items() if value is not None and value != ""}


def _path_of(location: tuple[str | int, ...]) -> str:
    return ".".join(shown(shortened(str(step))) for step in location)


_EXPECTED = {
    "extra_forbidden": "unknown_key",
    "string_type": "text",
    "string_too_long": "too_long",
    "too_long": "too_many",
    "string_pattern_mismatch": "centre",
    "literal_error": "choice",
    "bool_type": "yes_no",
    "tuple_type": "list",
    "model_type": "group",
}
"""What is expected, by the kind of error."""


def _fault(item: ErrorDetails) -> SettingsFault:
    path, context = _path_of(item["loc"]), item.get("ctx", {})
    details = {
        "choices": ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", "")))),
        "limit": context.get("max_length", ""),
        **(_near(path) if item["type"] == "extra_forbidden" else {}),
    }
    return SettingsFault(path, _key_of(path, item), details, place=item["loc"])


def _key_of(path: str, item: ErrorDetails) -> str:
    if item["type"] == "settings_number":
        return str(item["msg"])
    if path in ("version", "hide_after_minutes"):
        return {"version": "newer_version", "hide_after_minutes": "minutes"}[path]
    return _EXPECTED.get(item["type"], "not_allowed")


def _near(path: str) -> dict[str, str]:
    """The setting that comes close to one that does not exist."""
    group, _, name = path.rpartition(".")
    parts: dict[str, type[BaseModel]] = {"": Settings, "referrer": Referrer, "clinic": Clinic}
    return suggestion(name, parts[group].model_fields) if group in parts else {}


# --- keeping --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SettingsProblem:
    """Why the settings file was not used, or not all of it; it can be told to the user, and the program goes on."""

    key: Literal["unreadable", "silent", "damaged", "newer", "values"]
    details: Mapping[str, str]
    faults: tuple[SettingsFault, ...] = ()

    def message(self, phrases: Phrases) -> str:
        """What happened and what to do, in words."""
        told = [phrases.get("settings", "problem", self.key).format_map(self.details)]
        if "aside" in self.details:
            told.append(phrases.get("settings", "problem", "kept_aside").format_map(self.details))
        return " ".join([*told, *(fault.message_with_place(phrases) for fault in self.faults[:FAULTS_TOLD])])


@dataclass(frozen=True)
class LoadedSettings:
    """Settings to work with, and what was wrong with the file, if anything."""

    settings: Settings = field(default_factory=Settings)
    problem: SettingsProblem | None = None


class SettingsNotSaved(Exception):
    """The settings could not be written; those that were there before still are."""

    key = "not_saved"

    def __init__(self, file: Path, reason: str) -> None:
        self.details = {"file": str(file), "reason": reason}
        super().__init__("settings_not_saved")

    def message(self, phrases: Phrases) -> str:
        """What happened and what to do, in words."""
        return phrases.get("settings", "problem", self.key).format_map(self.details)


class SettingsFile:
    """The file in which the settings of this user stand; without a path nothing is read or saved."""

    def __init__(self, path: Path | None, found: FoundFile | None = None) -> None:
        self._path = path
        self.loaded = LoadedSettings() if path is None else load_settings(path, found)

    def save(self, settings: Settings) -> SettingsNotSaved | None:
        """Save settings; what went wrong, if anything. A disk that does not answer is not asked again."""
        if self._path is None:
            return None
        if self.loaded.problem is not None and self.loaded.problem.key == "silent":
            return SettingsNotSaved(self._path, self.loaded.problem.details["reason"])
        try:
            save_settings(settings, self._path)
        except SettingsNotSaved as problem:
            return problem
        return None


def load_settings(path: Path, found: FoundFile | None = None) -> LoadedSettings:
    """Read the settings, unless they were found before; never fails: what was wrong with the file is told, and what
    cannot be used has its default."""
    found = found or found_at(path)
    if found.is_missing:
        return LoadedSettings()
    details = {"file": str(path)}
    if found.problem is not None:
        details["reason"] = found.problem.strerror or type(found.problem).__name__
        return LoadedSettings(problem=SettingsProblem("silent" if found.is_silent else "unreadable", details))
    settings, faults = _read(found.content)
    if not faults:
        return LoadedSettings(settings)
    if any(fault.key == "newer_version" for fault in faults):  # the newer program still needs it
        return LoadedSettings(problem=SettingsProblem("newer", details, faults))
    if all(fault.path for fault in faults):
        return LoadedSettings(settings, SettingsProblem("values", details, faults))
    aside = _put_aside(path)
    return LoadedSettings(
        problem=SettingsProblem("damaged", details | ({"aside": str(aside)} if aside else {}), faults)
    )


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings, whole or not at all; puts a file aside that could not be read. Raises SettingsNotSaved."""
    content = settings.model_dump_json(exclude_none=True, indent=2).encode() + b"\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_replaceable(path) and _put_aside(path) is None:
            raise SettingsNotSaved(path, "")
        write_whole(path, content)
    except OSError as error:
        raise SettingsNotSaved(path, error.strerror or type(error).__name__) from None


def _read(content: bytes) -> tuple[Settings, tuple[SettingsFault, ...]]:
    """The settings that can be used, and what is wrong with the file; a fault without a path is one of all of it."""
    given = read_plain(content)
    if not isinstance(given, dict):
        line = broken_at(content)
        return Settings(), (SettingsFault("", "broken", {"line": line}) if line else SettingsFault("", "no_settings"),)
    try:
        return check_settings(given), ()
    except SettingsFaults as error:
        faults = tuple(error.faults)
    for fault in faults:
        _leave_out(given, fault.place)
    return _usable(given), _with_lines(faults, content)


def _leave_out(given: dict[str, object], place: Sequence[str | int]) -> None:
    """Remove a setting; of a list that has a wrong item all of it."""
    name, *inside = map(str, place)
    group = given.get(name)
    if isinstance(group, dict) and inside:
        _leave_out(group, inside)
    else:
        given.pop(name, None)


def _usable(given: Mapping[str, object]) -> Settings:
    try:
        return check_settings(given)
    except SettingsFaults:
        return Settings()


def _with_lines(faults: Iterable[SettingsFault], content: bytes) -> tuple[SettingsFault, ...]:
    """The same faults with their lines. JSON is YAML too, but for tabs, which stand in JSON between its parts only."""
    # The reader that keeps lines is slow to load, and wanted only when something is wrong.
    from guideline_core.edition.yaml_places import composed, line_of

    node = composed(content.removeprefix(codecs.BOM_UTF8).replace(b"\t", b" "))
    return tuple(replace(fault, line=line_of(node, fault.place)) for fault in faults)


def _is_replaceable(path: Path) -> bool:
    """Whether what stands there, if anything, is whole, so that nothing is lost when it is replaced."""
    found = found_at(path)
    return found.is_missing or (found.problem is None and not _read(found.content)[1])


def _put_aside(path: Path) -> Path | None:
    """Rename the file to a name that is free; None when that is not possible."""
    for place in range(1, 1000):
        aside = path.with_name(f"{path.stem}.aside-{place}{path.suffix}")
        if not os.path.lexists(aside):
            try:
                return path.rename(aside)
            except OSError:
                return None
    return None
