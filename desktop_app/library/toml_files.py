"""TOML files that a clinic may edit: read within limits, each slip told with file, line and what is expected.

What a slip leaves out is told, and the program goes on with the rest.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import shown
from guideline_core.file_limits import FileLimits

_LINE = re.compile(r"line (\d+)")
_QUOTED = re.compile(
    rb'"""(?>[^"\\]|\\.|"(?!""))*+(?:"{3,5}+)?+|"(?>[^"\\\n]|\\.)*+"?+'
    rb"|'''(?>[^']|'(?!''))*+(?:'{3,5}+)?+|'[^'\n]*+'?+|#[^\n]*+",
    re.DOTALL,
)
"""Texts, keys between quotation marks and comments: whatever stands in them are no dots between keys."""
_LONG_KEY = rb"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){%d}"
"""A key of more parts than groups may stand within each other: reading one takes ever longer for each part."""


@dataclass(frozen=True, slots=True)
class TomlFault:
    """One thing that is wrong with a file: the line, the section (when it is in one), and what is expected.

    Its words stand in the phrases of the letter: in a group of the file's own, or where those for every file stand.
    """

    file: str
    group: str
    key: str
    line: int
    section: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    def message(self, phrases: Phrases) -> str:
        """File, line, section, and what is wrong."""
        words = phrases.find("letter", self.group, self.key) or phrases.get("letter", "file_fault", self.key)
        is_near = "suggestion" in self.details
        near = f" {phrases.get('faults', 'extra', 'suggestion').format_map(self.details)}" if is_near else ""
        where = f" [{shown(self.section)}]" if self.section else ""
        line = phrases.get("letter", "file_fault", "line").format(line=self.line)
        return f"{self.file}, {line}{where}: {words.format_map(self.details)}{near}"


class UnreadableToml(ValueError):
    """The file as a whole cannot be read: the key of what is expected, and the line."""

    def __init__(self, key: str, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


def read_toml(content: bytes, limits: FileLimits) -> tuple[dict[str, object], str]:
    """The tree of a file, and its text; an editor may have put a byte order mark before it. Raises UnreadableToml."""
    if len(content) > limits.largest:
        raise UnreadableToml("too_large", 1)
    bare = _QUOTED.sub(_without_words, content)
    if long_key := re.search(_LONG_KEY % limits.depth, bare):
        raise UnreadableToml("not_toml", bare.count(b"\n", 0, long_key.start()) + 1)
    try:
        text = content.decode("utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        raise UnreadableToml("not_utf8", content.count(b"\n", 0, error.start) + 1) from None
    except RecursionError:
        raise UnreadableToml("not_toml", 1) from None
    except ValueError as error:  # broken TOML, or an impossible date or number
        found = _LINE.search(str(error))
        raise UnreadableToml("not_toml", int(found[1]) if found else 1) from None


def _without_words(quoted: re.Match[bytes]) -> bytes:
    """What stands for a text or a quoted key; it has as many lines."""
    return b"q" + b"\n" * quoted[0].count(b"\n")
