"""Call every operation of a package over loopback, and compare what arrives and what comes back with the document."""

import argparse
import importlib
import json
import logging
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from tests.generator.public_documents.failures import Failure, raised
from tests.generator.public_documents.packages import GeneratedOperation, keys, operations
from tests.generator.public_documents.requests_trip import Example, RequestTrip, UntriedError, body_kind
from tests.generator.public_documents.responses_trip import ResponseTrip
from tests.generator.public_documents.schemas import Schemas, parts, schema_places
from tests.generator.public_documents.service import Received, service
from tests.generator.public_documents.specification import (
    DanglingReferenceError,
    Node,
    Operation,
    Specification,
    read_document,
)
from tests.generator.public_documents.stages import PACKAGE
from tests.generator.recording_server import RecordingServer

_BASE = "/below"


@frozen
class Trips:
    """What came of the operations of a package.

    Args:
        operations: How many operations the document has.
        generated: The ids of those that are in the package.
        untried: Those that could not be tried, each with the reason.
        partly: Those of which a response could not be tried.
        missing: Those that are not in the package.
        failures: What went wrong.
        calls: How many calls were made.
        seconds: How long it took.
    """

    operations: int
    generated: list[str] = field(factory=list[str])
    untried: dict[str, str] = field(factory=dict[str, str])
    failures: list[Failure] = field(factory=list[Failure])
    calls: list[int] = field(factory=lambda: [0])
    partly: dict[str, str] = field(factory=dict[str, str])
    missing: list[str] = field(factory=list[str])

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "failures": [failure.to_json() for failure in self.failures], "calls": self.calls[0]}


class Traveller:
    """Calls the operations of one package."""

    def __init__(self, specification: Specification, package: Any, server: RecordingServer, examples: int) -> None:
        self._specification = specification
        self._server = server
        self._examples = examples
        self._requests, self._responses = Schemas(specification, "request"), Schemas(specification, "response")
        self._defaults = _defaults(specification)
        options = {**keys(package.Client), "base_url": server.url + _BASE, "retry": None, "timeout": 30}
        self._client = package.Client(**options)

    def trips(self, package: Any, only: str | None = None) -> Trips:
        """Call all operations, or only one."""
        known: dict[tuple[str, str], list[GeneratedOperation]] = {}
        for one in sorted(operations(package), key=lambda one: one.is_stream):
            known.setdefault((one.method.lower(), _plain(one.path)), []).append(one)
        found = Trips(len(self._specification.operations))
        for operation in self._specification.operations:
            generated = known.get((operation.method, _plain(operation.path)))
            if not generated:
                found.missing.append(operation.title)
                continue
            found.generated.append(operation.title)
            if only is None or only in (operation.id, operation.title):
                try:
                    found.failures.extend(self._failures(operation, generated[0], generated[1:], found))
                except (UntriedError, DanglingReferenceError) as error:
                    found.untried[operation.title] = f"{type(error).__name__}: {error}"
                except Exception as error:
                    # One operation that this program cannot cope with does not hide the others.
                    found.untried[operation.title] = f"cannot be tried: {raised(error)}"
        return found

    def _failures(
        self, operation: Operation, generated: GeneratedOperation, further: list[GeneratedOperation], trips: Trips
    ) -> Iterator[Failure]:
        trip = RequestTrip(operation, generated, self._requests, self._defaults)
        arguments: dict[str, Any] | None = None
        first: Example | None = None
        for number, example in enumerate(trip.examples(self._examples)):
            trips.calls[0] += 1
            try:
                # Files are nothing that `from_dict` could read.
                has_files = body_kind(example.media_type) in ("form", "multipart")
                given = trip.arguments(example, by_constructor=number % 2 == 0 or has_files)
            except Exception as error:
                yield trip.refused(example, error)
                continue
            if arguments is None:
                arguments, first = given, example
            yield from self._sent(trip, example, given)
        if arguments is not None and first is not None:
            yield from self._received(operation, generated, arguments, trips)
            for one in further:
                # The same as a stream: its method takes the same, without what asks for a stream.
                given = RequestTrip(operation, one, self._requests, self._defaults).arguments(
                    first, by_constructor=True
                )
                yield from self._received(operation, one, given, trips)

    def _sent(self, trip: RequestTrip, example: Example, given: dict[str, Any]) -> Iterator[Failure]:
        self._server.respond_with(status=599)
        self._server.requests.clear()
        try:
            getattr(self._client, trip.generated.name)(**given)
        except Exception as error:
            if not self._server.requests:
                yield trip.refused(example, error)
        if self._server.requests:
            yield from trip.failures(example, Received(self._server.last, _BASE))

    def _received(
        self, operation: Operation, generated: GeneratedOperation, arguments: dict[str, Any], trips: Trips
    ) -> Iterator[Failure]:
        trip = ResponseTrip(operation, generated, self._responses)
        accept = self._server.requests[-1].headers.get("accept", "") if self._server.requests else ""
        accept = "*/*" if generated.is_stream else accept
        for served in trip.responses(self._examples, accept):
            trips.calls[0] += 1
            kind = served.media_type or None
            self._server.respond_with(served.body, status=served.status, content_type=kind)
            for payload in _payloads(arguments):
                payload.seek(0)
            try:
                result = getattr(self._client, generated.name)(**arguments)
                if generated.is_stream:
                    with result as events:
                        result = list(events)
            except Exception as error:
                yield from trip.error_failures(served, error)
            else:
                yield from trip.success_failures(served, result)
        if not generated.is_stream and generated.body_class is None:
            yield from self._with_headers(trip, arguments, accept)
        if trip.untried:
            trips.partly.setdefault(operation.title, f"response {trip.untried[0]}")

    def _with_headers(self, trip: ResponseTrip, arguments: dict[str, Any], accept: str) -> Iterator[Failure]:
        for served, values in trip.headers(accept):
            texts = {name: text for name, (_, text) in values.items()}
            self._server.respond_with(
                served.body, status=served.status, content_type=served.media_type or None, headers=texts
            )
            for payload in _payloads(arguments):
                payload.seek(0)
            result = trip.generated.module.sync_detailed(client=self._client, **arguments)
            yield from trip.header_failures(served, values, result)


