"""Words for what a plan names by key: fields, values, statements, effects."""

import datetime
from collections.abc import Iterable

from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import inside_a_sentence
from guideline_core.age import age_on
from guideline_core.edition_names import EditionNames
from guideline_core.plan import Reason, Recommendation

ENTITY_FIELDS = frozenset(
    {"lesion.entity", "lesion.differential", "pathology.histology", "pathology.histology_differential"}
)
UNBROKEN = "\N{NO-BREAK SPACE}"
"""Holds words together while lines are made."""


def verdict_in_words(recommendation: Recommendation, phrases: Phrases) -> str:
    """How strongly something is advised, and how strongly it may come to be: "overwegen, mogelijk nodig"."""
    verdict = phrases.plan("verdict", recommendation.verdict)
    stronger = possibly(recommendation, phrases)
    return f"{verdict}, {stronger}" if stronger else verdict


def possibly(recommendation: Recommendation, phrases: Phrases) -> str:
    """How much stronger open answers can make it: "mogelijk nodig"; empty where none can."""
    stronger = recommendation.stronger_possible
    return phrases.get("plan", "possibly", stronger[-1]) if stronger else ""


def remarks(recommendation: Recommendation, names: EditionNames, phrases: Phrases) -> tuple[str, ...]:
    """What is said behind the sentence of a recommendation, in sentences: how strong it may become, what else will do
    in its place, and the notes of its rules."""
    notes = dict.fromkeys(names.note(rule, phrases.language) for rule in recommendation.notes)
    said = (_at_least(recommendation, phrases), _alternative(recommendation, phrases), *notes)
    return tuple(sentence for sentence in said if sentence)


def aside(recommendation: Recommendation, phrases: Phrases) -> str:
    """How strong it may become and what else will do, in a few words for between brackets: "mogelijk nodig"."""
    said = (possibly(recommendation, phrases), _alternative(recommendation, phrases, "short"))
    return "; ".join(words for words in said if words)


def _alternative(recommendation: Recommendation, phrases: Phrases, form: str = "sentence") -> str:
    if not recommendation.alternative_to:
        return ""
    actions = ", ".join(phrases.action_name(action) for action in recommendation.alternative_to)
    return phrases.get("plan", "alternative", form).format(actions=actions)


def _at_least(recommendation: Recommendation, phrases: Phrases) -> str:
    if not recommendation.stronger_possible:
        return ""
    fields = ", ".join(inside_a_sentence(phrases.label(field)) for field in recommendation.depends_on)
    weakest = phrases.get("plan", "at_least", recommendation.verdict)
    sentence = phrases.get("plan", "at_least", "sentence")
    return sentence.format(weakest=weakest, possibly=possibly(recommendation, phrases), fields=fields)


class Words:
    """Words for what a plan of a certain day names by key: fields, values, statements, effects."""

    def __init__(self, names: EditionNames, phrases: Phrases, day: str) -> None:
        self.day = datetime.date.fromisoformat(day)
        self.names = names
        self.phrases = phrases

    def value(self, field: str, value: object) -> str:
        """An answer in words; tumours and bones by the names of the edition."""
        language = self.phrases.language
        if field in ENTITY_FIELDS:
            entities = value if isinstance(value, tuple | list) else (value,)
            return ", ".join(self.names.entity(str(entity), language) for entity in entities)
        if field == "lesion.bone":
            return self.names.bone(str(value), language)
        if isinstance(value, datetime.date) and field == "patient.birth_date":
            years = f"{age_on(value, self.day)} {self.phrases.word('years_old')}"
            return f"{self.phrases.date(value)} ({years})"
        return self.phrases.value(field, value)

    def aloud(self, path: str, value: object, kinds: FieldKinds) -> str | None:
        """An answer as it can be said aloud, inside a sentence; None for what says who the patient is, and for what was
        typed freely, since that can hold a name."""
        return inside_a_sentence(self.value(path, value)) if kinds.can_be_said_aloud(path) else None

    def reason(self, reason: Reason) -> str:
        """An answer with its label."""
        return f"{self.field(reason.field)}: {self.value(reason.field, reason.value)}"

    def reasons(self, reasons: Iterable[Reason]) -> str:
        """Answers with their labels."""
        return "; ".join(map(self.reason, reasons))

    def field(self, field: str) -> str:
        """The name of a field inside a sentence."""
        return inside_a_sentence(self.phrases.label(field))

    def fields(self, fields: Iterable[str]) -> str:
        """The names of fields."""
        return ", ".join(map(self.field, fields))

    def actions(self, actions: Iterable[str]) -> str:
        """The names of actions."""
        return ", ".join(self.phrases.action_name(action) for action in actions)

    def sources(self, statements: Iterable[str]) -> str:
        """Statements with the pages on which they stand: M2-R2, M2-R2a (p. 12); M3-R8 (p. 21). What the program says of
        itself has no page."""
        by_page: dict[str, list[str]] = {}
        for statement in statements:
            by_page.setdefault(self.names.page(statement), []).append(statement)
        page = self.phrases.get("command_line", "plan_text", "page")
        own = self.phrases.word("own_rule")
        said = (f"{', '.join(names)} ({f'{page} {number}' if number else own})" for number, names in by_page.items())
        return "; ".join(said).replace(f" ({page} ", f"{UNBROKEN}({page}{UNBROKEN}")

    def effect(self, key: str) -> str:
        """What an open question can change."""
        return self.phrases.effect(key)
