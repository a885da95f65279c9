"""The answers of a case as facts of a letter. What was not answered is not mentioned: unknown is not no."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_app.library.clean_text import one_line
from desktop_app.library.sentences import inside_a_sentence
from desktop_app.papers.blocks import Fact
from desktop_app.papers.content import FactGroup, FreeText, ImagingRow
from desktop_app.papers.letter_kinds import Kind
from desktop_app.papers.order import ENTITY_FIELDS, NO_BREAK, PaperOrder, named_in
from guideline_core.case import OtherSite
from guideline_core.imaging_answers import Examination, Mri, XRay

CONTEXT_CHOICES = ("lesion.basis", "lesion.count", "disease.extent")
COMPLAINTS = ("complaints.persistent_pain", "complaints.night_pain", "complaints.swelling")
FINDINGS = (
    "lesion.incidental",
    "lesion.pathological_fracture",
    "lesion.diagnosis_in_doubt",
    "lesion.uncertain_after_reassessment",
    "history.cancer",
    "history.radiotherapy",
    "history.hereditary_syndrome",
)
PATIENT_FACTORS = (
    "patient_factors.severe_renal_insufficiency",
    "patient_factors.contrast_allergy",
    "patient_factors.non_removable_metal_implant",
    "patient_factors.limited_frail_elderly",
    "patient_factors.terminal_phase",
    "patient_factors.spinal_cord_compression",
    "patient_factors.pregnancy",
    "imaging.mri.not_possible",
    "imaging.mri.contrast_not_possible",
)
PREGNANCY = "patient_factors.pregnancy"
NO_NOUNS = ("lesion.uncertain_after_reassessment", "imaging.mri.not_possible", "imaging.mri.contrast_not_possible")
"""Findings that cannot be said as "no ...": their labels would not read so."""
MAY_BE_ABSENT = tuple(path for path in (*FINDINGS, *PATIENT_FACTORS) if path not in NO_NOUNS)
CATEGORY = "lesion.category"
PROBLEM_BEFORE_PLACE = (
    "lesion.origin",
    "lesion.differential",
    "lesion.chondrosarcoma_grade",
    CATEGORY,
)
PROBLEM_AFTER_PLACE = (
    "lesion.size_mm",
    "lesion.soft_tissue_extension",
    "lesion.mri_supports_chondrosarcoma",
    "lesion.radiologically_unequivocal",
)
OTHER_SITES = "lesion.other_sites"
CONTACT = ("consultation.centre", "consultation.contact", "consultation.date")
CONSULTATION = (
    "consultation.referred_to",
    "consultation.expertise_centre_supports_princess_maxima",
    "consultation.expertise_centre_asks_pet_ct",
    "consultation.accepts_without_contrast_mri",
    "consultation.agrees_to_local_treatment",
    "imaging.declared_complete",
    "imaging.whole_body_mri_indicated_individually",
    "context.research",
    "imaging.gadolinium_planned",
    "imaging.iv_contrast_ct_planned",
)
IN_OR_WITH_CENTRE = "in_or_with_expertise_centre"
"""The name of a field under `biopsy`; the whole path is also the name of an action, which is not meant."""
PATHOLOGY = (
    "biopsy.status",
    "biopsy.date",
    f"biopsy.{IN_OR_WITH_CENTRE}",
    "biopsy.route_agreed",
    "biopsy.repeat_considered",
    "biopsy.repeat_agreed",
    "biopsy.frozen_tissue",
    "biopsy.decalcification",
    "pathology.diagnosis",
    "pathology.histology",
    "pathology.histology_differential",
    "pathology.histological_grade",
    "pathology.specimen",
    "pathology.who_edition",
    "pathology.h3_g34w",
    "pathology.h3_k36m",
    "pathology.molecular_purpose",
    "pathology.molecular_method",
    "pathology.molecular_result_known",
    "pathology.laboratory_iso_accredited",
    "pathology.laboratory_in_expertise_centre",
    "pathology.unexplained_case",
    "pathology.predictive_test_discussed",
    "pathology.ngs_in_study",
)
RESECTION = (
    "resection.neoadjuvant_chemotherapy",
    "resection.tract_removed",
    "resection.viable_tumour_percent",
    "resection.response_percent",
    "resection.size_mm",
    "resection.margin",
    "resection.resection_plane_mm",
    "resection.osteotomy_plane_mm",
    "resection.extension_described",
    "resection.slab_embedded",
)
TREATMENT = ("treatment.planned", "treatment.outside_expertise_centre", "treatment.low_complexity_surgery")
FREE_TEXTS = ("history", "examination", "medication", "allergies", "appointments", "remarks")
TYPED = ("pathology.who_edition", "consultation.centre", "consultation.contact")
EXAMINATIONS = ("xray", "mri", "ct_local", "ct_thorax", "pet_ct", "whole_body_mri", "after_reassessment")
DONE = {
    "lesion.reassessed_by_expertise_centre": "reassessed",
    "consultation.committee_consulted": "committee",
    "consultation.referred": "referred",
    "consultation.arranged_by_phone": "arranged_by_phone",
    "consultation.imaging_place_agreed": "imaging_place_agreed",
    "consultation.information_sent": "information_sent",
    "consultation.patient_informed": "patient_informed",
}


class CaseFacts:
    """The answers of one case in words."""

    def __init__(self, order: PaperOrder) -> None:
        self.order = order
        self.case = order.case
        self.phrases = order.phrases

    # --- single facts

    def fact(self, path: str) -> Fact | None:
        """An answer with its label; None when it was not given."""
        value = self.case.answer_at(path)
        if value is None:
            return None
        return Fact(path, self.phrases.label(path), self.value(path, value))

    def facts(self, paths: Iterable[str]) -> tuple[Fact, ...]:
        """The answers that were given, of these."""
        return tuple(fact for path in paths if (fact := self.fact(path)) is not None)

    def value(self, path: str, value: object) -> str:
        """An answer in words; sizes with their unit, tumours on imaging with the classification of their name. Under
        the microscope the edition that the pathologist used counts: it is an answer of its own."""
        if path in ENTITY_FIELDS:
            name = self.order.entity if path.startswith("pathology.") else self.entity
            return "; ".join(map(name, named_in(value)))
        if path.endswith("_mm"):
            numbers = value if isinstance(value, tuple) else (value,)
            size = " × ".join(self.phrases.number(number) for number in numbers if isinstance(number, int | float))
            return size if "mm" in self.phrases.label(path) else self.order.say("word", "size", size=size)
        if path.endswith("_percent") and isinstance(value, int | float):
            return f"{self.phrases.number(value)}%"
        return one_line(str(value)) if path in TYPED else self.order.value(path, value)

    def entity(self, entity: str) -> str:
        """The name of a tumour, with the classification when it is one of its names."""
        name = self.order.entity(entity)
        classification = self.order.say("word", "classification").replace(" ", NO_BREAK)
        return f"{name}, {classification}" if self._is_of_who(entity) else name

    def _is_of_who(self, entity: str) -> bool:
        return self.order.edition.lists.entities[entity].is_of_who

    def names_a_who_entity(self) -> bool:
        """Whether the letter names a tumour by the WHO classification."""
        named = (name for path in ENTITY_FIELDS for name in named_in(self.case.answer_at(path)))
        return any(map(self._is_of_who, named))

    def _yes_no(self, key: str, paths: Sequence[str], answer: bool) -> tuple[Fact, ...]:
        """One fact that names all of these that were answered so."""
        labels = [self.phrases.label(path) for path in paths if self.case.answer_at(path) is answer]
        if not labels:
            return ()
        words = ", ".join(inside_a_sentence(label) for label in labels)
        return (Fact(key, self.order.say("word", key), words),)

    # --- the core

    def context(self) -> tuple[Fact, ...]:
        """Why now: complaints, course and what in this patient matters."""
        return (
            *self._both("complaints", COMPLAINTS, COMPLAINTS),
            *self._both("findings", (*FINDINGS, *PATIENT_FACTORS), self._may_be_absent(), self._circumstances()),
        )

    def _circumstances(self) -> Sequence[str]:
        """How many lesions there are, how far the disease reaches, and on what the suspicion rests."""
        return [
            self.order.say("circumstance", path, value=inside_a_sentence(self.value(path, answer)))
            for path in CONTEXT_CHOICES
            if (answer := self.case.answer_at(path)) is not None
        ]

    def _may_be_absent(self) -> Sequence[str]:
        """What is worth saying when it is not there: of a man, no pregnancy is."""
        return [path for path in MAY_BE_ABSENT if path != PREGNANCY or self.case.patient.sex != "male"]

    def _both(
        self, key: str, present: Sequence[str], absent: Sequence[str], more: Sequence[str] = ()
    ) -> tuple[Fact, ...]:
        """One fact: which of these there are, which of those there are not, and what else there is to say."""
        there = [self._label_inside(path) for path in present if self.case.answer_at(path) is True]
        not_there = [self._label_inside(path) for path in absent if self.case.answer_at(path) is False]
        said = [*there, *more, *(self.order.say("word", "not_one", label=label) for label in not_there)]
        return (Fact(key, self.order.say("word", key), ", ".join(said)),) if said else ()

    def _label_inside(self, path: str) -> str:
        return inside_a_sentence(self.phrases.label(path))

    def problem(self) -> tuple[Fact, ...]:
        """The lesion as it is known now."""
        place = self.place()
        placed = (Fact("lesion.place", self.order.say("word", "place"), place),) if place else ()
        others = self.other_sites()
        also = (Fact(OTHER_SITES, self.phrases.label(OTHER_SITES), "; ".join(others)),) if others else ()
        return (
            *self._on_image(),
            *self._category(),
            *placed,
            *also,
            *self.facts(PROBLEM_AFTER_PLACE),
        )

    def _category(self) -> tuple[Fact, ...]:
        """Origin, list, grade and category, with who gave it behind it."""
        found = self.facts(PROBLEM_BEFORE_PLACE)
        by = self.fact("lesion.category_by")
        if by is None or self.case.lesion.category is None:
            return (*found, *([by] if by is not None else ()))
        named = inside_a_sentence(by.value)
        return tuple(replace(one, value=f"{one.value} ({named})") if one.key == CATEGORY else one for one in found)

    def _on_image(self) -> tuple[Fact, ...]:
        """The tumour on the image; once there is a histology it is no longer the presumed diagnosis."""
        found = self.facts(("lesion.entity",))
        if self.case.pathology.histology is None:
            return found
        return tuple(replace(fact, label=self.order.say("word", "on_imaging")) for fact in found)

    def place(self) -> str:
        """Bone (or region), part and side, in a row."""
        paths = ("lesion.bone" if self.case.lesion.bone else "lesion.region", "lesion.bone_part", "lesion.side")
        return ", ".join(fact.value for fact in self.facts(paths))

    def other_sites(self) -> tuple[str, ...]:
        """Each other site: bone and side, and what was said of it in words."""
        return tuple(said for site in self.case.lesion.other_sites or () if (said := self._site(site)))

    def _site(self, site: OtherSite) -> str:
        bone = self.order.value("lesion.bone", site.bone) if site.bone else ""
        side = inside_a_sentence(self.order.value("lesion.side", site.side)) if site.side else ""
        return ", ".join(part for part in (bone, side, one_line(site.text or "")) if part)

    def imaging(self) -> tuple[ImagingRow, ...]:
        """The examinations that were made, in clinical order."""
        rows = [self._row(name, getattr(self.case.imaging, name)) for name in EXAMINATIONS]
        others = [
            ImagingRow(
                key="other",
                examination=one_line(other.what or "") or self.order.say("examination", "other"),
                date=self.phrases.date(other.date) if other.date else "",
                place=one_line(other.place or ""),
                details="",
            )
            for other in self.case.imaging.other or ()
        ]
        return (*(row for row in rows if row is not None), *others)

    def _row(self, name: str, examination: XRay | Mri | Examination) -> ImagingRow | None:
        if examination.done is not True:
            return None
        return ImagingRow(
            key=name,
            examination=self.order.say("examination", name),
            date=self.phrases.date(examination.date) if examination.date else "",
            place=one_line(examination.place or ""),
            details=", ".join(self._details(examination)),
        )

    def _details(self, examination: XRay | Mri | Examination) -> list[str]:
        details = []
        for part in ("two_views", "normal", "contrast", "dwi", "t1_long_axis_whole_bone"):
            answer = getattr(examination, part, None)
            if answer is not None:
                prefix = "xray_" if isinstance(examination, XRay) else ""
                details.append(self.order.say("examination_detail", f"{prefix}{part}_{str(answer).lower()}"))
        slice_mm = getattr(examination, "slice_mm", None)
        if slice_mm is not None:
            details.append(self.order.say("examination_detail", "slice", number=self.phrases.number(slice_mm)))
        return details

    def other_done(self) -> tuple[str, ...]:
        """What was done beside imaging."""
        done = []
        if self.case.consultation.expertise_centre_consulted:
            done.append(self._with_details(self.order.say("done", "consulted"), self._consultation()))
        done += [self.order.say("done", key) for path, key in DONE.items() if self.case.answer_at(path)]
        if self.case.mdo.with_expertise_centre:
            done.append(self.order.say("done", "mdo_with_centre"))
        elif self.case.mdo.discussed:
            done.append(self.order.say("done", "mdo"))
        return (*done, *self.tissue_taken())

    def tissue_taken(self) -> tuple[str, ...]:
        """The procedures by which tissue was taken; with a biopsy, whether a second one is considered."""
        case, say = self.case, self.order.say
        done = [say("done", "earlier_surgery")] if case.treatment.earlier_unplanned_surgery else []
        if case.biopsy.status == "performed":
            day = case.biopsy.date
            biopsy = self._with_details(say("done", "biopsy"), [self.phrases.date(day)] if day else [])
            again = self.order.second_biopsy_considered
            done.append(f"{biopsy}; {say('done', 'biopsy_again')}" if again else biopsy)
        if case.resection.performed:
            done.append(say("done", "resection"))
        return tuple(done)

    def _consultation(self) -> list[str]:
        consultation = self.case.consultation
        day = self.phrases.date(consultation.date) if consultation.date else None
        parts = (consultation.centre, consultation.contact, day)
        return [one_line(part) for part in parts if part and part.strip()]

    @staticmethod
    def _with_details(text: str, details: Sequence[str]) -> str:
        return f"{text} ({', '.join(details)})" if details else text

    # --- the file summary

    def groups(self) -> tuple[FactGroup, ...]:
        """Groups of facts, those with something in them."""
        groups = {
            "patient_factors": self._yes_no("absent", NO_NOUNS, False),
            "consultation": self.facts((*self._contact(), *CONSULTATION)),
            "pathology": () if self.order.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW else self.facts(PATHOLOGY),
            "resection": self.facts(RESECTION) if self.case.resection.performed else (),
            "treatment": self.facts(TREATMENT),
        }
        return tuple(FactGroup(key, self.order.say("heading", key), facts) for key, facts in groups.items() if facts)

    def _contact(self) -> tuple[str, ...]:
        """With whom there was contact; once advice came this stands with what was done."""
        return () if self.case.consultation.expertise_centre_consulted else CONTACT

    def texts(self) -> tuple[FreeText, ...]:
        """The free texts that the doctor wrote, those of the core aside; the description of the lesion first."""
        texts = [("description", self.order.say("heading", "description"), self.case.lesion.description)]
        texts += [(key, self.phrases.label(f"letter.{key}"), getattr(self.case.letter, key)) for key in FREE_TEXTS]
        return tuple(FreeText(key, heading, text.strip()) for key, heading, text in texts if text and text.strip())

    def told_to_patient(self) -> FreeText | None:
        """What the patient was told."""
        text = (self.case.letter.told_to_patient or "").strip()
        return FreeText("told_to_patient", self.phrases.label("letter.told_to_patient"), text) if text else None

    def results(self) -> tuple[FreeText, ...]:
        """The results of other imaging, which can be long: as text, not in the table."""
        return tuple(
            FreeText(
                "result", one_line(other.what or "") or self.order.say("examination", "other"), other.result.strip()
            )
            for other in self.case.imaging.other or ()
            if other.result and other.result.strip()
        )

    def images(self) -> tuple[Fact, ...]:
        """How the images reach the centre."""
        images, say = self.case.images, self.order.say
        facts = []
        if images.sent_by:
            facts.append(Fact("images.sent_by", say("images", "sent_by"), one_line(images.sent_by)))
        if images.sent_on:
            facts.append(Fact("images.sent_on", say("images", "sent_on"), self.phrases.date(images.sent_on)))
        if images.received_confirmed is not None:
            words = self.phrases.value("images.received_confirmed", images.received_confirmed)
            facts.append(Fact("images.received_confirmed", say("images", "received"), words))
        return tuple(facts)

    # --- the patient

    def patient(self) -> tuple[Fact, ...]:
        """Who it is about. The BSN only when identity and number were verified."""
        patient, say = self.case.patient, self.order.say
        born = self._born_or_age()
        facts = [Fact("patient.name", say("patient", "name"), self.name() or say("patient", "not_given"))]
        facts.append(born or Fact("patient.birth_date", say("patient", "born"), say("patient", "not_given")))
        facts += self.facts(("patient.sex",))
        if patient.bsn and self.order.settings.identity_verified:
            facts.append(Fact("patient.bsn", say("patient", "bsn"), patient.bsn))
        rest = ("patient_number", "address", "phone", "email", "general_practitioner")
        for name in rest:
            value = getattr(patient, name)
            if value:
                facts.append(Fact(f"patient.{name}", self.phrases.label(f"patient.{name}"), one_line(value)))
        return tuple(facts)

    def name(self) -> str:
        """Given name and family name, as far as known."""
        return one_line(f"{self.case.patient.given_name or ''} {self.case.patient.family_name or ''}")

    def patient_line(self) -> str:
        """Name and date of birth, for the top of further pages; without a name, a number."""
        parts = (self.name_and_birth(), "" if self.name() else self._number())
        return " · ".join(part for part in parts if part)

    def name_and_birth(self) -> str:
        """Name and date of birth, as far as known, for the foot of each page."""
        day = self.case.patient.birth_date
        parts = (self.name(), self.phrases.date(day) if day else "")
        return " · ".join(part for part in parts if part)

    def _number(self) -> str:
        """What else tells whose page it is: the number of the patient, else of the case."""
        number = self.order.settings.number
        return self.case.patient.patient_number or (self.order.say("footer", "case", number=number) if number else "")

    def _born_or_age(self) -> Fact | None:
        patient, say = self.case.patient, self.order.say
        if patient.birth_date is not None:
            date, age = self.phrases.date(patient.birth_date), str(self.order.age)
            words = say("patient", "born_and_age", date=date, age=age)
            return Fact("patient.birth_date", say("patient", "born"), words)
        if patient.age_years is None:
            return None
        return Fact("patient.age_years", say("patient", "age"), say("patient", "years", age=str(patient.age_years)))
