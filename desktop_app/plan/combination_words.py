"""The table of what counts when image and tissue disagree, in words: parts with a heading, columns and rows.

Nothing is decided here, and nothing typed: each cell says what the plans of its row say.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import inside_a_sentence, sentence_case
from guideline_core.combinations import (
    CombinationRow,
    CombinationTable,
    Image,
    Outcome,
    Section,
    Tissue,
    Warned,
)
from guideline_core.edition_names import EditionNames
from guideline_core.keys import UNDETERMINED
from guideline_core.lesion import kind_of
from guideline_core.plan import ReferralDecision

Column = Literal["tissue", "image_and_tissue", "case", "counts_as", "adult", "child", "besides"]
OUTCOME: Final[tuple[Column, ...]] = ("counts_as", "adult", "child", "besides")
"""What a row says of what was found, in the order in which it is looked up; what was found stands before it."""
_KEYS = {"by_phone": "by_phone", "consult_first": "consult_expertise_centre_first"}
"""The roads of a referral that are named where they hold: the phrase, and the key of the decision."""
_OPEN_KEYS = ("destination", "urgency", "by_phone", "consult_expertise_centre_first")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one heading: the names of the columns, and the cells of each row."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class CombinationWords:
    """One table in one language."""

    def __init__(self, table: CombinationTable, names: EditionNames, phrases: Phrases) -> None:
        self._table = table
        self._names = names
        self._phrases = phrases

    def word(self, *keys: str) -> str:
        """A phrase of the page."""
        return self._phrases.get("guideline", "combinations", *keys)

    def remarks(self) -> Iterator[str]:
        """What is to be known before the table is read."""
        about = self._table.about
        yield self.word("draft")
        yield self.word("how_to_read")
        yield about.note[self._phrases.language]
        said = (
            f"{inside_a_sentence(self._phrases.label(path))}: {self._phrases.value(path, value)}"
            for path, value in about.assumed.items()
        )
        yield self.word("assumed").format(answers="; ".join(said), adult=about.ages.adult, child=about.ages.child)
        yield self.word("how_made")

    def parts(self) -> Iterator[Part]:
        """The parts: one for each kind of image, then the special cases."""
        for section in self._table.sections:
            found: Column = "image_and_tissue" if len(section.images) > 1 else "tissue"
            rows = tuple((self._found(section, row), *self._outcome(row.outcome, "tumour")) for row in section.rows)
            yield Part(self.word("image_is").format(image=self._kind(section)), (found, *OUTCOME), rows)
        rows = tuple(
            (further.text[self._phrases.language], *self._outcome(outcome, "image_or_tumour"))
            for further, outcome in self._table.further
        )
        yield Part(self.word("further"), ("case", *OUTCOME), rows)

    # --- what was found

    def _kind(self, section: Section) -> str:
        """What the images of a section have in common."""
        image = section.images[0]
        return self._image(image) if image is None or len(section.images) == 1 else self.word("kind", kind_of(image))

    def _found(self, section: Section, row: CombinationRow) -> str:
        """The tissues of a row; before them its images, where the section has more than one."""
        tissues = "; ".join(self._tissues(row.tissues))
        if len(section.images) == 1:
            return tissues
        every = set(row.images) == set(section.images)
        image = self.word("any_of_these") if every else "; ".join(map(self._image, row.images))
        return self.word("beside").format(image=image, tissue=tissues)

    def _image(self, image: Image) -> str:
        return self.word("no_image") if image is None else self.word("category", image)

    def _tissues(self, tissues: Sequence[Tissue]) -> Iterator[str]:
        """The tissues of a row; of a kind that stands there both reviewed and not it is said once."""
        for tissue in tissues:
            if tissue.kind is None:
                yield self.word("no_tissue")
                continue
            kind, other = self.word("kind", tissue.kind), Tissue(tissue.kind, not tissue.reviewed)
            if tissue.can_be_reviewed and other in tissues:
                if not tissue.reviewed:
                    yield self.word("reviewed_or_not").format(kind=kind)
            elif tissue.can_be_reviewed:
                yield self.word("reviewed" if tissue.reviewed else "not_reviewed").format(kind=kind)
            else:
                yield kind

    # --- what follows

    def _outcome(self, outcome: Outcome, which: str) -> Iterator[str]:
        """The cells of a row by `OUTCOME`; `which` names what its outcomes differ by, where they do."""
        counted = (
            self.word("open") if each == UNDETERMINED else self.word("category", each) for each in outcome.counts_as
        )
        yield self._one_of(counted, which)
        adult = self._referrals(outcome.adult, which)
        child = self._referrals(outcome.child, which)
        yield adult
        yield self.word("as_adult") if child == adult else child
        yield " ".join((*map(self._warning, outcome.warnings), self.word("staging", outcome.staging)))

    def _one_of(self, words: Iterable[str], which: str) -> str:
        """What the tumours of a row have in common, or that it depends: both by name where there are two."""
        one, *others = dict.fromkeys(words)
        if not others:
            return one
        depends = self._depends([self.word("which", which)])
        if len(others) > 1:
            return depends
        return self.word("either").format(one=one, other=inside_a_sentence(others[0]), depends=depends)

    def _depends(self, on: Iterable[str]) -> str:
        return self.word("depends").format(on=", ".join(on))

    def _referrals(self, decisions: Sequence[ReferralDecision], which: str) -> str:
        if all(each.decision == UNDETERMINED for each in decisions):
            return sentence_case(self._depends(self._fields(decisions)))
        return sentence_case(self._one_of(map(self._referral, decisions), which))

    def _fields(self, decisions: Iterable[ReferralDecision]) -> Iterator[str]:
        paths = dict.fromkeys(path for each in decisions for path in each.depends_on)
        return (inside_a_sentence(self._phrases.label(path)) for path in paths)

    def _referral(self, referral: ReferralDecision) -> str:
        """The decision in a few words: what, how fast, where to, by which road; what is open comes last."""
        decided = self._phrases.get("plan", "decision", referral.decision, "heading")
        if referral.urgency not in (None, UNDETERMINED):
            urgency = self._phrases.plan("urgency", str(referral.urgency))
            decided = self.word("how_fast").format(decision=decided, urgency=urgency)
        roads = [self.word(key) for key in ("consult_first", "by_phone") if getattr(referral, _KEYS[key]) is True]
        if referral.destination not in (None, UNDETERMINED):
            roads.insert(0, self.word("destination", str(referral.destination)))
        said = f"{decided}: {', '.join(roads)}" if roads else decided
        still_open = ", ".join(self.word("key", key) for key in _OPEN_KEYS if getattr(referral, key) == UNDETERMINED)
        if not still_open:
            return said
        depends = self._depends(self._fields([referral]))
        return self.word("key_depends").format(said=said, keys=still_open, depends=depends)

    def _warning(self, warned: Warned) -> str:
        title = self._phrases.alert_title(warned.alert)
        notes = (self._names.note(rule, self._phrases.language) for rule in warned.notes)
        said = " ".join((f"{inside_a_sentence(title)}.", *notes))
        return self.word("warning" if warned.is_sure else "warning_of_some").format(warning=said)
