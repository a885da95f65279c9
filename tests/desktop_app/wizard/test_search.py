"""Tumours and bones are found by part of a name or synonym."""

import pytest

from desktop_app.wizard.search import NameSearch, folded
from tests.desktop_app.wizard.helpers import lists


@pytest.fixture(scope="module")
def entities() -> NameSearch:
    return NameSearch(lists().entities, "nl")


@pytest.fixture(scope="module")
def bones() -> NameSearch:
    return NameSearch(lists().bones, "nl")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("OS", "osteosarcoma"),
        ("osteosarc", "osteosarcoma"),
        ("OSTEOID", "osteoid_osteoma"),
        ("osteoïd ost", "osteoid_osteoma"),
        ("ewing", "ewing_sarcoma"),
        ("reuscel", "giant_cell_tumour_of_bone"),
        ("gct", "giant_cell_tumour_of_bone"),
        ("NOF", "non_ossifying_fibroma"),
        ("chondrosarc graad 2", "chondrosarcoma_grade_2"),
        ("exostose", "osteochondroma"),
        ("enchondroma", "enchondroma"),
        ("onzeker", "uncertain"),
        ("niet ossificerend", "non_ossifying_fibroma"),
        # as clinicians say it
        ("Kahler", "multiple_myeloma"),
        ("ziekte van Kahler", "multiple_myeloma"),
        ("myeloom", "multiple_myeloma"),
        ("multipel myeloom", "multiple_myeloma"),
        ("multipele exostosen", "osteochondroma"),
        ("MO", "osteochondroma"),
        ("HME", "osteochondroma"),
        ("polyostotische fibreuze dysplasie", "fibrous_dysplasia"),
        ("unicamerale cyste", "simple_bone_cyst"),
        ("radiatie-osteosarcoom", "osteosarcoma_secondary"),
        ("radiatie osteosarcoom", "osteosarcoma_secondary"),
        ("perifeer chondrosarcoom", "chondrosarcoma"),
        ("reuscelgranuloom", "aneurysmal_bone_cyst"),
        ("BFH", "benign_fibrous_histiocytoma"),
    ],
)
def test_tumours(entities, text, first):
    assert entities.find(text)[0].id == first


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("femur", "femur"),
        ("dijbeen", "femur"),
        ("bovenbeen", "femur"),
        ("L3", "vertebra_l3"),
        ("th5", "vertebra_t5"),
        ("rib 3", "rib_3"),
        ("sacrum", "sacrum"),
    ],
)
def test_bones(bones, text, first):
    assert bones.find(text)[0].id == first


@pytest.mark.parametrize(
    ("text", "all_of"),
    [
        ("distale femur", {"femur"}),
        ("proximale tibia", {"tibia"}),
        ("femurkop", {"femur"}),
        ("trochanter", {"femur"}),
        ("enkel", {"tibia", "fibula", "talus"}),
        ("knie", {"femur", "tibia", "fibula", "patella"}),
        ("nek", {f"vertebra_c{number}" for number in range(1, 8)}),
        (
            "rug",
            {*(f"vertebra_t{number}" for number in range(1, 13)), *(f"vertebra_l{number}" for number in range(1, 6))},
        ),
        ("thorax", {"sternum", *(f"rib_{number}" for number in range(1, 13))}),
        ("SI", {"sacrum", "ilium"}),
        ("SI-gewricht", {"sacrum", "ilium"}),
    ],
)
def test_a_place_as_clinicians_say_it_offers_each_bone_that_can_be_meant(bones, text, all_of):
    found = [each.id for each in bones.find(text)]
    assert set(found[: len(all_of)]) == all_of


def test_the_synonym_by_which_it_was_found_is_said(entities):
    found = entities.find("bone island")[0]
    assert (found.id, found.matched) == ("osteoma", "bone island")
    assert entities.find("osteoom")[0].matched is None


def test_names_in_doubt_are_marked(entities):
    assert entities.find("chondroblastoom")[0].in_doubt
    assert not entities.find("ewing")[0].in_doubt


def test_nothing_and_everything(entities):
    assert entities.find("zzzz") == []
    assert len(entities.find("")) == len(lists().entities)
    assert "osteosarcoma" not in [found.id for found in entities.find("osteosarcoom", without=["osteosarcoma"])]


def test_every_name_finds_itself_first(entities, bones):
    for search, records in ((entities, lists().entities), (bones, lists().bones)):
        for identifier, record in records.items():
            names = [found.id for found in search.find(record.name["nl"])]
            assert names[0] == identifier


@pytest.mark.parametrize("text", ["<b", "\u202eabc", "x" * 200, "😀", "(", "\\"])
def test_odd_text_is_no_fault(entities, text):
    assert isinstance(entities.find(text), list)


def test_folding():
    assert folded("  Osteoïd-OSTEOOM ") == "osteoid osteoom"