def _payloads(value: Any) -> Iterator[Any]:
    """The open files in arguments, which were read by an earlier call."""
    if type(value).__name__ == "File":
        yield value.payload
    elif isinstance(value, dict):
        for item in value.values():
            yield from _payloads(item)
    elif isinstance(value, list):
        for item in value:
            yield from _payloads(item)
    elif hasattr(value, "to_dict") and hasattr(value, "__attrs_attrs__"):
        for one in value.__attrs_attrs__:
            yield from _payloads(getattr(value, one.name, None))


def _plain(path: str) -> str:
    """A path without the spaces and ends of lines that titles have in them."""
    return "".join(path.split())


def _defaults(specification: Specification) -> dict[str, list[Any]]:
    """The defaults and constants of all properties, by name."""
    found: dict[str, list[Any]] = {}
    left = list(schema_places(specification))
    while left:
        node = left.pop()
        if not isinstance(node.value, dict):
            continue
        names = node.value.get("properties")
        for name in names if isinstance(names, dict) else ():
            places = _behind(specification, node.child("properties", name))
            found.setdefault(name, []).extend(one["default"] for one in places if "default" in one)
        left += list(parts(node))
    return found


def _behind(specification: Specification, schema: Node) -> list[dict[str, Any]]:
    """A schema and the one that it refers to."""
    try:
        return [one for one in (schema.value, specification.resolved(schema).value) if isinstance(one, dict)]
    except DanglingReferenceError:
        return []


def main(arguments: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("document", type=Path)
    parser.add_argument("package", type=Path, help="folder that the package lies in")
    parser.add_argument("report", type=Path)
    parser.add_argument("--examples", type=int, default=8)
    parser.add_argument("--operation")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.package))
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    specification = Specification(read_document(options.document))
    package = importlib.import_module(PACKAGE)
    started = time.monotonic()
    with service() as server:
        trips = Traveller(specification, package, server, options.examples).trips(package, options.operation)
    found = {**trips.to_json(), "seconds": time.monotonic() - started}
    options.report.write_text(json.dumps(found, indent=1, default=str), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
