"""The words that the wizard shows, from the phrases: questions, answers, and what is said of them. Without Qt."""

from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import filled
from guideline_core.fields import AnswerKind

_SHORT = (
    AnswerKind.DATE,
    AnswerKind.NUMBER,
    AnswerKind.NUMBERS,
    AnswerKind.WHOLE_NUMBER,
    AnswerKind.SHORT_TEXT,
    AnswerKind.LONG_TEXT,
    AnswerKind.BSN,
)
"""Where one types, the short label says enough."""


class Wording:
    """The words of the wizard in one language."""

    def __init__(self, phrases: Phrases, kinds: FieldKinds) -> None:
        self.phrases = phrases
        self.kinds = kinds
        self.language = phrases.language

    def own(self, *keys: str, **details: object) -> str:
        """A phrase of the wizard's own frame, with its braces filled in."""
        text = self.phrases.get("wizard", *keys)
        return filled(text, details) if details else text

    def label(self, path: str) -> str:
        """The short name of a field."""
        return self.phrases.label(path)

    def question(self, path: str) -> str:
        """What stands over an input: a question where one chooses, the short name where one types."""
        if self.kinds.of(path) in _SHORT:
            return self.label(path)
        return self.full_question(path)

    def full_question(self, path: str) -> str:
        """The question as a screen reader says it."""
        return self.phrases.find("fields", path, "question") or self.label(path)

    def help(self, path: str) -> str | None:
        """The sentence that helps to answer."""
        return self.phrases.help(path)

    def choices(self, path: str) -> list[tuple[str, str, str | None]]:
        """The answers of a choice: value, words, and a sentence that explains."""
        words = self.phrases
        return [
            (value, words.get("values", path, value), words.find("values", path, value, "explanation"))
            for value in self.kinds.values(path)
        ]

    def yes_no(self, key: str) -> str:
        """The words for `true`, `false` and `unknown`."""
        return self.phrases.get("values", "yes_no", key)

    def alert(self, alert: str) -> tuple[str, str]:
        """Title and text of an alert."""
        return self.phrases.alert_title(alert), self.phrases.alert_text(alert)
