"""The one owner of state in a window: the case, half-typed texts, the undo stack, and the plan of exactly that case.

Everything that shows a case listens to a CaseDocument, and everything that answers a question goes through `answer`:

    document.answer("biopsy.status", "considered")     # one step on the undo stack; the plan follows at once
    document.keep_raw("patient.birth_date", "12-3-")   # not a date yet: kept, but no answer
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.case.refused import AnswerRefused
from desktop_app.library.field_kinds import FieldKinds
from guideline_core.fields import LISTS, AnswerKind

if TYPE_CHECKING:  # the window is on the screen before the model of a case and the planner are loaded
    from desktop_app.case.answers import State
    from guideline_core.case import Case
    from guideline_core.compiled import Catalogue, PlanningTables
    from guideline_core.edition_facts import AlertFacts
    from guideline_core.plan import Plan
    from guideline_core.planning import Planner
    from guideline_core.question_places import QuestionPlaces

EXPLAIN_AFTER_MS = 15
"""How long after an answer its reasons and open questions are worked out: after the repaint, before the next key."""

CHOSEN = (AnswerKind.YES_NO, AnswerKind.CHOICE, AnswerKind.ENTITY, AnswerKind.ENTITIES, AnswerKind.BONE)
"""Where each choice is an answer of its own; elsewhere the key strokes in one field are one answer."""

_log = logging.getLogger("botwijzer.case")


class Guideline(Protocol):
    """What a document needs of an edition; each part is loaded when it is first used."""

    @property
    def planner(self) -> "Planner":
        """Makes the plans."""

    @property
    def catalogue(self) -> "Catalogue":
        """Entities and bones, as far as answers need them."""

    @property
    def tables(self) -> "PlanningTables":
        """What it says of actions, alerts and questions."""

    @property
    def field_kinds(self) -> FieldKinds:
        """What kind of answer each field takes."""

    @property
    def places(self) -> "QuestionPlaces":
        """Where the questions have their place."""


class LastAnswer(NamedTuple):
    """The last change of a case: one answer, however many keys it took, or an undo or redo."""

    path: str
    before: "Case"
    """The case before that change."""


class CaseDocument(QObject):
    """The case of one window."""

    answered = Signal(tuple)  # the paths that changed, after do, undo, redo and load
    replanned = Signal(object)  # the bare plan, at once
    explained = Signal(object)  # the full plan of exactly the current case, when idle
    raw_text_changed = Signal(str)  # the path of a text that is no answer yet
    begun = Signal()  # there is a case now; nothing was answered in it
    loaded = Signal()  # another case has replaced the old one
    history_moved = Signal(int)  # something was done, undone or done again; the place in the history
    revisited = Signal(str)  # undo or redo changed the answer at this path: a view can go there
    planning_failed = Signal()  # there is no plan for this case (a defect): nothing old may stay on the screen

    def __init__(
        self,
        guideline: Guideline,
        today: Callable[[], datetime.date],
        parent: QObject | None = None,
        first_case: "Callable[[], Case] | None" = None,
    ) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._guideline = guideline
        self._today = today
        self._first_case = first_case
        self._begun: State | None = None
        self._plan: Plan | None = None
        self._is_full = False
        self._told: State | None = None
        self._touched: list[str] = []
        self._last_answer: LastAnswer | None = None
        self._is_pushing = False
        self._idle = QTimer(self, singleShot=True, interval=EXPLAIN_AFTER_MS)
        self._idle.timeout.connect(self._explain)
        self.undo_stack.indexChanged.connect(self._on_index_changed)
        # Others listen here: a stack that is taken down empties itself, and would tell them so.
        self.undo_stack.indexChanged.connect(self.history_moved)

    # --- beginning ----------------------------------------------------------------------------------------------------

    @property
    def has_begun(self) -> bool:
        """Whether there is a case yet. It is made on first use, because that takes longer than opening a window."""
        return self._begun is not None

    def begin(self) -> None:
        """Make the first case, unless there is one."""
        if self._begun is None:
            self._begun = self._told = _state_of(self._first_case() if self._first_case is not None else None, {})
            self.begun.emit()

    @property
    def _state(self) -> "State":
        self.begin()
        assert self._begun is not None
        return self._begun

    @cached_property
    def catalogue(self) -> "Catalogue":
        """Entities and bones, as far as answers need them."""
        return self._guideline.catalogue

    @property
    def places(self) -> "QuestionPlaces":
        """Where the questions have their place."""
        return self._guideline.places

    @property
    def alerts(self) -> "Mapping[str, AlertFacts]":
        """What the edition says of its alerts."""
        return self._guideline.tables.alerts

    # --- what there is ----------------------------------------------------------------------------------------------

    @property
    def case(self) -> "Case":
        """All answers; immutable."""
        return self._state.case

    @property
    def day(self) -> datetime.date:
        """The date for which the plan is made."""
        return self.case.reference_date or self._today()

    @property
    def plan(self) -> "Plan":
        """The plan of exactly this case; reasons and open questions are added later."""
        if self._plan is None:
            self._plan, self._is_full = self._guideline.planner.make_bare_plan(self.case, self.day), False
        return self._plan

    @property
    def has_plan(self) -> bool:
        """Whether the plan of this case exists already."""
        return self._plan is not None

    @property
    def is_explained(self) -> bool:
        """Whether the plan has its reasons and open questions."""
        return self._plan is not None and self._is_full

    def full_plan(self) -> "Plan":
        """The plan with reasons and open questions, computed now if need be."""
        if not self.is_explained:
            self._explain()
        return self.plan

    @property
    def last_answer(self) -> LastAnswer | None:
        """The last change of the case; None after another case or another day."""
        return self._last_answer

    def value(self, path: str) -> object:
        """The answer at a path; None when it was not given."""
        return self.case.answer_at(path)

    def raw(self, path: str) -> str | None:
        """The text at a path that is no answer yet."""
        return self._state.raws.get(path)

    def snapshot(self) -> "tuple[Case, dict[str, str]]":
        """Everything that must be saved to restore this window."""
        return self.case, dict(self._state.raws)

    def is_empty(self) -> bool:
        """Whether nothing was answered or typed yet; the setting of the workstation does not count."""
        return not self.has_begun or self._state.is_empty

    @cached_property
    def typed_fields(self) -> Mapping[str, int]:
        """The fields in which the user types, each with its own number."""
        kinds = self._guideline.field_kinds
        return {path: place for place, path in enumerate(kinds.paths) if kinds.of(path) not in CHOSEN}

    def kind_of(self, path: str) -> AnswerKind:
        """What kind of answer a field takes."""
        return self._guideline.field_kinds.of(path)

    # --- changing it ------------------------------------------------------------------------------------------------

    def answer(self, path: str, value: object | None, *, raw: str | None = None) -> None:
        """Give or clear (None) one answer: one step on the undo stack. Raises AnswerRefused; nothing changes then."""
        self.answer_together({path: value}, {path: raw})

    def answer_together(
        self, values: Mapping[str, object], raws: Mapping[str, str | None] | None = None, *, is_whole: bool = False
    ) -> None:
        """Give several answers in one step; the first is the one that the user meant. Raises AnswerRefused.

        A step that `is_whole` is never joined with the step before or after it.
        """
        state = self._state.with_answers(values, raws or {}, self.catalogue, self.day)
        self._push(tuple(values), state, is_whole)

    def refusal_of(self, path: str, value: object) -> AnswerRefused | None:
        """Why an answer would be refused; None when it would be taken."""
        try:
            self._state.with_answers({path: value}, {}, self.catalogue, self.day)
        except AnswerRefused as refused:
            return refused
        return None

    def keep_raw(self, path: str, text: str) -> None:
        """Keep a text that is no answer (yet). It replaces an earlier answer, which the screen no longer shows."""
        self.answer(path, None, raw=text or None)

    def load(self, case: "Case", raws: Mapping[str, str] | None = None) -> None:
        """Replace this case by another one; undo does not bring it back.

        An age beside a birth date is left out: after a birthday the two would disagree.
        """
        case = case.without_age_beside_birth_date()
        self._is_pushing = True
        try:
            self.undo_stack.clear()
        finally:
            self._is_pushing = False
        self._begun, self._plan = _state_of(case, dict(raws or {})), None
        self.loaded.emit()
        self._publish(None)

    def replan(self) -> None:
        """Make the plan again, because the day has changed."""
        self._plan = None
        self._publish(None)

    def _push(self, paths: tuple[str, ...], after: "State", is_whole: bool) -> None:
        if after.case == self.case:  # only a text changed: the same object, so that its plan stays
            after = after._replace(case=self.case)
            if after.raws == self._state.raws:
                return
        self._is_pushing = True
        try:
            self.undo_stack.push(_AnswerCommand(self, paths, self._state, after, is_whole))
        finally:
            self._is_pushing = False
        step = self.undo_stack.command(self.undo_stack.index() - 1)
        assert isinstance(step, _AnswerCommand)
        self._publish(LastAnswer(paths[0], step.before.case))

    def _take(self, state: "State", paths: Iterable[str]) -> None:
        """Take the state of a step that is done or undone; this must not fail, because Qt calls it."""
        self._touched.extend(paths)
        if state.case is not self._state.case:
            self._plan = None
        self._begun = state

    # --- telling it -------------------------------------------------------------------------------------------------

    def _on_index_changed(self, _index: int) -> None:
        """Follow an undo or redo of the stack itself."""
        if self._is_pushing or not self._touched:
            return
        meant = self._touched[0]
        try:
            self._publish(LastAnswer(meant, self._told.case if self._told is not None else self.case))
        finally:  # a view goes where something changed, whether or not there is a plan
            self.revisited.emit(meant)

    def _publish(self, last: LastAnswer | None) -> None:
        """Tell all listeners what changed; the plan is of the new case already. None means that everything is new.

        They hear it also where no plan can be made: who shows, saves or counts answers never lags behind them.
        """
        before, self._told = self._told, self._state
        self._touched = []
        answers, texts = self._state.differences(before)
        try:
            if last is None or before is None or before.case is not self.case:
                self._publish_answers(answers, last)
        finally:
            for path in texts:
                self.raw_text_changed.emit(path)

    def _publish_answers(self, paths: tuple[str, ...], last: LastAnswer | None) -> None:
        """Tell which answers changed, and their plan; without one all views are told before the exception goes on."""
        self._idle.stop()
        self._last_answer = last
        try:
            plan = self.plan
        except Exception as error:
            _log.error("no plan can be made: %s", type(error).__name__)
            self.planning_failed.emit()
            self.answered.emit(paths)
            raise
        self.answered.emit(paths)
        self.replanned.emit(plan)
        self._idle.start()

    def _explain(self) -> None:
        """Compute reasons and open questions of the present case."""
        self._idle.stop()
        case = self.case
        try:
            plan = self._guideline.planner.make_plan(case, self.day)
        except Exception as error:
            _log.error("the plan cannot be explained: %s", type(error).__name__)
            self._plan = None
            self.planning_failed.emit()
            raise
        if case is self.case:
            self._plan, self._is_full = plan, True
            self.explained.emit(plan)


class _AnswerCommand(QUndoCommand):
    """One step on the undo stack. Its text is the path of the answer; the window puts that into words."""

    def __init__(
        self, document: CaseDocument, paths: tuple[str, ...], before: "State", after: "State", is_whole: bool
    ) -> None:
        super().__init__(paths[0])
        self.document = document
        self.paths = paths
        self.before = before
        self.after = after
        self.is_whole = is_whole

    def id(self) -> int:
        """The number of a step; Qt may join steps with the same number, which type in the same field."""
        if self.is_whole or len(self.paths) > 1:
            return -1
        return self.document.typed_fields.get(self.paths[0], -1)

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Join the next key stroke in the same field; removing a line from a list stays a step of its own."""
        if not isinstance(other, _AnswerCommand) or other.paths != self.paths:
            return False
        path = self.paths[0]
        is_list = self.document.kind_of(path) in LISTS
        if is_list and other.after.number_of_lines(path) < self.after.number_of_lines(path):
            return False
        self.after = other.after
        return True

    def redo(self) -> None:
        """Give the answer."""
        self.document._take(self.after, self.paths)

    def undo(self) -> None:
        """Take the answer back."""
        self.document._take(self.before, self.paths)


def _state_of(case: "Case | None", raws: Mapping[str, str]) -> "State":
    """A state with this case, or with an empty one."""
    # The model of a case takes longer to load than a window may wait: the one place in a document that needs it.
    from desktop_app.case.answers import state_of

    return state_of(case, raws)
