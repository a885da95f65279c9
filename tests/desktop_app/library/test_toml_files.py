"""A TOML file of a clinic is read within limits: no key makes the program work for hours."""

import time
import tomllib

import pytest

from desktop_app.library.toml_files import UnreadableToml, read_toml
from guideline_core.file_limits import CENTRES

MANY = 3_000
"""Parts of a key: tomllib takes a second for so many, and some twenty minutes for as many as a file can hold."""


@pytest.mark.parametrize("part", ["a", '"!"', "'!'", '"\\""', '"é"', '"a.b"', '""'])
@pytest.mark.parametrize("dot", [".", " . ", "\t."])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", " = 1"),
        ("[", "]"),
        ("[[", "]]"),
        ("x = {", " = 1}"),
        ('x = \'\'\'a\'\'\'\'\ny = {z = """b""""", ', " = 1}"),
        ('x = """\\"""" # "\n', " = 1"),
        ("x = '\\' # '''\n", " = 1"),
    ],
)
def test_a_key_of_very_many_parts_is_refused_at_once(part: str, dot: str, before: str, after: str) -> None:
    short = f"{before}{dot.join([part] * CENTRES.depth)}{after}"
    assert tomllib.loads(short) == read_toml(short.encode(), CENTRES)[0]
    content = f"# one\n\n{before}{dot.join([part] * MANY)}{after}".encode()
    began = time.process_time()
    with pytest.raises(UnreadableToml) as refused:
        read_toml(content, CENTRES)
    assert time.process_time() - began < 0.2
    assert (refused.value.key, refused.value.line) == ("not_toml", content.count(b"\n") + 1)


@pytest.mark.parametrize("quotes", ['"', "'", '"""', "'''", "#"])
def test_dots_in_a_text_or_comment_are_no_key(quotes: str) -> None:
    dots = ".".join("abcdefghijklmnopqrstuvwxyz")
    assert read_toml(
        f"a = 1 {quotes}{dots}".encode() if quotes == "#" else f"a = {quotes}{dots}{quotes}".encode(), CENTRES
    )


@pytest.mark.parametrize("part", ['\\"', '"', "'", "#", '"""', "'''", '"!".', '"a"\n', "a . ", "\\", '"\\'])
def test_twice_the_file_takes_twice_the_time(part: str) -> None:
    """It is refused or read within the time of a file of this size."""
    content = ('a = "' + part * (CENTRES.largest // 2 // len(part)))[: CENTRES.largest].encode()
    began = time.process_time()
    with pytest.raises(UnreadableToml):
        read_toml(content, CENTRES)
    assert time.process_time() - began < 2
