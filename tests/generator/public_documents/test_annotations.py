"""Whether a value has its annotated type."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from attrs import define

from tests.generator.public_documents.annotations import flaws


@define
class Pet:
    """An object as a package has it."""

    name: str
    born: datetime.date | None
    tags: list[Literal["a", "b"]]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, float),
        (None, int | None),
        ({"a": [1]}, Mapping[str, list[int]]),
        (Pet("Tom", None, ["a"]), Pet),
        ([Pet("Tom", datetime.date(2024, 5, 1), [])], list[Pet] | None),
        (object(), Any),
    ],
)
def test_a_value_of_its_type_has_no_flaw(value: object, kind: Any) -> None:
    """An int is a float; anything is Any."""
    assert list(flaws(value, kind)) == []


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, int),
        (1.5, int),
        ("a", list[str]),
        (datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC), datetime.date),
        ({"a": "b"}, dict[str, int]),
        ([Pet("Tom", None, ["c"])], list[Pet]),  # type: ignore[list-item]
        (Pet("Tom", "2024-05-01", []), Pet | None),  # type: ignore[arg-type]
        (Pet(None, None, []), Pet),  # type: ignore[arg-type]
        ("x", Literal["y"]),
        (None, str),
    ],
)
def test_a_value_of_another_type_has_one(value: object, kind: Any) -> None:
    """However deep it is."""
    assert list(flaws(value, kind))
