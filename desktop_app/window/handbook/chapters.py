"""The chapters of the handbook: their order, and their text, which stands as Markdown in resources/handbook."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.library import resource_files
from desktop_app.wizard.flow import STEPS

FIRST = "begin"
CHAPTERS = (FIRST, *STEPS, "plan", "meeting", "storage")
"""All chapters, in the order in which they are offered; the chapter on a step has the name of that step."""
_PICTURE = re.compile(r"!\[([^\]]+)\]\(picture:([a-z]+)\)")


def text_of(chapter: str) -> str:
    """The Markdown of a chapter; raises ResourceMissing when it is not there."""
    return resource_files.content("handbook", f"{chapter}.md").decode()


def title_of(chapter: str) -> str:
    """The title of a chapter: its first line."""
    return text_of(chapter).splitlines()[0].removeprefix("# ")


def pictures_in(text: str) -> Mapping[str, str]:
    """The names of the pictures in a chapter, each with its alternative text."""
    return MappingProxyType({name: words for words, name in _PICTURE.findall(text)})
