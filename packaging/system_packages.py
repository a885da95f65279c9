"""Debian packages that Botwijzer needs beside Python: for its window, and for its tests."""

from __future__ import annotations

import os
import shutil
import sys

from environment import SetupError, complain

# What Qt loads when a window opens; a machine with a desktop has most of them.
WINDOW = (
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxcb-xfixes0",
    "libxcb-sync1",
    "libxcb-shm0",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
    "libcups2",
    "fonts-dejavu-core",
)
# What runs other people's FHIR validator; a Node from elsewhere brings its npm and bars Debian's package.
NODE = () if shutil.which("npm") else ("nodejs", "npm")
# What the tests need besides: a screen in memory with keys and mouse, readers of PDF, a real print queue, Java
# with its XML binding for the validator of PDF/A and PDF/UA (veraPDF), and what a screen reader listens with.
TESTS = (
    *WINDOW,
    *NODE,
    "xvfb",
    "xauth",
    "openbox",
    "xdotool",
    "poppler-utils",
    "cups",
    "cups-client",
    "cups-daemon",
    "cups-filters",
    "printer-driver-cups-pdf",
    "ghostscript",
    "openjdk-17-jdk-headless",
    "libjaxb-java",
    "at-spi2-core",
    "dbus-daemon",
    "python3-gi",
    "gir1.2-atspi-2.0",
)


def prepare_window(arguments: list[str], python: str) -> None:
    """Install what a window needs, once, when the arguments ask for one and there is a screen to show it on."""
    asks_for_window = not arguments or arguments[0] == "open"
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if not (asks_for_window and has_screen and sys.platform.startswith("linux")):
        return
    stamp = os.path.join(os.path.dirname(os.path.dirname(python)), "window-packages.txt")
    if os.path.exists(stamp):
        return
    from environment_setup import install_system_packages  # late: it costs a start 20 ms

    try:
        install_system_packages(WINDOW)
    except SetupError as problem:  # another distribution may have them under other names: let the window try
        complain(str(problem))
        return
    try:
        with open(stamp, "w", encoding="ascii") as file:
            file.write("installed\n")
    except OSError:
        pass  # a read-only environment is asked again next time
