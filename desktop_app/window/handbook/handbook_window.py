"""The window of the handbook: the list of chapters at the left, the open chapter at the right."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPixmap, QResizeEvent, QShortcut, QTextDocument
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.looks.palette import Palette
from desktop_app.plan.combination_table import (
    COMBINATION_TABLE,
    combination_failed,
    combination_markdown,
    combination_promised,
    combination_title,
)
from desktop_app.window.handbook.chapters import CHAPTERS, FIRST, pictures_in, text_of, title_of
from desktop_app.window.handbook.pictures import Photographer
from desktop_app.window.services import Services
from guideline_core.combinations import combination_table

USUAL_SIZE = QSize(1040, 700)
FRAME_OF_WINDOW = QSize(8, 40)
"""The most that the system adds around a window."""
LIST_WIDTH = 220
MARGIN = 48
"""The width that a picture leaves free, both sides together, for the margins of the text and the scroll bar."""


class HandbookWindow(QWidget):
    """The handbook. It stays open beside the program and follows only its own list."""

    def __init__(self, services: Services, colours: Palette, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._services = services
        self._colours = colours
        self._photographer: Photographer | None = None
        self._table: str | None = None
        word = services.window_words
        self.setWindowTitle(word("handbook", "title"))
        self.chapters = QListWidget(self)
        self.chapters.setAccessibleName(word("handbook", "chapters"))
        self.chapters.setWordWrap(True)
        self.chapters.setSpacing(3)
        for chapter in CHAPTERS:
            item = QListWidgetItem(self._title(chapter))
            item.setData(Qt.ItemDataRole.UserRole, chapter)
            self.chapters.addItem(item)
        self.page = ChapterPage(self)
        self.page.setAccessibleName(word("handbook", "page"))
        self.page.picture_wanted.connect(self._photograph)
        self.chapters.currentItemChanged.connect(self._read)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.chapters)
        splitter.addWidget(self.page)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([LIST_WIDTH, USUAL_SIZE.width() - LIST_WIDTH])
        splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        self.resize(USUAL_SIZE.boundedTo(self.screen().availableSize() - FRAME_OF_WINDOW))

    def open_at(self, chapter: str) -> None:
        """Come to the front with a chapter; the first chapter when there is no such chapter."""
        row = CHAPTERS.index(chapter if chapter in CHAPTERS else FIRST)
        self.show()
        self.raise_()
        self.activateWindow()
        self.chapters.setCurrentRow(row)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self, chapter: str) -> str:
        return combination_title(self._services.phrases) if chapter == COMBINATION_TABLE else title_of(chapter)

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        chapter = item.data(Qt.ItemDataRole.UserRole)
        if chapter != COMBINATION_TABLE:
            self.page.read(text_of(chapter))
        elif self._table is not None:
            self.page.read(self._table)
        else:
            self._fill_in_table()

    def _fill_in_table(self) -> None:
        """The planner fills the table in outside the thread of the window: it takes a second or two."""
        edition, phrases = self._services.edition, self._services.phrases
        self.page.read(combination_promised(phrases))
        self._services.tasks.run(
            "fill in the table of combinations",
            lambda: combination_markdown(combination_table(edition.planner, edition.texts), edition.names, phrases),
            self._take_table,
            lambda _: self._show_table(combination_failed(phrases)),
        )

    def _take_table(self, table: str) -> None:
        self._table = table
        self._show_table(table)

    def _show_table(self, text: str) -> None:
        """Show what came of the table, if its chapter is still open."""
        item = self.chapters.currentItem()
        if item is not None and item.data(Qt.ItemDataRole.UserRole) == COMBINATION_TABLE:
            self.page.read(text)

    def _photograph(self, name: str) -> None:
        """Show the text first: the window that is photographed takes a moment to build."""
        QTimer.singleShot(0, self, lambda: self._photograph_now(name))

    def _photograph_now(self, name: str) -> None:
        if self.isVisible():  # once it is closed nobody wants the picture
            self._photographer_now().photograph(name, self._take(name))

    def _photographer_now(self) -> Photographer:
        if self._photographer is None:
            self._photographer = Photographer(self._services, self._colours, self)
        return self._photographer

    def _take(self, name: str) -> Callable[[QPixmap], None]:
        return lambda picture: self.page.take_picture(name, picture)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Discard the window that was photographed."""
        if self._photographer is not None:
            self._photographer.discard()
            self._photographer = None
        super().closeEvent(event)


class ChapterPage(QTextBrowser):
    """One chapter. A picture that does not exist yet is requested, and put in its place when it arrives."""

    picture_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._pictures: dict[str, QPixmap] = {}
        self.setOpenLinks(False)
        # A scroll bar that appears during layout would resize the page, and start another layout inside the first.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # Every line is broken to fit; only the frame of a table stands out, by one pixel, and asks for no scroll bar.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(MARGIN / 2)

    def read(self, text: str) -> None:
        """Show a chapter from the top."""
        self._text = text
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        for name in pictures_in(text):
            if not self.has_picture(name):
                self.picture_wanted.emit(name)

    def has_picture(self, name: str) -> bool:
        """Whether the picture exists already."""
        return name in self._pictures

    def take_picture(self, name: str, picture: QPixmap) -> None:
        """Keep a picture, and show it if its chapter is being read."""
        self._pictures[name] = picture
        if name in pictures_in(self._text):
            self._lay_out()

    def _lay_out(self) -> None:
        place = self.verticalScrollBar().value()
        self.document().clear()
        self.document().setMarkdown(self._text)
        self.verticalScrollBar().setValue(place)

    # --- overrides

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Give the text its pictures, as wide as the page; a picture that is not ready yet is blank."""
        address = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value or address.scheme() != "picture":
            return None
        picture = self._pictures.get(address.path())
        return QPixmap() if picture is None else fitting(picture, self.viewport().width() - MARGIN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chapter out again: its pictures are as wide as the page."""
        super().resizeEvent(event)
        if self._text:
            self._lay_out()


def fitting(picture: QPixmap, width: int) -> QPixmap:
    """The picture scaled down to this width in logical pixels; never enlarged, and sharp on a high-density screen."""
    ratio = picture.devicePixelRatio()
    if picture.width() <= width * ratio:
        return picture
    return picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
