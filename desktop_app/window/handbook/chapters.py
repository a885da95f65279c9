"""The chapters of the handbook: their order, and their text, which stands as Markdown in resources/handbook.

One chapter stands in no file: the table of what counts when image and tissue disagree, which the planner fills in.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.library import resource_files
from desktop_app.plan.combination_table import COMBINATION_TABLE
from desktop_app.wizard.flow import STEPS

FIRST = "begin"
CHAPTERS = (FIRST, *STEPS, "plan", COMBINATION_TABLE, "meeting", "storage", "trouble")
"""All chapters, in the order in which they are offered; the chapter on a step has the name of that step."""
WRITTEN = tuple(chapter for chapter in CHAPTERS if chapter != COMBINATION_TABLE)
"""The chapters that somebody wrote."""
_PICTURE = re.compile(r"!\[([^\]]+)\]\(picture:([a-z]+)\)")


def text_of(chapter: str) -> str:
    """The Markdown of a written chapter; raises ResourceMissing when it is not there."""
    return resource_files.content("handbook", f"{chapter}.md").decode()


def title_of(chapter: str) -> str:
    """The title of a written chapter: its first line."""
    return text_of(chapter).splitlines()[0].removeprefix("# ")


def pictures_in(text: str) -> Mapping[str, str]:
    """The names of the pictures in a chapter, each with its alternative text."""
    return MappingProxyType({name: words for words, name in _PICTURE.findall(text)})
