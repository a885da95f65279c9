"""The keys shared by edition, case and plan: each set of them once, as a Literal. They are keys of phrases.

Separate from everything else: every part of the program uses them, and they cost next to nothing to load.
"""

from typing import Final, Literal, get_args

Verdict = Literal["do", "do_not", "consider", "prefer", "in_principle_not", "inform"]
"""What a plan says of an action."""
Strength = Literal[Verdict, "program"]
"""How strongly the guideline puts a statement, in the same words; `program` marks what the program says of itself."""
Safer = Literal["act", "refrain"]
"""Which of two verdicts on an action is the safer one when rules collide: doing it, or leaving it."""
Meanwhile = Literal[
    "yes", "once_suspected", "once_something_shows", "when_certain", "while_open", "when_refrained", "otherwise"
]
"""When an action is listed among what to do while deciding answers are open."""
ActionKind = Literal["what", "how", "nothing", "elsewhere"]
"""Something to do, how another action is done well, nothing to do, or what is answered outside the edition."""
RequestByLetter = Literal["request_for_reassessment", "request_for_pathology_review"]
"""The kinds of letter that an action of the plan makes possible, beside those that follow from the decision."""

StationKind = Literal["start", "advice", "tissue", "judgement", "destination"]
"""What a station of the pathway is."""
StationFact = Literal[
    "done", "made", "partly_made", "not_possible", "waived", "ruled_out", "begun", "in_centre", "local", "elsewhere"
]
STATION_FACTS: Final[tuple[StationFact, ...]] = get_args(StationFact)
"""What is surely so at a station; `elsewhere`: what it may come to stands outside the edition."""

UNCERTAIN: Final = "uncertain"
"""The general answer that something cannot be told; a category and an entry of the catalogue have the same name."""

Undetermined = Literal["undetermined"]
UNDETERMINED: Final = "undetermined"
"""The value of what the open answers still decide."""

Decision = Literal["refer", "advice_or_refer", "seek_advice", "consider_reassessment", "none", "other_guideline"]
Destination = Literal["expertise_centre", "princess_maxima"]
Urgency = Literal["urgent", "routine"]
Ground = Literal[
    "not_suspected", "sure_do_not_touch", "in_expertise_centre", "in_follow_up", "no_tumour", "reading", "own_rule"
]
"""Why a decision on referral was taken, where the decision by itself does not tell: why nobody is referred, or that it
rests on a reading or a rule of the program and not on the guideline's word."""
ReferralKey = Literal["decision", "destination", "urgency", "by_phone", "consult_expertise_centre_first"]
REFERRAL_KEYS: Final[tuple[ReferralKey, ...]] = get_args(ReferralKey)

ListedCertainty = Literal["definite", "depends"]
"""How certain it is what a plan lists."""
Certainty = Literal[ListedCertainty, "excluded"]
Progress = Literal["open", "done", "waiting", "waived"]
"""How far an action is; waived: asked for, and for what comes next it need not be done."""
Severity = Literal["stop", "caution", "note"]
"""How grave an alert is."""
Importance = Literal["high", "medium", "low"]
"""How much hangs on a reading that the program took."""
Scope = Literal["in_scope", "other_guideline", Undetermined]
OtherGuideline = Literal["bone_metastases", "vertebral_metastases", Undetermined]
ResponseGrade = Literal["good", "poor", "at_threshold", "no_agreed_threshold"]

Phase = Literal["referral", "local_imaging", "staging", "meeting", "biopsy", "pathology", "resection"]
"""The part of the work-up to which an action belongs."""
Actor = Literal["referrer", "radiologist", "pathologist", "expertise_centre", "medical_oncologist"]
Step = Literal[
    "patient", "complaints", "lesion", "imaging", "consultation", "pathology", "resection", "letter", "about"
]
"""The step of the program at which a statement is shown."""
Treatment = Literal["encoded", "shown", "not_encoded"]
"""What the program does with a statement."""

Category = Literal[
    "do_not_touch",
    "benign_indolent",
    "benign_active",
    "benign_unspecified",
    "intermediate",
    "malignant",
    "uncertain",
]
CountedCategory = Literal[Category, "not_suspected"]
"""What a lesion counts as: a category, or that no bone tumour is suspected."""
EntityCategory = Literal["benign", "intermediate", "uncertain", "malignant"]
"""The category of an entity of the catalogue, the lightest first."""
EntityList = Literal["who_2020", "guideline", "common"]
"""Where the name of an entity comes from."""
Grade = Literal["grade_1", "grade_2", "grade_3"]
Setting = Literal["primary_care", "hospital", "expertise_centre"]
Side = Literal["left", "right", "midline"]
Region = Literal["long_bone", "skull_base", "thoracic_wall", "pelvis", "spine", "other"]

EntryKind = Literal[
    "statements",
    "rules",
    "interpretations",
    "definitions",
    "thresholds",
    "actions",
    "entities",
    "bones",
    "properties",
]
"""The kinds of entries of an edition that a person can look up by id."""
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)

TISSUE_TAKEN: Final = "tissue_taken"
"""The definition by which an edition says that tissue was taken."""
NOT_A_TUMOUR: Final = "not_a_tumour"
"""The group of the catalogue that holds what is no tumour."""
MALIGNANT: Final = "malignant"
"""The definition by which an edition says what is planned as malignant, whatever its category."""
PRIMARY_BONE_TUMOUR: Final = "primary_bone_tumour"
METASTASIS_UNDER_MICROSCOPE: Final = "metastasis_under_microscope"
DIAGNOSIS_REVIEWED: Final = "diagnosis_reviewed"
"""The definitions by which an edition says which origin can stand beside what is named."""

POSITIVE_VERDICTS: Final[tuple[Verdict, ...]] = ("do", "prefer", "consider")
ASKED_VERDICTS: Final[tuple[Verdict, ...]] = ("do", "prefer")
LISTED_VERDICTS: Final[tuple[Verdict, ...]] = (*POSITIVE_VERDICTS, "inform")
WEAKEST_FIRST: Final[tuple[Verdict, ...]] = ("consider", "prefer", "do")
"""The verdicts that ask for an action, by strength: a plan that is sure of one may have to become stronger."""
REFRAINING_VERDICTS: Final[tuple[Verdict, ...]] = ("do_not", "in_principle_not")
SAFEST_FIRST: Final[dict[Safer, tuple[Verdict, ...]]] = {
    "act": ("do", "prefer", "consider", "inform", "in_principle_not", "do_not"),
    "refrain": ("do_not", "in_principle_not", "inform", "consider", "prefer", "do"),
}
