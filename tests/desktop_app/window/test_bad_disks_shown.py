"""What a window writes where there is no room or permission: told, nothing half-written, and what was there stays."""

import json
import os
from pathlib import Path

import pytest

from desktop_app.settings.settings import Settings
from tests.desktop_app import disks
from tests.desktop_app.cli.test_paper_commands import closed_folder

WRITING = {"letter": lambda window: window.papers.leaving.save_pdf(), "case": lambda window: window.files.export()}
"""What a window writes to a file of the user."""
PREVIOUS = json.dumps({"lesion": {"category": "benign_active"}}).encode()


@pytest.fixture
def answered(desk, window):
    """A case of which a file would not fit on a small disk."""
    desk.services.settings.change(Settings(told_of_plain_files=True))
    window.document.answer("lesion.category", "malignant")
    window.document.answer("letter.history", "x" * 90_000)
    window.document.full_plan()
    return window


@pytest.mark.parametrize("write", WRITING.values(), ids=WRITING)
def test_no_room_on_the_disk(desk, answered, write):
    with disks.small_disk("64k") as folder:
        (folder / "bestaat").write_bytes(PREVIOUS)
        ballast = disks.fill(folder)
        for target in (folder / "bestaat", folder / "nieuw"):
            desk.user.files = [target]
            write(answered)
            tone, said = desk.user.said[-1]
            assert tone == "caution" and "schijf is vol" in said
        assert sorted(path.name for path in folder.iterdir()) == sorted(["bestaat", ballast.name])
        assert (folder / "bestaat").read_bytes() == PREVIOUS
    assert answered.document.value("lesion.category") == "malignant"


@pytest.mark.parametrize("write", WRITING.values(), ids=WRITING)
def test_a_folder_that_may_not_be_written_or_is_not_there(desk, answered, tmp_path, write):
    for target in (closed_folder(tmp_path) / "bestand", tmp_path / "nergens" / "bestand"):
        desk.user.files = [target]
        write(answered)
        tone, said = desk.user.said[-1]
        assert tone == "caution" and f"map {target.parent}" in said
        assert not target.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_patient_file_that_may_not_be_read(desk, window, tmp_path):
    file = tmp_path / "p.json"
    file.write_text('{"resourceType": "Patient", "gender": "male"}')
    file.chmod(0)
    window.files.open(file)
    assert window.document.is_empty() and desk.user.said[-1][0] == "caution" and str(file) in desk.said()


def test_a_folder_in_the_place_of_a_patient_file(desk, window, tmp_path: Path):
    before = len(desk.user.said)
    window.patients.takeover.take_file(tmp_path)
    assert (
        len(desk.user.said) == before + 1
        and window.document.is_empty()
        and desk.user.said[-1][0] == "caution"
        and str(tmp_path) in desk.said()
    )
