"""The door to resources/: the same in a checkout, in a wheel and in a frozen program."""

import sys
from pathlib import Path

import pytest

from desktop_app.library import resource_files
from tests.checkout import CHECKOUT


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """The program as if it were installed in an empty folder."""
    package = tmp_path / "site" / "desktop_app"
    package.mkdir(parents=True)
    monkeypatch.setattr(resource_files, "PACKAGE", package)
    resource_files.root.cache_clear()
    yield tmp_path
    resource_files.root.cache_clear()


def make_resources(folder: Path) -> Path:
    (folder / "phrases").mkdir(parents=True)
    (folder / "phrases" / "plan.yaml").write_text("word: {}", encoding="utf-8")
    return folder


def test_a_checkout_has_them_beside_the_package():
    assert resource_files.root() == CHECKOUT / "resources"


def test_a_wheel_has_them_inside_the_package(elsewhere):
    folder = make_resources(elsewhere / "site" / "desktop_app" / "_resources")
    assert resource_files.root() == folder


def test_the_package_s_own_win_over_a_folder_beside_it(elsewhere):
    make_resources(elsewhere / "site" / "resources")
    folder = make_resources(elsewhere / "site" / "desktop_app" / "_resources")
    assert resource_files.root() == folder


@pytest.mark.parametrize("inside", ["desktop_app/_resources", "resources"])
def test_a_frozen_program_has_them_in_its_own_folder(elsewhere, monkeypatch, inside):
    monkeypatch.setattr(sys, "_MEIPASS", str(elsewhere / "frozen"), raising=False)
    folder = make_resources(elsewhere / "frozen" / inside)
    assert resource_files.root() == folder


def test_without_resources_the_places_are_named(elsewhere):
    with pytest.raises(resource_files.ResourceMissing, match="_resources"):
        resource_files.root()


def test_a_missing_file_is_named():
    with pytest.raises(resource_files.ResourceMissing, match=r"phrases/nothing\.yaml"):
        resource_files.content("phrases", "nothing.yaml")


def test_a_folder_is_no_file():
    with pytest.raises(resource_files.ResourceMissing, match="cannot be read"):
        resource_files.content("phrases")


def test_a_folder_is_read_in_order_and_without_litter(tmp_path):
    for name in ("b.yaml", "a.yaml", ".hidden", "a.yaml~", "a.yaml.bak", ".b.yaml.swp"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "folder").mkdir()
    assert resource_files.files_in(tmp_path) == {"a.yaml": b"a.yaml", "b.yaml": b"b.yaml"}


def test_the_edition_is_among_the_folders():
    assert "bottumoren-2026-concept" in resource_files.folders("guideline")
