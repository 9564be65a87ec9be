"""The types of JSON as data: how a value of a response is read, and how one of a request is written."""

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any, cast

from attrs import frozen

from ..base.equality import same
from ..base.files import File
from ..base.messages import Request, Response
from .json_objects import JsonType, Rank
from .json_unions import ObjectOf as ObjectOf
from .json_unions import Union as Union
from .json_values import UnreadableError, kind_of


@frozen(eq=False)
class Scalar(JsonType):
    """A value that is neither an object nor an array.

    Args:
        kinds: The kinds of JSON values that it can have.
        expected: What it is, in words.
        convert: Makes the Python value of a JSON value of such a kind, or raises an error.
        preference: How it ranks among alternatives that the same value fits.
    """

    _kinds: frozenset[str]
    _expected: str
    convert: Callable[[Any], Any] | None = None
    preference: int = 1

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of JSON values that it can have."""
        return self._kinds

    @property
    def expected(self) -> str:
        """What it is, in words."""
        return self._expected

    def read(self, value: Any) -> Any:
        """The Python value, as for any type."""
        if kind_of(value) in self._kinds:
            if self.convert is None:
                return value
            try:
                return self.convert(value)
            except (ValueError, OverflowError):
                pass
        raise UnreadableError(self._expected, value)

    def rank(self, value: Any) -> Rank | None:
        """How well a value fits, as for any type."""
        try:
            self.read(value)
        except UnreadableError:
            return None
        return (self.preference,)


def _whole(value: int | float | Decimal) -> int:
    if value != int(value):
        raise ValueError
    return int(value)


def _number(value: int | float | Decimal) -> int | float:
    return float(value) if isinstance(value, Decimal) else value


ANY = JsonType()
STRING = Scalar(frozenset({"string"}), "a string")
INTEGER = Scalar(frozenset({"integer", "number"}), "an integer", _whole, 0)
NUMBER = Scalar(frozenset({"integer", "number"}), "a number", _number)
BOOLEAN = Scalar(frozenset({"boolean"}), "true or false")
NULL = Scalar(frozenset({"null"}), "null")
# Ahead of a date-time, which Python reads from a date alone too.
DATE = Scalar(frozenset({"string"}), "a date", datetime.date.fromisoformat, 3)
DATE_TIME = Scalar(frozenset({"string"}), "a date-time", datetime.datetime.fromisoformat, 2)
UUID = Scalar(frozenset({"string"}), "a UUID", uuid.UUID, 2)
BINARY = Scalar(frozenset({"string"}), "a string", lambda text: File(BytesIO(text.encode())))
"""What a form sends as a file and JSON as a string."""


@frozen(eq=False)
class Enum(JsonType):
    """A value that the document lists. One that is newer than the document is read all the same.

    Args:
        of: The type of the values.
        values: The values.
    """

    of: Scalar
    values: tuple[Any, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of JSON values that it can have."""
        return self.of.kinds

    @property
    def expected(self) -> str:
        """What it is, in words."""
        return self.of.expected

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values that the document lists."""
        return self.values

    def read(self, value: Any) -> Any:
        """The Python value, as for any type."""
        return self.of.read(value)

    def rank(self, value: Any) -> Rank | None:
        """How well a value fits: a listed one better than a text, another worse."""
        if any(same(value, choice) for choice in self.values):
            return (3,)
        return (-1,) if self.of.rank(value) is not None else None


@frozen(eq=False)
class Nullable(JsonType):
    """A type, or null.

    Args:
        of: The type.
    """

    of: JsonType

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of JSON values that it can have."""
        return self.of.kinds | {"null"}

    @property
    def expected(self) -> str:
        """What it is, in words."""
        return f"{self.of.expected} or null"

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values that the document lists."""
        return (*self.of.choices, None) if self.of.choices else ()

    def read(self, value: Any) -> Any:
        """The Python value, as for any type."""
        return None if value is None else self.of.read(value)

    def rank(self, value: Any) -> Rank | None:
        """How well a value fits, as for any type."""
        return (1,) if value is None else self.of.rank(value)


@frozen(eq=False)
class Array(JsonType):
    """An array.

    Args:
        items: What its members are.
    """

    items: JsonType

    @property
    def kinds(self) -> frozenset[str]:
        """Arrays only."""
        return frozenset({"array"})

    @property
    def expected(self) -> str:
        """What it is, in words."""
        return "an array"

    def read(self, value: Any) -> list[Any]:
        """The members, each read."""
        if not isinstance(value, list):
            raise UnreadableError(self.expected, value)
        found: list[Any] = []
        read = self.items.read
        for index, member in enumerate(cast("list[object]", value)):
            try:
                found.append(read(member))
            except UnreadableError as error:
                raise error.below(index)  # noqa: B904
        return found

    def rank(self, value: Any) -> Rank | None:
        """How well the first members fit: the one that fits least counts."""
        if not isinstance(value, list):
            return None
        members = cast("list[object]", value)[:_RANKED_MEMBERS]
        ranks = [self.items.rank(member) for member in members]
        if None in ranks:
            return None
        return min((rank for rank in ranks if rank is not None), default=(0,))


_RANKED_MEMBERS = 20
"""Members of an array that tell it apart from another."""


@frozen(eq=False)
class JsonReader:
    """Reads the body of a response as JSON.

    Args:
        type: What the document says of it.
    """

    type: JsonType

    def __call__(self, request: Request, response: Response) -> Any:
        """The Python value of the body.

        Raises:
            UnreadableError: It is not what the document says.
            ValueError: It is not JSON, or not whole.
        """
        return self.type.read(response.json())


@frozen(eq=False)
class TextReader:
    """Reads the body of a response as text.

    Args:
        type: What the document says of it.
    """

    type: JsonType

    def __call__(self, request: Request, response: Response) -> Any:
        """The Python value of the text.

        Raises:
            UnreadableError: It is not what the document says.
        """
        return self.type.read(response.text)


def read_nothing(request: Request, response: Response) -> None:
    """What is read where the document describes no body."""


def read_file(request: Request, response: Response) -> File:
    """The body of a response as a file."""
    return File(payload=BytesIO(response.content))
