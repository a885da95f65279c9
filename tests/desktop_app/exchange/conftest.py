"""What the tests of the exchange share: the edition, the words, documents of cases, and a FHIR validator by others."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from desktop_app.exchange.made_paper import MadePaper, fhir_document, make_paper, paper_to_save
from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.order import order_paper
from guideline_core.case import Case
from tests.desktop_app.papers.cases import DAY
from tests.desktop_app.papers.conftest import SETTINGS

VERIFIED = dataclasses.replace(SETTINGS, identity_verified=True)


@pytest.fixture(scope="session")
def library(tmp_path_factory) -> Library:
    return Library(cache_folder=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def opened(library) -> OpenedEdition:
    return library.edition()


@pytest.fixture(scope="session")
def dutch(library):
    return library.phrases("nl")


@pytest.fixture(scope="session")
def document(opened, library):
    """The finished letter of a case."""

    def made(answers: Mapping[str, Any] | Case, settings=VERIFIED, language="nl", attach_case=True) -> MadePaper:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        order = order_paper(case, opened, library.phrases(language), settings, DAY)
        return paper_to_save(make_paper(dataclasses.replace(order, with_case=attach_case)))

    return made


@pytest.fixture(scope="session")
def bundle(opened, library):
    """The FHIR document of a case."""

    def made(answers: Mapping[str, Any] | Case, settings=VERIFIED, language="nl", kind=None) -> bytes:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        order = order_paper(case, opened, library.phrases(language), settings, DAY, kind=kind)
        return fhir_document(order, compose_letter(order))

    return made
