"""The banner: who the patient is, above plan and letter, whatever the name; and nowhere else."""

import datetime

import pytest
from PySide6.QtCore import Qt

from desktop_app.settings.settings import Settings
from desktop_app.window.parts.content import LETTER, PLAN
from tests.desktop_app.window.filling import IDENTITY, NAME, fill


def test_banner_follows_the_patient(window):
    assert "nog niet ingevuld" in window.content.banner.name.text()
    fill(window, {**IDENTITY, "patient.birth_date": datetime.date(2012, 2, 3)})
    assert window.content.banner.name.words == f"{NAME}, Noor"
    assert "3 februari 2012 (14 jaar)" in window.content.banner.details.words
    assert "7654321" in window.content.banner.details.words
    assert NAME in window.content.banner.accessibleName()
    window.document.undo_stack.undo()
    assert "geboortedatum onbekend" in window.content.banner.details.words


@pytest.mark.parametrize("name", ["A" * 200, "<b>vet</b>", "\u05d9\u05d5\u05e1\u05d9 \u05db\u05d4\u05df", "De\nVries"])
def test_banner_bears_every_name(window, name):
    window.document.answer("patient.family_name", name)
    label = window.content.banner.name
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert window.content.banner.width() <= window.width()
    assert "\n" not in label.text()
    assert "<b>" not in label.toolTip()
    assert window.minimumSizeHint().width() < 1300


def test_banner_stands_above_plan_and_letter(qtbot, window):
    fill(window, IDENTITY)
    for view in (PLAN, LETTER):
        window.content.tabs.setCurrentIndex(view)
        assert window.content.banner.isVisible()


def test_identity_stays_out_of_title_and_names(desk, window):
    fill(window, IDENTITY)
    assert window.windowTitle() == "Casus 2026-0001 – Botwijzer"
    window.messages.files = []
    desk.services.settings.change(Settings(told_of_plain_files=True))
    window.files.export()
    window.papers.leaving.save_pdf()
    names = [path.name for path in desk.folder.rglob("*")]
    assert not any(part in name for name in names for part in (NAME, "Noor", "7654321"))
