"""Which palette the program wears: light, dark, or as the system, followed while the program runs."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.looks.palette import DARK, LIGHT, Palette, palette_for, put_on, qt_palette

SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Appearance(QObject):
    """Puts a palette on the whole application, and tells when it is another. One for a program."""

    changed = Signal(object)
    """Another palette is worn: the palette. Standard widgets have followed; what draws itself follows this."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = "system"
        self._before = palette_for(QGuiApplication.palette())  # of a system that does not say which scheme it has
        self._is_choosing = False
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def palette(self) -> Palette:
        """The palette of the present choice."""
        if self.choice != "system":
            return DARK if self.choice == "dark" else LIGHT
        scheme = QGuiApplication.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown:
            return self._before
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT

    def choose(self, choice: str) -> None:
        """Wear "light", "dark" or what the "system" wears; raises KeyError for anything else."""
        scheme = SCHEMES[choice]
        self.choice = choice
        self._is_choosing = True
        try:
            QGuiApplication.styleHints().setColorScheme(scheme)  # title bars and dialogs of the system go along
        finally:
            self._is_choosing = False
        self._wear()

    def _follow_system(self) -> None:
        if not self._is_choosing:
            self._wear()

    def _wear(self) -> None:
        palette = self.palette
        wanted = qt_palette(palette)
        if QApplication.palette() != wanted:
            put_on(palette)
            self.changed.emit(palette)
