"""The list of steps: the current one, and which are complete, open or not needed. Each can be chosen at any time."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.plan.view.sign import Sign
from desktop_app.plan.view.signs import draw_sign, picture
from desktop_app.wizard import flow
from desktop_app.wizard.flow import STEPS, StepState

LEAST_ICON = 18
MOST_WIDTH = 340
"""In large type the names of steps wrap, so that room is left for the plan."""
OLD_STATES_STAY_MS = 300
"""How long after an answer the old states may be shown; the new plan comes well within this time."""
SIGNS = {
    StepState.COMPLETE: (Sign.DONE, Role.DONE),
    StepState.OPEN: (Sign.TO_DO, Role.ACCENT),
    StepState.NOT_NEEDED: (Sign.NONE, Role.QUIET),
}


class StepList(QListWidget):
    """The steps of the wizard."""

    step_chosen = Signal(str)
    """The user wants to go to a step."""

    def __init__(
        self, document: CaseDocument, phrases: Phrases, palette: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._phrases = phrases
        self._colours = palette
        self.states: dict[str, StepState] = {}
        self.current_step = STEPS[0]
        self.setObjectName("steps")
        self.setAccessibleName(self._word("name"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.icon_size = max(LEAST_ICON, round(self.fontMetrics().height() * 0.9))
        self.setIconSize(QSize(self.icon_size, self.icon_size))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for step in STEPS:
            self.addItem(QListWidgetItem(self._phrases.get("plan", "step", step)))
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self._overdue = QTimer(self, singleShot=True, interval=OLD_STATES_STAY_MS)
        self._overdue.timeout.connect(self._forget_states)
        document.explained.connect(self._take_plan)
        document.answered.connect(self._expect_plan)
        document.loaded.connect(self._forget_states)
        document.planning_failed.connect(self._forget_states)
        self.use_palette(palette)
        self._take_plan()

    def show_current(self, step: str) -> None:
        """Show where the wizard is."""
        self.current_step = step
        self.setCurrentRow(STEPS.index(step))
        for row, each in enumerate(STEPS):
            self.item(row).setFont(sized(self.font(), TypeSize.BODY, bold=each == step))
        self._show_states()

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._colours = palette
        colour = {role: palette[role].name() for role in Role}
        self.setStyleSheet(
            f"QListWidget#steps {{ background: {colour[Role.WINDOW]}; outline: 0; padding: 6px 4px; }}"
            f"QListWidget#steps::item {{ padding: 7px 6px; border-radius: 5px; color: {colour[Role.INK]}; }}"
            f"QListWidget#steps::item:hover {{ background: {colour[Role.RAISED]}; }}"
            f"QListWidget#steps::item:selected {{ background: {colour[Role.ACCENT_SURFACE]};"
            f" color: {colour[Role.ACCENT]}; border-left: 3px solid {colour[Role.ACCENT]}; padding-left: 3px; }}"
            f"QListWidget#steps::item:selected:focus {{ border: 2px solid {colour[Role.ACCENT]}; padding-left: 4px; }}"
        )
        self._show_states()

    def _expect_plan(self, *_: object) -> None:
        """The plan for the new answers follows soon; the old states stay until then, so that nothing flickers."""
        self._overdue.start()

    def _forget_states(self) -> None:
        """The states are not known: show none rather than those of other answers."""
        self._overdue.stop()
        self.states = {}
        self._show_states()

    def _take_plan(self, *_: object) -> None:
        """Take the states of the full plan only; by a bare plan every step would look complete."""
        if not self._document.is_explained:
            return
        self._overdue.stop()
        states = flow.states(self._document.case, self._document.plan)
        if states != self.states:
            self.states = states
            self._show_states()

    def _show_states(self) -> None:
        for row, step in enumerate(STEPS):
            state = self.states.get(step)
            words = "" if state is None else self._word(state.value)
            item = self.item(row)
            item.setIcon(self._icon(state))
            item.setToolTip(words)
            spoken = (item.text(), words, self._word("here") if step == self.current_step else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))

    def _icon(self, state: StepState | None) -> QIcon:
        scale = self.devicePixelRatioF()
        if state is None:  # an empty picture keeps the text aligned
            return QIcon(picture(self.icon_size, scale, lambda _painter, _box: None))
        sign, role = SIGNS[state]

        def draw(painter: QPainter, box: QRectF) -> None:
            if sign is Sign.NONE:  # not needed: a short line
                painter.setPen(self._colours[role])
                middle = box.center().y()
                painter.drawLine(int(box.left() + 5), int(middle), int(box.right() - 5), int(middle))
            else:
                draw_sign(painter, sign, box.adjusted(1, 1, -1, -1), self._colours[role], self._colours[Role.WINDOW])

        return QIcon(picture(self.icon_size, scale, draw))

    def _choose(self, item: QListWidgetItem) -> None:
        self.step_chosen.emit(STEPS[self.row(item)])
        self.setCurrentRow(STEPS.index(self.current_step))  # the wizard decides whether it goes there

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "steps", key)

    # --- overrides

    def sizeHint(self) -> QSize:
        """As wide as the longest step."""
        metrics = QFontMetrics(sized(self.font(), TypeSize.BODY, bold=True))
        widths = [metrics.horizontalAdvance(self.item(row).text()) for row in range(self.count())]
        return QSize(min(max(widths) + self.icon_size + 46, MOST_WIDTH), 300)
