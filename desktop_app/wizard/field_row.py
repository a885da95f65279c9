"""One question of the wizard: its words, its input, and what is said beside it. It carries answers to the document."""

from PySide6 import QtWidgets
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.case.refused import AnswerRefused
from desktop_app.looks.announcing import announce
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import palette_for
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.plan.view.what_if_menu import show_what_if_menu
from desktop_app.wizard import flow
from desktop_app.wizard.entry import BSN_DIGITS, read_entry
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs import InputContext, make_input
from desktop_app.wizard.inputs.typed import LineInput
from desktop_app.wizard.wording import Wording

SAID_AFTERWARDS = ("date_unfinished", "name_unfinished")
"""Problems that everyone has while typing: they are said when the cursor goes elsewhere."""

DIMMED_LOCKED = ("follows_from_birth_date",)
"""Reasons that also lock the input: the same would be said twice, and could be said differently."""


def small_label(text: str = "") -> PlainLabel:
    """A label in the type of a note."""
    label = PlainLabel(text)
    label.setFont(sized(label.font(), TypeSize.NOTE))
    return label


class HarmBox(QFrame):
    """The one thing that interrupts: what harm the answer above does, and what to do instead."""

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel()
        self.title.setFont(sized(self.title.font(), TypeSize.BODY, bold=True))
        self.text = PlainLabel()
        style = QtWidgets.QStyle  # its large tables are made here, on first use: harm is rare
        icon = QLabel()
        size = self.style().pixelMetric(style.PixelMetric.PM_SmallIconSize) + 8
        icon.setPixmap(self.style().standardIcon(style.StandardPixmap.SP_MessageBoxWarning).pixmap(size, size))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def tell(self, title: str, text: str) -> None:
        """Show an alert."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame in the colour of harm, on its ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = palette_for(self.palette())
        painter.setPen(QPen(colours[Role.STOP], 1.5))
        painter.setBrush(colours[Role.STOP_SURFACE])
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class FieldRow(QWidget):
    """A question with its input."""

    moved_on = Signal(str)
    what_if_wanted = Signal(str)

    def __init__(self, path: str, document: CaseDocument, context: InputContext) -> None:
        super().__init__()
        self.path = path
        self.document = document
        self.wording: Wording = context.wording
        self.reason: str | None = None
        self._has_focus_inside = False
        self._problem = ""
        self._is_typing = False
        self._said = ("", False)
        self._described: str | None = None
        self._harm: tuple[str, ...] = ()
        self.input = make_input(path, context)
        self.question = PlainLabel(self.wording.question(path).replace("&", "&&"))
        self.question.setBuddy(self.input)
        self.help_label = self._muted_label(self.wording.help(path) or "")
        self.reason_label = self._muted_label("")
        self.message = small_label()
        self.message.hide()
        self.harm_box: HarmBox | None = None
        self._layout = QVBoxLayout(self)
        self._lay_out()
        self._describe()
        self.input.value_entered.connect(self._on_value)
        self.input.text_entered.connect(self._on_text)
        self.input.moved_on.connect(self._on_moved_on)
        self.input.left.connect(self._on_left)
        self.setAccessibleName(self.wording.full_question(path))

    def _muted_label(self, text: str) -> QLabel:
        label = small_label(text)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        if not text:  # never setVisible(True) here: without a parent yet it would be a window of its own
            label.hide()
        return label

    def _lay_out(self) -> None:
        """Question and input side by side where the input is narrow, else one above the other; messages under both."""
        self._layout.setContentsMargins(8, 4, 8, 4)
        self._layout.setSpacing(3)
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (self.question, self.help_label, self.reason_label):
            words.addWidget(label)
        if self.input.sits_beside_question:
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.addLayout(words, 0, 0)
            grid.addWidget(self.input, 0, 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(0, 1)
            self._layout.addLayout(grid)
        else:
            self._layout.addLayout(words)
            self._layout.addWidget(self.input)
        self._layout.addWidget(self.message)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # --- showing ----------------------------------------------------------------------------------------------------

    def present(self) -> None:
        """Show what the document says of this question."""
        raw = self.document.raw(self.path)
        self.input.present(self.document.value(self.path), raw)
        self._problem = self.input.problem(raw) if raw else ""
        self._show_problem(raw or "")

    def forget(self) -> None:
        """Another case came."""
        self._is_typing = False
        self.input.forget()

    def _show_problem(self, raw: str) -> None:
        if self._is_typing and self._problem in SAID_AFTERWARDS:
            self.say("")
        elif self._problem:
            self.say(self._words_of_problem(raw), is_warning=True)
        elif raw:
            self.say(self._words_of_refusal(raw), is_warning=True)
        else:
            self.say(self.input.remark())

    def _words_of_problem(self, raw: str) -> str:
        missing = BSN_DIGITS - sum(sign.isdigit() for sign in raw)
        return self.wording.own("problem", self._problem, missing=missing)

    def _words_of_refusal(self, raw: str) -> str:
        """Why the model refuses a text that can be read: asked again, for the other answers may have changed."""
        refused = self._refusal_of(raw)
        return refused.message(self.wording.phrases) if refused else ""

    def _refusal_of(self, raw: str) -> AnswerRefused | None:
        return self.document.refusal_of(self.path, read_entry(self.wording.kinds.of(self.path), raw).value)

    def say(self, text: str, is_warning: bool = False) -> None:
        """Say something under the input."""
        if (text, is_warning) == self._said:
            return
        self._said = (text, is_warning)
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self._colour_message(is_warning)
        self._describe()
        if is_warning and not self._is_typing:  # whoever types hears it with the field; each letter would be too much
            announce(self.message, text)

    def _colour_message(self, is_warning: bool) -> None:
        palette = QPalette()
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        palette.setColor(QPalette.ColorRole.WindowText, palette_for(palette)[Role.STOP] if is_warning else quiet)
        self.message.setPalette(palette)

    def _describe(self) -> None:
        """Tell screen readers what is asked, and all that stands beside it: what is wrong first."""
        harm = self.wording.alert(self._harm[0]) if self._harm else ()
        help_text = self.reason_label.text() or self.wording.help(self.path) or ""
        said = (self._said[0], *harm, help_text)
        description = "\n".join(words for words in said if words)
        if description != self._described:
            self._described = description
            self.input.describe(self.wording.full_question(self.path), description)

    def follow_palette(self) -> None:
        """The application has other colours."""
        self._colour_message(self._said[1])
        self.input.dim(self.reason is not None)

    def dim(self, reason: str | None, words: str = "") -> None:
        """Dim the question with the reason, or light it up (None)."""
        if (reason, words) == (self.reason, self.reason_label.text()):
            return
        self.reason = reason
        self.reason_label.setText(words)
        self.reason_label.setVisible(bool(words))
        role = QPalette.ColorRole.WindowText if reason is None else QPalette.ColorRole.PlaceholderText
        self.question.setForegroundRole(role)
        self.help_label.setVisible(reason is None and bool(self.help_label.text()))
        self.input.dim(reason is not None)
        if isinstance(self.input, LineInput):
            self.input.lock(reason in DIMMED_LOCKED)
        self._describe()

    def tell_harm(self, alerts: tuple[str, ...]) -> tuple[str, ...]:
        """Warn of the harm that the answer here does; returns the alerts that are news."""
        if alerts == self._harm:
            return ()
        new = tuple(alert for alert in alerts if alert not in self._harm)
        self._harm = alerts
        if alerts:
            if self.harm_box is None:
                self.harm_box = HarmBox()
                self._layout.addWidget(self.harm_box)
            self.harm_box.tell(*self.wording.alert(alerts[0]))
        if self.harm_box is not None:
            self.harm_box.setVisible(bool(alerts))
        self._describe()
        return new

    def mark_focus(self, inside: bool) -> None:
        """Show that the cursor is in this question."""
        if inside != self._has_focus_inside:
            self._has_focus_inside = inside
            self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar at the left and a tint while the cursor is here."""
        if not self._has_focus_inside:
            return
        painter = QPainter(self)
        colours = palette_for(self.palette())
        painter.fillRect(self.rect(), colours[Role.ACCENT_SURFACE])
        painter.fillRect(0, 0, 3, self.height(), colours[Role.ACCENT])

    @guarded()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to try another answer here."""
        show_what_if_menu(self, (self.path,), event.globalPos(), self.wording.phrases, self.what_if_wanted.emit)

    # --- answering --------------------------------------------------------------------------------------------------

    def _on_value(self, value: object) -> None:
        """Carry an answer to the document, together with what it makes void."""
        self._is_typing = False
        cleared = flow.cleared_by(self.path, value, self.document.case, self.document.catalogue)
        try:
            self.document.answer_together({self.path: value, **dict.fromkeys(cleared)})
        except AnswerRefused as refused:
            self._on_refused(refused)
            return
        self.present()
        if cleared:
            self.say(self.wording.own("cleared", "dependents"))

    def _on_refused(self, refused: AnswerRefused) -> None:
        """What was typed stays, as text; what was chosen springs back. Why is said in words."""
        text = self.input.text()
        if text:
            self.document.keep_raw(self.path, text)
        self.present()
        self.say(self._blamed(refused).message(self.wording.phrases), is_warning=True)

    def _blamed(self, refused: AnswerRefused) -> AnswerRefused:
        """The refusal as it is told here: it names the other answer that stands against this one."""
        if refused.path == self.path or "other" not in refused.details:
            return refused
        return AnswerRefused(self.path, refused.key, {**refused.details, "other": refused.path})

    def _on_text(self, text: str, problem: str) -> None:
        """Keep a text that is no answer yet."""
        self._is_typing = True
        if self.path in ("lesion.differential", "pathology.histology_differential"):
            self.document.answer(self.path, self.document.value(self.path), raw=text or None)
        else:
            self.document.keep_raw(self.path, text)
        self.present()

    def _on_left(self) -> None:
        """What is still unfinished is read as far as can be, or said now."""
        self.input.settle(self.document.day)
        if self._is_typing:
            self._is_typing = False
            self.present()

    def _on_moved_on(self) -> None:
        self.moved_on.emit(self.path)
