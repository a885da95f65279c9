"""One case on the full screen, for everyone in the room. It shows the plan of its document and nothing older.

Nothing scrolls: type shrinks as far as the back of the room can still read it, and lists turn pages. The title of the
window holds the number of the case and never a name.
"""

import datetime
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.library.day import Today
from desktop_app.library.editions import OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.screen.answer_panel import AnswerField
from desktop_app.meeting.screen.content import identity_line, meeting_content, skeleton_of
from desktop_app.meeting.screen.effect import effect_of_answer
from desktop_app.meeting.screen.head import Head
from desktop_app.meeting.screen.sheet_view import SheetView
from desktop_app.papers.order import Paper, PaperOrder
from desktop_app.store.problems import StoreProblem
from guideline_core.plan import Plan

logger = logging.getLogger(__name__)

LINES, COLUMNS = 40, 71
"""The least height and width of a screen, in units of type."""
GROWING = (1.3, 1.15)
"""How far all type grows, as long as no list needs a second page."""
SHRINKING = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)
"""How far all type shrinks, in steps, until everything fits."""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as a meeting shows it: document, number, its place among all (from 1), and when it was changed last."""

    document: CaseDocument | None
    """None when the case cannot be shown; `problem` says why."""
    number: str
    place: int
    count: int
    changed: datetime.datetime | None = None
    problem: StoreProblem | None = None


class MeetingScreen(QWidget):
    """The window of the meeting."""

    step_wanted = Signal(int)  # another case: 1 the next, -1 the one before
    left = Signal()
    hide_wanted = Signal()
    help_wanted = Signal()

    def __init__(
        self,
        edition: OpenedEdition,
        phrases: Phrases,
        present: Callable[[], Today],
        palette: Palette,
        make_field: Callable[[str, CaseDocument], AnswerField],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._edition, self._phrases, self._present, self._make_field = edition, phrases, present, make_field
        self.language = phrases.language
        self._document: CaseDocument | None = None
        self._case: ShownCase | None = None
        self._before: Plan | None = None
        self._shown: Plan | None = None
        self._not_kept = ""
        self._skeletons: dict[tuple[str | None, str | None], Picture] = {}
        self.shows_identity = False
        self.setObjectName("meeting")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"QWidget#meeting {{ background: {palette[Role.WINDOW].name()}; }}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = Head(phrases, palette, self)
        self.sheet = SheetView(phrases, palette, self)
        self.head.pressed.connect(self._on_head)
        self.sheet.answer_wanted.connect(self.open_answer)
        self.sheet.undo_wanted.connect(self.undo)
        self.sheet.panel.done.connect(self.close_answer)
        self._keys = self._shortcuts()

    def _shortcuts(self) -> list[QShortcut]:
        """Keys that act while no answer is given. Esc is handled apart, because it also closes the list of names."""
        for key, do in (("F11", self.leave), ("Ctrl+L", self.hide_wanted.emit), ("Ctrl+Z", self.undo)):
            QShortcut(QKeySequence(key), self, do)
        for key, do in (("Ctrl+Y", self.redo), ("F1", self.help_wanted.emit)):
            QShortcut(QKeySequence(key), self, do)
        quiet: Sequence[tuple[str, Callable[[], object]]] = (
            ("Left", lambda: self.step_wanted.emit(-1)),
            ("Right", lambda: self.step_wanted.emit(1)),
            ("I", self.toggle_identity),
            ("F6", self.open_next_question),
        )
        return [QShortcut(QKeySequence(key), self, do) for key, do in quiet]

    # --- which case

    def show_case(self, case: ShownCase) -> None:
        """Show another case: without identity, half-given answer or old message."""
        self.close_answer()
        self._follow(case.document)
        self._case, self._shown, self._before, self._not_kept = case, None, None, ""
        self.hide_identity()
        self.sheet.say("", can_undo=False)
        self.setWindowTitle(self._case_words("title"))
        self.head.show_place(case.place, case.count)
        self._draw()
        self._focus_first()

    def _follow(self, document: CaseDocument | None) -> None:
        if self._document is not None:
            self._document.answered.disconnect(self._on_answered)
            self._document.replanned.disconnect(self._on_replanned)
            self._document.explained.disconnect(self._on_replanned)
            self._document.planning_failed.disconnect(self._show_failure)
            self._document.loaded.disconnect(self._on_loaded)
        self._document = document
        if document is not None:
            document.answered.connect(self._on_answered)
            document.replanned.connect(self._on_replanned)
            document.explained.connect(self._on_replanned)
            document.planning_failed.connect(self._show_failure)
            document.loaded.connect(self._on_loaded)

    def _on_loaded(self) -> None:
        """The window now holds another patient: nothing of the old one may stay."""
        self.left.emit()

    # --- what is shown

    def _draw(self) -> None:
        """Show the present plan of the document, or that there is none."""
        if self._document is None:
            self._show_only(self._words_of(self._case.problem if self._case else None))
            return
        try:
            self._draw_plan(self._document.full_plan())
        except Exception as error:  # whatever went wrong: no old advice may stay on the screen
            logger.error("no plan for the meeting: %s", type(error).__name__)
            self._show_failure()

    def _draw_plan(self, plan: Plan) -> None:
        order = self._paper_order(plan)
        content = meeting_content(order, self._skeleton(order))
        self._shown = plan
        self.head.lesion.tell(content.lesion)
        self.head.case.tell(
            " · ".join(part for part in (self._case_words("case"), self._date(), content.person) if part)
        )
        self._show_identity(order)
        self.sheet.show_content(content)
        self.arrange()

    def _show_failure(self) -> None:
        self._show_only(self._phrases.get("window", "plan_view", "no_plan"))

    def _show_only(self, text: str) -> None:
        """Show nothing but a sentence, and the case that it is about."""
        self._shown = None
        self.head.lesion.tell(self._case_words("case"))
        self.head.case.tell("")
        self.hide_identity()
        self.sheet.show_failure(text)
        self.arrange()

    def _paper_order(self, plan: Plan) -> PaperOrder:
        assert self._document is not None
        case, (today, is_doubted) = self._document.case, self._present()
        return PaperOrder(
            plan, case, self._edition, self._phrases, today, paper=Paper.MEETING, clock_is_doubted=is_doubted
        )

    def _skeleton(self, order: PaperOrder) -> Picture:
        """The picture of the bone of this case; each bone is drawn once."""
        lesion = order.case.lesion
        place = lesion.bone or lesion.region, lesion.side
        if place not in self._skeletons:
            self._skeletons[place] = skeleton_of(order)
        return self._skeletons[place]

    def _date(self) -> str:
        if self._case is None or self._case.changed is None:
            return ""
        date = self._phrases.date(self._case.changed.astimezone().date())
        return self._word("changed", date=date)

    def _case_words(self, key: str) -> str:
        number = self._case.number if self._case else ""
        return self._word(key, number=number) if number else self._word(f"{key}_new")

    # --- who it is

    def toggle_identity(self) -> None:
        """Show who the patient is, or hide it again."""
        self.shows_identity = not self.shows_identity and self._document is not None
        if self._shown is not None:
            self._show_identity(self._paper_order(self._shown))
        self.head.show_identity_button(self.shows_identity)
        self.arrange()

    def hide_identity(self) -> None:
        """Hide who the patient is."""
        self.shows_identity = False
        self.head.identity.tell("")
        self.head.show_identity_button(False)

    def _show_identity(self, order: PaperOrder) -> None:
        self.head.identity.tell(identity_line(order) if self.shows_identity else "")

    # --- answering

    @property
    def is_answering(self) -> bool:
        """Whether a question is open on the screen."""
        return self.sheet.panel.field is not None

    def open_next_question(self) -> None:
        """Open the most useful question."""
        path = self.sheet.first_question
        if path:
            self.open_answer(path)

    def open_answer(self, path: str) -> None:
        """Ask a question in the place of the lists."""
        if self._document is None or self._shown is None:
            return
        self._before = self._shown
        field = self._make_field(path, self._document)
        self._let_keys_act(False)
        self.sheet.ask(field)
        self.arrange()
        field.input.take_focus()

    def close_answer(self) -> None:
        """Go back to the lists; answers that were given stay."""
        if not self.is_answering:
            return
        self.sheet.stop_asking()
        self._before = None
        self._let_keys_act(True)
        self.arrange()
        self._focus_first()

    def _let_keys_act(self, is_on: bool) -> None:
        for key in self._keys:
            key.setEnabled(is_on)

    def undo(self) -> None:
        """Undo the last answer."""
        if self._document is not None:
            self._document.undo_stack.undo()

    def redo(self) -> None:
        """Redo it."""
        if self._document is not None:
            self._document.undo_stack.redo()

    def _on_answered(self, paths: Sequence[str]) -> None:
        """Say what the answer changed; the plan of the new answers exists already."""
        document, before = self._document, self._before or self._shown
        if document is None or before is None or not paths:
            return
        try:
            said = effect_of_answer(paths[0], before, self._paper_order(document.full_plan()))
        except Exception as error:
            logger.error("the effect of an answer cannot be told: %s", type(error).__name__)
            said = ""
        self.sheet.say(" ".join(part for part in (self._not_kept, said) if part), document.undo_stack.canUndo())
        self.arrange()

    def tell_not_kept(self, problem: StoreProblem | None) -> None:
        """Show why answers to this case are not saved; None when they are."""
        text = self._words_of(problem)
        if text != self._not_kept:
            self._not_kept = text
            self.sheet.say(text, can_undo=False)
            self.arrange()

    def _on_replanned(self, _plan: Plan) -> None:
        """Draw the plan of the new answers. It arrives again once it is explained; an equal plan is not drawn twice."""
        if self._document is None or (self._shown is not None and self._document.full_plan() == self._shown):
            return
        had_list_focus = not self.is_answering
        if self.is_answering and self.sheet.panel.field is not None:
            self.sheet.panel.field.present()
        self._draw()
        if had_list_focus:
            self._focus_first()

    # --- arranging

    def arrange(self) -> None:
        """Arrange everything in the largest type that fits."""
        base = min(self.height() / LINES, self.width() / COLUMNS)
        margin = round(0.5 * base)
        width = self.width() - 2 * margin
        head = 0
        for factor in (*GROWING, *SHRINKING):
            unit = base * factor
            self.head.use_unit(unit)
            head = self.head.height_at(width)
            room = self.height() - 3 * margin - head
            if self.sheet.fits(width, room, unit, with_all_lists=factor > 1):
                break
        self.head.setGeometry(margin, margin, width, head)
        self.sheet.setGeometry(margin, 2 * margin + head, width, self.height() - 3 * margin - head)
        self.sheet.arrange()

    def _focus_first(self) -> None:
        (self.sheet.first_entry or self).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- leaving

    def leave(self) -> None:
        """Go back to the window."""
        self.left.emit()

    def _on_head(self, name: str) -> None:
        if name == "identity":
            self.toggle_identity()
        elif name == "leave":
            self.leave()
        else:
            self.step_wanted.emit(1 if name == "next" else -1)

    def let_go(self) -> None:
        """Stop following the document; another case comes next."""
        self.close_answer()
        self._follow(None)

    def discard(self) -> None:
        """Stop following the document, and close the screen."""
        self._follow(None)
        self.hide()
        self.deleteLater()

    # --- overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the question first, then the full screen."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.is_answering:
            self.close_answer()
        else:
            self.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange everything again for the new size."""
        super().resizeEvent(event)
        self.arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing by the system is leaving."""
        super().closeEvent(event)
        self.left.emit()

    def _words_of(self, problem: StoreProblem | None) -> str:
        return "" if problem is None else problem.message(self._phrases)

    def _word(self, key: str, **details: str) -> str:
        return self._phrases.get("meeting", key).format(**details)
