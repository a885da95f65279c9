"""The parser of the command line: argparse in the chosen language."""

import argparse
import re
from typing import Any, NoReturn

from desktop_app.cli.context import LANGUAGES, UNREADABLE, Context, Refused


class Parser(argparse.ArgumentParser):
    """A parser that speaks the chosen language; argparse itself speaks the language of the system."""

    context: Context

    def __init__(self, **options: Any) -> None:  # Any: whatever argparse gives the parser of a command
        super().__init__(**{**options, "add_help": False, "allow_abbrev": False})

    def dress(self, context: Context) -> "Parser":
        """Give the parser its words and the options that each command has."""
        self.context = context
        self._positionals.title = self.word("positional_arguments")
        self._optionals.title = self.word("options")
        self.add_argument("-h", "--help", action="help", help=self.word("show_help"))
        described = context.phrases.get("command_line", "help", "language")
        self.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS, help=described)
        return self

    def word(self, key: str, **details: object) -> str:
        """A word of usage."""
        return self.context.phrases.get("command_line", "usage", key).format(**details)

    def format_usage(self) -> str:
        """The usage line, in the chosen language."""
        return self._translated(super().format_usage())

    def format_help(self) -> str:
        """The help, in the chosen language."""
        return self._translated(super().format_help())

    def _translated(self, text: str) -> str:
        return text.replace("usage:", self.word("usage"), 1)

    def error(self, message: str) -> NoReturn:
        """Refuse a command that cannot be understood."""
        hint = self.word("see_help", program=self.prog)
        raise Refused([f"{self.prog}: {self._refusal(message)}.", hint], UNREADABLE)

    def _refusal(self, message: str) -> str:
        for pattern, key in _REFUSALS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                problem = self.word(key, **{name: _unquoted(part) for name, part in found.groupdict().items()})
                return f"{found['name']}: {problem}" if "name" in found.groupdict() else problem
        name, _, own = message.removeprefix("argument ").partition(": ")
        return f"{name}: {own}" if own else message


_REFUSALS = (
    (r"the following arguments are required: (?P<what>.*)", "required"),
    (r"unrecognized arguments: (?P<what>.*)", "unrecognised"),
    (r"argument (?P<name>.*?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)", "invalid_choice"),
    (r"argument (?P<name>.*?): expected one argument", "expected_one"),
    (r"argument (?P<name>.*?): expected at least one argument", "expected_one"),
    (r"argument (?P<name>.*?): ignored explicit argument .*", "expected_none"),
)


def _unquoted(text: str) -> str:
    return text.replace("'", "")
