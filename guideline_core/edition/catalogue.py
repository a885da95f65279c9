"""The catalogue of an edition: the tumours, lesions and bones that a case can name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from guideline_core.edition.condition_language import ConditionFault
from guideline_core.edition.entry_reader import EntryReader
from guideline_core.edition.entry_types import NO_OTHER_KEYS, Words
from guideline_core.edition.faults import did_you_mean
from guideline_core.keys import EntityCategory, EntityList, Grade, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueName:
    """A name that a case can hold, and everything by which it is found."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    name: Words
    synonyms: tuple[str, ...] = ()
    in_doubt: Words | None = None
    """What must still be checked in this entry."""
    note: Words | None = None

    @property
    def who_names(self) -> tuple[str, ...]:
        """The name that it has in the classification of the WHO; none when it is not from there."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(CatalogueName):
    """A tumour or lesion."""

    category: EntityCategory
    icdo: str | None = None
    family: str | None = None
    groups: tuple[str, ...] = ()
    list: EntityList
    who_name: str | None = None
    grade: Grade | None = None

    @property
    def who_names(self) -> tuple[str, ...]:
        """The name that it has in the classification of the WHO, where that is known."""
        return (self.who_name,) if self.who_name else ()

    @property
    def is_of_who(self) -> bool:
        """Whether its name is from the classification of the WHO."""
        return self.list == "who_2020"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bone(CatalogueName):
    """A bone of the body and the region to which it belongs."""

    region: Region
    long_tubular: bool
    paired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of entities of which rules speak, or a family of the classification."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    name: Words


ListName = Literal["entities", "bones"]


class CatalogueEntries(EntryReader):
    """The entries of the catalogue; each list is read when it is first asked for."""

    def names(self, which: ListName) -> Mapping[str, Entity] | Mapping[str, Bone]:
        """One of the lists from which a case takes names."""
        return self.entities if which == "entities" else self.bones

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The tumours and lesions."""
        return dict(self.each(Entity, ("entities.yaml", ("entities",)), words="name"))

    @cached_property
    def entity_groups(self) -> Mapping[str, Group]:
        """The groups of entities."""
        return dict(self.each(Group, ("entities.yaml", ("groups",)), words="name"))

    @cached_property
    def entity_families(self) -> Mapping[str, Group]:
        """The families into which the classification divides the entities."""
        return dict(self.each(Group, ("entities.yaml", ("families",)), words="name"))

    @cached_property
    def bones(self) -> Mapping[str, Bone]:
        """The bones."""
        return dict(self.each(Bone, ("bones.yaml", ("bones",)), words="name"))


def members_of(groups: Iterable[str], entities: Mapping[str, Entity], known: Collection[str]) -> frozenset[str]:
    """The entities of these groups: groups of the catalogue, the kinds by which it divides all, and, beside others,
    entities alone."""
    asked = tuple(groups)
    possible = {*known, *get_args(EntityCategory), *(entities if len(asked) > 1 else ())}
    for group in asked:
        if group not in possible:
            raise ConditionFault(f"unknown group '{group}'{did_you_mean(group, known)}")
    return frozenset(name for name, each in entities.items() if {name, *each.groups, each.category} & {*asked})
