"""What the tests of the exchange share: the edition, the words, documents of cases, and a FHIR validator by others."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest

from desktop_app.exchange.finished_letter import FinishedDocument, make_letter
from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.papers.order import order_letter
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

    def made(answers: Mapping[str, Any] | Case, settings=VERIFIED, language="nl", attach_case=True) -> FinishedDocument:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        letter = make_letter(order_letter(case, opened, library.phrases(language), settings, DAY))
        return letter.finished() if attach_case else letter.bare

    return made


@pytest.fixture(scope="session")
def bundle(opened, library):
    """The FHIR document of a case."""

    def made(answers: Mapping[str, Any] | Case, settings=VERIFIED, language="nl", kind=None) -> bytes:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        order = order_letter(case, opened, library.phrases(language), settings, DAY, kind=kind)
        return make_letter(order).fhir_document()

    return made
