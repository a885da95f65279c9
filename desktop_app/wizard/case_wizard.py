"""The wizard: a QWizard that is a part of the window, not a dialog. It asks `flow` where to go, and keeps the history.

What Qt would do by itself is taken away from it: Esc, Finish and closing hide nothing, no button is the default one,
and going to any step never breaks Back.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget, QWizard

from desktop_app.case.document import CaseDocument
from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER, FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.looks.palette import palette_for
from desktop_app.looks.primary import stand_out
from desktop_app.wizard import flow
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS, context_of
from desktop_app.wizard.pages.complaints_page import ComplaintsPage
from desktop_app.wizard.pages.consultation_page import ConsultationPage
from desktop_app.wizard.pages.imaging_page import ImagingPage
from desktop_app.wizard.pages.lesion_page import LesionPage
from desktop_app.wizard.pages.letter_page import LetterPage
from desktop_app.wizard.pages.pathology_page import PathologyPage
from desktop_app.wizard.pages.patient_page import PatientPage
from desktop_app.wizard.pages.resection_page import ResectionPage
from desktop_app.wizard.pages.step_page import StepPage

if TYPE_CHECKING:
    from guideline_core.edition.catalogue import CatalogueEntries

PAGES: tuple[type[StepPage], ...] = (
    PatientPage,
    ComplaintsPage,
    LesionPage,
    ImagingPage,
    ConsultationPage,
    PathologyPage,
    ResectionPage,
    LetterPage,
)
"""One page for each step of `flow`, in its order."""
LAST_PAGE = -1
Button = QWizard.WizardButton


class CaseWizard(QWizard):
    """Eight steps, each reachable at any time."""

    step_changed = Signal(str)  # the step that is shown now
    letter_requested = Signal()  # the button at the end was pressed
    what_if_wanted = Signal(str)  # the path of a question to which another answer is to be tried

    def __init__(
        self,
        document: CaseDocument,
        phrases: Phrases,
        parent: QWidget | None = None,
        *,
        kinds: FieldKinds,
        lists: "Callable[[], CatalogueEntries]",
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)  # a part of its window; as an argument Qt takes this for a dialog
        self.document = document
        self.context = context_of(phrases, kinds, lists)
        self.wording = self.context.wording
        self._visited: list[str] = []
        self._is_going_back = False
        self.pages: dict[str, StepPage] = {}
        self._set_up()
        self._add_pages()
        self._take_over_buttons()
        self.follow_palette()
        self.currentIdChanged.connect(self._on_page_shown)
        document.revisited.connect(self._on_revisited)
        document.loaded.connect(self._on_loaded)
        document.begun.connect(self._on_begun)
        document.explained.connect(self._update_buttons)
        self.restart()
        for button in self.findChildren(QPushButton):
            _forget_default(button)
        if parent is not None:  # a dialog stays hidden inside its window until it is told otherwise
            self.setVisible(True)

    def _set_up(self) -> None:
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        for option in (
            QWizard.WizardOption.IndependentPages,
            QWizard.WizardOption.NoDefaultButton,
            QWizard.WizardOption.NoCancelButton,
        ):
            self.setOption(option, True)
        self.setTitleFormat(Qt.TextFormat.PlainText)
        self.setSubTitleFormat(Qt.TextFormat.PlainText)
        self.setSizeGripEnabled(False)

    def _add_pages(self) -> None:
        for number, page_of_step in enumerate(PAGES):
            page = page_of_step(self.document, self.context)
            page.what_if_wanted.connect(self.what_if_wanted)
            page.ended.connect(self._on_ended)
            self.pages[page.step] = page
            self.setPage(number, page)

    def _take_over_buttons(self) -> None:
        """Give the buttons our words and our way of going; Enter on a button that has the focus presses it."""
        self.setButtonLayout([Button.Stretch, Button.BackButton, Button.NextButton, Button.FinishButton])
        ways = {
            Button.BackButton: ("back", self.go_back),
            Button.NextButton: ("next", self.go_on),
            Button.FinishButton: ("finish", self.letter_requested.emit),
        }
        for which, (words, go) in ways.items():
            self.setButtonText(which, self.wording.own("button", words))
            button = self.button(which)
            button.clicked.disconnect()
            button.clicked.connect(_without_argument(go))
            button.installEventFilter(self)
        for keys, go in (("Ctrl+PgUp", self.go_back), ("Ctrl+PgDown", self.go_on)):
            QShortcut(QKeySequence(keys), self, go, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # --- going ------------------------------------------------------------------------------------------------------

    @property
    def current_step(self) -> str:
        """The step that is shown."""
        return flow.STEPS[max(0, self.currentId())]

    @property
    def current_page(self) -> StepPage:
        """The page of the step that is shown."""
        return self.pages[self.current_step]

    def states(self) -> dict[str, flow.StepState]:
        """How far each step is, by the full plan."""
        return flow.states(self.document.case, self.document.full_plan())

    @guarded()
    def go_to_step(self, step: str) -> None:
        """Show a step, from anywhere."""
        if step != self.current_step:
            self._open(step)
        self.current_page.focus_first()

    @guarded()
    def go_to_field(self, path: str) -> None:
        """Show the step of a question and put the cursor in it."""
        step = flow.step_of(path)
        if step != self.current_step:
            self._open(step)
        self.current_page.focus_field(path)

    @guarded()
    def go_on(self) -> None:
        """Show the next step that is needed."""
        step = flow.next_step(self.current_step, self.states())
        if step is not None:
            self.go_to_step(step)

    @guarded()
    def go_back(self) -> None:
        """Show the step from which one came; at the start of the history, the step before."""
        step = flow.previous_step(self.current_step, self.states(), self._visited)
        if step is None:
            return
        self._is_going_back = True
        try:
            while self._visited and self._visited.pop() != step:
                continue
            self.go_to_step(step)
        finally:
            self._is_going_back = False

    def _open(self, step: str) -> None:
        """Start the wizard anew at a step: the one way to a page that leaves Qt's own history whole."""
        left = self.current_step
        self.setStartId(flow.STEPS.index(step))
        self.restart()
        if not self._is_going_back:
            self._visited.append(left)

    def _on_ended(self) -> None:
        """The cursor went past the last question of a page: to the button that goes on."""
        which = Button.FinishButton if self.current_step == flow.STEPS[-1] else Button.NextButton
        self.button(which).setFocus(Qt.FocusReason.TabFocusReason)

    @guarded()
    def _on_page_shown(self, number: int) -> None:
        if number < 0:  # Qt tells the step between two pages, too
            return
        self.setAccessibleName(self.currentPage().title())
        self._update_buttons()
        self.step_changed.emit(flow.STEPS[number])

    @guarded()
    def _on_begun(self) -> None:
        """There is a case now: the page that was shown without one is made true."""
        self.current_page.present()

    @guarded()
    def _update_buttons(self, *_: object) -> None:
        is_first = self.current_step == flow.STEPS[0] and not self._visited
        self.button(Button.BackButton).setEnabled(not is_first)

    @guarded()
    def _on_revisited(self, path: str) -> None:
        """Undo and redo show what they change; what is chosen at the letter stands beside its step."""
        if path in EDITED_IN_THE_LETTER:
            self.go_to_step("letter")
        else:
            self.go_to_field(path)

    @guarded()
    def _on_loaded(self) -> None:
        self._visited.clear()
        if self.current_step != flow.STEPS[0]:
            self._is_going_back = True
            try:
                self._open(flow.STEPS[0])
            finally:
                self._is_going_back = False

    def follow_palette(self) -> None:
        """The application has other colours: what made colours of its own of them makes them anew."""
        for which in (Button.NextButton, Button.FinishButton):
            stand_out(self.button(which), palette_for(QApplication.palette()))
        for page in self.pages.values():
            for row in page.rows.values():
                row.follow_palette()

    def show_defect(self) -> None:
        """A defect outside the pages is shown on the page that is seen."""
        self.current_page.show_defect()

    # --- what Qt calls ----------------------------------------------------------------------------------------------

    @guarded(fallback=LAST_PAGE)
    def nextId(self) -> int:
        """The page after this one, for whatever in Qt asks; cheap, for Qt asks often."""
        place = self.currentId() + 1
        return place if 0 < place < len(flow.STEPS) else LAST_PAGE

    @guarded()
    def accept(self) -> None:
        """Nothing: the wizard is never done, and never hides."""

    @guarded()
    def reject(self) -> None:
        """Nothing: Esc and closing leave everything as it is."""

    @guarded()
    def done(self, result: int) -> None:
        """Nothing; see accept and reject."""

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc that no input wanted end here; a dialog would press a button or close."""
        if event.key() in (*ENTER_KEYS, Qt.Key.Key_Escape):
            event.accept()
        else:
            super().keyPressEvent(event)

    @guarded(fallback=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on a button that has the focus presses it."""
        if (
            isinstance(watched, QAbstractButton)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER_KEYS
        ):
            watched.click()
            return True
        return super().eventFilter(watched, event)


def _without_argument(go: Callable[[], None]) -> Callable[[bool], None]:
    def pressed(_checked: bool = False) -> None:
        go()

    return pressed


def _forget_default(button: QPushButton) -> None:
    """No button answers to Enter pressed elsewhere."""
    button.setAutoDefault(False)
    button.setDefault(False)
