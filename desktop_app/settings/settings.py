"""What the program knows of workstation, referrer and clinic, kept as a readable file in the user's own folder.

Nothing is asked when settings are loaded: whoever first needs one that is missing asks for it. A file that cannot be
used is reported, kept, and never overwritten: the next save puts it aside first.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from desktop_app.files import write_whole
from desktop_app.library.phrases import Language, Phrases
from desktop_app.settings.file import Appearance, broken_at, content_of, read_plain
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
    """One thing that is wrong: where (referrer.big_number), and what (a key of the phrases)."""

    path: str
    key: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Never what was given."""

    def message(self, phrases: Phrases) -> str:
        """What is wrong, in words."""
        return phrases.get("settings", "fault", self.key).format_map(self.details)


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
        found = {_path_of(item["loc"]): _key_of(item) for item in error.errors(include_url=False, include_input=False)}
        raise SettingsFaults(SettingsFault(path, key) for path, key in found.items()) from None


def _without_nothing(given: object) -> object:
    """The same data without null and empty texts: a field that was emptied is a field that was not filled."""
    if not isinstance(given, Mapping):
        return given
    kept = {key: _without_nothing(value) for key, value in given.items()}
    return {key: value for key, value in kept.items() if value is not None and value != ""}


def _path_of(location: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in location)


def _key_of(item: ErrorDetails) -> str:
    kind, place = item["type"], _path_of(item["loc"])
    if kind == "settings_number":
        return str(item["msg"])
    if kind == "extra_forbidden":
        return "unknown_key"
    if place == "version":
        return "newer_version"
    if kind in ("string_too_long", "too_long"):
        return "too_long"
    return "minutes" if place == "hide_after_minutes" else "not_allowed"


# --- keeping --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SettingsProblem:
    """Why the settings file was not used; it can be told to the user, and the program goes on."""

    key: Literal["unreadable", "damaged", "newer"]
    details: Mapping[str, str]
    faults: tuple[SettingsFault, ...] = ()

    def message(self, phrases: Phrases) -> str:
        """What happened and what to do, in words."""
        told = [phrases.get("settings", "problem", self.key).format_map(self.details)]
        if "aside" in self.details:
            told.append(phrases.get("settings", "problem", "kept_aside").format_map(self.details))
        faults = (f"{fault.path}: {fault.message(phrases)}".removeprefix(": ") for fault in self.faults[:FAULTS_TOLD])
        return " ".join([*told, *faults])


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

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.loaded = LoadedSettings() if path is None else load_settings(path)

    def save(self, settings: Settings) -> SettingsNotSaved | None:
        """Save settings; what went wrong, if anything."""
        if self._path is not None:
            try:
                save_settings(settings, self._path)
            except SettingsNotSaved as problem:
                return problem
        return None


def load_settings(path: Path) -> LoadedSettings:
    """Read the settings; never fails: defaults, and what was wrong, when the file cannot be used."""
    try:
        content = content_of(path)
    except OSError as error:
        details = {"file": str(path), "reason": error.strerror or type(error).__name__}
        return LoadedSettings(problem=SettingsProblem("unreadable", details))
    if content is None:
        return LoadedSettings()
    read = _read(content)
    if isinstance(read, Settings):
        return LoadedSettings(read)
    details = {"file": str(path)}
    if _is_newer(read):  # the newer program still needs it: left in its place
        return LoadedSettings(problem=SettingsProblem("newer", details, read))
    aside = _put_aside(path)
    return LoadedSettings(problem=SettingsProblem("damaged", details | ({"aside": str(aside)} if aside else {}), read))


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings, whole or not at all; puts a file aside that could not be read. Raises SettingsNotSaved."""
    content = settings.model_dump_json(exclude_none=True, indent=2).encode() + b"\n"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_readable(path) and _put_aside(path) is None:
            raise SettingsNotSaved(path, "")
        write_whole(path, content)
    except OSError as error:
        raise SettingsNotSaved(path, error.strerror or type(error).__name__) from None


def _read(content: bytes) -> Settings | tuple[SettingsFault, ...]:
    given = read_plain(content)
    if not isinstance(given, dict):
        line = broken_at(content)
        return (SettingsFault("", "broken", {"line": line}) if line else SettingsFault("", "no_settings"),)
    try:
        return check_settings(given)
    except SettingsFaults as error:
        return error.faults


def _is_newer(faults: Iterable[SettingsFault]) -> bool:
    return any(fault.key in ("unknown_key", "newer_version") for fault in faults)


def _is_readable(path: Path) -> bool:
    """Whether what stands there, if anything, may be replaced."""
    try:
        content = content_of(path)
    except OSError:
        return False
    return content is None or isinstance(_read(content), Settings)


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
