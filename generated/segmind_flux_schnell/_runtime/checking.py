# @generated from openapi/runtime/checking.py by `make generate`. Do not edit: change that file.
"""Checks before sending: on the call of a method, on the construction of a request, on an assignment to it."""

import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, ParamSpec, TypeVar, cast

from attrs import Attribute

from .errors import InvalidRequestError
from .rules import CHECKED_FIELDS, Fault, Field, field_faults, normalised
from .suggestions import nearest

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Class = TypeVar("Class", bound=type[Any])

_plain_init: dict[type, Callable[..., None]] = {}


def checked(*fields: Field, tolerant_answers: bool = False) -> Callable[[Class], Class]:
    """Decorate the class of a request: constructing it checks all fields at once and names misspelt keywords.

    Args:
        fields: The fields of the class, in the order of its constructor.
        tolerant_answers: For a class that answers hold too: its `from_dict` does not check, since a service may send
            what its document does not allow.
    """

    def decorate(cls: Class) -> Class:
        owner: Any = cls
        _plain_init[cls] = owner.__init__
        CHECKED_FIELDS[cls] = fields
        owner.__init__ = _checked_init(cls.__name__, fields, owner.__init__)
        if tolerant_answers:
            owner.from_dict = classmethod(_tolerant(owner.from_dict.__func__))
        return cls

    return decorate


def unchecked(cls: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Construct a checked class without its checks: from values that were checked already, or from an answer."""
    owner = cast("type[T]", cls)
    instance = object.__new__(owner)
    plain_init = next(_plain_init[base] for base in owner.__mro__ if base in _plain_init)
    plain_init(instance, *args, **kwargs)
    return instance


def check_assignment(instance: object, attribute: "Attribute[Any]", value: Any) -> Any:
    """Hook for attrs: check an assignment to a field of a checked class.

    Raises:
        InvalidRequestError: The value breaks a rule; the field keeps the one it had.
    """
    for field in _fields_of(type(instance)):
        if field.name == attribute.name:
            value = normalised(field.rule, value)
            check_fields(type(instance).__name__, [field], {field.name: value})
    return value


def checked_arguments(*fields: Field, extra_body: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a method of the client: a call that is wrong in any way raises one error with all of its faults.

    Args:
        fields: What the operation takes.
        extra_body: Name of the option that takes fields which the document does not know.
    """

    def decorate(method: Callable[P, R]) -> Callable[P, R]:
        operation = method.__name__
        options: dict[str, Any] = getattr(method, "__kwdefaults__", None) or {}
        known = {field.name for field in fields} | set(options)

        @functools.wraps(method)
        def checked_method(*args: P.args, **kwargs: P.kwargs) -> R:
            given = cast("dict[str, Any]", kwargs)
            _normalise(fields, given)
            _raise(operation, _call_faults(fields, known, given))
            _raise(operation, _extra_faults(fields, given, extra_body))
            return method(*args, **kwargs)

        return checked_method

    return decorate


def check_fields(subject: str, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
    """Check values that are named right already.

    Raises:
        InvalidRequestError: With all faults.
    """
    _raise(subject, field_faults(fields, values))


def _checked_init(subject: str, fields: Sequence[Field], plain_init: Callable[..., None]) -> Callable[..., None]:
    names = [field.name for field in fields]

    @functools.wraps(plain_init)
    def checked_init(self: object, *args: Any, **kwargs: Any) -> None:
        if len(args) <= len(names):
            kwargs.update(zip(names, args, strict=False))
            args = ()
        _normalise(fields, kwargs)
        _raise(subject, _call_faults(fields, names, kwargs))
        plain_init(self, *args, **kwargs)

    return checked_init


def _tolerant(read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    # All that `from_dict` does with its class is to call it.
    return lambda cls, source: read(functools.partial(unchecked, cls), source)


def _normalise(fields: Sequence[Field], given: dict[str, Any]) -> None:
    for field in fields:
        if field.name in given:
            given[field.name] = normalised(field.rule, given[field.name])


def _call_faults(fields: Sequence[Field], known: Collection[str], given: Mapping[str, Any]) -> Iterator[Fault]:
    yield from field_faults(fields, given)
    for name in given:
        if name not in known:
            names = ", ".join(field.name for field in fields)
            yield Fault(name, given[name], f"is no value of this call, which takes {names}", _meant(fields, name))


def _extra_faults(fields: Sequence[Field], given: Mapping[str, Any], option: str | None) -> Iterator[Fault]:
    extra = given.get(option) if option is not None else None
    if extra is None:
        return
    if not isinstance(extra, Mapping):
        yield Fault(str(option), given[str(option)], "is no mapping of names to JSON values")
        return
    further = cast("Mapping[str, Any]", extra)
    for field in fields:
        if field.name in given and field.wire in further:
            yield Fault(f"{option}[{field.wire!r}]", further[field.wire], f"is given as {field.name} too")


def _meant(fields: Sequence[Field], name: str) -> str | None:
    for field in fields:
        if name in (field.wire, *field.mistaken_names):
            return field.name
    return nearest(name, [field.name for field in fields])


def _fields_of(cls: type) -> Sequence[Field]:
    return next((CHECKED_FIELDS[base] for base in cls.__mro__ if base in CHECKED_FIELDS), ())


def _raise(subject: str, found: Iterator[Fault]) -> None:
    faults = tuple(found)
    if faults:
        raise InvalidRequestError(subject, faults)
