"""`botwijzer` and `botwijzer open`: the window; without a screen the main job on an example."""

import argparse
import os
import sys
from pathlib import Path

from desktop_app.cli.context import UNREADABLE, Context, Refused
from desktop_app.cli.output import complain, say


def run_open(chosen: argparse.Namespace, context: Context) -> int:
    """Open the window with a case."""
    if not has_screen():
        raise Refused([context.message("no_screen")], UNREADABLE)
    return open_window(context, Path(chosen.file))


def has_screen() -> bool:
    """Whether a window can be shown: Windows and macOS always can, Linux with a display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_window(context: Context, file: Path | None = None) -> int:
    """Open the window; without a screen do the main job on an example and say so."""
    if not has_screen():
        # the planner and the papers, which a window loads later
        from desktop_app.cli.demonstration import demonstrate

        return demonstrate(context, say, complain)
    # Qt and all that is on the screen: no other command needs these.
    from desktop_app.window.start import main

    return main(file)
