"""A plan on the screen, of the width and height that it has beside the wizard in a common window."""

from tests.desktop_app.plan.view.documents import DAY, Document, edition, phrases

# isort: split
from pytestqt.qtbot import QtBot

from desktop_app.library.day import Today
from desktop_app.plan.view.plan_view import PlanView

WIDTH, HEIGHT = 620, 640


def shown_view(qtbot: QtBot, document: Document) -> PlanView:
    """The plan of a document, on the screen."""
    view = PlanView(document, phrases(), edition(), lambda: Today(DAY))
    qtbot.addWidget(view)
    view.resize(WIDTH, HEIGHT)
    view.show()
    qtbot.waitExposed(view)
    return view
