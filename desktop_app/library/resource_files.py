"""The only door to resources/: in a checkout, in an installed wheel (desktop_app/_resources) and in a frozen program
alike."""

import sys
from functools import cache
from pathlib import Path

from desktop_app.files import read_file
from guideline_core.file_limits import EDITION_FILE

PACKAGE = Path(__file__).parents[1]
"""The folder of desktop_app."""
_SIGN = "phrases"  # a folder that every set of resources has


class ResourceMissing(Exception):
    """A file that belongs to the program is not there: the installation is damaged."""


def _places() -> list[Path]:
    """Where resources can be: in the package (wheel), beside it (checkout), in the unpacked folder of a frozen
    program."""
    places = [PACKAGE / "_resources", PACKAGE.parent / "resources"]
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked is not None:
        places += [Path(unpacked) / "desktop_app" / "_resources", Path(unpacked) / "resources"]
    return places


@cache
def root() -> Path:
    """The folder that holds all resources."""
    places = _places()
    for place in places:
        if (place / _SIGN).is_dir():
            return place
    raise ResourceMissing(f"no resources in {' or '.join(str(place) for place in places)}")


def path(*parts: str) -> Path:
    """The path of a file or folder of the resources; raises ResourceMissing when it is not there."""
    found = root().joinpath(*parts)
    if not found.exists():
        raise ResourceMissing(f"{'/'.join(parts)} is missing in {root()}")
    return found


def content(*parts: str) -> bytes:
    """The content of one file."""
    try:
        return path(*parts).read_bytes()
    except OSError as error:
        raise ResourceMissing(f"{'/'.join(parts)} cannot be read: {error.strerror}") from None


def folder_content(*parts: str) -> dict[str, bytes]:
    """Name and content of each file in a folder, in the order of their names; subfolders and hidden files left out."""
    folder = path(*parts)
    return {name: (folder / name).read_bytes() for name in _names_in(folder)}


def files_in(folder: Path) -> dict[str, bytes]:
    """Name and content of each plain file in a folder of the user, as folder_content does for the program's own; of a
    file that is too large no more than shows it. Raises OSError."""
    return {name: read_file(folder / name, EDITION_FILE.largest + 1) for name in _names_in(folder)}


def _names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir() if entry.is_file() and not _is_litter(entry.name))


def folders(*parts: str) -> list[str]:
    """The names of the folders in a folder."""
    return sorted(entry.name for entry in path(*parts).iterdir() if entry.is_dir() and not _is_litter(entry.name))


def _is_litter(name: str) -> bool:
    """Whether a name is that of a hidden file, an editor's copy or a system's leftover: no part of an edition."""
    return name.startswith((".", "~")) or name.endswith(("~", ".swp", ".bak", ".orig")) or name in ("Thumbs.db",)
