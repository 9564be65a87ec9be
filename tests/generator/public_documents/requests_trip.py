"""The way to the service: values that the document allows are given to the client, and what arrives is compared."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import evolve, field, frozen

from tests.generator.public_documents import wire
from tests.generator.public_documents.failures import Failure, Kind, raised, shown
from tests.generator.public_documents.packages import GeneratedOperation, api_names
from tests.generator.public_documents.python_values import NoFitError, difference, python_value
from tests.generator.public_documents.sampling import NoSampleError, Place, Sampler
from tests.generator.public_documents.schemas import Schemas
from tests.generator.public_documents.service import Received
from tests.generator.public_documents.specification import Node, Operation
from tests.generator.public_documents.wire import DELIMITERS, UndefinedError, Written


class UntriedError(Exception):
    """An operation cannot be tried: no values could be made for what it needs."""


@frozen
class Example:
    """Values for one call.

    Args:
        parameters: Parameters and their values.
        media_type: Media type of the body, or nothing without one.
        body: The body.
        read_only: Properties of the body that are given though only responses have them; they are not sent.
    """

    parameters: tuple[tuple[Node, Any], ...]
    media_type: str
    body: Any
    read_only: Mapping[str, Any] = field(factory=dict[str, Any])


@frozen(eq=False)
class RequestTrip:
    """The requests of one operation.

    Args:
        operation: The operation in the document.
        generated: The same in the package.
        schemas: The schemas of requests.
        defaults: The defaults of all properties of the document, by name.
    """

    operation: Operation
    generated: GeneratedOperation
    schemas: Schemas
    defaults: Mapping[str, list[Any]]
    _samplers: dict[str, Sampler] = field(factory=dict[str, Sampler], init=False)

    # Values.

    def examples(self, most: int) -> Iterator[Example]:
        """Values for calls: what is needed, then everything, as long as something new comes up.

        Raises:
            UntriedError: There are no values for what the operation needs.
        """
        for number in range(most):
            before = sum(sampler.covered() for sampler in self._samplers.values())
            yield self._example(number)
            after = sum(sampler.covered() for sampler in self._samplers.values())
            if number > len(self._media_types) and after == before:
                break
        given = self._with_read_only()
        if given is not None:
            yield given

    def _with_read_only(self) -> Example | None:
        """An example that has what only responses have, as somebody sends who changes what was read before."""
        media_type = next(iter(self._media_types), "")
        if body_kind(media_type) != "json" or self.generated.body_class is not None or self.operation.body is None:
            return None
        example = self._example(1)
        if "schema" not in self.operation.body.value["content"][media_type] or not isinstance(example.body, dict):
            return None
        schema = self.operation.body.child("content", media_type, "schema")
        properties = self._properties(self._converted(schema))
        marked = {
            name: nodes[0]
            for name, nodes in properties.items()
            if name not in example.body and any(self.schemas.is_marked(node.value, "readOnly") for node in nodes)
        }
        if not marked or "anyOf" in self.schemas.converted.resolved(self._converted(schema)).value:
            return None
        try:
            values = {name: self._sampler(node, Place()).sample(node, full=False) for name, node in marked.items()}
        except NoSampleError:
            return None
        return evolve(example, read_only=values)

    def _example(self, number: int) -> Example:
        full = number > 0
        parameters = []
        for parameter in self.operation.parameters:
            needed = parameter.value.get("required") or parameter.value["in"] == "path"
            if needed or full:
                try:
                    parameters.append((parameter, self._parameter(parameter, full)))
                except NoSampleError as error:
                    if needed:
                        raise UntriedError(f"{parameter.value['name']}: {error}") from error
        media_type, body = "", None
        needs_body = self.operation.body is not None and (full or self.operation.body.value.get("required"))
        if needs_body and self._media_types:
            media_type = self._media_types[max(number - 1, 0) % len(self._media_types)]
            try:
                body = self._body(media_type, full)
            except NoSampleError as error:
                raise UntriedError(f"body: {error}") from error
        return Example(tuple(parameters), media_type, body)

    @cached_property
    def _media_types(self) -> list[str]:
        content = self.operation.body.value.get("content") or {} if self.operation.body is not None else {}
        return [name for name in content if body_kind(name)]

    def _parameter(self, parameter: Node, full: bool) -> Any:
        schema = wire.schema_of(parameter)
        place = parameter.value["in"]
        if schema is None:
            return "text"
        forbidden = ""
        if not wire.media_type(parameter.value):
            style = wire.style(parameter.value)
            kinds = self._kinds(schema)
            if kinds & {"array", "object"} or not kinds:
                spread = wire.is_spread(parameter.value) and place in ("query", "cookie")
                forbidden = "" if spread or style == "deepObject" else DELIMITERS.get(style, "") + "="
        name = "json" if wire.media_type(parameter.value) and place == "query" else place
        return self._sampler(schema, Place(name, forbidden)).sample(self._converted(schema), full)

    def _kinds(self, schema: Node) -> set[str]:
        """The types that a schema names, however deep in its alternatives."""
        found, left = set[str](), [self._converted(schema)]
        while left:
            node = self.schemas.converted.resolved(left.pop())
            if isinstance(node.value, dict) and len(found) < 7:
                own = node.value.get("type", ())
                found |= {own} if isinstance(own, str) else set(own)
                for name in ("allOf", "anyOf"):
                    left += [node.child(name, index) for index in range(len(node.value.get(name) or ()))]
        return found

    def _body(self, media_type: str, full: bool) -> Any:
        assert self.operation.body is not None
        content = self.operation.body.value["content"][media_type]
        if not isinstance(content, Mapping) or "schema" not in content:
            return {"free": 1} if body_kind(media_type) == "json" else "content of a file"
        schema = self.operation.body.child("content", media_type, "schema")
        kind = body_kind(media_type)
        if kind in ("file", "stream"):
            return "content of a file"
        place = Place("form") if kind in ("form", "multipart") else Place()
        value = self._sampler(schema, place).sample(self._converted(schema), full)
        return json.dumps(value) if kind == "text" and not isinstance(value, str) else value

    def _converted(self, schema: Node) -> Node:
        return self.schemas.converted.at("#" + schema.pointer)

    def _sampler(self, schema: Node, place: Place) -> Sampler:
        if schema.pointer not in self._samplers:
            self._samplers[schema.pointer] = Sampler(self.schemas, self.operation.title, place)
        return self._samplers[schema.pointer]

    # Arguments.

    def arguments(self, example: Example, by_constructor: bool) -> dict[str, Any]:
        """An example as the arguments of the method.

        Raises:
            NoFitError: The method does not take a value.
            LookupError: It does not take a parameter.
            ValueError: A class refuses a value.
        """
        found = {}
        for parameter, value in example.parameters:
            name = self.generated.argument(parameter.value["name"], parameter.value["in"])
            if name is None:
                raise LookupError(f"{parameter.value['name']} in {parameter.value['in']}")
            try:
                found[name] = python_value(value, self.generated.arguments[name], by_constructor)
            except NoFitError as error:
                raise NoFitError(f"{name}: {error}") from error
        if example.media_type:
            found.update(self._body_arguments(example, by_constructor))
        return found

    def _body_arguments(self, example: Example, by_constructor: bool) -> dict[str, Any]:
        kinds, value = self.generated.arguments, example.body
        if "body" in kinds and self.generated.body_class is None:
            given = {**value, **example.read_only} if example.read_only else value
            body = python_value(given, kinds["body"], by_constructor and not example.read_only)
            if body_kind(example.media_type) in ("file", "stream") and hasattr(body, "mime_type"):
                body.mime_type = example.media_type if "*" not in example.media_type else "application/x-test"
            return {"body": body}
        if self.generated.body_class is None:
            raise LookupError("the body")
        names = api_names(self.generated.body_class)
        found = {
            names[key]: python_value(item, kinds[names[key]], by_constructor)
            for key, item in value.items()
            if key in names
        }
        further = {key: item for key, item in value.items() if key not in names}
        if further:
            extra = next((name for name in kinds if name.rstrip("_") == "extra_body"), None)
            if extra is None:
                raise NoFitError(f"the method takes no {', '.join(further)}")
            found[extra] = further
        return found

    # What arrives.

    def failures(self, example: Example, received: Received) -> Iterator[Failure]:
        """What is not as OpenAPI says in a request that has arrived."""
        if received.request.method.lower() != self.operation.method:
            yield self._failure("wire", self.operation.method.upper(), received.request.method)
        written: dict[tuple[str, str], Written] = {}
        undefined: set[str] = set()
        for parameter, value in example.parameters:
            key = parameter.value["name"], parameter.value["in"]
            try:
                written[key] = wire.written(parameter.value, value)
            except UndefinedError:
                undefined.add(key[0])
        if undefined:
            return
        yield from self._path_failures(written, received)
        yield from self._query_failures(written, received)
        yield from self._header_failures(written, received)
        yield from self._body_failures(example, received)
        yield from self._key_failures(received)

    def _path_failures(self, written: Mapping[tuple[str, str], Written], received: Received) -> Iterator[Failure]:
        template = re.split(r"[?#]", self.operation.path, maxsplit=1)[0]
        texts = {name: one.path for (name, place), one in written.items() if place == "path"}
        expected = [
            re.sub(r"\{([^{}]+)\}", lambda found: texts.get(found[1], found[0]), segment)
            for segment in template.split("/")
        ]
        if not same_texts(expected, received.segments):
            yield self._failure("wire", f"path {'/'.join(expected)}", f"path {'/'.join(received.segments)}")

    def _query_failures(self, written: Mapping[tuple[str, str], Written], received: Received) -> Iterator[Failure]:
        expected = [pair for (_, place), one in written.items() if place == "query" for pair in one.pairs]
        fixed = re.search(r"\?([^#]*)", self.operation.path)
        expected += (
            [(name, value) for name, _, value in (one.partition("=") for one in fixed[1].split("&"))] if fixed else []
        )
        yield from self._pair_failures("query", expected, received.query)
        cookies = [pair for (_, place), one in written.items() if place == "cookie" for pair in one.pairs]
        if not any(name.lower() == "cookie" and place == "header" for name, place in written):
            yield from self._pair_failures("cookie", cookies, received.cookies)

    def _pair_failures(
        self, place: str, expected: list[tuple[str, str]], found: list[tuple[str, str]]
    ) -> Iterator[Failure]:
        further = self._further_names(place)
        wanted, got = _by_name(expected), _by_name(found)
        for name in {*wanted, *got}:
            if name in wanted and name in got and same_texts(wanted[name], got[name]):
                continue
            if name not in wanted and (name in further or self._is_default(place, name, got[name])):
                continue
            yield self._failure("wire", f"{place} {name}: {wanted.get(name)}", f"{place} {name}: {got.get(name)}")

    def _further_names(self, place: str) -> set[str]:
        """Names that keys have in a place."""
        components = self.operation.specification.root.get("components") or {}
        schemes = {**(components.get("securitySchemes") or {})}
        return {str(one.get("name")) for one in schemes.values() if isinstance(one, Mapping) and one.get("in") == place}

    def _is_default(self, place: str, name: str, values: list[str]) -> bool:
        """Whether a parameter that was not given has been sent with its default."""
        for parameter in self.operation.parameters:
            schema = wire.schema_of(parameter)
            if schema is None or parameter.value["in"] != place:
                continue
            default = self._default(schema)
            try:
                pairs = wire.written(parameter.value, default).pairs if default is not None else ()
            except UndefinedError:
                continue
            if same_texts([value for key, value in pairs if key == name], values):
                return True
        return False

    def _default(self, schema: Node) -> Any:
        node = self.schemas.specification.resolved(schema)
        if not isinstance(node.value, Mapping):
            return None
        return schema.value.get("default", node.value.get("default"))

    def _header_failures(self, written: Mapping[tuple[str, str], Written], received: Received) -> Iterator[Failure]:
        for parameter in self.operation.parameters:
            name = parameter.value["name"]
            if parameter.value["in"] != "header" or name.lower() in self._further_headers:
                continue
            expected = written[name, "header"].header if (name, "header") in written else None
            found = received.request.headers.get(name.lower())
            if expected is None and found is not None and self._is_default_header(parameter, found):
                continue
            texts = [None if one is None else one.replace(", ", ",") for one in (expected, found)]
            if not (texts[0] == texts[1] or (texts[0] and texts[1] and same_texts([texts[0]], [texts[1]]))):
                yield self._failure("wire", f"header {name}: {expected}", f"header {name}: {found}")

    @property
    def _further_headers(self) -> set[str]:
        return {name.lower() for name in self._further_names("header")}

    def _is_default_header(self, parameter: Node, found: str) -> bool:
        schema = wire.schema_of(parameter)
        default = self._default(schema) if schema is not None else None
        if parameter.value["name"].lower() in ("user-agent", "accept-encoding", "host", "connection"):
            return True
        return default is not None and same_texts([wire.written(parameter.value, default).header], [found])

    def _key_failures(self, received: Received) -> Iterator[Failure]:
        """No alternative of the security has all of its keys in the request."""
        schemes = (self.operation.specification.root.get("components") or {}).get("securitySchemes") or {}
        alternatives = self.operation.security
        if alternatives and not any(all(_has_key(schemes.get(name), received) for name in one) for one in alternatives):
            yield self._failure("wire", f"keys for {alternatives}", f"headers {sorted(received.request.headers)}")

    def _body_failures(self, example: Example, received: Received) -> Iterator[Failure]:
        if not example.media_type:
            if received.request.body and not self._is_all_defaults(received):
                yield self._failure("wire", "no body", f"body {received.request.body[:100]!r}")
            return
        if not example.body and body_kind(example.media_type) == "multipart":
            # A multipart body has at least one part, by RFC 2046: without any, there is nothing to send.
            return
        names = {name.partition(";")[0].strip().lower(): name for name in self._media_types}
        documented = names.get(received.content_type) or next((name for name in names.values() if "*" in name), None)
        if documented is None:
            yield self._failure("wire", f"content type {list(names)}", f"content type {received.content_type!r}")
            return
        try:
            seen = self._body_difference(documented, example, received)
        except (ValueError, UndefinedError) as error:
            seen = "" if isinstance(error, UndefinedError) else f"{error}: {received.request.body[:100]!r}"
        if seen:
            yield self._failure("wire", f"{documented} {shown(example.body)}", f"{received.content_type}: {seen}")

    def _is_all_defaults(self, received: Received) -> bool:
        """Whether a body that was not given consists of defaults, or is an empty object."""
        if "json" not in received.content_type:
            return False
        body = received.json
        return isinstance(body, dict) and self._without_defaults({}, body) == {}

    def _body_difference(self, media_type: str, example: Example, received: Received) -> str:
        kind = body_kind(media_type)
        if kind == "json":
            return difference(example.body, self._without_defaults(example.body, received.json))
        if kind in ("file", "text", "stream"):
            return difference(example.body, received.request.body.decode(errors="replace"))
        content = self.operation.body.value["content"][media_type] if self.operation.body is not None else {}
        encodings = content.get("encoding") or {}
        if kind == "form":
            expected = wire.form_pairs(example.body, encodings)
            return self._form_difference(expected, received.form)
        parts = wire.form_parts(example.body, self._files(media_type), encodings)
        wanted = [(f"{part.name} ({part.kind})", part.content) for part in parts]
        return self._form_difference(wanted, [(f"{part.name} ({part.kind})", part.content) for part in received.parts])

    def _form_difference(self, expected: list[tuple[str, str]], found: list[tuple[str, str]]) -> str:
        wanted, got = _by_name(expected), _by_name(found)
        for name in {*wanted, *got}:
            if name in wanted and name in got and self._same_fields(wanted[name], got[name]):
                continue
            if name not in wanted and any(
                same_texts([wire.text(one)], got[name])
                for one in self.defaults.get(name.partition(" (")[0], ())
                if not isinstance(one, (dict, list)) and one is not None
            ):
                continue
            return f"{name} is {shown(got.get(name))}, expected {shown(wanted.get(name))}"
        return ""

    def _same_fields(self, expected: list[str], found: list[str]) -> bool:
        """Whether fields of a form mean the same; JSON may have defaults that were not given."""
        if same_texts(expected, found) or len(expected) != len(found):
            return same_texts(expected, found)
        try:
            pairs = [(json.loads(one), json.loads(other)) for one, other in zip(expected, found, strict=True)]
        except ValueError:
            return False
        return not any(difference(one, self._without_defaults(one, other)) for one, other in pairs)

    def _files(self, media_type: str) -> dict[str, bool]:
        """Which fields of a form are files."""
        assert self.operation.body is not None
        schema = self.operation.body.child("content", media_type, "schema")
        return {
            name: any(map(self._is_file, nodes)) for name, nodes in self._properties(self._converted(schema)).items()
        }

    def _properties(self, schema: Node, level: int = 0) -> dict[str, list[Node]]:
        node = self.schemas.converted.resolved(schema)
        found: dict[str, list[Node]] = {}
        if level > 10 or not isinstance(node.value, dict):
            return found
        for name in node.value.get("properties") or ():
            found.setdefault(name, []).append(node.child("properties", name))
        for keyword in ("allOf", "anyOf"):
            for index in range(len(node.value.get(keyword) or ())):
                for name, nodes in self._properties(node.child(keyword, index), level + 1).items():
                    found.setdefault(name, []).extend(nodes)
        return found

    def _is_file(self, schema: Node, level: int = 0) -> bool:
        node = self.schemas.converted.resolved(schema)
        if level > 10 or not isinstance(node.value, dict):
            return False
        if node.value.get("format") == "binary" or (
            "contentMediaType" in node.value and "contentEncoding" not in node.value
        ):
            return True
        inner = [node.child("items")] if "items" in node.value else []
        for keyword in ("allOf", "anyOf"):
            inner += [node.child(keyword, index) for index in range(len(node.value.get(keyword) or ()))]
        return any(self._is_file(one, level + 1) for one in inner)

    def _without_defaults(self, expected: Any, found: Any) -> Any:
        """JSON without what was not given and has been sent with its default."""
        if isinstance(expected, dict) and isinstance(found, dict):
            return {
                key: self._without_defaults(expected.get(key), item)
                for key, item in found.items()
                if key in expected or not (item in self.defaults.get(key, ()) or self._asks_for_no_stream(key, item))
            }
        if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
            return [self._without_defaults(one, other) for one, other in zip(expected, found, strict=True)]
        return found

    def _asks_for_no_stream(self, key: str, value: Any) -> bool:
        """Whether a property says that the response is to be whole, where it can be a stream too."""
        contents = [node.value.get("content") or {} for node in self.operation.responses.values()]
        return (
            key == "stream" and value is False and any(body_kind(name) == "stream" for one in contents for name in one)
        )

    def _failure(self, kind: Kind, expected: str, seen: str) -> Failure:
        return Failure(self.operation.title, kind, shown(expected), shown(seen))

    def refused(self, example: Example, error: Exception) -> Failure:
        """The failure of a call that has not sent anything."""
        values = {parameter.value["name"]: value for parameter, value in example.parameters}
        given = shown(f"{values} {example.media_type} {shown(example.body) if example.media_type else ''}")
        if isinstance(error, LookupError) and not isinstance(error, (KeyError, IndexError)):
            return self._failure("missing", f"an argument for {error}", f"arguments {list(self.generated.arguments)}")
        known = isinstance(error, NoFitError) or type(error).__name__ in ("InvalidRequestError", "ConfigurationError")
        return self._failure("refusal" if known else "crash", f"taken: {given}", raised(error))


def body_kind(media_type: str) -> str:
    """How a media type is written: `json`, `form`, `multipart`, `text`, `file`, `stream`; nothing if nobody says."""
    name = media_type.partition(";")[0].strip().lower()
    if name in _STREAMS:
        return "stream"
    if name.endswith(("/json", "+json")):
        return "json"
    if name == "application/x-www-form-urlencoded":
        return "form"
    if name == "multipart/form-data":
        return "multipart"
    if "xml" in name or name.startswith("multipart/") or "yaml" in name:
        return ""
    return "text" if name == "text/plain" else "file"


def _has_key(scheme: Any, received: Received) -> bool:
    """Whether the key of a scheme is in a request; true where nobody can say."""
    if not isinstance(scheme, Mapping) or "$ref" in scheme or scheme.get("type") == "mutualTLS":
        return True
    if scheme.get("type") != "apiKey":
        return "authorization" in received.request.headers
    name = str(scheme.get("name"))
    places = {
        "header": received.request.headers,
        "query": dict(received.query),
        "cookie": dict(received.cookies),
    }
    where = str(scheme.get("in"))
    return (name.lower() if where == "header" else name) in places.get(where, {name: ""})


_STREAMS = (
    "text/event-stream",
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/x-jsonlines",
    "application/jsonlines",
    "application/json-seq",
    "application/stream+json",
)


def same_texts(expected: list[str], found: list[str]) -> bool:
    """Whether texts mean the same: equal numbers, equal times and equal JSON are equal."""
    if len(expected) != len(found):
        return False
    return all(one == other or _same_meaning(one, other) for one, other in zip(expected, found, strict=True))


def _same_meaning(one: str, other: str) -> bool:
    try:
        return not difference(json.loads(one), json.loads(other))
    except ValueError:
        if "," in one and one.count(",") == other.count(","):
            return same_texts(one.split(","), other.split(","))
        return not difference(one, other)


def _by_name(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
