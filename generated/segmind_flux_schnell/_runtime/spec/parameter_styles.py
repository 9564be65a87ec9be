# @generated from openapi/runtime/spec/parameter_styles.py by `make generate`. Do not edit: change that file.
"""How parameters are written: the styles of OpenAPI.

Source: https://spec.openapis.org/oas/v3.1.1#style-examples, and RFC 6570, on which the styles are built. Where both say
nothing, a member that is a list or an object is written as JSON, in a `deepObject` as `a[b][0]`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, cast

from ..base.errors import InvalidRequestError
from ..base.messages import Request
from ..base.paths import escaped, json_text, segment, text_value
from ..base.rules import Fault
from ..base.unset import Unset
from .json_objects import json_value

Location = Literal["path", "query", "header", "cookie"]
Style = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"]

Pair = tuple[str, str]
"""A name and a value as they are sent."""


class Parameter(NamedTuple):
    """A parameter of an operation.

    Args:
        name: Its name in Python.
        api_name: Its name in the request.
        location: Where it is sent.
        style: How lists and objects become texts.
        explode: Whether each member is written with a name of its own.
        media_type: The media type in which the value is written instead, or None.
        allow_reserved: Whether a query holds characters that are reserved in URLs as they are, as far as it can.
    """

    name: str
    api_name: str
    location: Location
    style: Style
    explode: bool = False
    media_type: str | None = None
    allow_reserved: bool = False

    def written(self, value: Any) -> list[Pair]:
        """A JSON value as it is sent: several pairs where members have names of their own, none for an empty list.

        Raises:
            UnwritableError: It could not be read as what it is.
        """
        if self.location == "query":
            return list(_query_pairs(self, value))
        text = _joined(self, value)
        if self.location == "path":
            text = segment(text)
            if not text:
                raise UnwritableError(self, "", value, "would leave a segment of the path empty")
        if self.location == "header" and text != text.strip():
            raise UnwritableError(self, "", value, "begins or ends with a blank, which a header loses")
        return [(self.api_name, text)]

    def escaped(self, text: str) -> str:
        """A text as the place of the parameter needs it."""
        if self.location == "header":
            return text
        return _escaped_but_reserved(text) if self.allow_reserved else escaped(text)


class UnwritableError(Exception):
    """A parameter that cannot hold a value.

    Args:
        parameter: The parameter.
        member: The member that is the reason, as the caller would write it after the name; empty for the whole.
        value: The value of that member.
        flaw: What is wrong with it.
    """

    def __init__(self, parameter: Parameter, member: str, value: object, flaw: str) -> None:
        super().__init__(flaw)
        self.fault = Fault(parameter.name + member, value, flaw)


class RequestTemplate(NamedTuple):
    """What the requests of an operation have in common.

    Args:
        operation: Name of the operation, as a method of the client.
        method: HTTP method, upper case.
        path: Its path, with the names of parameters in braces.
        parameters: Its parameters.
        query: The query that the document has in the path: names and values, with parameters in braces.
        accept: The media types that the client reads, or None for any.
        server: Base URL of the operation where it has a server of its own, or None.
    """

    operation: str
    method: str
    path: str
    parameters: tuple[Parameter, ...] = ()
    query: tuple[Pair, ...] = ()
    accept: str | None = None
    server: str | None = None

    def request(self, values: Mapping[str, Any], *, content_type: str | None = None, **body: Any) -> Request:
        """A request.

        Args:
            values: The values of the parameters by their names in Python; UNSET for those that are left out.
            content_type: Media type of the body, or None where the HTTP library names it.
            body: The body, as one of the arguments of a request.

        Raises:
            InvalidRequestError: Values cannot be written as the document says. The error has all faults.
        """
        if body.get("json", self) is None:
            # To a request, None is a body that is not JSON.
            body = {"content": b"null"}
        sent = self._sent(values) if self.parameters else _NOTHING
        in_path, headers = dict(sent["path"]), dict(sent["header"])
        if self.accept is not None:
            headers["Accept"] = self.accept
        if content_type is not None:
            headers["Content-Type"] = content_type
        given = {name for name, _ in sent["query"]}
        fixed = [(name, _filled(value, in_path)) for name, value in self.query if name not in given]
        return Request(
            operation=self.operation,
            method=self.method,
            path=_filled(self.path, in_path),
            query=(*fixed, *sent["query"]),
            headers=headers,
            cookies=dict(sent["cookie"]),
            server=self.server,
            **body,
        )

    def _sent(self, values: Mapping[str, Any]) -> dict[Location, list[Pair]]:
        sent: dict[Location, list[Pair]] = {"path": [], "query": [], "header": [], "cookie": []}
        faults: list[Fault] = []
        for parameter in self.parameters:
            value = values[parameter.name]
            if isinstance(value, Unset):
                continue
            try:
                sent[parameter.location] += parameter.written(json_value(value))
            except UnwritableError as error:
                faults.append(error.fault)
        if faults:
            raise InvalidRequestError(self.operation, tuple(faults))
        return sent


def _query_pairs(parameter: Parameter, value: Any) -> Iterator[Pair]:
    name = escaped(parameter.api_name)
    if parameter.media_type is not None:
        yield name, _joined(parameter, value)
    elif parameter.style == "deepObject":
        yield from _deep(parameter, name, value)
    elif isinstance(value, list) and parameter.explode:
        yield from ((name, parameter.escaped(text_value(member))) for member in cast("list[object]", value))
    elif isinstance(value, dict) and parameter.explode:
        yield from _spread(parameter, cast("dict[str, Any]", value))
    elif value is not None:
        yield name, _joined(parameter, value)


def _spread(parameter: Parameter, value: dict[str, Any]) -> Iterator[Pair]:
    """The properties of an object as parameters of their own; a list is repeated."""
    for name, member in value.items():
        for one in cast("list[object]", member) if isinstance(member, list) else [member]:
            if one is not None:
                yield escaped(name), parameter.escaped(text_value(one))


def _deep(parameter: Parameter, name: str, value: Any) -> Iterator[Pair]:
    if isinstance(value, dict):
        members = list(cast("dict[str, Any]", value).items())
    elif isinstance(value, list):
        members = [(str(index), member) for index, member in enumerate(cast("list[object]", value))]
    else:
        members = []
        if value is not None:
            yield name, parameter.escaped(text_value(value))
    for key, member in members:
        yield from _deep(parameter, name + escaped(f"[{key}]"), member)


def _joined(parameter: Parameter, value: Any) -> str:
    """A value as one text."""
    if parameter.media_type is not None:
        is_json = parameter.media_type.endswith("json")
        return parameter.escaped(json_text(value) if is_json else text_value(value))
    members = list(_members(parameter, value))
    if parameter.style == "label":
        return "." + (".".join(members) if parameter.explode else ",".join(members))
    if parameter.style != "matrix":
        return _SEPARATORS.get(parameter.style, ",").join(members)
    name = escaped(parameter.api_name)
    if isinstance(value, dict) and parameter.explode:
        return "".join(f";{member}" for member in members)
    if isinstance(value, (dict, list)) and not parameter.explode:
        return f";{name}={','.join(members)}"
    return "".join(f";{name}={member}" if member else f";{name}" for member in members)


def _members(parameter: Parameter, value: Any) -> Iterator[str]:
    """The members of a value as texts: names and values of an object, or pairs of both."""
    if isinstance(value, list):
        for index, member in enumerate(cast("list[object]", value)):
            yield _member(parameter, f"[{index}]", member)
    elif isinstance(value, dict):
        for name, member in cast("dict[str, Any]", value).items():
            if member is not None:
                pair = _member(parameter, f"[{name!r}]", name), _member(parameter, f"[{name!r}]", member)
                yield from ["=".join(pair)] if parameter.explode else pair
    else:
        yield parameter.escaped(text_value(value))


def _member(parameter: Parameter, where: str, value: Any) -> str:
    text = text_value(value)
    separator = "." if parameter.style == "label" and parameter.explode else _CHARACTERS.get(parameter.style, ",")
    # Services decode a value before they divide it. Exploded, a matrix has names around its members.
    if separator in text and not (parameter.style == "matrix" and parameter.explode):
        raise UnwritableError(parameter, where, value, f"holds {separator!r}, which separates the members")
    return parameter.escaped(text)


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: values.get(found[1], found[0]), template) if values else template


def _escaped_but_reserved(text: str) -> str:
    from urllib.parse import quote

    # `&`, `=` and `+` mean something else in a query, and `#`, `[` and `]` are not allowed in one.
    return "".join(
        part if _TRIPLE.fullmatch(part) else quote(part, safe="-._~:/?@!$'()*,;") for part in _TRIPLE.split(text)
    )


_NAME = re.compile("{([^{}]*)}")
_TRIPLE = re.compile("(%[0-9A-Fa-f]{2})")
_CHARACTERS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
_NOTHING: Mapping[Location, list[Pair]] = {"path": [], "query": [], "header": [], "cookie": []}
