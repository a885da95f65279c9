"""What the guideline's edition says of one id, as text: a statement, a rule, an interpretation, a definition, a
tumour …"""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from desktop_app.library.phrases import Phrases
from guideline_core.compiled_form import EditionTexts
from guideline_core.looked_up import LOOKED_UP

Record = dict[str, Any]
Field = tuple[str, str]


def known_ids(texts: EditionTexts, kinds: Iterable[str] = LOOKED_UP) -> Iterator[tuple[str, str]]:
    """Every id of these kinds with its first words."""
    for kind in kinds:
        for name in texts.form[kind]:
            yield kind, name


def looked_up(identifier: str, texts: EditionTexts, phrases: Phrases, width: int) -> str | None:
    """All that stands under an id, or None when there is nothing."""
    kinds = texts.kinds_of(identifier)
    if not kinds:
        return None
    lookup = _Lookup(texts, phrases, width)
    return "\n".join("\n".join(lookup.entry(kind, identifier)) for kind in kinds)


def one_line(kind: str, identifier: str, texts: EditionTexts, phrases: Phrases) -> str:
    """What an entry is about, in a few words."""
    record = texts.form[kind][identifier]
    for key in ("name", "text", "shown"):
        words = record.get(key)
        if isinstance(words, dict):
            return " ".join(str(words[phrases.language]).split())
    if kind == "actions":
        return phrases.action_name(identifier)
    return str(record.get("when", ""))


