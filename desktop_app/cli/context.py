"""What the commands share: words, edition, exit status, and how a command ends early."""

import gc
from collections.abc import Sequence
from functools import cached_property

from desktop_app.files import name_of_error
from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.library.phrases import LANGUAGES, Phrases

OK, FAULTY, UNREADABLE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 130


class Refused(Exception):
    """The command ends here: what to say on standard error, and the exit status."""

    def __init__(self, lines: Sequence[str], status: int) -> None:
        super().__init__()
        self.lines = lines
        self.status = status


class OutputFailed(Exception):
    """What was to be said could not be written, such as on a full disk."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error


class Context:
    """What the commands share, opened when it is first needed."""

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def library(self) -> Library:
        """Edition and phrases."""
        return Library()

    @cached_property
    def phrases(self) -> Phrases:
        """The words in the chosen language."""
        return self.library.phrases(self.language)

    @cached_property
    def edition(self) -> OpenedEdition:
        """The edition of the guideline."""
        return self.library.edition()

    def reason(self, error: OSError) -> str:
        """What the system says, in the language of the user; what it rarely says stays as it is."""
        return (
            self.phrases.find("command_line", "system", name_of_error(error)) or error.strerror or type(error).__name__
        )

    def message(self, key: str, **details: object) -> str:
        """A message of the command line."""
        return self.phrases.get("command_line", "message", key).format(**details)


def load(context: Context) -> None:
    """Load what stays; from then on garbage is collected as usual, and what was loaded is not looked at again."""
    _ = context.edition.planner, context.phrases
    gc.freeze()
    gc.enable()


def leave() -> None:
    """Say that a command is at its end: all that is loaded goes with the process, so Python need not look for garbage
    among it first, which takes a tenth of a short command."""
    gc.freeze()


def language_of(given: Sequence[str]) -> str:
    """The language that was asked for: looked up before the rest, for help and faults are in it as well."""
    for number, word in enumerate(given):
        value = given[number + 1] if word == "--language" and number + 1 < len(given) else ""
        value = word.partition("=")[2] if word.startswith("--language=") else value
        if value in LANGUAGES:
            return value
    return LANGUAGES[0]
