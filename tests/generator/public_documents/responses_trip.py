"""The way back: the service responds with what the document allows, and what the client makes of it is compared."""

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen
from PIL import Image

from tests.generator.public_documents import wire
from tests.generator.public_documents.annotations import flaws, meaning
from tests.generator.public_documents.failures import Failure, Kind, raised, shown
from tests.generator.public_documents.packages import GeneratedOperation
from tests.generator.public_documents.python_values import difference, json_value
from tests.generator.public_documents.requests_trip import body_kind
from tests.generator.public_documents.sampling import NoSampleError, Place, Sampler
from tests.generator.public_documents.schemas import Schemas
from tests.generator.public_documents.specification import Node, Operation, escaped
from tests.generator.public_documents.wire import UndefinedError

_FRAMING = frozenset({"content-length", "content-type", "content-encoding", "transfer-encoding", "connection"})
"""Headers whose values the transport decides."""


@frozen
class ServedResponse:
    """A response that the document allows.

    Args:
        documented: The status in the document.
        status: The status that is served.
        media_type: Its media type, or nothing without a body.
        value: Its body as JSON, or as text.
        body: Its body in bytes.
        beyond: What it has that the document does not allow but services do, or nothing.
    """

    documented: str
    status: int
    media_type: str
    value: Any
    body: bytes
    beyond: str = ""

    @property
    def is_success(self) -> bool:
        """Whether it has a 2xx."""
        return 200 <= self.status < 300

    def __str__(self) -> str:
        return f"{self.status} {self.media_type} {shown(self.value)} {self.beyond}".strip()


