"""The words of the skeleton: what a region, a side and a choice are called."""

from collections.abc import Callable

from desktop_app.library.phrases import Phrases
from desktop_app.looks.skeleton.figure import Part
from guideline_core.edition.catalogue import Bone


class SkeletonWords:
    """The words in one language; `entry` gives a bone as the catalogue has it."""

    def __init__(self, phrases: Phrases, entry: Callable[[str], Bone]) -> None:
        self._phrases = phrases
        self._entry = entry

    def bone(self, bone: str) -> str:
        """The name of a bone."""
        return self._entry(bone).name[self._phrases.language]

    def is_paired(self, bone: str) -> bool:
        """Whether there is a left and a right one."""
        return self._entry(bone).paired

    def tell(self, key: str, **details: str) -> str:
        """A sentence of the skeleton."""
        return self._phrases.get("skeleton", "tell", key).format_map(details)

    def heading(self, view: str) -> str:
        """What stands over a view."""
        return self._phrases.get("skeleton", "view", view)

    def letter(self, side: str) -> str:
        """The sign of a side."""
        return self._phrases.get("skeleton", "letter", side)

    def part(self, part: Part) -> str:
        """A region or door, with the side of the patient."""
        if len(part.bones) == 1:
            name = self.bone(part.bones[0])
        else:
            name = self._phrases.get("skeleton", "region", part.id.rpartition(".")[2])
        return name if part.side == "midline" else self._sided(name, part.side)

    def choice(self, bone: str, side: str | None) -> str:
        """A chosen bone with its side; of a paired bone it is said when the side is not known."""
        name = self.bone(bone)
        if side == "midline" or (side is None and not self.is_paired(bone)):
            return name
        return self._sided(name, side) if side is not None else self.tell("side_open", name=name)

    def region(self, region: str, side: str | None) -> str:
        """A part of the skeleton of which no bone was chosen, with its side where that is known."""
        name = self._phrases.value("lesion.region", region)
        return self._sided(name, side) if side is not None and side != "midline" else name

    def _sided(self, name: str, side: str) -> str:
        return self.tell("with_side", name=name, side=self._phrases.value("lesion.side", side))
