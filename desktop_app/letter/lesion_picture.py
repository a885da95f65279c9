"""Where the lesion is, as a picture: the skeleton with the chosen bone, for letter and MDO sheet."""

from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.drawing.picture import Picture
from desktop_app.letter.making import Making
from desktop_app.phrases import Phrases
from desktop_app.skeleton.small import document_picture
from desktop_app.skeleton.words import SkeletonWords

if TYPE_CHECKING:
    from desktop_app.editions import OpenedEdition


def lesion_picture(making: Making) -> Picture | None:
    """The bone of the case on the skeleton; None while it is not known, or where it is not drawn."""
    lesion = making.case.lesion
    if lesion.bone is None:
        return None
    return _picture(lesion.bone, lesion.side, _words(making.edition, making.phrases))


@lru_cache(maxsize=32)
def _picture(bone: str, side: str | None, words: SkeletonWords) -> Picture | None:
    """Kept, because a letter is made again after every answer, and rarely about another bone."""
    return document_picture(bone, side, words)


@lru_cache(maxsize=4)
def _words(edition: "OpenedEdition", phrases: Phrases) -> SkeletonWords:
    bones = edition.texts.form["bones"]
    return SkeletonWords(phrases, lambda bone: bones[bone])
