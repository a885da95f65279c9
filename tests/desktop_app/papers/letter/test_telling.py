"""A letter tells what was answered, to the colleague who gets it: no sentence that nobody answered, no order meant for
its sender, and the signature on page 1."""

from random import Random

import pytest

from desktop_app.papers.case_facts import CaseFacts
from desktop_app.papers.letter.core import Told, emergencies, introduction, site, subject_of
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import TO_A_CENTRE
from desktop_app.papers.order import PaperOrder
from guideline_core.case import Case
from guideline_core.edition.rules import AlertRule
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.conftest import SETTINGS, WITH_PLAN
from tests.editions import read_real_edition
from tests.random_cases import random_partial_case

CONSULTED = {"expertise_centre_consulted": True}
ORDERS_TO_THE_SENDER = ("Bel nu", "Bel eerst", "Stel een overwogen biopsie uit", "Doe geen verdere lokale operatie")


@pytest.fixture(scope="module")
def edition():
    return read_real_edition()


@pytest.fixture(scope="module")
def order_of(opened, dutch):
    def made(answers, day=DAY):
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        return PaperOrder(opened.planner.make_plan(case, day), case, opened, dutch, day, SETTINGS)

    return made


def sentences(order) -> list[Told]:
    told = [introduction(order, *subject_of(order, CaseFacts(order))), emergencies(order)]
    return [each for each in told if each is not None]


@pytest.mark.parametrize(
    ("patient", "lesion", "said"),
    [
        (
            {"sex": "male", "age_years": 14},
            {"category": "malignant", "bone": "femur", "bone_part": "distal", "side": "left"},
            "Jongen van 14 jaar met een vermoedelijk kwaadaardige bottumor; distale femur links.",
        ),
        (
            {"sex": "female", "age_years": 68},
            {"category": "malignant", "bone": "sacrum", "side": "midline"},
            "Vrouw van 68 jaar met een vermoedelijk kwaadaardige bottumor; os sacrum.",
        ),
        ({"sex": "female"}, {"category": "uncertain"}, "Vrouw met een botafwijking die niet is in te delen."),
        ({"age_years": 3}, {"suspected": True}, "Patiënt van 3 jaar met een mogelijke bottumor."),
        ({"sex": "unknown"}, {}, "Patiënt met klachten of bevindingen die nog niet zijn beschreven."),
        (
            {"age_years": 40},
            {"category": "benign_active", "region": "pelvis"},
            "Patiënt van 40 jaar met een vermoedelijk goedaardige, actieve bottumor; bekken.",
        ),
    ],
)
def test_the_first_sentence_says_who_with_what_and_where(make, patient, lesion, said):
    assert make({"patient": patient, "lesion": lesion}).core.reason == said


def test_a_child_is_told_as_one_up_to_the_day_before_it_is_eighteen(make):
    def told(born):
        return make({"patient": {"sex": "male", "birth_date": born}}, today=DAY).core.reason.partition(" van ")[0]

    birthday = DAY.replace(year=DAY.year - 18)
    assert told(birthday.isoformat()) == "Man"
    assert told(birthday.replace(day=birthday.day + 1).isoformat()) == "Jongen"


def test_no_sentence_rests_on_an_answer_that_nobody_gave(order_of, edition):
    examined = 0
    chance = Random(7)
    at_random = [(random_partial_case(edition, chance), DAY) for _ in range(40)]
    for case, day in [*((each.case, each.day) for each in deck()[::6]), *at_random]:
        order = order_of(case, day)
        for told in sentences(order):
            examined += 1
            missing = [path for path in told.answers if order.case.answer_at(path) is None]
            assert missing == [], told.text
    assert examined > 200


def test_a_sentence_without_its_answer_would_be_noticed(order_of):
    order = order_of({"patient": {"age_years": 40}})
    assert "patient.sex" not in introduction(order, "klachten", ()).answers
    assert order.case.answer_at("patient.sex") is None


def test_a_site_that_is_only_somewhere_else_is_no_site(order_of):
    assert site(order_of({"lesion": {"region": "other", "side": "left"}})) == ("", ())


def test_an_emergency_stands_at_the_top_once(make):
    fracture = make(changed(cases.ADULT_CHONDROSARCOMA, lesion={"pathological_fracture": True}))
    assert fracture.core.emergencies == "Pathologische fractuur"
    compressed = {"lesion": {"bone": "sacrum"}, "patient_factors": {"spinal_cord_compression": True}}
    told = make(changed(cases.ADULT_CHONDROSARCOMA, **compressed))
    assert [alert.title for alert in told.stop_alerts] == ["Spoed: compressie van ruggenmerg of cauda equina"]
    assert told.core.emergencies == ""


