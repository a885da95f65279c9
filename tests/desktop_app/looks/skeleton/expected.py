"""What the figure must say, written from anatomy and from the issue, not read from the figure."""

from desktop_app.looks.skeleton.figure import Figure

FRONT_MIDLINE, BACK_MIDLINE, INSETS_MIDLINE = 128.0, 392.0, 900.0
FRONT_ENDS, BACK_ENDS = 260.0, 522.0
"""Where the three parts of the plate lie, in units from the left."""


def vertebrae(letter: str, count: int) -> set[str]:
    return {f"vertebra_{letter}{number}" for number in range(1, count + 1)}


def ribs(first: int, last: int) -> set[str]:
    return {f"rib_{number}" for number in range(first, last + 1)}


def toes(number: int) -> set[str]:
    return {f"phalanx_foot_{number}_{part}" for part in ("proximal", "middle", "distal")[:: 2 if number == 1 else 1]}


LIMBS = "humerus radius ulna femur tibia fibula clavicle scapula ilium ischium"
SKULL_FROM_THE_SIDE = "nasal maxilla mandible occipital parietal frontal sphenoid temporal zygomatic"
PHALANGES = [
    f"phalanx_hand_{finger}_{part}"
    for finger in range(1, 6)
    for part in ("proximal", "middle", "distal")
    if (finger, part) != (1, "middle")
]
METACARPALS = [f"metacarpal_{number}" for number in range(1, 6)]
METATARSALS = [f"metatarsal_{number}" for number in range(1, 6)]

PAIRED: dict[str, set[str]] = {
    **{f"{view}.{bone}": {bone} for view in ("front", "back") for bone in LIMBS.split()},
    "front.pubis": {"pubis"},
    "front.patella": {"patella"},
    "front.ribs_upper": ribs(1, 5),
    "front.ribs_lower": ribs(6, 10),
    "back.ribs_upper": ribs(1, 6),
    "back.ribs_lower": ribs(7, 12),
    **{f"hand.{bone}": {bone} for bone in ("radius", "ulna", *METACARPALS, *PHALANGES)},
    "hand.carpus_proximal": {"scaphoid", "lunate", "triquetrum", "pisiform"},
    "hand.carpus_distal": {"trapezium", "trapezoid", "capitate", "hamate"},
    **{f"foot.{bone}": {bone} for bone in ("talus", "calcaneus", "navicular", "cuboid", *METATARSALS)},
    "foot.cuneiforms": {"cuneiform_medial", "cuneiform_intermediate", "cuneiform_lateral"},
    **{f"foot.toe_{number}": toes(number) for number in range(1, 6)},
    "skull_front.orbit": {"sphenoid", "ethmoid", "lacrimal"},
    "skull_front.temporal": {"temporal", "parietal"},
    **{f"skull_front.{bone}": {bone} for bone in ("maxilla", "zygomatic")},
    **{f"skull_side.{bone}": {bone} for bone in SKULL_FROM_THE_SIDE.split()},
}
MIDLINE: dict[str, set[str]] = {
    **{f"{view}.cervical": vertebrae("c", 7) for view in ("front", "back")},
    **{f"{view}.thoracic": vertebrae("t", 12) for view in ("front", "back")},
    **{f"{view}.lumbar": vertebrae("l", 5) for view in ("front", "back")},
    **{f"{view}.sacrum": {"sacrum"} for view in ("front", "back")},
    "front.sternum": {"sternum"},
    "back.coccyx": {"coccyx"},
    **{f"skull_front.{bone}": {bone} for bone in ("frontal", "mandible", "hyoid")},
    "skull_front.nose": {"nasal", "ethmoid", "vomer", "inferior_nasal_concha", "palatine"},
}
BONES = {**PAIRED, **MIDLINE}

ONLY_IN_THE_LIST = {"hip_bone", "sesamoid_hand", "sesamoid_foot"}
"""More than one part of a hip bone, and bones too small to draw: these are chosen by name."""


def side_seen_at(x: float) -> str:
    """The patient's side at a place left or right on the plate: one looks the patient in the face, save at the back."""
    if x < FRONT_ENDS:
        return "right" if x < FRONT_MIDLINE else "left"
    if x < BACK_ENDS:
        return "left" if x < BACK_MIDLINE else "right"
    return "right" if x < INSETS_MIDLINE else "left"


def wrong_sides(figure: Figure) -> list[str]:
    """The regions that lie on the other side of the drawing than they say."""
    return [
        f"{part.id} {part.side}"
        for part in figure.regions
        if part.side != ("midline" if part.id in MIDLINE else side_seen_at(sum(part.box[::2]) / 2))
    ]
