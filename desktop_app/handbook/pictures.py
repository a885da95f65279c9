"""Makes the pictures of the handbook: of the real window with an invented case, when a chapter is opened.

No picture is stored, so none can show a window that no longer exists. The window that is photographed is never on the
screen, belongs to no store, and speaks Dutch as the handbook does.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app import resource_files
from desktop_app.case_document import CaseDocument
from desktop_app.looks.palette import Palette
from desktop_app.services import Services, SettingsKeeper, StoreHolder
from desktop_app.tasks import ImmediateTasks
from desktop_app.window_content import LETTER, PLAN, WindowContent

EXAMPLE = "kind-met-vermoeden-op-osteosarcoom.json"
NUMBER = "2026-0001"
SIZE = QSize(1366, 768)
SETTLE_MS = 300
"""What Qt draws a little later, such as the pages of the letter, must be there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows: at which step, with plan or letter beside it, and which part of the window."""

    step: str
    view: int
    part: Callable[[WindowContent], QWidget]


def _whole(content: WindowContent) -> QWidget:
    return content


def _questions(content: WindowContent) -> QWidget:
    return content.wizard


def _beside(content: WindowContent) -> QWidget:
    return content.right


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "window": Scene("lesion", PLAN, _whole),
        "patient": Scene("patient", PLAN, _questions),
        "complaints": Scene("complaints", PLAN, _questions),
        "lesion": Scene("lesion", PLAN, _questions),
        "imaging": Scene("imaging", PLAN, _questions),
        "consultation": Scene("consultation", PLAN, _questions),
        "pathology": Scene("pathology", PLAN, _questions),
        "resection": Scene("resection", PLAN, _questions),
        "letter": Scene("letter", LETTER, _whole),
        "plan": Scene("patient", PLAN, _beside),
    }
)


class Photographer(QObject):
    """Makes pictures of the window, one after the other."""

    def __init__(self, services: Services, colours: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self.content = _content(services, colours, self)

    def photograph(self, name: str, done: Callable[[QPixmap], None]) -> None:
        """Set the scene and make its picture a moment later."""
        scene = SCENES[name]
        self.content.wizard.go_to_step(scene.step)
        self.content.tabs.setCurrentIndex(scene.view)
        self.content.show_current_view()
        QTimer.singleShot(SETTLE_MS, self, lambda: done(scene.part(self.content).grab()))

    def discard(self) -> None:
        """Take the window away."""
        self.content.close()
        self.content.deleteLater()


def _content(services: Services, colours: Palette, owner: QObject) -> WindowContent:
    """The content of a window with the example, of the size of a common screen, that is drawn and never seen."""
    from desktop_app.editions import Library

    tasks = ImmediateTasks()
    own = dataclasses.replace(
        services,
        phrases=Library().phrases("nl"),
        settings=SettingsKeeper(None),
        store=StoreHolder(None, tasks),
        tasks=tasks,
    )
    case = own.edition.read_case(resource_files.content("examples", EXAMPLE), own.today())
    document = CaseDocument(own.edition, own.today, owner)
    content = WindowContent(document, own, colours, lambda: NUMBER)
    content.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    content.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    content.resize(SIZE)
    content.show()
    document.load(case, {}, NUMBER)
    document.full_plan()
    return content
