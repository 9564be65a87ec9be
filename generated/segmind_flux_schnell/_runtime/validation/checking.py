# @generated from openapi/runtime/validation/checking.py by `make generate`. Do not edit: change that file.
"""When values are checked: on a call of a method, on the construction of a request, on an assignment to it."""

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, TypeVar, cast

from ..base.body import unwritable
from ..base.errors import InvalidRequestError
from ..base.rules import Fault, Field, ObjectRule, Rule
from ..base.suggestions import meant_field
from ..base.unset import UNSET
from ..base.wording import one_line
from .values import (
    CHECKED_FIELDS,
    CHECKED_OBJECTS,
    CHECKED_VALUES,
    checked_fields,
    field_faults,
    further_faults,
    names_of,
    normalised,
    whole_faults,
)

if TYPE_CHECKING:
    from attrs import Attribute

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Class = TypeVar("Class", bound=type[Any])

_plain_init: dict[type, Callable[..., None]] = {}


def checked(
    *fields: Field, values: Rule | None = None, whole: ObjectRule | None = None, tolerant_responses: bool = False
) -> Callable[[Class], Class]:
    """Decorate the class of a request: its construction checks all fields at once and names misspelt keywords.

    Args:
        fields: The fields of the class, in the order of its constructor.
        values: The rule of its further properties, if the document has one. It is checked before sending.
        whole: The rule of the whole object, if the document has one. It is checked before sending.
        tolerant_responses: For a class that is part of responses too: its `from_dict` does not check, since a service
            may send what its document does not allow.
    """

    def decorate(cls: Class) -> Class:
        owner: Any = cls
        _plain_init[cls] = owner.__init__
        CHECKED_FIELDS[cls], CHECKED_VALUES[cls], CHECKED_OBJECTS[cls] = fields, values or Rule(), whole or ObjectRule()
        owner.__init__ = _checked_init(cls.__name__, fields, owner.__init__)
        if tolerant_responses:
            owner.constructed = classmethod(_constructed)
        else:
            owner.checks_itself = True
            owner.from_dict = classmethod(_checked_reading(cls, owner.from_dict.__func__))
        return cls

    return decorate