@frozen(eq=False)
class ResponseTrip:
    """The responses of one operation.

    Args:
        operation: The operation in the document.
        generated: The same in the package.
        schemas: The schemas of responses.
    """

    operation: Operation
    generated: GeneratedOperation
    schemas: Schemas
    untried: list[str] = field(factory=list[str], init=False)

    def responses(self, most: int, accept: str) -> Iterator[ServedResponse]:
        """Responses of every documented status and of every media type that the client asks for."""
        for documented, node in self.operation.responses.items():
            for status in self._statuses(documented):
                content = node.value.get("content") or {}
                names = [name for name in content if _is_accepted(name, accept)]
                if not content or status in (204, 205, 304) or self.operation.method == "head":
                    yield ServedResponse(documented, status, "", None, b"")
                for name in names:
                    if status not in (204, 205, 304) and self.operation.method != "head":
                        yield from self._bodies(documented, status, node, name, most)

    def _statuses(self, documented: str) -> list[int]:
        """Statuses that a documented one stands for."""
        known = set(self.operation.responses)
        if documented.isdigit():
            return [int(documented)] if 200 <= int(documented) < 600 else []
        if documented.lower() == "default":
            successes = any(one.startswith("2") for one in known)
            ranges = {one[0] for one in known if one[1:].lower() == "xx"}
            return [
                status
                for status in ((418,) if successes else (200, 418))
                if str(status) not in known and str(status)[0] not in ranges
            ]
        if documented[:1] in "2345" and documented[1:].lower() == "xx":
            first = int(documented[0]) * 100
            return [
                next(
                    status
                    for status in range(first, first + 100)
                    if str(status) not in known and status not in (204, 205)
                )
            ]
        return []

    def _bodies(self, documented: str, status: int, node: Node, name: str, most: int) -> Iterator[ServedResponse]:
        kind = body_kind(name)
        if (kind == "stream") != (self.generated.is_stream and 200 <= status < 300):
            # Its other method does this.
            return
        if kind == "stream":
            yield from self._stream(documented, status, node, name, most)
            return
        if kind in ("file", "text"):
            text = "text of a response"
            body = _image(name) if name.startswith("image/") else text.encode()
            yield ServedResponse(documented, status, name.replace("*/*", "application/x-test"), text, body)
            return
        if kind != "json":
            self.untried.append(f"{status} {name}")
            return
        last: Any = None
        for last in self._values(node.child("content", name), most):
            yield ServedResponse(documented, status, name.replace("*", "x"), last, json.dumps(last).encode())
        if isinstance(last, dict) and 200 <= status < 300 and "schema" in node.value["content"][name]:
            place = f"{node.pointer}/content/{escaped(name)}/schema"
            for served, value, beyond in _beyond(self.schemas, place, last):
                yield ServedResponse(documented, status, name, value, json.dumps(served).encode(), beyond)

    def _stream(self, documented: str, status: int, node: Node, name: str, most: int) -> Iterator[ServedResponse]:
        media = node.child("content", name)
        keyword = "itemSchema" if "itemSchema" in media.value else "schema"
        if keyword not in media.value:
            return
        schema = self.schemas.converted.at(f"#{media.pointer}/{keyword}")
        names = set(self.schemas.converted.resolved(schema).value.get("properties") or ())
        if names and names <= {"data", "event", "id", "retry"}:
            self.untried.append(f"{status} {name} with its fields described")
            return
        values = [value for value in self._values(media, most, keyword) if value != "[DONE]"]
        if keyword == "schema" and values and all(isinstance(value, list) for value in values):
            values = [item for value in values for item in value]
        if "event-stream" in name:
            lines = [f"data: {value if isinstance(value, str) else json.dumps(value)}\n\n" for value in values]
        else:
            lines = [f"{json.dumps(value)}\n" for value in values]
        start = "\x1e" if "json-seq" in name else ""
        yield ServedResponse(documented, status, name, values, "".join(f"{start}{line}" for line in lines).encode())

    def _values(self, media: Node, most: int, keyword: str = "schema") -> Iterator[Any]:
        if not isinstance(media.value, Mapping) or keyword not in media.value:
            yield {"free": 1}
            return
        schema = self.schemas.converted.at(f"#{media.pointer}/{keyword}")
        sampler = Sampler(self.schemas, self.operation.title)
        for number in range(most):
            before = sampler.covered()
            try:
                yield sampler.sample(schema, full=number > 0)
            except NoSampleError as error:
                self.untried.append(f"{media.pointer}: {error}")
                return
            if number > 1 and sampler.covered() == before:
                break
        yield from (value for value in _given_examples(media.value) if self.schemas.is_valid(schema.pointer, value))

    def headers(self, accept: str) -> Iterator[tuple[ServedResponse, dict[str, tuple[Any, str]]]]:
        """Each success whose headers are described, with a value and a text for each header."""
        for documented, node in self.operation.responses.items():
            described = node.value.get("headers") or {}
            for status in self._statuses(documented)[:1]:
                if not described or not 200 <= status < 300:
                    continue
                served = next(iter(self._served(documented, status, node, accept)), None)
                values = {name: self._header(node.child("headers", name)) for name in described}
                found = {name: one for name, one in values.items() if one is not None and name.lower() not in _FRAMING}
                if served is not None and found:
                    yield served, found

    def _served(self, documented: str, status: int, node: Node, accept: str) -> Iterator[ServedResponse]:
        content = node.value.get("content") or {}
        if not content or status == 204 or self.operation.method == "head":
            yield ServedResponse(documented, status, "", None, b"")
            return
        for name in content:
            if _is_accepted(name, accept):
                yield from self._bodies(documented, status, node, name, 1)

    def _header(self, node: Node) -> tuple[Any, str] | None:
        """A value for a header and its text, if it has a schema that says what it is."""
        header = self.operation.specification.resolved(node)
        schema = wire.schema_of(header)
        if schema is None or wire.media_type(header.value) or header.pointer.lower().endswith("/content-type"):
            return None
        sampler = Sampler(self.schemas, self.operation.title, Place("header", ",="))
        try:
            value = sampler.sample(self.schemas.converted.at(f"#{schema.pointer}"), full=True)
            parameter = {"name": "", "in": "header", "explode": header.value.get("explode", False)}
            return value, wire.written(parameter, value).header
        except (NoSampleError, UndefinedError):
            return None

    def header_failures(
        self, served: ServedResponse, values: dict[str, tuple[Any, str]], result: Any
    ) -> Iterator[Failure]:
        """What is wrong with the headers of a result, where its class has readers for them."""
        for name, (value, text) in values.items():
            attribute = "".join(letter if letter.isalnum() else "_" for letter in name).lower()
            if not isinstance(getattr(type(result), attribute, None), property):
                continue
            getter = getattr(type(result), attribute).fget
            found = getattr(result, attribute)
            kind = meaning(getter.__annotations__["return"], getter.__module__)
            seen = next(flaws(found, kind, attribute), "") or difference(value, json_value(found))
            if seen:
                yield self._failure("back", served, f"header {name}: {text}: {seen}")

    def success_failures(self, served: ServedResponse, result: Any) -> Iterator[Failure]:
        """What is wrong with the result of a successful call."""
        if not served.is_success:
            yield self._failure("error", served, f"an exception, not {shown(result)}")
            return
        unchecked = self.generated.is_stream or served.beyond.startswith("with a newer")
        wrong = "" if unchecked else next(flaws(result, self.generated.result, "result"), "")
        if wrong:
            yield self._failure("type", served, wrong)
        if hasattr(result, "content") and not hasattr(result, "to_dict"):
            if result.content != served.body:
                yield self._failure("back", served, f"bytes {shown(result.content)}")
            return
        found = json_value(result)
        if served.beyond.startswith("with null") and isinstance(found, dict):
            # Whether a null that is not allowed comes back as null is a matter of taste; the annotations decide.
            found = {key: item for key, item in found.items() if item is not None or key in served.value}
        seen = difference(served.value, found)
        if seen:
            yield self._failure("back", served, seen)

    def error_failures(self, served: ServedResponse, error: Exception) -> Iterator[Failure]:
        """What is wrong with the exception of a call."""
        names = [cls.__name__ for cls in type(error).__mro__]
        if served.is_success:
            yield self._failure("read" if "APIError" in names else "crash", served, raised(error))
        elif "APIError" not in names:
            yield self._failure("crash", served, raised(error))
        elif served.status >= 400 and ("StatusError" not in names or "UndocumentedStatusError" in names):
            yield self._failure("error", served, raised(error))
        elif served.status >= 400 and body_kind(served.media_type) == "json":
            seen = difference(served.value, json_value(getattr(error, "body", None)))
            if seen:
                yield self._failure("error", served, f"{type(error).__name__}.body: {seen}")

    def _failure(self, kind: Kind, served: ServedResponse, seen: str) -> Failure:
        return Failure(self.operation.title, kind, str(served), shown(seen))


