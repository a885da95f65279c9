"""A letter takes its case along, and is opened again: what its hash is worth and that it was altered is said."""

import dataclasses

from desktop_app.settings.settings import Settings
from desktop_app.window.main_window import MainWindow
from desktop_app.window.services import StoreAccess
from tests.desktop_app.window.filling import IDENTITY, NAME, fill


def test_a_saved_letter_takes_the_case_along_and_is_opened_again(desk, window, tmp_path):
    fill(window, {**IDENTITY, "lesion.category": "malignant", "lesion.bone": "femur", "lesion.side": "left"})
    desk.user.files = [tmp_path / "brief.pdf"]
    window.papers.leaving.save_pdf()
    assert "FHIR" in desk.user.said[-1][1], "what travels is said"
    window.cases.new_case()
    window.files.open(tmp_path / "brief.pdf")
    opened = window if not window.document.is_empty() else desk.opened[-1]
    assert opened.document.case.lesion.bone == "femur" and opened.document.case.lesion.side == "left"
    assert opened.document.case.patient.family_name == NAME


def test_of_an_opened_letter_is_said_what_its_hash_is_worth_and_that_it_was_altered_stays(desk, window, tmp_path):
    import pikepdf

    fill(window, {**IDENTITY, "lesion.category": "malignant"})
    whole, again, changed = (tmp_path / f"{name}.pdf" for name in ("whole", "again", "changed"))
    desk.user.files = [whole]
    window.papers.leaving.save_pdf()
    with pikepdf.open(whole) as pdf:
        pdf.save(again)
        [name] = [name for name in pdf.attachments if "case" in name]
        content = pdf.attachments[name].get_file().read_bytes().replace(b'"malignant"', b'"uncertain"')
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        pdf.save(changed)
    for file, tone, words in (
        (whole, "note", "geen handtekening"),
        (again, "caution", "veranderd nadat het was gemaakt"),
        (changed, "caution", "casus in deze PDF is veranderd"),
    ):
        window.files.open(file)
        assert desk.user.said[-1][0] == tone
        assert words in desk.user.said[-1][1] and "geen handtekening" in desk.user.said[-1][1]
    assert desk.opened[-1].document.case.lesion.category == "uncertain"


def test_what_is_to_be_said_of_a_letter_is_said_before_the_store_is_open_too(desk, window, tmp_path, qtbot):
    """As `botwijzer open LETTER.pdf` does: the file is opened before the cases are."""
    import pikepdf

    fill(window, {"lesion.category": "malignant"})
    desk.user.files = [tmp_path / "whole.pdf"]
    window.papers.leaving.save_pdf()
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        pdf.save(tmp_path / "again.pdf")
    early = dataclasses.replace(desk.services, store=StoreAccess(None, desk.services.tasks))
    for name, tone in (("whole", "note"), ("again", "caution")):
        first = MainWindow(early, desk.windows)
        qtbot.addWidget(first)
        first.files.open(tmp_path / f"{name}.pdf")
        said_tone, words = desk.user.said[-1]
        assert said_tone == tone and "geen handtekening" in words and ("veranderd nadat" in words) is (name == "again")
        assert first.autosave.number == "" and first.document.case.lesion.category == "malignant"


def test_a_letter_without_the_case_says_so_when_it_is_opened(desk, window, tmp_path):
    desk.services.settings.change(Settings(attach_case=False))
    fill(window, {"lesion.category": "malignant"})
    desk.user.files = [tmp_path / "brief.pdf"]
    window.papers.leaving.save_pdf()
    assert "FHIR" not in desk.user.said[-1][1]
    window.files.open(tmp_path / "brief.pdf")
    assert desk.user.said[-1][0] == "caution"
    assert window.document.case.lesion.category == "malignant", "nothing was opened in its place"
