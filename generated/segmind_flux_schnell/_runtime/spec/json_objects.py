# @generated from openapi/runtime/spec/json_objects.py by `make generate`. Do not edit: change that file.
"""Objects: how a class that stands for a schema is read from JSON, and written as JSON."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar, cast

from ..base.files import File
from ..base.unset import UNSET
from .json_values import EVERY_KIND, UnreadableError, kind_of

V = TypeVar("V")
J = TypeVar("J", bound="JsonObject")

Rank = tuple[int, ...]
"""How well a value fits one of several alternatives: the greatest is taken."""


class JsonType:
    """What the document says of a JSON value. The types are in `json_types`."""

    __slots__ = ()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of JSON values that it allows."""
        return EVERY_KIND

    @property
    def expected(self) -> str:
        """What it allows, in words."""
        return "a value"

    @property
    def choices(self) -> tuple[Any, ...]:
        """The values that the document lists, or nothing if it allows others."""
        return ()

    def read(self, value: Any) -> Any:
        """The Python value that a JSON value stands for.

        Raises:
            UnreadableError: It is not what the document says.
        """
        return value

    def rank(self, value: Any) -> Rank | None:
        """How well a JSON value fits, or None if it does not."""
        return (-9,)

    def write(self, value: Any) -> Any:
        """The JSON value that stands for a Python value in a request, without read-only properties."""
        return json_value(value)


class JsonMapping(Mapping[str, Any]):
    """A mapping of JSON values."""

    __slots__ = ()


class Property(NamedTuple):
    """A property of an object.

    Args:
        name: Its name in Python.
        api_name: Its name in JSON.
        type: What it holds.
        required: Whether it has to be there.
        read_only: Whether only responses have it: it is left out of requests.
    """

    name: str
    api_name: str
    type: JsonType
    required: bool = False
    read_only: bool = False

    def allows(self, value: Any) -> bool:
        """Whether it can hold a JSON value of this kind."""
        return kind_of(value) in self.type.kinds or (value is None and not self.required)

    def read(self, source: Mapping[str, Any]) -> Any:
        """The Python value of the property of an object, or UNSET.

        Null is UNSET where the document does not allow it, but lets the property be missing.

        Raises:
            UnreadableError: It is missing or not what the document says.
        """
        value = source.get(self.api_name, UNSET)
        if value is UNSET:
            if self.required:
                raise UnreadableError(self.type.expected, UNSET).below(self.api_name)
            return UNSET
        if value is None and not self.required and "null" not in self.type.kinds:
            return UNSET
        try:
            return self.type.read(value)
        except UnreadableError as error:
            raise error.below(self.api_name)  # noqa: B904

    def is_readable(self, source: Mapping[str, Any]) -> bool:
        """Whether the property of an object is what the document says."""
        try:
            self.read(source)
        except UnreadableError:
            return False
        return True


class JsonObject:
    """A class that stands for a schema."""

    __slots__ = ()

    PROPERTIES: ClassVar[tuple[Property, ...]] = ()
    """Its properties in the order in which they are written."""

    checks_itself: ClassVar[bool] = False
    """Whether its constructor names what is wrong with its values, so that reading need not."""

    def to_dict(self) -> dict[str, Any]:
        """The object as JSON values, with the names of the document. What is UNSET is left out."""
        return _members(self, whole=True)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make an object from JSON values, with the names of the document.

        Raises:
            UnreadableError: They are not what the document says.
        """
        return cls.constructed(cls._values(_mapping(src_dict)))

    @classmethod
    def constructed(cls, values: Mapping[str, Any]) -> Self:
        """Make an object from values that have been read from JSON, by their names in Python."""
        return cls(**values)

    @classmethod
    def _values(cls, source: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for prop in cls.PROPERTIES:
            try:
                found[prop.name] = prop.read(source)
            except UnreadableError:
                if not cls.checks_itself:
                    raise
                found[prop.name] = source.get(prop.api_name, UNSET)
        return found


def readable_part(cls: type[J], document: Any) -> J:
    """An object of what can be read: an optional property that is not what the document says is UNSET.

    Raises:
        UnreadableError: A required one is not, or there is no object.
    """
    try:
        return cls.from_dict(document)
    except UnreadableError:
        source = _mapping(document)
        lost = {prop.api_name for prop in cls.PROPERTIES if not prop.required and not prop.is_readable(source)}
        return cls.from_dict({name: value for name, value in source.items() if name not in lost})


class OpenObject(JsonObject, Generic[V]):
    """A class that stands for a schema and takes further properties, which the document does not name."""

    __slots__ = ("additional_properties",)

    _FURTHER: ClassVar[JsonType] = JsonType()
    """What its further properties hold."""

    additional_properties: dict[str, V]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Make an object from JSON values, with the names of the document.

        Raises:
            UnreadableError: They are not what the document says.
        """
        source = _mapping(src_dict)
        made = cls.constructed(cls._values(source))
        known = {prop.api_name for prop in cls.PROPERTIES}
        made.additional_properties = {
            name: _further(cls._FURTHER, name, value) for name, value in source.items() if name not in known
        }
        return made

    @property
    def additional_keys(self) -> list[str]:
        """Names of the properties that the document does not know."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> V:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: V) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


def json_value(value: Any, *, whole: bool = False) -> Any:
    """The JSON value that stands for a Python value. What is JSON already, and UNSET, stays as it is.

    Args:
        value: The Python value.
        whole: Whether objects keep their read-only properties, which requests leave out.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, JsonObject):
        return _members(value, whole=whole)
    if isinstance(value, (list, tuple)):
        return [json_value(member, whole=whole) for member in cast("list[Any]", value)]
    if isinstance(value, (dict, JsonMapping)):
        members = cast("Mapping[str, Any]", value)
        return {name: json_value(member, whole=whole) for name, member in members.items()}
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, File):
        return value.payload.read().decode()
    return str(value) if isinstance(value, uuid.UUID) else value


def _members(value: JsonObject, *, whole: bool) -> dict[str, Any]:
    further: Mapping[str, Any] = getattr(value, "additional_properties", {})
    found = {name: json_value(member, whole=whole) for name, member in further.items()}
    for prop in value.PROPERTIES:
        member = getattr(value, prop.name)
        if member is not UNSET and (whole or not prop.read_only):
            found[prop.api_name] = json_value(member, whole=whole)
    return found


def _mapping(source: object) -> Mapping[str, Any]:
    if not isinstance(source, Mapping):
        raise UnreadableError("an object", source)
    return cast("Mapping[str, Any]", source)


def _further(type_: JsonType, name: str, value: Any) -> Any:
    try:
        return type_.read(value)
    except UnreadableError as error:
        raise error.below(name)  # noqa: B904


_PLAIN = frozenset({str, int, float, bool, type(None)})
