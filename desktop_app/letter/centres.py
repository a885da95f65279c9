"""The directory of centres (resources/clinic/expertise_centres.yaml), which a clinic may edit."""

from functools import cache
from typing import Any

from desktop_app import resource_files
from desktop_app.letter.sender import Centre


@cache
def shipped_centres() -> dict[str, Centre]:
    """The centres that the program knows, by their id."""
    return read_centres(resource_files.content("clinic", "expertise_centres.yaml"))


def read_centres(content: bytes) -> dict[str, Centre]:
    """Read a directory of centres."""
    from ruamel.yaml import YAML  # slow to import; only a letter that names a centre needs it

    entries: dict[str, dict[str, Any]] = YAML(typ="safe").load(content)["centres"]
    return {
        key: Centre(
            key=key,
            name=str(entry["name"]),
            kind=str(entry["kind"]),
            city=entry.get("city"),
            address=entry.get("address"),
            phone=entry.get("phone"),
        )
        for key, entry in entries.items()
    }
