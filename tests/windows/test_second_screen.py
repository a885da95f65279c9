"""The full screen of the meeting on a real second screen: the X server gives the program two."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.windows.conftest import CHECKOUT, missing

LAPTOP, BEAMER = (1366, 768), (1920, 1080)


def opened_on(*screens: tuple[int, int]) -> tuple[int, int]:
    """The size of the full screen of a program that sees these screens, its window on the first."""
    missing("Xvfb")
    reading, writing = os.pipe()
    sizes = [part for place, (x, y) in enumerate(screens) for part in ("-screen", str(place), f"{x}x{y}x24")]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *sizes, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    variables = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(CHECKOUT)}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.windows.test_second_screen"],
            cwd=CHECKOUT,
            env=variables,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    finally:
        server.terminate()
        server.wait(10)
    assert done.stdout, done.stderr[-2000:]
    width, height = json.loads(done.stdout.splitlines()[-1])
    return width, height


def test_the_meeting_opens_on_the_second_screen():
    assert opened_on(LAPTOP, BEAMER) == BEAMER


def test_without_a_second_screen_it_opens_on_the_only_one():
    assert opened_on(LAPTOP) == LAPTOP


def tell_size() -> None:
    """The program: opens a window and its meeting, and prints how large that is."""
    from desktop_app.window.start import Windows, application_of_program, build_services

    # isort: split
    from PySide6.QtTest import QTest

    from tests.desktop_app.doubles import ImmediateTasks

    application = application_of_program()
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Path(folder) / "settings.json", lambda: None, ImmediateTasks())  # type: ignore[arg-type, return-value]
        window = Windows(services).open()
        QTest.qWait(300)
        window.meeting.toggle()
        QTest.qWait(300)
        assert window.meeting.screen is not None
        size = window.meeting.screen.size()
        print(json.dumps([size.width(), size.height()]))
        window.close()
    application.processEvents()


if __name__ == "__main__":
    tell_size()
