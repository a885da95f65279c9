"""Any change to the files of an edition is read or refused with file and line: none ends in a fault of the program.

A short run each time, thousands of attempts with `--long`.
"""

import copy

from hypothesis import strategies as st

from guideline_core.edition import files as files_of_an_edition
from guideline_core.edition.faults import EditionFaults
from guideline_core.edition.reading import read_edition
from guideline_core.edition.yaml_places import UnreadableYaml, load
from tests.editions import edition_files
from tests.fuzzing import attempt, changed_bytes, changed_data

PARTS = [
    *(
        b"\n",
        b": ",
        b"- ",
        b"{",
        b"}",
        b"[",
        b"]",
        b"&a ",
        b"*a",
        b"!!python/x ",
        b"? ",
        b"|\n",
        b'"',
        b"'",
        b"#",
        b"%",
    ),
    *(
        b"\t",
        b"\x00",
        b"\xff",
        b"<<: ",
        b"1: ",
        b"2026-13-45",
        b"--- ",
        b"null",
        b"[" * 900,
        b"- " * 900,
        b"!!set ",
        b".",
    ),
]


def test_an_edition_of_any_shape_is_read_or_refused(monkeypatch, thorough):
    """The trees are changed, not the text: parsing all of it for each attempt would take a second."""
    files = edition_files()
    trees = {name: load(content) for name, content in files.items() if name.endswith(".yaml")}
    current = dict(trees)
    names = {content: name for name, content in files.items()}
    monkeypatch.setattr(files_of_an_edition, "load", lambda content: copy.deepcopy(current[names[content]]))

    def read(change) -> str:
        name, tree = change
        current.clear()
        current.update({**trees, name: tree})
        try:
            read_edition(files)
        except EditionFaults as refused:
            assert all(fault.file in files and fault.line >= 1 and fault.message for fault in refused.faults)
            return "refused"
        return "read"

    words = ["id", "nl", "en", "when", "statements", "rules"]
    changes = st.sampled_from(sorted(trees)).flatmap(
        lambda name: st.tuples(st.just(name), changed_data([trees[name]], words))
    )
    attempt(changes, 3_000 if thorough else 5, read)


def test_any_text_is_read_as_plain_data_or_refused_with_a_line(thorough):
    small = [content[:3_000] for name, content in sorted(edition_files().items()) if name.endswith(".yaml")]

    def read(content: bytes) -> str:
        try:
            load(content)
        except UnreadableYaml as refused:
            assert refused.line >= 1 and str(refused)
            return "refused"
        return "read"

    assert len(attempt(changed_bytes(small, PARTS), 20_000 if thorough else 40, read)) == 2
