"""Other sites of a lesion: a short list, each a bone with its side, or a place in words."""

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from desktop_app.wizard.inputs.base import InputContext
from desktop_app.wizard.inputs.entry_list import EntryListInput, EntryRow, Texts, can_be_kept, texts_of_raw
from desktop_app.wizard.inputs.typed import Line
from guideline_core.case import OtherSite

LONGEST = 400
"""The most characters of a place in words, as the contract has it."""
SIDE = "lesion.side"
"""The field whose words the sides of another site share."""


class SiteRow(EntryRow):
    """One site: two lists to choose from, and a line."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__()
        wording = context.wording
        bones = [(bone.id, bone.name[wording.language]) for bone in context.lists().bones.values()]
        sides = [(value, words) for value, words, _ in wording.choices(SIDE)]
        self.choices = {
            "bone": self._choice(sorted(bones, key=lambda bone: bone[1].casefold())),
            "side": self._choice(sides),
        }
        self.line = Line()
        self.line.given.connect(self.edited)
        self.line.entered.connect(self.done)
        self.line.left.connect(self.left)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        for column, (part, widget) in enumerate((*self.choices.items(), ("text", self.line))):
            words = wording.label(f"{path}.{part}")
            widget.setAccessibleName(words)
            layout.addWidget(QLabel(words), 0, column)
            layout.addWidget(widget, 1, column)
            layout.setColumnStretch(column, 2)
        layout.addWidget(self.remove_button(wording.own("button", "remove_site")), 1, 3)

    def _choice(self, entries: list[tuple[str, str]]) -> QComboBox:
        choice = QComboBox()
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(8)
        choice.addItem("", None)
        for value, words in entries:
            choice.addItem(words, value)
        choice.currentIndexChanged.connect(self.edited)
        return choice

    def first(self) -> QWidget:
        """The list of bones."""
        return self.choices["bone"]

    def texts(self) -> Texts:
        """What is said of the site."""
        chosen = {part: str(choice.currentData()) for part, choice in self.choices.items() if choice.currentData()}
        text = self.line.text().strip()
        return {**chosen, "text": text} if text else chosen

    def show_texts(self, texts: Texts) -> None:
        """Show it, without telling anyone."""
        for part, choice in self.choices.items():
            choice.blockSignals(True)
            choice.setCurrentIndex(max(choice.findData(texts.get(part)), 0))
            choice.blockSignals(False)
        if self.line.text().strip() != texts.get("text", ""):
            self.line.show_text(texts.get("text", ""))


class SitesInput(EntryListInput[SiteRow]):
    """All other sites. While a text cannot be kept, all lines are one text (JSON) beside the answer."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context, context.wording.own("button", "add_site"))

    def make_row(self) -> SiteRow:
        """An empty site."""
        return SiteRow(self.path, self.context)

    def present(self, value: object, raw: str | None) -> None:
        """Show the sites of an answer, or the lines as they were being typed."""
        items = value if isinstance(value, tuple | list) else ()
        texts = texts_of_raw(raw) if raw else [item.model_dump(exclude_none=True) for item in items]
        if texts != self.texts():
            self.show_rows(texts)

    def problem(self, raw: str) -> str:
        """What is wrong in the first text that is wrong."""
        return next((wrong for texts in texts_of_raw(raw) if (wrong := _problem(texts.get("text", "")))), "")

    def tell(self) -> None:
        """Tell the answer; while a text cannot be kept, all lines are kept as text and count for nothing."""
        text = self.text()
        if problem := self.problem(text):
            self.text_entered.emit(text, problem)
        else:
            self.value_entered.emit(tuple(OtherSite.model_validate(texts) for texts in self.texts()) or None)


def _problem(text: str) -> str:
    """Why a place in words cannot be kept: too long, or halves of signs, which no file can hold."""
    if len(text) > LONGEST:
        return "too_long"
    return "" if can_be_kept(text) else "not_text"