def unchecked(cls: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Construct a checked class without its checks: from values that are checked already, or from a response."""
    owner = cast("type[T]", cls)
    instance = object.__new__(owner)
    plain_init = next(_plain_init[base] for base in owner.__mro__ if base in _plain_init)
    plain_init(instance, *args, **kwargs)
    return instance


def check_assignment(instance: object, attribute: "Attribute[Any]", value: Any) -> Any:
    """Check an assignment to a field of a checked class: a hook for attrs.

    Raises:
        InvalidRequestError: The value breaks a rule. The field keeps its former value.
    """
    subject = type(instance).__name__
    for field in checked_fields(type(instance)):
        if field.name == attribute.name:
            value = normalised(field.rule, value)
            check_fields(subject, [field], {field.name: value})
            return value
    if attribute.name == "additional_properties":
        _raise(subject, further_faults((), value))
    return value


def checked_arguments(
    fields: Callable[[], Sequence[Field]],
    *,
    extra_body: str | None = None,
    positional: str | None = None,
    whole: Callable[[], type] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a method of the client: a wrong call raises one error with all of its faults.

    Args:
        fields: Gives the parameters of the operation. It is called once, at the first call of the method.
        extra_body: Name of the option for fields that the document does not know, or None.
        positional: Name of the one parameter that can be given by position, or None.
        whole: Gives the class of the body, if it has rules as a whole and its fields are parameters.
    """

    def decorate(method: Callable[P, R]) -> Callable[P, R]:
        options: dict[str, Any] = getattr(method, "__kwdefaults__", None) or {}

        @functools.cache
        def signature() -> _Signature:
            known, body = tuple(fields()), whole() if whole is not None else None
            names = tuple(dict.fromkeys([*(field.name for field in known), *options]))
            rule = (CHECKED_OBJECTS[body], checked_fields(body)) if body is not None else None
            return _Signature(method.__name__, known, names, extra_body, positional, rule, options)

        if inspect.iscoroutinefunction(method):
            # The error is raised when the call is awaited: earlier, it would leave other calls of a `gather` unawaited.
            @functools.wraps(method)
            async def checked_coroutine(*args: P.args, **kwargs: P.kwargs) -> Any:
                signature().check(args[1:], cast("dict[str, Any]", kwargs))
                return await cast("Any", method(*args, **kwargs))

            return cast("Callable[P, R]", checked_coroutine)

        @functools.wraps(method)
        def checked_method(*args: P.args, **kwargs: P.kwargs) -> R:
            signature().check(args[1:], cast("dict[str, Any]", kwargs))
            return method(*args, **kwargs)

        return checked_method

    return decorate


def check_fields(subject: str, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
    """Check values whose names are known to be right.

    Raises:
        InvalidRequestError: Values break their rules; the error has all faults.
    """
    _raise(subject, field_faults(fields, values))


class _Signature(NamedTuple):
    """The parameters of a method or a constructor.

    Args:
        subject: Its name, for messages.
        fields: Its fields, in the order of its positional parameters.
        names: All names of its parameters.
        extra_body: Name of the option for fields that the document does not know, or None.
        positional: Name of the one parameter that can be given by position, or None.
        whole: The rule of the body as a whole and its fields, or None.
        defaults: Values of parameters that are not given.
    """

    subject: str
    fields: tuple[Field, ...]
    names: tuple[str, ...]
    extra_body: str | None = None
    positional: str | None = None
    whole: "tuple[ObjectRule, tuple[Field, ...]] | None" = None
    defaults: Mapping[str, Any] = MappingProxyType({})

    def check(self, positional: Sequence[Any], named: dict[str, Any]) -> None:
        """Replace values by plain ones, in place, and refuse a call with faults.

        Raises:
            InvalidRequestError: The call has faults.
        """
        by_position = self.by_position(positional if self.positional is None else positional[1:])
        _normalise(self.fields, named)
        checked = named if self.positional is None else _without(named, self.positional)
        missing = self._missing(positional, named)
        _raise(self.subject, missing, self._unnamed(by_position), self.faults({**by_position, **checked}))

    def _missing(self, positional: Sequence[Any], named: Mapping[str, Any]) -> Iterator[Fault]:
        if self.positional is not None and not positional and self.positional not in named:
            yield Fault(self.positional, UNSET, "is missing")

    def by_position(self, positional: Sequence[Any]) -> dict[str, Any]:
        """Values that were given by position, under the names of their parameters."""
        if not positional:
            return {}
        names = [field.name for field in self.fields]
        names += [f"argument {number}" for number in range(len(names) + 1, len(positional) + 1)]
        return dict(zip(names, positional, strict=False))

    def faults(self, given: Mapping[str, Any]) -> Iterator[Fault]:
        """Everything that is wrong with values by name."""
        further = [*names_of(given.get(self.extra_body))] if self.extra_body is not None else []
        yield from field_faults(self.fields, given, further)
        yield from (self._unknown(name, value) for name, value in given.items() if name not in self.names)
        if self.extra_body is not None:
            yield from self._extra_faults(self.extra_body, given)
        if self.whole is not None:
            rule, fields = self.whole
            yield from whole_faults(rule, fields, {**self.defaults, **given}, further, "body")

    def _unnamed(self, by_position: Mapping[str, Any]) -> Iterator[Fault]:
        for name, value in by_position.items():
            if name in self.names:
                yield Fault(name, value, f"is given without its name: write {name}=…")

    def _unknown(self, name: str, value: object) -> Fault:
        suggestion = self._suggestion(name)
        others = "" if suggestion else f", only {', '.join(self.names)}"
        return Fault(name, value, f"is given, but {self.subject} has no such parameter{others}", suggestion)

    def _suggestion(self, name: str) -> str | None:
        return meant_field(name, self.fields, self.names)

    def _extra_faults(self, option: str, given: Mapping[str, Any]) -> Iterator[Fault]:
        extra = given.get(option)
        if extra is None:
            return
        if not isinstance(extra, Mapping):
            yield Fault(option, extra, "is not a mapping of names to JSON values")
            return
        members = cast("Mapping[object, Any]", extra)
        yield from unwritable(members, lambda name: f"{option}[{name!r}]")
        for field in self.fields:
            if field.name in given and field.api_name in members:
                yield Fault(f"{option}[{field.api_name!r}]", members[field.api_name], f"is given as {field.name} too")


def _checked_init(subject: str, fields: tuple[Field, ...], plain_init: Callable[..., None]) -> Callable[..., None]:
    call = _Signature(subject, fields, tuple(field.name for field in fields))

    @functools.wraps(plain_init)
    def checked_init(self: object, /, *args: Any, **kwargs: Any) -> None:
        by_position = call.by_position(args)
        twice = [Fault(name, kwargs[name], "is given twice") for name in by_position if name in kwargs]
        given = {**by_position, **kwargs}
        _normalise(fields, given)
        faults = (*twice, *call.faults(given))
        if faults:
            # Tools that show the local variables of an error fail at a request without values.
            del self
            raise InvalidRequestError(subject, faults)
        plain_init(self, **given)

    return checked_init


def _constructed(cls: Any, values: Mapping[str, Any]) -> Any:
    return unchecked(cls, **values)


def _checked_reading(cls: type, read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    @functools.wraps(read)
    def from_dict(owner: Any, src_dict: Any) -> Any:
        if not isinstance(src_dict, Mapping):
            fault = Fault("src_dict", src_dict, "is not a mapping of names to values")
            raise InvalidRequestError(cls.__name__, (fault,))
        source = cast("Mapping[str, Any]", src_dict)
        try:
            return read(owner, source)
        except InvalidRequestError:
            raise
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            flaw = one_line(f"cannot be read: {type(error).__name__}: {error}")
        raise InvalidRequestError(cls.__name__, (Fault("src_dict", source, flaw),))

    return from_dict


def _normalise(fields: Sequence[Field], given: dict[str, Any]) -> None:
    for field in fields:
        if field.name in given:
            given[field.name] = normalised(field.rule, given[field.name])


def _without(named: Mapping[str, Any], positional: str) -> dict[str, Any]:
    return {name: value for name, value in named.items() if name != positional}


def _raise(subject: str, *found: "Iterator[Fault] | list[Fault]") -> None:
    faults = tuple(fault for some in found for fault in some)
    if faults:
        raise InvalidRequestError(subject, faults)
