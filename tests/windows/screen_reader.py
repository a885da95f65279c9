"""A screen reader for tests: reads and works the program over AT-SPI, from another process and without Qt.

`/usr/bin/python3 screen_reader.py` in the session of the program (Debian's python3-gi and gir1.2-atspi-2.0) gives the
answers below as a blind user's aids would, by the actions of the controls, and tells what it read as lines of JSON.
It imports nothing of this project: the Python of the system has none of its libraries.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE_SECONDS = 15.0
ACTIONS = ("Press", "Toggle", "press", "toggle")
DEEPEST = 40
OTHER_ROLE_NAMES = {"push button": "button"}
"""What newer editions of AT-SPI call a role."""


def tell(**facts: Any) -> None:
    """A line for the test."""
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def wait_for(what: str, find: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """Wait until something is there, while events come in."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)
        try:
            found = find()
        except GLib.Error:  # it went away while it was read
            found = None
        if found:
            return found
        time.sleep(0.05)
    tell(missed=what, tree=[described(node) for node in everything() if node.get_name()])
    sys.exit(f"waited in vain for {what}")


def below(node: Any, depth: int = 0) -> Iterator[Any]:
    """A node and all under it that are on the screen.

    The children are fetched before anything below them is read: Qt 6.12 reads past the end of its list, and the program
    dies, when a child of the application is asked for that has gone since they were counted (a dialog that closed).
    """
    yield node
    count = node.get_child_count() if depth < DEEPEST else 0
    for child in [node.get_child_at_index(place) for place in range(count)]:
        if child is not None and (depth < 1 or child.get_state_set().contains(Atspi.StateType.VISIBLE)):
            yield from below(child, depth + 1)


def applications() -> list[Any]:
    """The programs that can be read."""
    desktop = Atspi.get_desktop(0)
    found = [desktop.get_child_at_index(place) for place in range(desktop.get_child_count())]
    return [each for each in found if each is not None]


def everything() -> Iterator[Any]:
    """All that is on the screen."""
    for application in applications():
        yield from below(application)


def described(node: Any) -> list[str]:
    """What a screen reader says of a node."""
    return [node.get_role_name(), node.get_name(), node.get_description()]


def find(role: str, words: str) -> Any:
    """The first node on the screen with a role whose name holds these words, or is them after an equals sign."""
    roles = (role, OTHER_ROLE_NAMES.get(role))
    return next((node for node in everything() if node.get_role_name() in roles and fits(node, words)), None)


def fits(node: Any, words: str) -> bool:
    """Whether a node has the name that is looked for."""
    name: str = node.get_name()
    return name == words[1:] if words.startswith("=") else words in name


def is_open(title: str) -> bool:
    """Whether there is a window with these words in its title."""
    windows = (each.get_child_at_index(place) for each in applications() for place in range(each.get_child_count()))
    return any(window is not None and title in window.get_name() for window in windows)


def act(role: str, words: str) -> None:
    """Do what a control does."""
    control = wait_for(f"{role} {words}", lambda: find(role, words))
    names = [control.get_action_name(place) for place in range(control.get_n_actions())]
    control.do_action(next(place for place, name in enumerate(names) if name in ACTIONS))


def fill(role: str, words: str, text: str) -> None:
    """Put a text in a line."""
    line = wait_for(f"{role} {words}", lambda: find(role, words))
    line.set_text_contents(text)


def listen() -> "list[str]":
    """Everything that is announced from now on."""
    heard: list[str] = []
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    heard_by.append(listener)
    return heard


heard_by: list[Any] = []
"""Who listens; kept, for a listener that nobody holds hears nothing."""


def work(script: "list[list[str]]") -> None:
    """Give the answers of a script: a verb with what it needs; `read` tells all that is on the screen."""
    heard = listen()
    for verb, *words in script:
        if verb == "act":
            act(*words)
        elif verb == "fill":
            fill(*words)
        elif verb == "see":
            role, name, *seconds = words
            wait_for(f"{role} {name}", lambda role=role, name=name: find(role, name), *map(float, seconds))
        elif verb == "gone":
            wait_for(f"the end of {words[0]}", lambda words=words: not is_open(words[0]))
        elif verb == "hear":
            wait_for(f"hear {words[0]}", lambda words=words: [each for each in heard if words[0] in each])
        elif verb == "read":
            tell(read=words[0], tree=[described(node) for node in everything()])
    tell(heard=heard)


if __name__ == "__main__":
    Atspi.init()
    work(json.loads(sys.argv[1]))
