"""Answers for the tests of the letter: one case for each kind of letter, and how a change is made in them."""

import datetime
from collections.abc import Mapping
from typing import Any

DAY = datetime.date(2026, 11, 23)

CHILD_OSTEOSARCOMA: dict[str, Any] = {
    "patient": {
        "birth_date": "2012-04-09",
        "sex": "male",
        "given_name": "Proef",
        "family_name": "van den Bedacht",
        "bsn": "111222333",
        "patient_number": "0000471",
        "address": "Lindelaan 12, 0000 AB Nergenshuizen",
        "phone": "06 00000000",
        "general_practitioner": "H. Verzonnen, Nergenshuizen",
    },
    "setting": "hospital",
    "complaints": {"persistent_pain": True, "night_pain": True, "swelling": True},
    "lesion": {
        "suspected": True,
        "basis": "radiological",
        "origin": "primary",
        "category": "malignant",
        "category_by": "radiologist",
        "entity": "osteosarcoma",
        "bone": "femur",
        "side": "left",
        "bone_part": "distal",
        "size_mm": [82, 54, 49],
        "soft_tissue_extension": True,
    },
    "imaging": {
        "xray": {"done": True, "two_views": True, "normal": False, "date": "2026-11-19", "place": "Nergenshuizen"},
        "mri": {"done": True, "contrast": True, "dwi": False, "date": "2026-11-21", "place": "Nergenshuizen"},
    },
    "history": {"cancer": False},
    "images": {"sent_by": "Twiin", "sent_on": "2026-11-22"},
    "letter": {
        "history": "Sinds zes weken toenemende pijn boven de linkerknie.",
        "told_to_patient": "Kind en ouders weten dat een bottumor wordt vermoed.",
    },
}
ADULT_CHONDROSARCOMA: dict[str, Any] = {
    "patient": {
        "birth_date": "1968-02-14",
        "sex": "female",
        "family_name": "Proefpersoon",
        "patient_number": "0000882",
    },
    "setting": "hospital",
    "complaints": {"persistent_pain": True},
    "lesion": {
        "category": "malignant",
        "category_by": "radiologist",
        "entity": "chondrosarcoma",
        "chondrosarcoma_grade": "grade_2",
        "bone": "ilium",
        "side": "right",
    },
    "imaging": {
        "xray": {"done": True, "two_views": True, "date": "2026-11-02"},
        "mri": {"done": True, "contrast": True, "date": "2026-11-16"},
    },
    "biopsy": {"status": "considered"},
}
ADULT_GIANT_CELL_TUMOUR: dict[str, Any] = {
    "patient": {"age_years": 34},
    "setting": "hospital",
    "lesion": {"category": "intermediate", "entity": "giant_cell_tumour_of_bone", "bone": "tibia"},
    "imaging": {"xray": {"done": True, "two_views": True, "date": "2026-11-10"}},
}
CHILD_UNCERTAIN: dict[str, Any] = {
    "patient": {"age_years": 9},
    "setting": "hospital",
    "lesion": {"category": "uncertain", "bone": "ilium"},
    "biopsy": {"status": "considered", "in_or_with_expertise_centre": False},
}
BENIGN_ACTIVE: dict[str, Any] = {
    "patient": {"age_years": 19},
    "lesion": {"category": "benign_active", "entity": "chondroblastoma", "bone": "humerus"},
}
BENIGN_INDOLENT: dict[str, Any] = {
    "patient": {"age_years": 50},
    "lesion": {"category": "benign_indolent", "entity": "enchondroma", "bone": "humerus", "diagnosis_in_doubt": False},
}
DO_NOT_TOUCH_IN_DOUBT: dict[str, Any] = {
    "patient": {"age_years": 40},
    "setting": "primary_care",
    "lesion": {"category": "do_not_touch", "entity": "simple_bone_cyst", "diagnosis_in_doubt": True, "bone": "humerus"},
}
CHILD_FIBROMA_BY_CHANCE: dict[str, Any] = {
    "patient": {"birth_date": "2014-08-30", "general_practitioner": "P. Verzonnen, Nergenshuizen"},
    "setting": "hospital",
    "lesion": {
        "suspected": True,
        "category": "do_not_touch",
        "category_by": "radiologist",
        "entity": "non_ossifying_fibroma",
        "bone": "tibia",
        "diagnosis_in_doubt": False,
        "incidental": True,
    },
    "imaging": {"xray": {"done": True, "two_views": True, "date": "2026-11-20"}},
}
SPINAL_METASTASES: dict[str, Any] = {
    "patient": {"birth_date": "1951-06-01", "general_practitioner": "K. Verzonnen, Nergenshuizen"},
    "setting": "hospital",
    "lesion": {"suspected": True, "origin": "metastasis", "bone": "vertebra_t10", "count": "multiple"},
    "history": {"cancer": True},
}
MALIGNANT_AGE_UNKNOWN: dict[str, Any] = {"setting": "hospital", "lesion": {"category": "malignant", "bone": "femur"}}
UNDECIDED: dict[str, Any] = {
    "setting": "hospital",
    "complaints": {"persistent_pain": True, "night_pain": True},
    "lesion": {"suspected": True, "bone": "humerus", "side": "right"},
    "imaging": {"xray": {"done": True, "two_views": True, "date": "2026-11-20"}},
}
OUTSIDE_PATHOLOGY: dict[str, Any] = {
    "patient": {"birth_date": "1987-01-19", "sex": "male", "family_name": "Gefingeerd", "patient_number": "0000713"},
    "setting": "hospital",
    "phase": "after_biopsy",
    "lesion": {"category": "malignant", "category_by": "radiologist", "bone": "tibia", "side": "left"},
    "imaging": {"xray": {"done": True, "two_views": True, "date": "2026-10-27", "place": "Nergenshuizen"}},
    "biopsy": {
        "status": "performed",
        "date": "2026-11-05",
        "in_or_with_expertise_centre": False,
        "frozen_tissue": False,
        "decalcification": "acid",
    },
    "pathology": {
        "diagnosis": "outside_expertise_centre",
        "histology": "round_cell_sarcoma",
        "histology_differential": ["ewing_sarcoma", "round_cell_sarcoma"],
        "specimen": "needle_biopsy",
        "h3_g34w": "negative",
        "molecular_purpose": "diagnostic",
        "molecular_method": "uncertain",
    },
}


def changed(answers: Mapping[str, Any], **groups: Mapping[str, Any] | str) -> dict[str, Any]:
    """A copy of the answers with other answers in these groups."""
    copy = dict(answers)
    for group, given in groups.items():
        copy[group] = {**copy.get(group, {}), **given} if isinstance(given, Mapping) else given
    return copy