def _beyond(schemas: Schemas, place: str, value: dict[str, Any]) -> Iterator[tuple[Any, Any, str]]:
    """What services respond beyond their documents, what is expected of it, and what it is."""
    schema = schemas.converted.resolved(schemas.converted.at(f"#{place}"))
    if not isinstance(schema.value, dict) or "anyOf" in schema.value or not schemas.is_valid(place, value):
        return

    def without(*names: str) -> dict[str, Any]:
        return {key: item for key, item in value.items() if key not in names}

    declared = schema.value.get("properties") or {}
    optional = [name for name in value if name in declared and schemas.is_valid(place, without(name))]
    forbidden = [name for name in optional if not schemas.is_valid(place, {**value, name: None})]
    if forbidden and schemas.is_valid(place, without(*forbidden)):
        yield {**value, **dict.fromkeys(forbidden)}, without(*forbidden), f"with null for {', '.join(forbidden)}"
    further = {**value, "x-further": {"a": [1]}}
    if schemas.is_valid(place, further):
        yield further, further, "with a further property"


def _given_examples(media: Mapping[str, Any]) -> Iterator[Any]:
    """The examples that a document gives."""
    if "example" in media:
        yield media["example"]
    examples = media.get("examples") or {}
    for one in examples.values() if isinstance(examples, Mapping) else ():
        if isinstance(one, Mapping) and "value" in one:
            yield one["value"]


def _is_accepted(media_type: str, accept: str) -> bool:
    name = media_type.partition(";")[0].strip().lower()
    asked = [one.partition(";")[0].strip().lower() for one in accept.split(",")]
    return not accept or name in asked or "*/*" in asked or f"{name.partition('/')[0]}/*" in asked


def _image(media_type: str) -> bytes:
    """A whole image of a media type, if it is one that can be made."""
    name = media_type.partition("/")[2].partition(";")[0].upper().replace("JPG", "JPEG")
    data = io.BytesIO()
    picture = Image.frombytes("RGB", (2, 2), bytes(range(12)))
    picture.save(data, name if name in ("PNG", "JPEG", "WEBP", "GIF") else "PNG")
    return data.getvalue()
