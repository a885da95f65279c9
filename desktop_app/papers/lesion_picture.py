"""Where the lesion is, as a picture: the skeleton with the chosen bone, for letter and MDO sheet."""

from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.skeleton.picture import Site
from desktop_app.looks.skeleton.small import document_picture, document_region_picture
from desktop_app.looks.skeleton.words import SkeletonWords
from desktop_app.papers.order import PaperOrder

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition

SHOWN_REGIONS = ("spine", "pelvis", "thoracic_wall")
"""Parts of the skeleton that lie together, so that an outline says where the lesion is. The base of the skull is not
drawn: its bones, seen from outside, would point to face and temple."""


def lesion_picture(order: PaperOrder) -> Picture | None:
    """The bones of the case on the skeleton, or the part of the skeleton while no more is known; None while that is not
    known either, or where it is not drawn."""
    lesion, words, others = order.case.lesion, _words(order.edition, order.phrases), other_bones(order)
    if lesion.bone is not None:
        return _picture(lesion.bone, lesion.side, others, words)
    if bones := bones_of_region(order):
        return _region_picture(bones, lesion.side, words.region(str(lesion.region), lesion.side), words)
    return _picture(*others[0], others[1:], words) if others else None


def other_bones(order: PaperOrder) -> tuple[Site, ...]:
    """The other sites of which the bone is known."""
    return tuple((site.bone, site.side) for site in order.case.lesion.other_sites or () if site.bone is not None)


def bones_of_region(order: PaperOrder) -> tuple[str, ...]:
    """The bones of the part of the skeleton that the case names; none where that says too little to be shown, such as
    a long bone."""
    region = order.case.lesion.region
    if region not in SHOWN_REGIONS:
        return ()
    return tuple(bone.id for bone in order.edition.lists.bones.values() if bone.region == region)


@lru_cache(maxsize=32)
def _picture(bone: str, side: str | None, others: tuple[Site, ...], words: SkeletonWords) -> Picture | None:
    """Kept, because a letter is made again after every answer, and rarely about another bone."""
    return document_picture(bone, side, words, others)


@lru_cache(maxsize=8)
def _region_picture(bones: tuple[str, ...], side: str | None, name: str, words: SkeletonWords) -> Picture:
    return document_region_picture(bones, side, name, words)


@lru_cache(maxsize=4)
def _words(edition: "OpenedEdition", phrases: Phrases) -> SkeletonWords:
    return SkeletonWords(phrases, edition.lists.bones.__getitem__)
