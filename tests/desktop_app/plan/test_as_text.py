"""A plan as text: complete words in both languages, calm lines, and the order in which a clinician needs it."""

import datetime
import re

import pytest

from desktop_app.library import resource_files
from desktop_app.library.editions import Library
from desktop_app.library.phrases import LANGUAGES, MissingPhrase, Phrases
from desktop_app.plan.as_text import plan_as_text
from guideline_core.case import Case
from guideline_core.contract import fields
from tests.case_deck import deck

TODAY = datetime.date(2026, 11, 23)
EXAMPLES = sorted(path.name for path in resource_files.path("examples").glob("*.json"))
KEY = re.compile(
    r"\b(?:refer|imaging|staging|mdo|biopsy|pathology|resection|treatment|lesion|patient|complaints|consultation"
    r"|patient_factors|referral|alert|disease|context|history)\.[a-z]\w+|\b[a-z]+_[a-z_]+\b"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return Library(cache_folder=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def edition(library):
    return library.edition()


@pytest.fixture(scope="module")
def written(library, edition):
    """Write the plan of a case."""

    def write(case, language="nl", width=88, everything=False):
        case = Case.model_validate(case) if isinstance(case, dict) else case
        day = case.reference_date or TODAY
        plan = edition.planner.make_plan(case, day)
        excluded = edition.planner.excluded(case, day) if everything else None
        return plan_as_text(plan, edition.names, library.phrases(language), width, excluded)

    return write


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("everything", [False, True])
def test_examples_are_written_without_a_key_or_a_gap(written, edition, name, language, everything):
    case = edition.read_case(resource_files.content("examples", name), TODAY)
    text = written(case, language, everything=everything)
    shown = re.sub(r"guideline show|sarcomen\.nl|orpha\.net", "", text)
    assert not KEY.search(shown), KEY.search(shown)
    assert not re.search(r"\bNone\b|\bTrue\b|\bFalse\b|\{|\}|\(\)|:\s+(?:·|;|\n\n)", shown)
    assert all(len(line) <= 88 and line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_of_the_deck_can_be_written(written, language):
    for each in deck()[LANGUAGES.index(language) :: 6]:
        assert written(each.case, language, everything=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_all_that_the_edition_can_say(library, edition, language):
    phrases = library.phrases(language)
    for kind, *name in edition.tables.rules_of:
        if kind == "advice":
            assert phrases.action_sentence(*name)
        if kind == "alert":
            assert phrases.alert_title(name[0]) and phrases.alert_text(name[0]) and phrases.plan("severity", name[1])
    for action, facts in edition.tables.actions.items():
        assert phrases.effect(action)
        assert phrases.plan("phase", facts.phase) and phrases.plan("actor", facts.actor)
    assert all(phrases.question(field) for field in edition.tables.questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_answer(library, language):
    phrases = library.phrases(language)
    for field in fields():
        assert phrases.label(field)
        if field != "schema_version":
            assert all(phrases.value(field, value) for value in fields()[field].values)


@pytest.mark.parametrize("root", ["referral", "response_grade"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_outcome(library, edition, language, root):
    phrases = library.phrases(language)
    for each in edition.compiled.roots:
        if each.kind == "referral":
            for leaf in each.leaves:
                word = {True: "true", False: "false", None: "none"}.get(leaf, leaf)
                if each.name[0] == "decision":
                    assert phrases.get("plan", "decision", word, "heading") and phrases.get(
                        "plan", "decision", word, "text"
                    )
                else:
                    assert phrases.plan(each.name[0], word)
        if each.kind == "ground":
            assert all(
                phrases.plan("decision_because", leaf) for leaf in each.leaves if leaf not in (None, "undetermined")
            )
        if each.kind == "response_grade":
            assert all(phrases.plan("response_grade", leaf) for leaf in each.leaves if leaf)


def test_a_missing_phrase_is_loud():
    with pytest.raises(MissingPhrase, match=r"plan: word / because \(nl\)"):
        Phrases("nl", {"plan": {}}).word("because")


def test_what_must_stop_stands_first_then_meanwhile_and_referral(written):
    case = {
        "patient": {"age_years": 14},
        "lesion": {"category": "malignant", "entity": "osteosarcoma", "bone": "femur"},
        "biopsy": {"status": "considered"},
    }
    text = written(case)
    headings = [line for line in text.splitlines() if line and line == line.upper() and line[0] != " "]
    assert headings == [
        "VOOR ALLES",
        "NU EERST",
        "VERWIJZING",
        "AANBEVELINGEN",
        "OPMERKINGEN",
        "OPEN VRAGEN",
        "KEUZES BIJ ONDUIDELIJKE PASSAGES",
        "RICHTLIJN",
    ]
    assert "STOP – Eerst een MRI met contrast, dan pas een biopsie" in text
    assert "Verwijzen · Prinses Máxima Centrum · met spoed" in text


@pytest.mark.parametrize("case", [{}, {"lesion": {"category": "do_not_touch", "diagnosis_in_doubt": False}}])
def test_each_plan_says_for_what_it_speaks(written, case):
    foot = " ".join(written(case).partition("\nRICHTLIJN\n")[2].split())
    assert "concept van de richtlijn Bottumoren uit 2026" in foot
    assert "geen CE-markering" in foot
    assert "adviseert zorgverleners; de behandelaar beslist" in foot
    assert "nog niet door iemand beoordeeld" in foot


def test_a_recommendation_leads_to_answer_actor_and_page(written):
    text = " ".join(written({"lesion": {"category": "malignant"}}).split())
    assert "Omdat soort afwijking: vermoedelijk kwaadaardig · radioloog · M2-R" in text
    assert re.search(r"M3-R7c \(p\. 19\)", text)


def test_what_is_done_waits_or_depends_is_marked(written):
    text = written(
        {
            "lesion": {"category": "malignant"},
            "imaging": {"xray": {"done": True, "two_views": False}},
            "mdo": {"discussed": True, "with_expertise_centre": True},
        }
    )
    assert "[x] Bespreking in het MDO met het expertisecentrum · " in text
    assert "[…] Laat een MRI met contrast maken." in text
    assert "Wacht op: röntgenfoto’s in twee richtingen" in text
    assert re.search(r"\[\?\] Verwijzing naar het Prinses Máxima Centrum \(doen\): hangt af van\s+geboortedatum", text)


def test_what_depends_is_named_and_not_told(written):
    text = written({})
    assert "[?] MRI met contrast (doen): hangt af van" in text
    assert "] Laat een MRI met contrast maken." not in text


def test_everything_lists_what_is_excluded(written):
    case = {"lesion": {"category": "malignant"}}
    assert "UITGESLOTEN" not in written(case)
    assert "  • geen verdere beeldvorming (doen)" in written(case, everything=True).partition("UITGESLOTEN")[2]


def test_an_age_comes_with_a_date_of_birth(written):
    text = written({"patient": {"birth_date": "2008-11-24"}, "lesion": {"category": "malignant"}})
    assert "24 november 2008 (17 jaar)" in " ".join(text.split())


@pytest.mark.parametrize("width", [60, 80, 100])
def test_lines_keep_to_the_width(written, width):
    assert all(len(line) <= width for line in written({}, width=width).splitlines())


def test_dates_and_numbers_follow_the_language(library):
    noon = datetime.datetime(2026, 11, 3, 12, 5).astimezone()
    assert library.phrases("nl").moment(noon.astimezone(datetime.UTC)) == "3 november 2026 12:05"
    assert library.phrases("nl").date("2026-11-03") == "3 november 2026"
    assert library.phrases("en").date(datetime.date(2026, 5, 1)) == "1 May 2026"
    assert library.phrases("nl").number(2.5) == "2,5"
    assert library.phrases("en").number(2.5) == "2.5"


PET_CT_AT_LEAST = {
    "patient": {"age_years": 63},
    "lesion": {
        "origin": "primary",
        "category": "malignant",
        "differential": ["osteosarcoma", "chondrosarcoma_dedifferentiated"],
    },
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Ten minste bij voorkeur doen; mogelijk nodig, afhankelijk van: "),
        ("en", "At least preferably to be done; possibly needed, depending on: "),
    ],
)
def test_what_can_become_stronger_is_said_once_as_at_least(written, library, language, said):
    text = " ".join(written(PET_CT_AT_LEAST, language, width=200).split())
    field = library.phrases(language).label("lesion.entity")
    assert f"{said}{field[:1].lower()}{field[1:]}." in text
    assert text.count(said) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "een van beide is genoeg"), ("en", "either of the two is enough")]
)
def test_of_two_alternatives_each_names_the_other(written, library, language, said):
    active = {"origin": "primary", "category": "benign_active", "diagnosis_in_doubt": False}
    text = " ".join(written({"setting": "hospital", "lesion": active}, language, width=200).split())
    assert text.count(said) == 2
    assert all(
        library.phrases(language).action_name(name) in text for name in ("refer.seek_advice", "refer.expertise_centre")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_of_the_rules_that_speak_are_read_with_their_advice(written, edition, language):
    tumour = {"origin": "primary", "category": "malignant", "entity": "chondrosarcoma_dedifferentiated"}
    text = " ".join(written({"setting": "hospital", "lesion": tumour}, language, width=200).split())
    assert edition.names.note("M2-R10b.pet-ct", language) in text
    assert edition.names.note("M2-R3.ct-thorax", language) not in text
