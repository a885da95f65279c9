"""Reading YAML 1.2, and finding the line of an entry for the report of a fault.

Only plain data is read: groups with texts as keys, lists, and single values. An alias (`*name`) stands for one short
text and for nothing else: a few lines of aliases for lists of aliases become more than a computer holds.
"""

from collections.abc import Callable
from typing import NoReturn, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, StreamMark, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guideline_core.edition.trees import Place
from guideline_core.file_limits import EDITION_FILE

_TEXT = "tag:yaml.org,2002:str"
_LONGEST_NAMED = 1_000
_PLAIN = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
"""The kinds of value that a file may hold; a date is refused where it is read, with what to write instead."""

Result = TypeVar("Result")


class UnreadableYaml(ValueError):
    """The file is not YAML; the message says what is wrong and `line` where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def load(content: bytes) -> object:
    """Read YAML text; raises UnreadableYaml."""
    return _read(content, lambda yaml, text: yaml.load(text))


def composed(content: bytes) -> Node | None:
    """The same text with the place of each part, for `line_of`; None when it cannot be read."""
    try:
        node: Node | None = _read(content, lambda yaml, text: yaml.compose(text))
        return node
    except UnreadableYaml:
        return None


def line_of(node: Node | None, place: Place) -> int:
    """The line (from 1) of the entry at `place`, or of the innermost part of it that exists.

    >>> line_of(composed(b"child:\\n  nl: kind\\n  en: child\\n"), ("child", "en"))
    3
    """
    line = 1
    for step in place:
        inside = _inside(node, step)
        if inside is None:
            break
        named, node = inside
        line = named.start_mark.line + 1
    return line


def _inside(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """What stands under a key or number: the part that names it, and the part itself."""
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _read(content: bytes, read: Callable[[YAML, str], Result]) -> Result:
    if len(content) > EDITION_FILE.largest:
        raise UnreadableYaml(f"the file is larger than {EDITION_FILE.megabytes} MB", 1)
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer, yaml.Constructor = _PlainComposer, _MarkedConstructor
    try:
        return read(yaml, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableYaml(f"the file is not UTF-8 (byte {error.start})", 1) from None
    except (ValueError, OverflowError):  # such as a sign beyond the last one, or a number of thousands of digits
        raise UnreadableYaml("the file cannot be read: it holds a sign or a number that does not exist", 1) from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise UnreadableYaml(f"the file cannot be read: {problem}", mark.line + 1 if mark else 1) from None


class _PlainComposer(Composer):
    """Puts a file together out of plain data alone, and not more of it than a file may have."""

    _depth = _values = 0

    def compose_node(self, parent: Node | None, index: object) -> Node:
        """The next part of the file."""
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            return self._short_text_of(event, super().compose_node(parent, index))
        if event.anchor in self.anchors:
            _refuse(f"the name '&{event.anchor}' stands twice", event.start_mark)
        self._depth, self._values = self._depth + 1, self._values + 1
        if self._depth > EDITION_FILE.depth or self._values > EDITION_FILE.values:
            _refuse("too much stands within each other, or altogether", event.start_mark)
        node: Node = super().compose_node(parent, index)
        self._depth -= 1
        _check_kind(node)
        return node

    def _short_text_of(self, alias: AliasEvent, node: Node) -> Node:
        self._values += 1
        if not isinstance(node, ScalarNode) or len(node.value) > _LONGEST_NAMED:
            _refuse(f"'*{alias.anchor}' may stand for a short text only: write it out", alias.start_mark)
        return node


class _MarkedConstructor(SafeConstructor):
    """Says where a value stands that is not what it looks like, such as the date 2026-13-45."""

    def construct_object(self, node: Node, deep: bool = False) -> object:
        """The value of a part."""
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError):
            _refuse(f"this value cannot be read: '{str(node.value)[:40]}'", node.start_mark)


def _check_kind(node: Node) -> None:
    tag = str(node.tag)
    if tag.removeprefix("tag:yaml.org,2002:") not in _PLAIN:
        _refuse(f"a value of this kind is not read: {tag[:40]}", node.start_mark)
    if isinstance(node, MappingNode):
        for key, _ in node.value:
            if not isinstance(key, ScalarNode) or key.tag != _TEXT:
                _refuse("a key must be text: put it between quotation marks", key.start_mark)


def _refuse(problem: str, mark: StreamMark) -> NoReturn:
    raise MarkedYAMLError(problem=problem, problem_mark=mark)
