"""A window with the wizard in it, as large as it stands beside the plan on a small screen."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop_app.case.document import CaseDocument
from desktop_app.wizard.case_wizard import CaseWizard
from guideline_core.case import Case
from guideline_core.planning import Planner
from tests.desktop_app.wizard import helpers


@pytest.fixture(scope="session")
def wizard_window(qapp: QApplication, planner: Planner) -> Iterator[QMainWindow]:
    """One window for all tests: building it for each would take long."""
    window = QMainWindow()
    document = helpers.new_document(planner)
    document.setParent(window)
    window.setCentralWidget(CaseWizard(document, helpers.phrases(), window, kinds=helpers.kinds(), lists=helpers.lists))
    window.resize(580, 660)
    window.show()
    window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def wizard(wizard_window: QMainWindow) -> CaseWizard:
    """The wizard, with an empty case in it."""
    wizard_window.activateWindow()  # another test may have shown a window of its own
    wizard = wizard_window.centralWidget()
    assert isinstance(wizard, CaseWizard)
    wizard.document.load(Case())
    return wizard


@pytest.fixture
def document(wizard: CaseWizard) -> CaseDocument:
    """The document of the wizard."""
    return wizard.document
