"""What varies from call to call, as the document says it: which headers, and which places of a JSON body."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from generator.document.document import Document, child, tokens
from generator.document.traversal import objects, operations

VARIES = "x-varies"
IDENTIFIER = "request-id"
VARYING = frozenset({VARIES, IDENTIFIER, "retry-at", "generation-time"})
"""What makes a value noise: the keyword `x-varies`, or one of these values of `x-semantics`."""

BALANCES = frozenset({"remaining-credits", "balance"})
"""Values of `x-semantics` of which only the change counts."""

_OF_BODY, _OF_HEADER = "$response.body#", "$response.header."


@frozen
class Noise:
    """What a document says of the noise in responses.

    Args:
        document: The document.
        headers: What each header of a response means, by name in lower case, whichever response it comes with.
        places: What schemas mean beyond their own keywords, by pointer.
        active: The states of a job that is not done, at the schemas that tell them, by pointer: which of them a job has
            depends on the moment.
    """

    document: Document
    headers: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]
    active: Mapping[str, frozenset[str]]

    @classmethod
    def of_document(cls, document: Document) -> "Noise":
        """Read a document."""
        headers: dict[str, frozenset[str]] = {}
        places: dict[str, frozenset[str]] = {}
        active: dict[str, frozenset[str]] = {}
        for node in objects(document):
            for name in node.value.get("headers", {}) if node.kind == "response" else ():
                kinds = _kinds(document.resolved_at(child(node.pointer, "headers", name)))
                headers[name.lower()] = headers.get(name.lower(), frozenset()) | kinds
            if node.kind == "response" and "links" in node.value:
                for place, kind in (*_handed_on(document, node.pointer), *_of_job(document, node.pointer)):
                    found = headers if place.startswith(_OF_HEADER) else places
                    name = place.removeprefix(_OF_HEADER).lower() if place.startswith(_OF_HEADER) else place
                    found[name] = found.get(name, frozenset()) | {kind}
                for place, states in _active_states(document, node.pointer):
                    active[place] = active.get(place, frozenset()) | states
        return cls(document, headers, places, active)

    def of(self, schema: str) -> frozenset[str]:
        """What the value at a schema means, by the pointer of the schema."""
        return _kinds(self.document.at(schema)) | self.places.get(schema, frozenset())


def below(document: Document, pointer: str | None, *parts: str) -> str | None:
    """The pointer of what is below a place, behind all references; None if nothing is there."""
    if pointer is None or not document.has(child(pointer, *parts)):
        return None
    return document.resolved(child(pointer, *parts))


def property_of(document: Document, schema: str | None, name: str) -> str | None:
    """The pointer of a property's schema, also in one of several alternatives; None if the schema has none."""
    if schema is None:
        return None
    node = document.at(schema)
    found = [below(document, schema, "properties", name)]
    for keyword in ("allOf", "anyOf", "oneOf") if isinstance(node, dict) else ():
        for at in range(len(node.get(keyword, ()))):
            found.append(property_of(document, below(document, schema, keyword, str(at)), name))
    return next((one for one in found if one is not None), None)


def _kinds(node: Any) -> frozenset[str]:
    if not isinstance(node, dict):
        return frozenset()
    return frozenset({str(node.get("x-semantics", "")), VARIES if node.get(VARIES) else ""} - {""})


def _handed_on(document: Document, response: str) -> Iterator[tuple[str, str]]:
    """The values of a response that its links hand on to other operations: identifiers, and addresses with one."""
    for link in document.at(response)["links"].values():
        for expression in map(str, link.get("parameters", {}).values()):
            if expression.lower().startswith(_OF_HEADER):
                yield f"{_OF_HEADER}{expression[len(_OF_HEADER) :]}", IDENTIFIER
            elif expression.startswith(_OF_BODY):
                for schema in _schemas(document, response):
                    yield from _at(document, schema, expression.removeprefix(_OF_BODY), IDENTIFIER)


def _of_job(document: Document, response: str) -> Iterator[tuple[str, str]]:
    """What `x-job` says of the result: where the image is, and what the result reports, by semantics."""
    job = document.at(response).get("x-job", {})
    named = {str(pointer): str(kind) for kind, pointer in job.get("reports", {}).items()}
    if "image" in job:
        named[str(job["image"])] = VARIES
    for schema in _linked_schemas(document, response, job.get("result", job.get("status"))):
        for pointer, kind in named.items():
            yield from _at(document, schema, pointer, kind)


def _active_states(document: Document, response: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Where the responses that tell the state of a job have it, with the states of a job that is not done."""
    job = document.at(response).get("x-job", {})
    states = frozenset(map(str, job.get("active", ())))
    for link in {job.get("status"), job.get("result")} if states else ():
        for schema in _linked_schemas(document, response, link):
            yield from ((place, states) for place, _ in _at(document, schema, str(job["state"]), ""))


def _linked_schemas(document: Document, response: str, link: str | None) -> Iterator[str]:
    """The schemas of all responses of the operation that a link of a response leads to."""
    followed = document.at(response)["links"].get(link, {}).get("operationId")
    for operation in operations(document):
        if followed is not None and operation.value.get("operationId") == followed:
            for status in operation.value.get("responses", {}):
                yield from _schemas(document, document.resolved(child(operation.pointer, "responses", status)))


def _schemas(document: Document, response: str) -> Iterator[str]:
    for media in document.at(response).get("content", {}):
        found = below(document, response, "content", media, "schema")
        if found is not None:
            yield found


def _at(document: Document, schema: str, pointer: str, kind: str) -> Iterator[tuple[str, str]]:
    """The schema of a place in a body, with what it means; nothing if the body has no such place."""
    place: str | None = schema
    for token in tokens(pointer):
        place = below(document, place, "items") if token.isdigit() else property_of(document, place, token)
    if place is not None:
        yield place, kind
