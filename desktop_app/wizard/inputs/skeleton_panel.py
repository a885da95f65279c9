"""Beside the search for a bone: a small skeleton that shows the choice, and the way to the large one."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.palette import palette_for
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.skeleton.figure import figure
from desktop_app.looks.skeleton.picture import compact_picture
from desktop_app.looks.skeleton.words import SkeletonWords
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.skeleton import KeptPainting, SkeletonPlate
from guideline_core.edition.catalogue import Bone

SMALL_SIZE = QSize(104, 148)
SPACE_AROUND = QSize(40, 104)
"""What the dialog needs beside its plate: margins, the line with the name, and the button."""
INDENT = 8
"""Where the words of a question begin."""
FRAME_OF_WINDOW = QSize(8, 40)
"""What the system puts around a dialog, at most."""


class SkeletonDialog(QDialog):
    """The large skeleton. It closes when a bone is chosen; Esc leaves things as they were."""

    def __init__(self, words: SkeletonWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self.setWindowTitle(words.tell("title"))
        self.plate = SkeletonPlate(figure(), words)
        self.name_label = PlainLabel(wraps=False)
        self.name_label.setFont(sized(self.name_label.font(), TypeSize.NAME, bold=True))
        self.keys_label = QLabel(f"{words.tell('hint')}\n{words.tell('keys')}")
        self.keys_label.setWordWrap(True)
        self._lay_out()
        self.plate.pointed_at.connect(self._name)
        self.plate.picked.connect(self.accept)
        self._name("")
        self.plate.setFocus()

    def _lay_out(self) -> None:
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(self.plate)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.words.tell("close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        last = QHBoxLayout()
        last.addWidget(self.keys_label, 1)
        last.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(self.name_label)
        layout.addWidget(scroller, 1)
        layout.addLayout(last)
        screen = self.screen().availableSize()
        wanted = (self.plate.sizeHint() + SPACE_AROUND).expandedTo(screen * 0.7)
        self.resize(wanted.boundedTo(screen - FRAME_OF_WINDOW))

    def _name(self, words: str) -> None:
        self.name_label.setText(words or self.words.tell("title"))


class SmallSkeleton(QLabel):
    """The view that shows the chosen bone, small. A click on it is a click on the button below; it takes no focus.

    It is a label with a picture, for that is how Qt tells a screen reader that it is a graphic; it draws all itself.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPixmap(QPixmap(1, 1))
        self.drawing: Picture | None = None
        self._painting = KeptPainting()
        self.setFixedSize(SMALL_SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def present(self, picture: Picture) -> None:
        """Show a picture."""
        self.drawing = picture
        self.setAccessibleName(picture.alternative_text)
        self.setToolTip(picture.alternative_text)
        self.update()

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, as large as fits, in the middle."""
        if self.drawing is None:
            return
        pixels = self._painting.pixels(self, self.drawing, palette_for(self.palette()))
        QPainter(self).drawPixmap(0, 0, pixels)

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the large one."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class SkeletonPanel(QWidget):
    """The small skeleton with its button; `chosen` tells a bone and a side that were picked on the large one."""

    chosen = Signal(str, object)

    def __init__(self, words: SkeletonWords, choice: Callable[[], tuple[str | None, str | None]]) -> None:
        super().__init__()
        self.words = words
        self.dialog: SkeletonDialog | None = None
        self._choice = choice
        self.small = SmallSkeleton()
        self.small.setAccessibleName(words.tell("title"))  # until it is drawn
        self.button = QPushButton(words.tell("button"))
        self.button.setAutoDefault(False)
        self.button.setToolTip(words.tell("hint"))
        self.button.setAccessibleDescription(words.tell("hint"))
        self.button.clicked.connect(self.open_dialog)
        self.small.clicked.connect(self.button.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.small, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.button)
        self.stand_in_line(is_below=False)

    @property
    def least_width(self) -> int:
        """What it needs beside the questions, in pixels, without margins."""
        return max(self.button.sizeHint().width(), SMALL_SIZE.width())

    def stand_in_line(self, is_below: bool) -> None:
        """Begin where the questions begin when it stands below them, and end where they end when beside them."""
        self.setContentsMargins(*((INDENT, 4, 0, 4) if is_below else (0, 4, 4, 4)))

    @property
    def is_drawn(self) -> bool:
        """Whether there is a picture yet."""
        return self.small.drawing is not None

    @guarded()
    def present(self) -> None:
        """Show the bone and side that are chosen now."""
        bone, side = self._choice()
        self.small.present(compact_picture(figure(), bone, side, self.words))
        self.button.setAccessibleName(f"{self.words.tell('title')}. {self.small.accessibleName()}")

    @guarded()
    def open_dialog(self) -> None:
        """Open the large skeleton with the bone that is chosen now."""
        self.dialog = SkeletonDialog(self.words, self)
        self.dialog.plate.present(*self._choice())
        self.dialog.plate.picked.connect(self.chosen)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()


def skeleton_panel(
    phrases: Phrases, entry: Callable[[str], Bone], chosen: Callable[[], tuple[str | None, str | None]]
) -> SkeletonPanel:
    """The panel in the words of a language, with what is written about each bone, and the bone and side of a case."""
    return SkeletonPanel(SkeletonWords(phrases, entry), chosen)