def test_every_alert_that_can_say_stop_is_told_to_a_colleague_in_words_of_its_own(edition, library):
    stops = {rule.alert for rule in edition.rules if isinstance(rule, AlertRule) and rule.severity == "stop"}
    assert len(stops) >= 5
    for phrases in map(library.phrases, ("nl", "en")):
        assert all(phrases.get("alerts", alert, "told", part) for alert in stops for part in ("title", "text"))


def test_no_letter_to_a_centre_orders_its_sender_about(order_of, opened, dutch, make):
    letters = [(make(case.case, today=case.day), case.name) for case in deck()[::6]]
    to_centres = [(letter, name) for letter, name in letters if letter.kind in TO_A_CENTRE]
    assert len(to_centres) > 80
    for letter, name in to_centres:
        text = " ".join(letter_text(letter).split())
        assert not [words for words in ORDERS_TO_THE_SENDER if words in text], name
        assert "AMB-" not in text and "M3-R" not in text, name


def test_what_nobody_answered_about_a_biopsy_is_not_stated(make):
    consulted = {"consultation": CONSULTED}
    silent = changed(cases.ADULT_CHONDROSARCOMA, biopsy=None, **consulted)
    assert make(silent).envelope.biopsy.text == "Niet vermeld"
    denied = changed(cases.ADULT_CHONDROSARCOMA, biopsy={"status": "not_considered"}, **consulted)
    assert make(denied).envelope.biopsy.text == "Geen biopsie overwogen"


def test_nineteen_in_twenty_letters_have_two_pages_at_most_and_their_signature_on_the_first(make, pages_of):
    pages = [pages_of(make(case.case, today=case.day)) for case in deck()[::12]]
    few = [each for each in pages if len(each) <= 2 and "Met vriendelijke groet" in each[0]]
    assert len(few) >= 0.95 * len(pages)


def test_what_was_not_answered_of_the_image_makes_no_biopsy_undesired(make):
    lesion = {"category": "malignant", "entity": "chondrosarcoma", "chondrosarcoma_grade": "grade_2", "bone": "ilium"}
    answers = {"setting": "hospital", "patient": {"age_years": 50}, "lesion": lesion, "consultation": CONSULTED}
    met = {**answers, "mdo": {"discussed": True, "with_expertise_centre": True}}
    told = {
        answer: make(changed(met, lesion={"radiologically_unequivocal": answer})).envelope.biopsy.text
        for answer in (None, False, True)
    }
    assert told[True] == "In principe geen biopsie"
    assert told[None] == told[False] == "Niet vermeld"


def test_contrast_that_the_kidneys_forbid_is_told_and_not_missing(make):
    kidneys = {"patient_factors": {"severe_renal_insufficiency": True}, "imaging": {"mri": {}}}
    core = make(changed(cases.ADULT_CHONDROSARCOMA, **kidneys)).core
    assert "MRI met contrast" not in {each.name for each in core.attachments if each.is_missing}
    assert "ernstige nierinsufficiëntie" in next(fact.value for fact in core.problem if fact.key == "alerts")


def test_an_emergency_reaches_the_general_practitioner_too(make, pages_of):
    page = pages_of(make(changed(cases.SPINAL_METASTASES, lesion={"pathological_fracture": True})))[0]
    assert "Pathologische fractuur" in page.partition("Geachte collega")[0]


def test_where_the_patient_may_be_treated_elsewhere_no_centre_is_asked_to_treat(make):
    letter = make(changed(cases.ADULT_CHONDROSARCOMA, treatment={"planned": True, "outside_expertise_centre": True}))
    assert "behandeling in uw centrum" not in letter.core.question


def test_no_letter_speaks_of_a_pregnancy_of_a_man(make):
    answers = changed(cases.CHILD_OSTEOSARCOMA, patient_factors={"pregnancy": False})
    assert "zwangerschap" not in letter_text(make(answers))


def test_an_annex_with_nothing_in_it_is_not_printed(make):
    letter = make(cases.SPINAL_METASTASES, WITH_PLAN)
    assert "BIJLAGE: PLAN" not in letter_text(letter)
    assert "BIJLAGE: PLAN" in letter_text(make(cases.CHILD_OSTEOSARCOMA, WITH_PLAN))
