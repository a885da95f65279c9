"""The names and pages that a written plan needs: a small part of the words of an edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guideline_core.keys import Importance
from guideline_core.plain_data import Form

if TYPE_CHECKING:  # a plan is written without loading what makes an edition
    from guideline_core.edition.values import Edition

Words = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class EditionNames:
    """Names and pages by id; a missing id is a defect of the caller and raises KeyError."""

    titles: Words
    pages: Mapping[str, str]
    readings: Mapping[str, Words]
    """What the user sees of each interpretation."""
    importance: Mapping[str, Importance]
    entities: Mapping[str, Words]
    bones: Mapping[str, Words]
    notes: Mapping[str, Words]
    """What is to be read with the advice of a rule, by rule."""
    reviewers: tuple[str | None, ...]
    """Who reviewed the rules; None stands for the rules that nobody reviewed yet."""
    alerts_about_edition: tuple[str, ...]
    """The alerts that speak of the edition, not of the patient: they are said once, at the foot."""

    def title(self, language: str) -> str:
        """The title of the edition."""
        return self.titles[language]

    def page(self, statement: str) -> str:
        """The page of a statement, as printed in the guideline."""
        return self.pages[statement]

    def shown(self, interpretation: str, language: str) -> str:
        """The sentence that the user sees of an interpretation."""
        return self.readings[interpretation][language]

    def note(self, rule: str, language: str) -> str:
        """What is to be read with the advice of a rule."""
        return self.notes[rule][language]

    def weight(self, interpretation: str) -> Importance:
        """How much hangs on an interpretation."""
        return self.importance[interpretation]

    def entity(self, entity: str, language: str) -> str:
        """The name of a tumour or lesion."""
        return self.entities[entity][language]

    def bone(self, bone: str, language: str) -> str:
        """The name of a bone."""
        return self.bones[bone][language]


def names_of(edition: "Edition") -> EditionNames:
    """The names and pages of an edition."""
    return EditionNames(
        titles=edition.title,
        pages={name: statement.page for name, statement in edition.statements.items()},
        readings={name: _on_one_line(each.shown) for name, each in edition.interpretations.items()},
        importance={name: each.severity for name, each in edition.interpretations.items()},
        entities={name: entity.name for name, entity in edition.entities.items()},
        bones={name: bone.name for name, bone in edition.bones.items()},
        notes={rule.id: _on_one_line(rule.note) for rule in edition.rules if rule.note is not None},
        reviewers=tuple(dict.fromkeys(rule.reviewed_by for rule in edition.rules)),
        alerts_about_edition=tuple(name for name, alert in edition.alerts.items() if alert.about_edition),
    )


def read_names(form: Form) -> EditionNames:
    """Read the names and pages back from what `dataclasses.asdict` made of them."""
    lists = ("reviewers", "alerts_about_edition")
    return EditionNames(**{**form, **{name: tuple(form[name]) for name in lists}})


def _on_one_line(words: Words) -> Words:
    return {language: " ".join(text.split()) for language, text in words.items()}
