"""What the patient sheet tells: ticks beside its preview. Nothing is ticked but by the doctor.

Offered is what the plan bears; where the chosen certainty contradicts the plan or the tissue, that is said at once.
"""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case.document import CaseDocument
from desktop_app.library.sentences import sentence_case
from desktop_app.looks.caution_label import CautionLabel
from desktop_app.papers.patient_choices import PatientSheetChoices, Reader, Suspicion
from desktop_app.papers.patient_sheet.certainty import contradiction, tissue_category
from desktop_app.papers.patient_sheet.sheet import Offer, offer_of
from desktop_app.window.papers.choices import PaperChoices
from desktop_app.window.services import Services

ALWAYS_OFFERED = ("with_name", "with_place")
BY_PLAN = {"with_destination": "destination", "with_urgency": "urgency", "with_biopsy_reason": "biopsy_reason"}
"""A tick, and what the plan must bear for it."""
AT_THE_END = {"with_contact": None, "with_website": "website"}
"""What stands last, with the part of the plan's offer on which it hangs; contact stands on any sheet."""
KEY = Qt.ItemDataRole.UserRole


class PatientSheetPane(QWidget):
    """The choices for one patient."""

    def __init__(
        self, document: CaseDocument, choices: PaperChoices, services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._choices = choices
        self._services = services
        self._is_filling = False
        self._build()
        document.explained.connect(self._follow)
        document.planning_failed.connect(self._offer_nothing)
        choices.changed.connect(self._follow)

    def _build(self) -> None:
        self.about = self._label(self._word("about"))
        self.reader = self._choice("reader", [(each, self._word("reader", each.value)) for each in Reader])
        told = [(each, self._word("suspicion", each.value)) for each in Suspicion]
        self.suspicion = self._choice("suspicion", [(None, self._word("suspicion", "none")), *told])
        self.warning = CautionLabel(self._services.appearance, self)
        self.ticks = QListWidget(self)
        self.ticks.setAccessibleName(self._word("choice", "ticks"))
        self.ticks.setWordWrap(True)
        self.ticks.setSpacing(1)
        self.ticks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ticks.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.reader.activated.connect(self._take)
        self.suspicion.activated.connect(self._take)
        self.ticks.itemChanged.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.about, self.reader, self.suspicion, self.warning):
            column.addWidget(part)
        column.addWidget(self.ticks, 1)

    def refresh(self) -> None:
        """Offer what the plan bears now, with what was ticked."""
        if not self._document.is_explained:
            return
        try:
            self._fill()
        except Exception:
            self._offer_nothing()
            raise

    def _offer_nothing(self) -> None:
        """There is no plan: nothing that an old one bears may stay."""
        self.ticks.clear()
        self.warning.tell("")

    def _fill(self) -> None:
        chosen = self._choices.wishes.patient
        self._is_filling = True
        try:
            self.reader.setCurrentIndex(list(Reader).index(chosen.reader))
            self.suspicion.setCurrentIndex(1 + list(Suspicion).index(chosen.suspicion) if chosen.suspicion else 0)
            self._fill_ticks(chosen)
        finally:
            self._is_filling = False
        self._warn(chosen)

    @property
    def least_width(self) -> int:
        """How wide it must be to show every choice whole, in pixels."""
        metrics, frame = (
            self.reader.fontMetrics(),
            self.reader.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent),
        )
        words = [box.itemText(row) for box in (self.reader, self.suspicion) for row in range(box.count())]
        return max(metrics.horizontalAdvance(each) for each in words) + 2 * frame

    # --- showing

    def _fill_ticks(self, chosen: PatientSheetChoices) -> None:
        wanted = list(self._offered(offer_of(self._document.plan, self._services.edition.tables)))
        if [key for key, _ in wanted] != [self.ticks.item(row).data(KEY) for row in range(self.ticks.count())]:
            self.ticks.clear()
            for key, words in wanted:
                item = QListWidgetItem(words, self.ticks)
                item.setData(KEY, key)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        for row, (key, _) in enumerate(wanted):
            is_ticked = key in chosen.steps or getattr(chosen, key, False) is True
            self.ticks.item(row).setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def _offered(self, offer: Offer) -> Iterator[tuple[str, str]]:
        """What can be ticked, in the order of the sheet, with its words."""
        yield from ((key, self._word("tick", key)) for key in ALWAYS_OFFERED)
        yield from ((step, sentence_case(self._services.phrases.action_name(step))) for step in offer.steps)
        yield from ((key, self._word("tick", key)) for key, part in BY_PLAN.items() if getattr(offer, part))
        at_the_end = (key for key, part in AT_THE_END.items() if part is None or getattr(offer, part))
        yield from ((key, self._word("tick", key)) for key in at_the_end)

    def _warn(self, chosen: PatientSheetChoices) -> None:
        case, plan = self._document.case, self._document.plan
        found = contradiction(chosen.suspicion, plan, case, tissue_category(case, self._services.edition))
        self.warning.tell(self._word("contradiction", found) if found else "")

    def _follow(self, *_: object) -> None:
        if self.isVisible():
            self.refresh()

    # --- choosing

    def _take(self, *_: object) -> None:
        if self._is_filling:
            return
        items = [self.ticks.item(row) for row in range(self.ticks.count())]
        offered = {item.data(KEY): item.checkState() is Qt.CheckState.Checked for item in items}
        before = self._choices.wishes.patient
        named = {key: ticked for key, ticked in offered.items() if "." not in key}
        steps = frozenset(key for key, ticked in offered.items() if "." in key and ticked)
        chosen = replace(
            before,
            reader=Reader(self.reader.currentData()),
            suspicion=Suspicion(self.suspicion.currentData()) if self.suspicion.currentData() else None,
            steps=steps,
            **named,
        )
        self._choices.choose_for_patient(chosen)

    def _choice(self, name: str, items: list[tuple[object, str]]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self._word("choice", name))
        box.setToolTip(self._word("choice", name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        for data, words in items:
            box.addItem(words, data)
        return box

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _word(self, *keys: str) -> str:
        return self._services.window_words("patient_sheet", *keys)
