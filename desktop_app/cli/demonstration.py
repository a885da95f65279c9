"""What the program does where there is no screen: the main job, on an example, with the files that it wrote named."""

import datetime
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.cli.cases import day_of_clock
from desktop_app.cli.context import Context
from desktop_app.cli.files import own_settings
from desktop_app.exchange.made_paper import make_paper
from desktop_app.files import write_whole
from desktop_app.library import resource_files
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.order import Paper, order_paper
from desktop_app.plan.as_text import plan_as_text
from guideline_core.case import Case

EXAMPLE = "kind-met-vermoeden-op-osteosarcoom.json"
FOLDER = "botwijzer-voorbeeld"


def demonstrate(context: Context, say: Callable[[str], None], complain: Callable[[Sequence[str]], None]) -> int:
    """Plan the example, write plan, letter and MDO sheet into a folder beside the user, and say which files these
    are."""
    today = day_of_clock(context)
    edition = context.edition
    case = edition.read_case(resource_files.content("examples", EXAMPLE), today)
    plan = edition.planner.make_plan(case, case.reference_date or today)
    text = plan_as_text(plan, edition.names, context.phrases, 88, None)
    say(context.message("demonstration", example=EXAMPLE))
    say("")
    say(text)
    folder = _writable_folder()
    written = {"plan.txt": text.encode() + b"\n", **_documents(context, case, today)}
    for name, content in written.items():
        write_whole(folder / name, content)
    say(f"\n{context.message('demonstration_written')}")
    say("\n".join(f"  {folder / name}" for name in written))
    say(context.message("demonstration_more"))
    return 0


def _documents(context: Context, case: Case, today: datetime.date) -> dict[str, bytes]:
    """The letter, and the sheet for the meeting, by the names of their files."""
    settings = letter_settings(own_settings(context))
    order = order_paper(case, context.edition, context.phrases, settings, today)
    return {
        "brief.pdf": make_paper(order).pdf,
        "mdo-blad.pdf": make_paper(replace(order, paper=Paper.MEETING)).pdf,
    }


def _writable_folder() -> Path:
    """A folder of its own in the current one; where nothing can be written, a temporary one."""
    folder = Path.cwd() / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix=f"{FOLDER}-"))
