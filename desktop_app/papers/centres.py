"""The directory of centres (resources/clinic/expertise_centres.toml), which a clinic may edit."""

import tomllib
from functools import cache

from desktop_app.library import resource_files
from desktop_app.papers.correspondents import Centre


@cache
def shipped_centres() -> dict[str, Centre]:
    """The centres that the program knows, by their id."""
    return read_centres(resource_files.content("clinic", "expertise_centres.toml"))


def read_centres(content: bytes) -> dict[str, Centre]:
    """Read a directory of centres; an editor may have put a byte order mark before it."""
    entries: dict[str, dict[str, object]] = tomllib.loads(content.decode("utf-8-sig"))["centres"]
    return {
        key: Centre(
            key=key,
            name=str(entry["name"]),
            kind=str(entry["kind"]),
            city=_text(entry, "city"),
            address=_text(entry, "address"),
            phone=_text(entry, "phone"),
        )
        for key, entry in entries.items()
    }


def _text(entry: dict[str, object], key: str) -> str | None:
    """What stands under a key that may be left out."""
    return str(entry[key]) if key in entry else None
