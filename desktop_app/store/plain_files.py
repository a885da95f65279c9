"""A case as a plain, readable file. It is not encrypted: whoever calls this has told the user so."""

import json
from pathlib import Path

from desktop_app.files import NotAPlainFile, read_file, write_whole
from desktop_app.store.connecting import problem_of_system
from desktop_app.store.problems import FileMissing, FileNotPlain, FileNotReadable, FileOutOfReach, FileTooLarge
from guideline_core.case import Case
from guideline_core.file_limits import CASE, MEGABYTE


def save_plain_file(path: Path, case: Case) -> None:
    """Write a case as JSON, whole or not at all; raises a StoreProblem and then leaves what was there."""
    try:
        write_whole(path, plain_text(case))
    except OSError as error:
        raise problem_of_system(error, path) from None


def read_plain_file(path: Path, largest: int = CASE.largest) -> bytes:
    """The content of a file that should hold a case (at most so many bytes); raises a StoreProblem."""
    details = {"file": str(path)}
    try:
        content = read_file(path, largest + 1)
    except NotAPlainFile:
        raise FileNotPlain(**details) from None
    except TimeoutError:
        raise FileOutOfReach(**details) from None
    except FileNotFoundError:
        raise FileMissing(**details) from None
    except (OSError, ValueError) as error:  # ValueError: no name of a file
        raise FileNotReadable(**details, reason=getattr(error, "strerror", None) or "") from None
    if len(content) > largest:
        raise FileTooLarge(**details, megabytes=largest // MEGABYTE)
    return content


def plain_text(case: Case) -> bytes:
    """A case as a person may read it: what was answered, in the order of the contract."""
    answered = _without_empty(case.model_dump(mode="json", exclude_none=True))
    return (json.dumps(answered, ensure_ascii=False, indent=2) + "\n").encode()


def _without_empty(data: object) -> object:
    """The same without groups in which nothing was answered."""
    if not isinstance(data, dict):
        return data
    kept = {key: _without_empty(value) for key, value in data.items()}
    return {key: value for key, value in kept.items() if value != {}}
