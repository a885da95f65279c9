"""The entries of an edition, read from the trees of its files; each kind is read when it is first needed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from guideline_core.condition import needed_words
from guideline_core.edition.catalogue import Bone, CatalogueEntries, Entity
from guideline_core.edition.combinations import COMBINATIONS_FILE, Combinations, FurtherRow, WrittenCombinations
from guideline_core.edition.condition_type import VOCABULARY
from guideline_core.edition.entry_reader import Context, NoteFault, Where
from guideline_core.edition.places import (
    PLACES,
    QUESTIONS_FILE,
    TIERS_FILE,
    AnswerVocabulary,
    WrittenQuestion,
)
from guideline_core.edition.referral_table import ReferralRow
from guideline_core.edition.rules import AnyRule
from guideline_core.edition.statement_places import (
    PartPlace,
    faults_of_place,
    faults_of_treatment,
    parts_of,
    statement_at,
)
from guideline_core.edition.trees import mapping
from guideline_core.edition.values import (
    Action,
    AlertEntry,
    Definition,
    Interpretation,
    Question,
    QuestionTier,
    SafetyProperty,
    Statement,
    Station,
    Threshold,
)
from guideline_core.edition.vocabulary import EditionVocabulary, PropertyVocabulary
from guideline_core.edition.weighing import (
    KINDS_OF_ROW,
    WEIGHING_FILE,
    WEIGHING_LISTS,
    AnyWeighingRow,
    WeighingList,
    WeighingRow,
    WeighingRows,
    WeighingVocabulary,
)
from guideline_core.edition.written import (
    WrittenBones,
    WrittenEdition,
    WrittenEntities,
    WrittenModule,
    WrittenSheets,
)
from guideline_core.edition_facts import SheetActions
from guideline_core.keys import EntryKind

SINGLE_FILES = (
    "edition.yaml",
    "definitions.yaml",
    "thresholds.yaml",
    "actions.yaml",
    "alerts.yaml",
    "pathway.yaml",
    "sheets.yaml",
    "interpretations.yaml",
    "entities.yaml",
    "bones.yaml",
    "mri-protocol.yaml",
    QUESTIONS_FILE,
    TIERS_FILE,
    WEIGHING_FILE,
    COMBINATIONS_FILE,
    "properties.yaml",
    "referral-table.yaml",
)
"""The files that an edition must have; every other YAML file is a module of the guideline."""
PROGRAM_FILE = "program.yaml"
"""What the program says of itself, in the form of a module."""


Entry = Statement | AnyRule | Interpretation | Definition | Threshold | Action | Entity | Bone | SafetyProperty
"""What a person can look up by its id."""


class EditionEntries(CatalogueEntries):
    """All entries of one edition; `places` says where rules and statements stand."""

    def __init__(self, trees: Mapping[str, object], note: NoteFault) -> None:
        super().__init__(trees, note)
        self.places: dict[str, Where] = {}

    def of_kind(self, kind: EntryKind) -> Mapping[str, Entry]:
        """The entries of one kind, by id; each kind has the name of its attribute here."""
        found: Mapping[str, Entry] = getattr(self, kind)
        return found

    # --- files of one kind of entry

    @cached_property
    def about(self) -> WrittenEdition | None:
        """What is said of the edition as a whole; None when it cannot be read."""
        return self.file(WrittenEdition, "edition.yaml")

    def check_catalogue(self) -> None:
        """Note what does not belong in the files of the catalogue."""
        self.file(WrittenEntities, "entities.yaml")
        self.file(WrittenBones, "bones.yaml")

    @cached_property
    def vocabulary(self) -> EditionVocabulary:
        """What the names in a condition mean. A definition may use the definitions above it."""
        actions = [action for phase in self._phases.values() for action in mapping(phase)]
        vocabulary = EditionVocabulary(self.entities, self.entity_groups, actions)
        where: Where = ("definitions.yaml", ())
        for key, definition in self.each(Definition, where, {VOCABULARY: vocabulary}, words="text"):
            vocabulary.definitions[key] = definition
        return vocabulary

    @property
    def _context(self) -> Context:
        return {VOCABULARY: self.vocabulary}

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """The words of the rules."""
        return self.vocabulary.definitions

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """The actions that a plan can name, in clinical order; they stand under their phase."""
        return {
            key: action
            for phase in self._phases
            for key, action in self.each(Action, ("actions.yaml", (phase,)), self._context, phase=phase)
        }

    @cached_property
    def _phases(self) -> Mapping[str, object]:
        return self.entries_at(("actions.yaml", ()))

    @cached_property
    def alerts(self) -> Mapping[str, AlertEntry]:
        """The alerts that rules can raise."""
        return dict(self.each(AlertEntry, ("alerts.yaml", ())))

    @cached_property
    def stations(self) -> Mapping[str, Station]:
        """The stations of the pathway, in clinical order; their conditions may ask about the plan as a whole."""
        context = {VOCABULARY: PropertyVocabulary(self.vocabulary)}
        return dict(self.each(Station, ("pathway.yaml", ()), context))

    @cached_property
    def sheets(self) -> SheetActions:
        """The actions on each sheet."""
        return (self.file(WrittenSheets, "sheets.yaml") or WrittenSheets()).actions

    @cached_property
    def thresholds(self) -> Mapping[str, Threshold]:
        """The numbers on which rules turn."""
        return dict(self.each(Threshold, ("thresholds.yaml", ()), words="text"))

    @cached_property
    def interpretations(self) -> Mapping[str, Interpretation]:
        """The readings that were taken where the source leaves something open."""
        return dict(self.each(Interpretation, ("interpretations.yaml", ()), self._context))

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The fields that a plan asks, in page order."""
        written = self.written_questions.items()
        return {path: Question(id=path, ask_when=each.ask_when) for path, each in written if each.ask_when is not None}

    @cached_property
    def written_questions(self) -> Mapping[str, WrittenQuestion]:
        """All questions of which the edition says something, in page order."""
        context = {VOCABULARY: self.vocabulary, PLACES: AnswerVocabulary(self.entities)}
        return dict(self.each(WrittenQuestion, (QUESTIONS_FILE, ()), context))

    @cached_property
    def question_tiers(self) -> Mapping[str, QuestionTier]:
        """The tiers in which a plan asks its questions, the first first."""
        return dict(self.each(QuestionTier, (TIERS_FILE, ()), self._context, words="text"))

    @cached_property
    def weighing_rows(self) -> WeighingRows:
        """The rows by which the answers about a lesion are weighed, list by list."""
        return {which: tuple(self._rows_of(which)) for which in WEIGHING_LISTS}

    def _rows_of(self, which: WeighingList) -> Iterator[AnyWeighingRow]:
        context = {VOCABULARY: WeighingVocabulary(which, self.entities, self.entity_groups)}
        for _, row in self.each(KINDS_OF_ROW[which], (WEIGHING_FILE, (which,)), context, words="text"):
            yield row

    @cached_property
    def weighing(self) -> Mapping[str, WeighingRow]:
        """The same rows by their ids."""
        return {row.id: row for rows in self.weighing_rows.values() for row in rows}

    @cached_property
    def properties(self) -> Mapping[str, SafetyProperty]:
        """The safety properties; they may speak of more than a rule may."""
        context = {VOCABULARY: PropertyVocabulary(self.vocabulary)}
        return dict(self.each(SafetyProperty, ("properties.yaml", ()), context, words="text"))

    @cached_property
    def referral_table(self) -> Mapping[str, ReferralRow]:
        """The rows that decide on referral, from light to heavy."""
        return dict(self.each(ReferralRow, ("referral-table.yaml", ()), self._context))

    @cached_property
    def combinations(self) -> Combinations | None:
        """What the page combines that says what counts when findings disagree; None when it cannot be read."""
        written = self.file(WrittenCombinations, COMBINATIONS_FILE)
        if written is None:
            return None
        return Combinations(written, dict(self.each(FurtherRow, (COMBINATIONS_FILE, ("further",)), words="text")))

    # --- modules: statements and the rules beside them

    @cached_property
    def rules(self) -> Mapping[str, AnyRule]:
        """All rules: those beside the statements in the order of the modules, then those of the referral table."""
        beside: dict[str, AnyRule] = {
            rule.id: replace(rule, reviewed_by=rule.reviewed_by or each.module.reviewed_by)
            for each in self._parts
            for rule in each.part.rules
        }
        for row in self.referral_table:
            self._note_place("rule", row, ("referral-table.yaml", (row,)))
        rules = {**beside, **{name: row.rule for name, row in self.referral_table.items()}}
        return {name: self._with_its_readings(rule) for name, rule in rules.items()}

    def inherited_readings(self, rule: AnyRule) -> Mapping[str, str]:
        """The interpretations of the words without which a rule cannot speak, each with the word that it reads."""
        words = (word for word in self.definitions if word in needed_words(rule.when))
        return {name: word for word in words for name in self.definitions[word].interpretations}

    def _with_its_readings(self, rule: AnyRule) -> AnyRule:
        """The rule with what it inherits; what it repeats of that is noted."""
        inherited = self.inherited_readings(rule)
        for name in rule.interpretations:
            if name in inherited:
                message = f"{name} comes with the word '{inherited[name]}'; leave it out here"
                self.note(*self.places[rule.id], rule.id, message)
        return replace(rule, interpretations=tuple(sorted({*rule.interpretations, *inherited})))

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """All statements and their parts, in the order of the modules."""
        elsewhere: dict[str, list[str]] = {}
        for rule in self.rules.values():
            for statement in rule.also:
                elsewhere.setdefault(statement, []).append(rule.id)
        return {each.part.id: statement_at(each, elsewhere.get(each.part.id, ())) for each in self._parts}

    @cached_property
    def modules(self) -> Mapping[str, WrittenModule]:
        """The files that hold statements, by their names: what the program says of itself first."""
        read = {file: self.file(WrittenModule, file, self._context) for file in modules_of(self.trees)}
        return {file: module for file, module in read.items() if module is not None}

    @cached_property
    def _parts(self) -> Sequence[PartPlace]:
        found = [part for file, module in self.modules.items() for part in parts_of(module, file)]
        for each in found:
            self._note_places(each)
        return found

    def _note_places(self, each: PartPlace) -> None:
        """Note the places of a statement and its rules, and the faults in their ids."""
        self._note_place("statement", each.part.id, each.where)
        for message in (*faults_of_place(each), *faults_of_treatment(each)):
            self.note(*each.where, each.part.id, message)
        for number, rule in enumerate(each.part.rules):
            file, place = each.rule_place(number)
            self._note_place("rule", rule.id, (file, place))
            if rule.statements[0] != each.part.id:
                message = f"the id must begin with its statement, '{each.part.id}.'"
                self.note(file, (*place, "id"), rule.id, message)

    def _note_place(self, what: str, identifier: str, where: Where) -> None:
        if identifier in self.places:
            self.note(*where, identifier, f"this {what} id stands twice")
        self.places[identifier] = where


def modules_of(names: Iterable[str]) -> list[str]:
    """The files among these that hold statements: what the program says of itself, then the modules in order."""
    holding = [name for name in names if name.endswith(".yaml") and name not in SINGLE_FILES]
    return sorted(holding, key=lambda name: (name != PROGRAM_FILE, name))
