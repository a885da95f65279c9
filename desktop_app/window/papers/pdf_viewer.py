"""Qt's view of a PDF that stands in memory."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QWidget


class PdfViewer:
    """A view of one PDF at a time."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self.document = QPdfDocument(parent)
        self.widget = QPdfView(parent)
        self.widget.setStyleSheet("QPdfView:focus { border: 2px solid palette(highlight); }")  # the keys scroll it
        self.widget.setAccessibleName(name)
        self.widget.setPageMode(QPdfView.PageMode.MultiPage)
        self.widget.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.widget.setDocument(self.document)
        self._buffer: QBuffer | None = None
        self._bytes = QByteArray()

    def show_pdf(self, content: bytes, from_top: bool = False) -> None:
        """Show other pages, at the same place or from the top; raises ValueError when they cannot be read."""
        place = 0 if from_top else self.widget.verticalScrollBar().value()
        self.document.close()
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if self.document.pageCount() == 0:
            raise ValueError("not a PDF that can be shown")
        self.widget.verticalScrollBar().setValue(place)
