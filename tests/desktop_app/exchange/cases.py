"""Answers for the tests of the exchange: every example, textbook cases, nothing at all, and everything at once."""

import json
from itertools import count, islice
from random import Random
from typing import Any

from guideline_core.case import Case
from guideline_core.edition.values import Edition
from guideline_core.keys import NOT_A_TUMOUR
from tests.case_deck import deck
from tests.checkout import EXAMPLES
from tests.desktop_app.papers import cases as letter_cases
from tests.random_cases import random_partial_case

NASTY = (
    "Eén <b>regel</b> & nog één:\x00\x1f\u202e\u200b \t\r\n\r\n\u05e1\u05d5\u05e3 e\u0301 \U0001f9b4 ]]> <!-- \ue000"
)

FULL: dict[str, Any] = {
    "reference_date": "2026-11-20",
    "patient": {
        **letter_cases.CHILD_OSTEOSARCOMA["patient"],
        "given_name": "N" * 200,
        "family_name": f"Van <der> & {NASTY}",
        "email": "proef@voorbeeld.invalid",
        "address": f"{NASTY}\nregel 2",
    },
    "setting": "hospital",
    "phase": "after_resection",
    "complaints": {"persistent_pain": True, "night_pain": False, "swelling": True},
    "lesion": {
        "suspected": True,
        "basis": "histological",
        "origin": "uncertain",
        "category_by": "radiologist",
        "count": "multiple",
        "category": "uncertain",
        "entity": "uncertain",
        "differential": ["osteosarcoma", "ewing_sarcoma", "chondroblastoma"],
        "chondrosarcoma_grade": "uncertain",
        "bone": "femur",
        "side": "left",
        "bone_part": "distal",
        "size_mm": [82, 54.5, 49],
        "soft_tissue_extension": True,
        "description": NASTY * 20,
        "incidental": False,
        "pathological_fracture": True,
    },
    "imaging": {
        "xray": {"done": True, "two_views": True, "normal": False, "date": "2026-10-19", "place": NASTY},
        "mri": {"done": True, "contrast": True, "dwi": True, "date": "2026-10-21", "place": "Nergenshuizen"},
        "ct_local": {"done": False, "date": "2026-10-01", "place": "niet gemaakt"},
        "ct_thorax": {"done": True, "contrast": False, "slice_mm": 1.5, "date": "2026-10-22"},
        "pet_ct": {"done": True},
        "other": [
            {"what": "botscan", "date": "2026-10-23", "place": "Elders", "result": NASTY},
            {"result": "alleen een uitslag"},
        ],
        "declared_complete": True,
    },
    "patient_factors": {"pregnancy": False, "contrast_allergy": True},
    "consultation": {"expertise_centre_consulted": True, "centre": NASTY, "contact": "dr. P.", "date": "2026-11-01"},
    "mdo": {"discussed": True, "with_expertise_centre": True},
    "biopsy": {"status": "performed", "date": "2026-11-02", "frozen_tissue": True, "decalcification": "edta"},
    "pathology": {
        "diagnosis": "confirmed_by_expertise_centre",
        "histology": "osteosarcoma",
        "histology_differential": ["ewing_sarcoma"],
        "specimen": "needle_biopsy",
        "who_edition": "5 <&>",
    },
    "disease": {"extent": "localised"},
    "history": {"cancer": True, "radiotherapy": False, "hereditary_syndrome": True},
    "resection": {"performed": True, "viable_tumour_percent": 5, "size_mm": [80, 50, 40], "margin": "R0"},
    "images": {"sent_by": NASTY, "sent_on": "2026-11-05", "received_confirmed": True},
    "letter": {
        name: f"{name}: {NASTY}"
        for name in (
            *("question", "history", "examination", "medication", "allergies"),
            *("told_to_patient", "appointments", "remarks"),
        )
    },
}


def examples() -> list[Case]:
    """Every example that is shipped."""
    return [Case.model_validate_json(path.read_bytes()) for path in sorted(EXAMPLES.glob("*.json"))]


def textbook_cases() -> list[Case]:
    """A case for each kind of letter, and the first of each file of the deck."""
    of_letter = [each for name, each in vars(letter_cases).items() if name.isupper() and isinstance(each, dict)]
    firsts = {each.file: each.case for each in reversed(deck())}
    return [*map(Case.model_validate, of_letter), *firsts.values()]


def random_cases(edition: Edition, number: int) -> list[Case]:
    """Cases in which anything is answered or not, each with words and numbers that only the letter shows. What is no
    tumour is not named as one: such a case is refused when it is read."""
    chance = Random(20261123)
    cases = (_with_words(random_partial_case(edition, chance), chance) for _ in count())
    no_tumours = {entity.id for entity in edition.entities.values() if NOT_A_TUMOUR in entity.groups}
    return list(islice((case for case in cases if case.lesion.entity not in no_tumours), number))


def _with_words(case: Case, chance: Random) -> Case:
    """The case with some of the answers that no rule reads."""
    answers = case.model_dump(mode="json", exclude_none=True)
    for group in ("patient", "history", "images", "letter", "consultation"):
        chosen = {key: value for key, value in FULL[group].items() if chance.random() < 0.5}
        answers[group] = {**chosen, **answers.get(group, {})}
    answers["patient"].pop("birth_date", None) if "age_years" in answers["patient"] else None
    for name in ("xray", "ct_local", "pet_ct"):
        answers["imaging"].setdefault(name, {})["place"] = chance.choice(("Nergenshuizen", NASTY))
    return Case.model_validate(json.loads(json.dumps(answers)))
