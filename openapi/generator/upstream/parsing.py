"""The document as openapi-python-client reads it. What it cannot read can hold anything, which is a problem."""

from typing import Any

from attrs import frozen
from pydantic import ValidationError

from ..document.document import Document, Problem, SpecError
from .contents import restore_media_types
from .error_texts import causes, located, problem
from .internals import Config, GeneratorData, GeneratorError, OpenAPI, Property
from .parameters import place_parameters
from .preparation import Prepared, prepared
from .properties import POINTER
from .renaming import rename, restore_names
from .schema_sources import Source
from .schema_types import ANYTHING
from .union_order import add_unknown, sort_alternatives
from .upstream_fixes import repair_texts, share_classes

share_classes()

_IGNORED_HEADERS = ("accept", "authorization", "content-type")
"""Header parameters whose description "shall be ignored", says OpenAPI."""

_ROUNDS = 5
"""How often a document is read, each time with stand-ins for what could not be read the last time."""


@frozen
class _Reading:
    """An attempt of openapi-python-client to read a document.

    Args:
        data: What it has read, if anything.
        faults: What it could not read, each with its place.
    """

    data: GeneratorData | None
    faults: list[Problem]


def parsed(document: Document, config: Config) -> tuple[GeneratorData, list[Problem]]:
    """Read a document, give names to what cannot have its own, and mend what openapi-python-client gets wrong.

    Returns:
        The document as openapi-python-client has read it, and where the client does something else than it says.

    Raises:
        SpecError: openapi-python-client cannot read all of it, whatever stands in for what it cannot read.
        UpstreamChanged: openapi-python-client is not the version that this was written for.
    """
    ready = prepared(document)
    data, replaced = _read(document, ready, config)
    place_parameters(data, ready.parameters, ready.paths)
    restore_media_types(data, ready.bodies)
    for group in data.endpoint_collections_by_tag.values():
        for endpoint in group.endpoints:
            endpoint.header_parameters = [prop for prop in endpoint.header_parameters if not _is_ignored(prop)]
    restore_names(data, ready.names)
    rename(data, config)
    repair_texts(data)
    sort_alternatives(data)
    add_unknown(data)
    return data, [*ready.problems, *replaced]


def report(document: Document, errors: list[GeneratorError]) -> None:
    """Stop if openapi-python-client has any errors or warnings.

    Raises:
        SpecError: It has.
    """
    document.problems(located(document, error) for error in causes(errors))


def _read(document: Document, ready: Prepared, config: Config) -> tuple[GeneratorData, list[Problem]]:
    """Read a document, with something that can hold anything in the place of each schema that cannot be read."""
    replaced: list[Problem] = []
    faults: list[Problem] = []
    for _ in range(_ROUNDS):
        reading = _attempt(document, ready, config)
        if reading.data is not None and not reading.faults:
            return reading.data, replaced
        faults, schemas = reading.faults, _schemas(ready.source)
        # What is not a schema, such as an operation, has no stand-in: it is left out.
        document.problems(fault for fault in faults if fault.pointer not in schemas)
        for fault in dict.fromkeys(faults):
            for schema in schemas[fault.pointer]:
                schema.clear()
                schema[POINTER] = fault.pointer
            replaced.append(Problem(fault.message, fault.pointer, ANYTHING))
    raise SpecError(document.name, {fault: document.place(fault.pointer) for fault in faults})


def _attempt(document: Document, ready: Prepared, config: Config) -> _Reading:
    data = GeneratorData.from_dict(ready.source, config=config)
    if isinstance(data, GeneratorError):
        return _Reading(None, list(_misshapen(ready.source)) or [problem(str(data.detail), "")])
    groups = data.endpoint_collections_by_tag.values()
    errors: list[GeneratorError] = [*data.errors, *(error for group in groups for error in group.parse_errors)]
    pointers = {name: pointer for pointer, name in ready.operations.items()}
    return _Reading(data, [located(document, error, pointers) for error in causes(errors)])


def _misshapen(source: Source) -> list[Problem]:
    """Where the source is not as openapi-python-client declares documents."""
    try:
        OpenAPI.model_validate(source)
    except ValidationError as error:
        return [problem(details["msg"], _place(source, details["loc"])) for details in error.errors()]
    return []


def _place(source: Source, location: tuple[int | str, ...]) -> str:
    """The pointer of the innermost object around a place that pydantic names, names of classes in between."""
    node: Any = source
    pointer = ""
    for part in location:
        try:
            node = node[part]
        except (LookupError, TypeError):
            # The name of a class.
            continue
        pointer = node.get(POINTER, pointer) if isinstance(node, dict) else pointer
    return pointer


def _schemas(source: Source) -> dict[str, list[Source]]:
    """The schemas in a source, by the pointers of their places."""
    found: dict[str, list[Source]] = {}
    paths = [operation for item in source["paths"].values() for operation in item.values()]
    waiting: list[object] = [*source["components"]["schemas"].values(), *map(_parts, paths)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict) and POINTER in node:
            found.setdefault(node[POINTER], []).append(node)
        if isinstance(node, (dict, list)):
            waiting += node.values() if isinstance(node, dict) else node
    return found


def _parts(operation: Source) -> list[object]:
    """The schemas that an operation has."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    contents = [media for body in bodies for media in body.get("content", {}).values()]
    return [one["schema"] for one in (*operation["parameters"], *contents) if "schema" in one]


def _is_ignored(header: Property) -> bool:
    return header.name.get_untrusted_value().lower() in _IGNORED_HEADERS
