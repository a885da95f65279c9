"""The row above the preview: which paper is shown, and of the letter its kind and its recipient.

Only what the plan allows can be chosen. What was chosen and is no longer allowed is given up, and said below the row.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.exchange.made_paper import MadePaper
from desktop_app.looks.caution_label import CautionLabel
from desktop_app.papers.correspondents import Centre
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter_kinds import Kind, recipients_for
from desktop_app.papers.order import Paper, PaperOrder
from desktop_app.window.papers.choices import PaperChoices, Wishes
from desktop_app.window.services import Services

LETTERS_IN_A_ROW, ROOM_FOR_A_ROW = 70, 620
"""How many letters the three choices have together, and the pixels that they have beside the wizard."""
LEAST_LETTERS = 8
"""To how many letters a choice may shrink before its words are cut."""


class PaperRow(QWidget):
    """The choices of what is seen below."""

    def __init__(self, choices: PaperChoices, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._services = services
        self._centres: dict[str, Centre] = {}
        self.paper = self._choice("paper")
        self.kind = self._choice("kind")
        self.recipient = self._choice("recipient")
        for paper in Paper:
            self.paper.addItem(self._word("name", paper.value), paper)
        names = [self.paper.itemText(row) for row in range(self.paper.count())]
        self.paper.setMinimumContentsLength(max(len(name) for name in names))  # short words, always whole
        self.notice = CautionLabel(services.appearance, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._lay_out())
        column.addWidget(self.notice)
        self.paper.activated.connect(lambda _place: choices.choose_paper(Paper(self.paper.currentData())))
        self.kind.activated.connect(lambda place: choices.choose_kind(Kind(self.kind.currentData()) if place else None))
        self.recipient.activated.connect(lambda _place: choices.choose_recipient(self.recipient.currentData()))
        choices.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> QGridLayout:
        """Side by side, and in large type the recipient below the others."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        is_large = LETTERS_IN_A_ROW * self.fontMetrics().averageCharWidth() > ROOM_FOR_A_ROW
        grid.addWidget(self.paper, 0, 0)
        grid.addWidget(self.kind, 0, 1)
        grid.addWidget(self.recipient, *((1, 0, 1, 2) if is_large else (0, 2)))
        for place, share in enumerate((2, 3) if is_large else (2, 3, 4)):
            grid.setColumnStretch(place, share)
        return grid

    def offer(self, made: MadePaper) -> None:
        """Offer what the plan of this paper allows."""
        if made.letter is None:
            return
        self._fill_kinds(made.order)
        self._fill_recipients(made.order, made.letter)
        self._tell_refused()

    def offer_nothing(self) -> None:
        """There is no plan, or no paper of it: what an older one allowed is offered no more."""
        for box in (self.kind, self.recipient):
            box.clear()

    def _fill_kinds(self, order: PaperOrder) -> None:
        """The first kind is the one that follows from the plan: it is no choice of its own, and follows the plan on."""
        items = [(self._word("letter_kind", kind.value), kind) for kind in order.kinds]
        _fill(self.kind, items, self._choices.wishes.kind)

    def _fill_recipients(self, order: PaperOrder, letter: Letter) -> None:
        allowed = recipients_for(order.plan, letter.kind, order.settings.centres)
        self._centres |= {centre.key: centre for centre in allowed}
        items: list[tuple[str, object]] = [(self._word("recipient_by_plan"), None)]
        items += [(centre.name, centre.key) for centre in allowed]
        _fill(self.recipient, items, self._choices.wishes.recipient)

    def _tell_refused(self) -> None:
        """What was given up, beside the letter only."""
        told: list[str] = []
        refused = self._choices.refused if self._choices.paper is Paper.LETTER else Wishes()
        if refused.kind is not None:
            told.append(self._word("kind_refused").format(kind=self._word("letter_kind", refused.kind.value)))
        if refused.recipient is not None:
            centre = self._centres.get(refused.recipient)
            told.append(self._word("recipient_refused").format(centre=centre.name if centre else refused.recipient))
        self.notice.tell(" ".join(told))

    def _follow(self) -> None:
        is_letter = self._choices.paper is Paper.LETTER
        self.paper.setCurrentIndex(self.paper.findData(self._choices.paper))
        self.kind.setVisible(is_letter)
        self.recipient.setVisible(is_letter)
        self._tell_refused()

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self._word("choice", name))
        box.setToolTip(self._word("choice", name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(LEAST_LETTERS)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _word(self, *keys: str) -> str:
        return self._services.window_words("papers", *keys)


def _fill(box: QComboBox, items: Iterable[tuple[str, object]], chosen: object) -> None:
    """Show these items, unless they stand there already, and which was chosen; the first when nothing was."""
    wanted = list(items)
    if wanted != [(box.itemText(place), box.itemData(place)) for place in range(box.count())]:
        box.clear()
        for place, (words, data) in enumerate(wanted):
            box.addItem(words, data)
            box.setItemData(place, words, Qt.ItemDataRole.ToolTipRole)
    datas = [data for _, data in wanted]
    box.setCurrentIndex(datas.index(chosen) if chosen in datas else 0)
    box.setToolTip(f"{box.currentText()}\n{box.accessibleName()}")  # a long name may be cut
    box.setEnabled(len(wanted) > 1)
