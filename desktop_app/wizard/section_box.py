"""A section of a page of the wizard: its heading, its questions, and the details that can be folded away."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.wizard import flow


class SectionBox(QWidget):
    """A heading with its questions, and details that can be folded away."""

    def __init__(self, section: flow.Section, heading: str) -> None:
        super().__init__()
        self.section = section
        self.questions = QVBoxLayout()
        self.questions.setSpacing(2)
        self.details = QWidget()
        self.details_layout = QVBoxLayout(self.details)
        self.details_layout.setContentsMargins(0, 0, 0, 0)
        self.details_layout.setSpacing(2)
        self.toggle = QToolButton()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 10)
        layout.setSpacing(2)
        layout.addWidget(self._heading(heading))
        layout.addWidget(_line())
        layout.addLayout(self.questions)
        layout.addWidget(self.toggle)
        layout.addWidget(self.details)
        self.toggle.setVisible(bool(section.details))
        self.details.setVisible(False)

    def _heading(self, text: str) -> QWidget:
        label = PlainLabel(text)
        label.setFont(sized(label.font(), TypeSize.BODY, bold=True))
        label.setContentsMargins(8, 2, 0, 0)
        return label

    def set_toggle_words(self, words: str) -> None:
        """Give the button that unfolds the details its words."""
        self.toggle.setText(words)
        self.toggle.setAutoRaise(True)
        self.toggle.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.clicked.connect(self._on_toggle)

    @property
    def is_unfolded(self) -> bool:
        """Whether the details are open."""
        return not self.details.isHidden()

    def _on_toggle(self) -> None:
        self.unfold(not self.is_unfolded)

    def unfold(self, open_: bool) -> None:
        """Show or fold away the details."""
        self.details.setVisible(open_)
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    return line
