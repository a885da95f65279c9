"""No heading stands alone at the foot of a page: what it announces follows on the same one."""

import io

import pypdf
import pytest

from desktop_app.library.editions import Library
from desktop_app.papers.blocks import Heading, in_reading_order
from desktop_app.papers.letter.blocks import letter_document
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.pdf.write import write_document
from desktop_app.settings.settings import Clinic, Referrer, Settings
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.made_letter import letter_for
from tests.windows.textbook_cases import CASES, case_of_script, script_of

SENDER = Settings(
    referrer=Referrer(name="dr. A. Jansen", specialty="orthopeed"),
    clinic=Clinic(name="Ziekenhuis Noord", address="Kerkstraat 1, 1234 AB Dorp", phone="010-1234567"),
)
ALL = [answers for name, answers in vars(cases).items() if name.isupper() and isinstance(answers, dict)]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_ends_with_a_heading(name, language):
    library = Library()
    letter = letter_for(
        case_of_script(script_of(name)), library.edition(), library.phrases(language), letter_settings(SENDER, "1"), DAY
    )
    check(letter)


@pytest.mark.parametrize("question", [None, "Wilt u de patiënt over drie maanden terugzien?"])
@pytest.mark.parametrize("answers", ALL)
def test_no_page_of_any_kind_ends_with_a_heading(make, answers, question):
    check(make(changed(answers, letter={"question": question})))


def check(letter):
    document = letter_document(letter)
    headings = {block.text.casefold() for block in in_reading_order(document.blocks) if isinstance(block, Heading)}
    assert headings
    for page in pypdf.PdfReader(io.BytesIO(write_document(document).content)).pages:
        lines = [line.strip().casefold() for line in page.extract_text().splitlines() if line.strip()]
        foot = next(place for place, line in enumerate(lines) if letter.footer.case_fingerprint in line)
        said = [line for line in lines[:foot] if letter.footer.edition.casefold() not in line]
        assert said[-1] not in headings
