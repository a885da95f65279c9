"""The blocks of the review: statements with their rules, terms, numbers, the referral table, readings."""

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.library.phrases import Phrases
from desktop_app.library.referral_table_text import COLUMNS, cells_for
from desktop_app.library.rule_words import RuleWords
from desktop_app.library.shared_words import SHARED_PARTS, Described, SharedWords
from desktop_app.papers.blocks import Block, Fact, Facts, Grid, Heading, Kept, Notice, Piece, Text, Tone
from desktop_app.papers.guideline_review.deck_cases import ShownBy
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.rules import AnyRule, OrderRule, ReferralRule
from guideline_core.edition.values import Interpretation, Statement
from guideline_core.edition.written import WrittenModule

BLANK = "\u00a0"
"""A line on which a pen can write."""
Words = Mapping[str, str]


class ReviewBlocks:
    """Makes the blocks of each part of a review, in one language."""

    def __init__(self, texts: EditionEntries, phrases: Phrases, shown_by: Mapping[str, ShownBy]) -> None:
        self._texts = texts
        self._phrases = phrases
        self._shown_by = shown_by
        self._rules = RuleWords(texts, phrases)

    def how_to_read(self) -> Iterator[Block]:
        """What a reader must know before the first statement."""
        yield Notice(Tone.CALM, self._say("how_title"), self._say("how"), "")

    def title(self, title: str) -> Iterator[Block]:
        """The title of a part."""
        yield Heading(title, 1)

    def module(self, module: WrittenModule) -> Iterator[Block]:
        """Each statement with what the program does with it, then the readings on which the rules rest."""
        readings: set[str] = set()
        for whole in module.statements:
            for part in (whole, *whole.parts):
                statement = self._texts.statements[part.id]
                rules = [rule for rule in self._texts.rules.values() if rule.statements[0] == statement.id]
                yield from self._with_rules(statement, rules)
                readings |= {name for rule in rules for name in rule.interpretations}
        if readings:
            yield Heading(self._say("readings_here"), 2)
            for name in sorted(readings):
                yield from self._reading_in_short(self._texts.interpretations[name])

    # --- statements and rules

    def _with_rules(self, statement: Statement, rules: Sequence[AnyRule]) -> Iterator[Block]:
        """A statement on one page with its box, or with the first of its rules; then the other rules."""
        first = self._rule(rules[0]) if rules else () if statement.treatment == "encoded" else self._box()
        yield Kept((*self._statement(statement), *first))
        yield from (Kept(self._rule(rule)) for rule in rules[1:])

    def _statement(self, statement: Statement) -> Iterator[Piece]:
        yield Heading(self._heading_of(statement), 2 if statement.parent is None else 3)
        yield Text(self._said(statement.text), "lead" if statement.parent is None else "body")
        yield Text(" ".join(self._treatment(statement)), "small")

    def _heading_of(self, statement: Statement) -> str:
        if statement.parent is not None or statement.module is None:
            return statement.id
        return f"{statement.id} · {self._said(statement.section)} · {self._phrases.word('page')} {statement.page}"

    def _treatment(self, statement: Statement) -> Iterator[str]:
        """How strongly it is put, and what the program does with it beside the rules that follow."""
        if statement.strength != "program":
            yield self._say("strength").format(strength=self._phrases.plan("strength", statement.strength))
        if statement.step is not None:
            step = self._phrases.plan("step", statement.step)
            condition = self._rules.conditions.said(statement.shown_when) if statement.shown_when else ""
            yield self._say("shown_when" if condition else "shown").format(step=step, condition=condition)
        if statement.reason is not None:
            yield self._say("not_encoded").format(reason=self._said(statement.reason))
        elsewhere = [name for name in statement.encoded_by if not name.startswith(f"{statement.id}.")]
        if elsewhere:
            yield self._say("elsewhere").format(rules=", ".join(elsewhere))

    def _rule(self, rule: AnyRule) -> tuple[Piece, ...]:
        """A rule in words, and the box beside which a member of the committee signs."""
        facts = [
            ("when", self._rules.conditions.said(rule.when)),
            ("gives", self._rules.outcome(rule)),
            ("ground", self._ground(rule)),
            ("until", self._until(rule)),
            ("note", self._said(rule.note)),
            ("also", ", ".join(rule.also)),
            ("readings", self._rules.readings(rule)),
            ("cases", self._cases(rule.id)),
        ]
        return (Heading(rule.id, 3), self._facts(facts), *self._box())

    def _until(self, rule: AnyRule) -> str:
        until = rule.until if isinstance(rule, OrderRule) else None
        return "" if until is None else self._rules.conditions.said(until)

    def _ground(self, rule: AnyRule) -> str:
        ground = rule.ground if isinstance(rule, ReferralRule) else None
        return self._phrases.plan("decision_because", ground) if ground else ""

    def _cases(self, rule: str) -> str:
        shown = self._shown_by.get(rule)
        if shown is None:
            return self._say("no_case")
        more = shown.number - len(shown.cases)
        return "; ".join((*shown.cases, *([self._say("more_cases").format(number=more)] if more else [])))

    # --- what the modules share

    def shared(self) -> Iterator[Block]:
        """The referral table, the terms, the numbers, every reading in full, and all that stands in no module."""
        yield Heading(self._phrases.get("guideline", "referral_table", "title"), 2)
        yield self._referral_table()
        yield Heading(self._say("terms"), 2)
        for name, term in self._texts.definitions.items():
            condition = self._rules.conditions.said(term.when)
            readings = ", ".join(term.interpretations)
            facts = [("means", self._said(term.text)), ("when", condition), ("readings", readings)]
            yield Kept((Heading(f"‘{self._said(term.name)}’", 3), self._facts(facts, name), *self._box()))
        yield Heading(self._say("thresholds"), 2)
        yield from self._thresholds()
        yield Heading(self._say("interpretations"), 2)
        for reading in self._texts.interpretations.values():
            yield from self._reading_in_full(reading)
        for part in SHARED_PARTS:
            for listing in SharedWords(self._texts, self._phrases).listings(part):
                yield Heading(listing.heading, 2)
                yield from map(self._shared_entry, listing.entries)
        yield from self._catalogue()

    def _shared_entry(self, entry: Described) -> Kept:
        """One entry with its box."""
        facts = Facts(tuple(Fact(f"{entry.id}/{key}", self._label(key), said) for key, said in entry.facts))
        return Kept((Heading(entry.title, 3), Text(entry.id, "small"), facts, *self._box()))

    def _catalogue(self) -> Iterator[Block]:
        """The tumours and bones that a case can name, as lists."""
        texts, region = self._texts, "lesion.region"
        heads = tuple(map(self._label, ("name", "category", "icdo", "groups")))
        tumours = [
            (self._said(each.name), self._lookup(each.category), each.icdo or "", self._groups(each.groups))
            for each in texts.entities.values()
        ]
        yield Heading(self._phrases.get("guideline", "shared", "catalogue_entities"), 2)
        yield Grid(heads, tuple(tumours), (0.4, 0.15, 0.12, 0.33))
        bones = [(self._said(each.name), self._phrases.value(region, each.region)) for each in texts.bones.values()]
        yield Heading(self._phrases.get("guideline", "shared", "catalogue_bones"), 2)
        yield Grid((heads[0], self._label("region")), tuple(bones), (0.6, 0.4))

    def _groups(self, groups: Sequence[str]) -> str:
        return ", ".join(self._said(self._texts.entity_groups[name].name) for name in groups)

    def _label(self, key: str) -> str:
        return self._phrases.get("guideline", "shared_label", key)

    def _referral_table(self) -> Grid:
        """The table whole; each of its rows has its box at its statement."""
        columns = [self._say(key) for key in ("statement", "category", "age", "setting", "further")]
        heads = [self._phrases.get("guideline", "referral_table", key) for key in COLUMNS[1:]]
        rows = []
        for row in self._texts.referral_table.values():
            patients = [self._rules.conditions.said(cell) if cell else self._say("all") for cell in cells_for(row)]
            decision, destination, urgency, *_ = self._rules.referral(row.rule)
            outcome = ", ".join((decision, destination, urgency)) if row.outcome.destination else decision
            conditions = (row.outcome.by_phone_when, row.outcome.consult_first_when)
            rows.append((row.statements[0], *patients, outcome, *map(self._rules.yes_no_or_when, conditions)))
        return Grid((*columns, *heads), tuple(rows), (0.09, 0.155, 0.105, 0.15, 0.145, 0.145, 0.065, 0.145))

    def _thresholds(self) -> Iterator[Block]:
        for name, number in self._texts.thresholds.items():
            checked = f"{self._phrases.date(number.last_checked)}. {self._said(number.checked)}"
            valid = self._phrases.date(number.valid_from) if number.valid_from else self._lookup("not_in_force")
            facts = [
                ("value", f"{self._phrases.number(number.value)} {self._lookup(number.unit)}"),
                ("valid_from", valid),
                ("last_checked", checked),
                ("statements", number.statement),
                ("readings", ", ".join(number.interpretations)),
            ]
            yield Kept((Heading(self._said(number.text), 3), self._facts(facts, name), *self._box()))

    def _reading_in_short(self, reading: Interpretation) -> Iterator[Block]:
        yield Text(f"{reading.id}: {self._said(reading.reading)}", "small")

    def _reading_in_full(self, reading: Interpretation) -> Iterator[Block]:
        source = self._say("outside_source" if reading.outside_source else "inside_source")
        facts = [
            ("open", self._said(reading.open)),
            ("read_as", self._said(reading.reading)),
            ("shown_as", self._said(reading.shown)),
            ("concerns", self._rules.conditions.said(reading.concerns)),
            ("severity", self._lookup(reading.severity)),
            ("source", source),
            ("statements", ", ".join(reading.statements)),
        ]
        yield Kept((Heading(reading.id, 3), self._facts(facts, reading.id), *self._box()))

    # --- small pieces

    def _facts(self, facts: list[tuple[str, str]], key: str = "") -> Facts:
        """Labels with values; what is empty stays away."""
        return Facts(tuple(Fact(f"{key}/{label}", self._say(label), value) for label, value in facts if value))

    def _box(self) -> tuple[Piece, ...]:
        """Agree, disagree, and two lines for a remark."""
        header = (self._say("agree"), self._say("disagree"), self._say("remark"))
        line = (BLANK, BLANK, BLANK)
        return (Grid(header, (line, line), (0.11, 0.13, 0.76)),)

    def _say(self, key: str) -> str:
        return self._phrases.get("guideline", "review", key)

    def _lookup(self, key: str) -> str:
        return self._phrases.get("command_line", "lookup", key)

    def _said(self, words: Words | None) -> str:
        return " ".join(words[self._phrases.language].split()) if words else ""
