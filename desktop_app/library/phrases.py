"""The words of fields, values, actions, alerts and plans, in one language (resources/phrases).

A lookup of a phrase that does not exist is a defect and says so loudly: it never becomes a blank. The tests look up
every phrase that a plan can need.
"""

import datetime
from collections.abc import Callable
from typing import Literal, get_args

from guideline_core.fields import DECIMALS

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
PLAN_FILES = ("fields", "values", "actions", "alerts", "plan", "faults", "command_line")
"""The files that a plan needs; the words of letter, window and so on are read when they are first looked up."""
FILES = (
    *PLAN_FILES,
    *("conditions", "exchange", "guideline", "letter", "meeting", "pathway", "settings", "sheets", "skeleton", "store"),
    *("window", "wizard"),
)
"""All files of phrases."""

Tree = dict[str, object]  # texts, and trees of texts, as YAML nests them


class MissingPhrase(LookupError):
    """A phrase was asked for that its file does not hold: a defect of the program, or a key that someone removed."""

    def __init__(self, file: str, keys: tuple[str, ...], language: str) -> None:
        super().__init__(f"{file}: {' / '.join(keys)} ({language})")
        self.file = file
        self.keys = keys


class Phrases:
    """All words in one language; each method names what it looks up."""

    def __init__(self, language: str, tree: Tree, more: Callable[[], Tree] = dict) -> None:
        self.language = language
        self._tree = tree
        self._more = more

    def _file(self, name: str) -> object:
        """The phrases of one file; `more` is asked once for the files that were not given at first."""
        if name not in self._tree:
            self._tree = {**self._more(), **self._tree}
        return self._tree.get(name)

    def get(self, file: str, *keys: str) -> str:
        """The phrase at these keys; raises MissingPhrase."""
        found = self.find(file, *keys)
        if found is None:
            raise MissingPhrase(file, keys, self.language)
        return found

    def find(self, file: str, *keys: str) -> str | None:
        """The phrase at these keys, or None: only for what may be absent, such as a detail."""
        item: object = self._file(file)
        for key in keys:
            if not isinstance(item, dict):
                return None
            item = item.get(key)
        if isinstance(item, dict):
            item = item.get("")
        return item if isinstance(item, str) and item else None

    def table(self, file: str, *keys: str) -> Tree:
        """All phrases below these keys."""
        item: object = self._file(file)
        for key in keys:
            item = item.get(key) if isinstance(item, dict) else None
        if not isinstance(item, dict):
            raise MissingPhrase(file, keys, self.language)
        return item

    def plan(self, group: str, key: str) -> str:
        """A phrase of the plan itself, such as ("verdict", "do") or ("heading", "referral")."""
        return self.get("plan", group, key)

    def word(self, key: str) -> str:
        """A small word."""
        return self.get("plan", "word", key)

    def heading(self, key: str) -> str:
        """A heading."""
        return self.get("plan", "heading", key)

    def notice(self, key: str) -> str:
        """A full sentence about program or edition."""
        return self.get("plan", "notice", key)

    def action_name(self, action: str) -> str:
        """The name of an action, as it stands inside a sentence."""
        return self.get("actions", action, "name")

    def action_sentence(self, action: str, verdict: str) -> str:
        """The sentence for an action with this verdict."""
        return self.get("actions", action, verdict)

    def action_detail(self, action: str, verdict: str) -> str | None:
        """What is needed to carry the action out well, when it is shown with this verdict."""
        entry = self.table("actions", action)
        wanted = entry.get("detail_for")
        return None if isinstance(wanted, list) and verdict not in wanted else self.find("actions", action, "detail")

    def alert_title(self, alert: str) -> str:
        """The title of an alert."""
        return self.get("alerts", alert, "title")

    def alert_text(self, alert: str) -> str:
        """What to do now."""
        return self.get("alerts", alert, "text")

    def effect(self, key: str) -> str:
        """What an open question can change: a key of the referral decision, an alert, the response, or an action."""
        kind, _, name = key.partition(".")
        if kind == "referral":
            return self.plan("referral_key", name)
        if kind == "alert":
            return f"{self.word('alert')} ‘{self.alert_title(name)}’"
        if key == "response_grade":
            return self.get("command_line", "plan_text", "response_grade")
        name = self.action_name(key)
        if self._is_only_advised_against(key):
            return self.get("command_line", "plan_text", "advice_against").format(name=name)
        return name

    def _is_only_advised_against(self, action: str) -> bool:
        """Whether a plan names the action only to advise against it: then its bare name would read as advice."""
        return not any(verdict in self.table("actions", action) for verdict in ("do", "prefer", "consider", "inform"))

    def label(self, field: str) -> str:
        """The short name of a field of the case."""
        return self.get("fields", field, "label")

    def question(self, field: str) -> str:
        """The question of a field."""
        return self.get("fields", field, "question")

    def help(self, field: str) -> str | None:
        """The sentence that helps to answer a question, when there is one."""
        return self.find("fields", field, "help")

    def value(self, field: str, value: object) -> str:
        """An answer in words: yes or no, a choice, a number, a date. Names of tumours and bones stand with the
        edition."""
        if isinstance(value, bool):
            return self.get("values", "yes_no", "true" if value else "false")
        if isinstance(value, tuple | list):
            return ", ".join(self.value(field, item) for item in value)
        if isinstance(value, str) and field in self.table("values"):
            return self.get("values", field, value)
        return self.number(value) if isinstance(value, int | float) else self.date(value)

    def number(self, value: float) -> str:
        """A number as it is written in this language."""
        return number_text(value, self.language)

    def date(self, value: object) -> str:
        """A date (or its text 2026-11-23) as it is written in this language; other values as they are."""
        text = str(value)
        year, month, day = text[:4], text[5:7], text[8:10]
        if len(text) != 10 or not (year + month + day).isdigit():
            return text
        months = self.get("command_line", "months").split()
        return f"{int(day)} {months[int(month) - 1]} {year}"

    def moment(self, moment: datetime.datetime) -> str:
        """A date and the time of day, by the clock of this computer."""
        here = moment.astimezone()
        return f"{self.date(here.date())} {here:%H:%M}"


def number_text(number: float, language: str) -> str:
    """A number without needless decimals, with the comma in Dutch; never -0. Up to six are shown: 10,000001 is not
    10."""
    digits = f"{number:z.{DECIMALS}f}".rstrip("0").rstrip(".")
    return digits.replace(".", "," if language == "nl" else ".")