class _Lookup:
    """Writes out entries of an edition in one language."""

    def __init__(self, texts: EditionTexts, phrases: Phrases, width: int) -> None:
        self.texts = texts
        self.phrases = phrases
        self.width = width

    def entry(self, kind: str, identifier: str) -> Iterator[str]:
        """The lines of one entry."""
        record: Record = self.texts.form[kind][identifier]
        yield f"{self._word(kind)} {identifier}"
        writers: dict[str, Callable[[str, Record], Iterator[Field]]] = {
            "statements": self._statement,
            "rules": self._rule,
            "interpretations": self._interpretation,
            "definitions": self._definition,
            "thresholds": self._threshold,
            "actions": self._action,
            "entities": self._entity,
            "bones": self._bone,
            "properties": self._property,
        }
        for label, text in writers[kind](identifier, record):
            yield from self._written(label, text)
        yield ""

    def _written(self, label: str, text: str) -> list[str]:
        first = f"  {self._word(label)}: " if label else "  "
        return textwrap.wrap(
            " ".join(text.split()),
            self.width,
            initial_indent=first,
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _word(self, key: str) -> str:
        return self.phrases.get("command_line", "lookup", key)

    def _said(self, words: Any) -> str:
        return str(words[self.phrases.language]) if words else ""

    @staticmethod
    def _filled(fields: Iterable[Field]) -> Iterator[Field]:
        return (field for field in fields if field[1])

    def _place(self, record: Record) -> str:
        word = self.phrases.word
        return f"{word('module')} {record['module']}, {self._said(record['section'])}, {word('page')} {record['page']}"

    def _reviewer(self, name: str | None) -> str:
        return name or self.phrases.word("not_reviewed")

    def _statement(self, identifier: str, record: Record) -> Iterator[Field]:
        parts = [name for name, other in self.texts.form["statements"].items() if other["parent"] == identifier]
        yield from self._filled(
            (
                ("", self._said(record["text"])),
                ("place", self._place(record)),
                ("strength", self.phrases.plan("strength", record["strength"])),
                ("part_of", record["parent"] or ""),
                ("parts", ", ".join(parts)),
                ("shown_at", self.phrases.plan("step", record["step"]) if record["step"] else ""),
                ("shown_when", record["shown_when"] or ""),
                ("not_encoded", self._said(record["reason"])),
            )
        )
        for name in record["encoded_by"]:
            yield "rules", f"{name} – {self._rule_in_a_line(self.texts.form['rules'][name])}"
        yield "used_opinions", ", ".join(self._opinions_on(identifier, record)) or self.phrases.word("none")
        reviewers = {self.texts.form["rules"][name]["reviewed_by"] for name in record["encoded_by"]}
        yield "reviewed_by", ", ".join(sorted(self._reviewer(name) for name in reviewers or {None}))

    def _opinions_on(self, statement: str, record: Record) -> list[str]:
        """The interpretations of a statement, of the whole of which it is a part, and of its rules."""
        said = {name for rule in record["encoded_by"] for name in self.texts.form["rules"][rule]["interpretations"]}
        concerned = {statement, record["parent"]}
        opinions = self.texts.form["interpretations"]
        return [name for name, each in opinions.items() if name in said or concerned & {*each["statements"]}]

    def _rule_in_a_line(self, rule: Record) -> str:
        condition = "" if rule["when"] == "always" else f"{self._word('when').lower()} {rule['when']}: "
        return f"{condition}{self._outcome(rule)}"

    def _outcome(self, rule: Record) -> str:
        """What a rule gives when its condition holds."""
        phrases = self.phrases
        match rule["kind"]:
            case "advice":
                return f"{phrases.action_name(rule['action'])} ({phrases.plan('verdict', rule['verdict'])})"
            case "order":
                names = {"action": phrases.action_name(rule["action"]), "other": phrases.action_name(rule["waits_for"])}
                return self._word("waits").format(**names)
            case "alert":
                return f"{phrases.plan('severity', rule['severity'])}: {phrases.alert_title(rule['alert'])}"
            case "response":
                return self._word("response").format(grade=phrases.plan("response_grade", rule["response_grade"]))
        said = {
            "decision": phrases.get("plan", "decision", rule["decision"], "heading"),
            "destination": phrases.plan("destination", rule["destination"] or "none"),
            "urgency": phrases.plan("urgency", rule["urgency"] or "none"),
        }
        return self._word("referral").format(**said)

    def _rule(self, identifier: str, record: Record) -> Iterator[Field]:
        yield "when", record["when"]
        yield "gives", self._outcome(record)
        places = [f"{name} ({self._place(self.texts.form['statements'][name])})" for name in record["statements"]]
        yield from self._filled(
            (
                ("until", record.get("until") or ""),
                ("outside_scope_too", "" if record["in_scope_only"] else self.phrases.value("", True)),
                ("note", self._said(record["note"])),
                ("sources", "; ".join(places)),
                ("used_opinions", ", ".join(record["interpretations"])),
                ("reviewed_by", self._reviewer(record["reviewed_by"])),
            )
        )

    def _interpretation(self, identifier: str, record: Record) -> Iterator[Field]:
        rules = self.texts.form["rules"]
        users = [name for name, rule in rules.items() if identifier in rule["interpretations"]]
        outside = self.phrases.value("", True) if record["outside_source"] else self.phrases.value("", False)
        yield from self._filled(
            (
                ("open", self._said(record["open"])),
                ("reading", self._said(record["reading"])),
                ("shown", self._said(record["shown"])),
                ("severity", self._word(record["severity"])),
                ("outside_source", outside),
                ("statements", ", ".join(record["statements"])),
                ("used_by", ", ".join(users)),
            )
        )

    def _definition(self, identifier: str, record: Record) -> Iterator[Field]:
        yield "", self._said(record["text"])
        yield "when", record["meaning"]
        yield from self._filled([("used_opinions", ", ".join(record["interpretations"]))])

    def _threshold(self, identifier: str, record: Record) -> Iterator[Field]:
        yield "", self._said(record["text"])
        yield "value", f"{self.phrases.number(record['value'])} {record['unit']}"
        yield "sources", record["statement"]
        yield from self._filled([("used_opinions", ", ".join(record["interpretations"]))])

    def _action(self, identifier: str, record: Record) -> Iterator[Field]:
        yield "", self.phrases.action_name(identifier)
        yield "phase", self.phrases.plan("phase", record["phase"])
        yield "actor", self.phrases.plan("actor", record["actor"])
        yield from self._filled([("done_when", record["done_when"] or "")])
        for name, rule in self.texts.form["rules"].items():
            if rule.get("action") == identifier:
                yield "rules", f"{name} – {self._rule_in_a_line(rule)}"

    def _entity(self, identifier: str, record: Record) -> Iterator[Field]:
        groups = (self._said(self.texts.form["entity_groups"][name]) for name in record["groups"])
        yield "", self._said(record["name"])
        yield "category", self._word(record["category"])
        yield from self._filled(
            (
                ("icdo", record["icdo"] or ""),
                ("groups", ", ".join(groups)),
                ("synonyms", ", ".join(record["synonyms"])),
                ("note", self._said(record["note"])),
                ("in_doubt", self._said(record["in_doubt"])),
            )
        )

    def _bone(self, identifier: str, record: Record) -> Iterator[Field]:
        yield "", self._said(record["name"])
        yield "region", self.phrases.value("lesion.region", record["region"])
        yield from self._filled((("synonyms", ", ".join(record["synonyms"])), ("note", self._said(record["note"]))))

    def _property(self, identifier: str, record: Record) -> Iterator[Field]:
        yield "", self._said(record["text"])
        yield "always", record["always"]
        yield from self._filled([("sources", ", ".join(record["statements"]))])
