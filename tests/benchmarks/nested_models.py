"""What a program pays for pydantic alone: two nested models, defined and used once."""

from enum import Enum

from pydantic import BaseModel, ConfigDict, Field


class Kind(str, Enum):  # noqa: UP042 -- the kind that a Python of 3.10 has too, as small programs write it
    """Three kinds."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class Part(BaseModel):
    """One part."""

    model_config = ConfigDict(frozen=True)
    kind: Kind
    size_mm: int | None = Field(None, ge=0, le=300)
    painful: bool | None = None
    note: str = Field("", max_length=2000)


class Whole(BaseModel):
    """The parts together."""

    name: str
    parts: tuple[Part, ...]


if __name__ == "__main__":
    print(Whole.model_validate_json('{"name": "x", "parts": [{"kind": "first", "size_mm": 3}]}').name)
