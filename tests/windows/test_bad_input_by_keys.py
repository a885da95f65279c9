"""Bad input by real key presses in a real window: kept as it stands, told in words, and there after Alt+F4."""

import pytest

from desktop_app.store.keys import SystemKeys
from desktop_app.store.store import open_store
from tests.windows.conftest import Workstation
from tests.windows.driver_words import PASSPHRASE

LITERAL = {"patient.family_name", "patient.patient_number", "letter.question"}


def test_bad_input_and_alt_f4(workstation: Workstation, monkeypatch: pytest.MonkeyPatch):
    told = workstation.work("bad_input_by_keys")
    case, raws = told["case"], told["raws"]
    name = "<b>Vet</b> & \u05d9\u05d5\u05e1\u05d9 \u00e7\u0301"
    assert case["patient"]["family_name"] == name == told["banner"] and "Vet" not in told["title"]
    assert case["patient"]["patient_number"] == "N" * 200
    assert case["letter"]["question"] == "{0} <img src=x> \U0001f9b4"
    assert raws == {
        "patient.birth_date": "31-02-2026",
        "patient.age_years": "-1",
        "patient.bsn": "123456789",
        "lesion.bone": "<i>zzz",
        "lesion.size_mm": "NaN x 1e9",
    }
    messages = dict(told.all("message"))
    assert {path for path, words in messages.items() if not words} == LITERAL
    assert "bestaat niet" in messages["patient.birth_date"] and "elfproef" in messages["patient.bsn"]
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    store = open_store(workstation.home / "data" / "botwijzer", SystemKeys(lambda _request: PASSPHRASE))
    kept = store.load(told["number"])
    assert dict(kept.raws) == raws and kept.case.patient.family_name == name
    store.close()
