"""Dutch or English: the words of the program, and those of Qt itself (such as the menu of a text field)."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from desktop_app.library.editions import Library
from desktop_app.window.services import Services

_installed: dict[str, QTranslator] = {}


def use_language(services: Services) -> None:
    """Use the language of the settings. The caller rebuilds what was built with other words."""
    language = services.settings.current.language
    if services.phrases.language == language:
        return
    services.phrases = Library().phrases(language)


def translate_qt(language: str) -> None:
    """Let Qt use the language too; without an installed translation Qt stays English."""
    application = QCoreApplication.instance()
    if application is None or language in _installed:
        return
    for translator in _installed.values():
        application.removeTranslator(translator)
    _installed.clear()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        application.installTranslator(translator)
        _installed[language] = translator
