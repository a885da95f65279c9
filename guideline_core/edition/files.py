"""The files of an edition while they are read: contents, parsed trees, and the faults found so far."""

import hashlib
from collections.abc import Mapping
from functools import cache

from guideline_core.edition.entries import SINGLE_FILES
from guideline_core.edition.faults import EditionFaults, Fault
from guideline_core.edition.trees import Place
from guideline_core.edition.yaml_places import UnreadableYaml, composed, line_of, load
from guideline_core.file_limits import EDITION_FILES


class EditionFiles:
    """The files of one edition, with the faults found in them so far."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.faults: list[Fault] = []
        self.trees: dict[str, object] = {}
        self._node_of = cache(lambda name: composed(contents.get(name, b"")))
        if len(contents) > EDITION_FILES:
            self.fault("", (), "", f"an edition has no more than {EDITION_FILES} files")
            return
        for name in SINGLE_FILES:
            if name not in contents:
                self.fault(name, (), "", "the file is missing")
        for name in sorted(contents):
            if name.endswith(".yaml"):
                self._load(name)

    def _load(self, name: str) -> None:
        try:
            self.trees[name] = load(self.contents[name])
        except UnreadableYaml as error:
            self.faults.append(Fault(name, error.line, "", str(error)))
            return
        if not isinstance(self.trees[name], dict):
            self.fault(name, (), "", "entries by their ids are expected")

    @property
    def sha256(self) -> str:
        """The fingerprint of the edition: of all its files, names and contents."""
        return edition_sha256(self.contents)

    def fault(self, file: str, place: Place, entry: str, message: str) -> None:
        """Note a fault; the line is looked up in the file, which is read for that once."""
        self.faults.append(Fault(file, line_of(self._node_of(file), place), entry, message))

    def stop_if_faulty(self) -> None:
        """Raise EditionFaults with all that was found so far."""
        if self.faults:
            raise EditionFaults(self.faults)


def edition_sha256(contents: Mapping[str, bytes]) -> str:
    """The fingerprint of these files, names and contents."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(name.encode() + b"\0" + hashlib.sha256(contents[name]).digest())
    return digest.hexdigest()
