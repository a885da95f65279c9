"""Says a rule in the words of a clinician: when it speaks, what it gives, and the terms that it uses."""

from collections.abc import Iterator

from desktop_app.library.condition_words import ConditionWords, words_in
from desktop_app.library.phrases import Phrases
from guideline_core.condition import ALWAYS, NEVER, Condition
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.rules import (
    AdviceRule,
    AlertRule,
    AlternativesRule,
    AnyRule,
    OrderRule,
    ReferralRule,
    ResponseRule,
)


class RuleWords:
    """The rules of one edition in one language."""

    def __init__(self, texts: EditionEntries, phrases: Phrases) -> None:
        self._texts = texts
        self._phrases = phrases
        self.conditions = ConditionWords(texts, phrases)

    def in_a_line(self, rule: AnyRule) -> str:
        """Condition and outcome of a rule in one line."""
        when = "" if rule.when == ALWAYS else f"{self._word('when').lower()} {self.conditions.said(rule.when)}: "
        return f"{when}{self.outcome(rule)}"

    def outcome(self, rule: AnyRule) -> str:
        """What a rule gives when its condition holds."""
        phrases = self._phrases
        match rule:
            case AdviceRule():
                return f"{phrases.action_name(rule.action)} ({phrases.plan('verdict', rule.verdict)})"
            case OrderRule():
                names = {"action": phrases.action_name(rule.action), "other": phrases.action_name(rule.waits_for)}
                return self._word("waits").format(**names)
            case AlternativesRule():
                one, other = (phrases.action_name(action) for action in rule.alternatives)
                return self._word("alternatives").format(action=one, other=other)
            case AlertRule():
                return f"{phrases.plan('severity', rule.severity)}: {phrases.alert_title(rule.alert)}"
            case ResponseRule():
                return self._word("response").format(grade=phrases.plan("response_grade", rule.response_grade))
            case ReferralRule():
                return self._word("referral").format(said="; ".join(self.referral(rule)))

    def referral(self, rule: ReferralRule) -> Iterator[str]:
        """The five keys of a referral, each in words."""
        phrases = self._phrases
        yield phrases.get("plan", "decision", rule.decision, "heading")
        yield phrases.plan("destination", rule.destination or "none")
        yield phrases.plan("urgency", rule.urgency or "none")
        for key, condition in (
            ("by_phone", rule.by_phone),
            ("consult_expertise_centre_first", rule.consult_expertise_centre_first),
        ):
            yield f"{phrases.plan('referral_key', key)}: {self.yes_no_or_when(condition)}"

    def yes_no_or_when(self, condition: Condition) -> str:
        """Yes, no, or the condition under which it is yes."""
        if condition in (ALWAYS, NEVER):
            return self._phrases.value("", condition == ALWAYS)
        return f"{self._word('when').lower()} {self.conditions.said(condition)}"

    def terms(self, rule: AnyRule) -> list[str]:
        """The definitions that the conditions of a rule use by name."""
        return list(dict.fromkeys(name for condition in rule.conditions for name in words_in(condition)))

    def term(self, name: str) -> str:
        """A term with what it stands for."""
        definition, language = self._texts.definitions[name], self._phrases.language
        return f"‘{definition.name[language]}’ ({name}): {' '.join(definition.text[language].split())}"

    def readings(self, rule: AnyRule) -> str:
        """The interpretations of a rule; those that come with one of its terms name the term."""
        inherited = self._texts.inherited_readings(rule)
        return ", ".join(
            f"{name} (‘{self._texts.definitions[inherited[name]].name[self._phrases.language]}’)"
            if name in inherited
            else name
            for name in rule.interpretations
        )

    def _word(self, key: str) -> str:
        return self._phrases.get("command_line", "lookup", key)
