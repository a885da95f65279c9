"""Takes the pictures of the handbook: of the real window with an invented case, when a chapter is opened.

No picture is stored, so none can be out of date. The window that is photographed is never on the screen, has no saved
cases, and is in Dutch like the handbook.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NoReturn

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.library import resource_files
from desktop_app.library.editions import Library
from desktop_app.looks.palette import Palette
from desktop_app.window.parts.content import LETTER, PLAN, WindowContent
from desktop_app.window.services import Services, SettingsAccess, StoreAccess
from desktop_app.window.tasks import ThreadTasks

EXAMPLE = "kind-met-vermoeden-op-osteosarcoom.json"
NUMBER = "2026-0001"
SIZE = QSize(1366, 768)
SETTLE_MS = 300
"""Time for what Qt draws a little later, such as the pages of the letter."""


def _at_once(_photographer: "Photographer") -> bool:
    return True


def _with_its_letter(photographer: "Photographer") -> bool:
    return photographer.content.preview.is_up_to_date


@dataclass(frozen=True, slots=True)
class Scene:
    """What a picture shows: the step, plan or letter beside it, the part of the window, and when that part is ready."""

    step: str
    view: int
    part: Callable[["Photographer"], QWidget]
    is_ready: Callable[["Photographer"], bool] = _at_once


def _whole(photographer: "Photographer") -> QWidget:
    return photographer.content


def _questions(photographer: "Photographer") -> QWidget:
    return photographer.content.wizard


def _beside(photographer: "Photographer") -> QWidget:
    return photographer.content.right


def _full_screen(photographer: "Photographer") -> QWidget:
    return photographer.meeting


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
        "letter": Scene("letter", LETTER, _whole, _with_its_letter),
        "plan": Scene("patient", PLAN, _beside),
        "meeting": Scene("patient", PLAN, _full_screen),
    }
)


class Photographer(QObject):
    """Takes pictures of the window, one after the other."""

    def __init__(self, services: Services, colours: Palette, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._colours = _own_services(services), colours
        self._wanted: list[tuple[str, Callable[[QPixmap], None]]] = []
        self._document = CaseDocument(self._services.edition, self._services.today, self)
        self.content = WindowContent(self._document, self._services, colours, lambda: NUMBER)
        _put_out_of_sight(self.content)
        content = resource_files.content("examples", EXAMPLE)
        self._document.load(self._services.edition.read_case(content, self._services.today()))
        self._document.full_plan()

    @cached_property
    def meeting(self) -> QWidget:
        """The full screen of the meeting."""
        # The meeting is loaded when its picture is first wanted.
        from desktop_app.meeting.screen.meeting_screen import MeetingScreen, ShownCase

        services = self._services
        screen = MeetingScreen(services.edition, services.phrases, services.present, self._colours, _no_field)
        _put_out_of_sight(screen)
        screen.show_case(ShownCase(self._document, NUMBER, 1, 1))
        return screen

    def photograph(self, name: str, done: Callable[[QPixmap], None]) -> None:
        """Take a picture of a scene, after those that were requested before."""
        self._wanted.append((name, done))
        if len(self._wanted) == 1:
            self._set_scene()

    def _set_scene(self) -> None:
        """Set the first scene that is wanted, and take its picture once it is ready."""
        scene = SCENES[self._wanted[0][0]]
        self.content.wizard.go_to_step(scene.step)
        self.content.tabs.setCurrentIndex(scene.view)
        self.content.show_current_view()
        scene.part(self)  # some parts are built on first use
        self._wait_for(scene)

    def _wait_for(self, scene: Scene) -> None:
        QTimer.singleShot(SETTLE_MS, self, lambda: self._take(scene))

    def _take(self, scene: Scene) -> None:
        if not scene.is_ready(self):
            self._wait_for(scene)
            return
        _, done = self._wanted.pop(0)
        done(scene.part(self).grab())
        if self._wanted:
            self._set_scene()

    def discard(self) -> None:
        """Discard the window; pictures that are still waiting are not taken."""
        self._services.tasks.wait()
        self.deleteLater()
        for window in (self.content, *((self.meeting,) if "meeting" in self.__dict__ else ())):
            window.hide()
            window.deleteLater()


def _own_services(services: Services) -> Services:
    """What the photographed window uses: edition and colours of the program, in Dutch, without settings and cases.

    Its tasks are its own too, so that a letter of another window never replaces the one on the picture.
    """
    tasks = ThreadTasks()
    return dataclasses.replace(
        services,
        phrases=Library().phrases("nl"),
        settings=SettingsAccess(None),
        store=StoreAccess(None, tasks),
        tasks=tasks,
    )


def _put_out_of_sight(window: QWidget) -> None:
    """Give it the size of a common screen, and draw it without showing it."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.resize(SIZE)
    window.show()


def _no_field(path: str, document: CaseDocument) -> NoReturn:
    raise NotImplementedError(f"nobody answers {path} on a picture")
