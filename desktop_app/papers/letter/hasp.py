"""The HASP headings of the letter (resources/letter/hasp-headings.toml).

HASP is the Dutch guideline on letters between general practitioner and specialist (NHG and FMS, 2017): envelope, core,
file summary. The exact headings are UNCONFIRMED: the published text was not at hand, only a draft machine-readable form
of it. The file says so too, and nothing else in the program names them, so that they can be corrected in one place.
"""

import tomllib
from functools import cache

from desktop_app.library import resource_files


@cache
def _file() -> dict[str, object]:
    return tomllib.loads(resource_files.content("letter", "hasp-headings.toml").decode("utf-8"))


def hasp_headings(language: str) -> dict[str, str]:
    """The heading of each part, in a language."""
    return {key: str(entry[language]) for key, entry in _file().items() if isinstance(entry, dict)}


def hasp_elements() -> dict[str, str]:
    """The name of each part in the machine-readable form."""
    return {key: str(entry["element"]) for key, entry in _file().items() if isinstance(entry, dict)}


def is_confirmed() -> bool:
    """Whether someone compared the headings with the published text."""
    return bool(_file()["status"] == "confirmed")
