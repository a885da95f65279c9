"""Reading YAML 1.2, and finding the line of an entry for the report of a fault."""

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from guideline_core.edition.trees import Place


class UnreadableYaml(ValueError):
    """The file is not YAML; the message says what is wrong and `line` where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def load(content: bytes) -> object:
    """Read YAML text; raises UnreadableYaml."""
    try:
        text = content.decode("utf-8")
        tree: object = YAML(typ="safe").load(text)
        return tree
    except UnicodeDecodeError as error:
        raise UnreadableYaml(f"the file is not UTF-8 (byte {error.start})", 1) from None
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise UnreadableYaml(f"the file cannot be read: {problem}", mark.line + 1 if mark else 1) from None


def line_of(content: bytes, place: Place) -> int:
    """The line (from 1) of the entry at `place`, or of the innermost part of it that exists.

    >>> line_of(b"child:\\n  nl: kind\\n  en: child\\n", ("child", "en"))
    3
    """
    try:
        tree = YAML(typ="rt").load(content.decode("utf-8"))
    except (UnicodeDecodeError, YAMLError):
        return 1
    line = 1
    for step in place:
        position = getattr(tree, "lc", None)
        try:
            line = position.key(step)[0] + 1 if hasattr(tree, "keys") else position.item(step)[0] + 1  # type: ignore[union-attr]
            tree = tree[step]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line
