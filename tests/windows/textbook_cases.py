"""What is answered in each textbook case, in order; free of Qt, for scripts, tests and benchmarks alike."""

from typing import Any

from guideline_core.case import Case
from tests.random_cases import case_of

Answers = list[tuple[str, str, Any]]
"""Path, what is typed, and the answer that it must become."""


def patient(family: str, given: str, born: str, iso: str, number: str) -> Answers:
    """Who it is about."""
    return [
        ("patient.family_name", family, family),
        ("patient.given_name", given, given),
        ("patient.birth_date", born, iso),
        ("patient.patient_number", number, number),
        ("setting", "", "hospital"),
    ]


CASES: dict[str, Answers] = {
    "child_with_suspected_osteosarcoma": [
        *patient("Vermeulen", "Noor", "03-02-2012", "2012-02-03", "1000001"),
        ("complaints.persistent_pain", "", True),
        ("complaints.night_pain", "", True),
        ("complaints.swelling", "", True),
        ("lesion.origin", "", "primary"),
        ("lesion.category", "", "malignant"),
        ("lesion.entity", "osteosarcoom", "osteosarcoma"),
        ("lesion.bone", "femur", "femur"),
        ("lesion.side", "", "left"),
        ("imaging.xray.done", "", True),
        ("imaging.xray.two_views", "", True),
        ("consultation.expertise_centre_consulted", "", False),
        ("biopsy.status", "", "considered"),
    ],
    "adult_with_pelvic_chondrosarcoma_grade_2": [
        *patient("de Boer", "Henk", "11-05-1969", "1969-05-11", "1000002"),
        ("complaints.persistent_pain", "", True),
        ("lesion.origin", "", "primary"),
        ("lesion.category", "", "malignant"),
        ("lesion.entity", "chondrosarcoom graad 2", "chondrosarcoma_grade_2"),
        ("lesion.bone", "ilium", "ilium"),
        ("imaging.xray.done", "", True),
        ("imaging.xray.two_views", "", True),
        ("imaging.mri.done", "", True),
        ("imaging.mri.contrast", "", True),
    ],
    "adult_with_giant_cell_tumour": [
        *patient("Aksoy", "Elif", "30-09-1991", "1991-09-30", "1000003"),
        ("complaints.swelling", "", True),
        ("lesion.origin", "", "primary"),
        ("lesion.category", "", "intermediate"),
        ("lesion.entity", "reusceltumor", "giant_cell_tumour_of_bone"),
        ("lesion.bone", "radius", "radius"),
        ("imaging.xray.done", "", True),
        ("imaging.xray.two_views", "", True),
    ],
    "child_with_non_ossifying_fibroma": [
        *patient("Jansen", "Daan", "17-08-2015", "2015-08-17", "1000004"),
        ("complaints.persistent_pain", "", False),
        ("lesion.category", "", "do_not_touch"),
        ("lesion.entity", "niet-ossificerend", "non_ossifying_fibroma"),
        ("lesion.bone", "tibia", "tibia"),
        ("lesion.diagnosis_in_doubt", "", False),
        ("lesion.incidental", "", True),
    ],
    "adult_with_spinal_metastases": [
        *patient("Bakker", "Ria", "22-12-1954", "1954-12-22", "1000005"),
        ("complaints.night_pain", "", True),
        ("history.cancer", "", True),
        ("lesion.suspected", "", True),
        ("lesion.origin", "", "metastasis"),
        ("lesion.region", "", "spine"),
    ],
}

LETTER_QUESTION = ("letter.question", "Graag uw oordeel.", "Graag uw oordeel.")


def script_of(name: str) -> Answers:
    """All that is answered in a textbook case, the question to the receiver of the letter last."""
    return [*CASES[name], LETTER_QUESTION]


def case_of_script(answers: Answers) -> Case:
    """The case that these answers make."""
    return case_of({path: value for path, _, value in answers})
