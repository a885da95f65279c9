"""`botwijzer guideline review`: one file for all, or a folder with a file for each part; nothing is overwritten."""


def test_a_folder_gets_a_file_for_each_part_and_none_is_overwritten(run, tmp_path):
    folder = tmp_path / "review"
    folder.mkdir()
    done = run("guideline", "review", "-o", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "review-module-1-pathology.pdf",
        "review-module-2-imaging-and-staging.pdf",
        "review-module-3-referral.pdf",
        "review-program.pdf",
        "review-shared.pdf",
        "review-start-page.pdf",
    ]
    before = [(folder / name).read_bytes() for name in names]
    assert all(content.startswith(b"%PDF") for content in before)
    again = run("guideline", "review", "-o", str(folder))
    assert again.returncode == 2 and "bestaat al" in again.stderr
    assert run("guideline", "review", "-o", str(folder), "--force").returncode == 0
    assert [(folder / name).read_bytes() for name in names] == before


def test_one_file_takes_all_parts(run, tmp_path):
    file = tmp_path / "review.pdf"
    done = run("--language", "en", "guideline", "review", "-o", str(file))
    assert done.returncode == 0 and "Review written" in done.stdout
    assert file.read_bytes().startswith(b"%PDF")


def test_what_is_neither_a_pdf_nor_a_folder_is_refused(run, tmp_path):
    done = run("guideline", "review", "-o", str(tmp_path / "nowhere"))
    assert done.returncode == 2 and "is geen map" in done.stderr
    assert not (tmp_path / "nowhere").exists()
