"""The document as openapi-python-client reads it. Its warnings are problems."""

from typing import Any

from pydantic import ValidationError

from ..document.document import Document, Problem, SpecError, child
from .contents import restore_media_types
from .error_texts import causes, located, problem
from .internals import Config, GeneratorData, GeneratorError, OpenAPI, Property
from .parameters import place_parameters
from .preparation import prepared
from .renaming import rename, restore_names
from .union_order import add_unknown, sort_alternatives
from .upstream_fixes import repair_texts

_IGNORED_HEADERS = ("accept", "authorization", "content-type")
"""Header parameters whose description "shall be ignored", says OpenAPI."""


def parsed(document: Document, config: Config) -> tuple[GeneratorData, list[Problem]]:
    """Read a document, give names to what cannot have its own, and mend what openapi-python-client gets wrong.

    Returns:
        The document as openapi-python-client has read it, and where the client does something else than it says.

    Raises:
        SpecError: openapi-python-client cannot read all of it.
        UpstreamChanged: openapi-python-client is not the version that this was written for.
    """
    ready = prepared(document)
    _check_shape(document, ready.source)
    data = GeneratorData.from_dict(ready.source, config=config)
    if isinstance(data, GeneratorError):
        raise SpecError(document.name, {problem(str(data.detail), ""): 1})
    groups = data.endpoint_collections_by_tag.values()
    report(document, [*data.errors, *(error for group in groups for error in group.parse_errors)])
    place_parameters(data, ready.parameters, ready.paths)
    restore_media_types(data, ready.bodies)
    for group in groups:
        for endpoint in group.endpoints:
            endpoint.header_parameters = [prop for prop in endpoint.header_parameters if not _is_ignored(prop)]
    restore_names(data, ready.names)
    rename(data, config)
    repair_texts(data)
    sort_alternatives(data)
    add_unknown(data)
    return data, ready.problems


def report(document: Document, errors: list[GeneratorError]) -> None:
    """Stop if openapi-python-client has any errors or warnings.

    Raises:
        SpecError: It has.
    """
    document.problems(located(document, error) for error in causes(errors))


def _check_shape(document: Document, source: dict[str, Any]) -> None:
    # `from_dict` checks it too, but does not say where the fault is.
    try:
        OpenAPI.model_validate(source)
    except ValidationError as error:
        faults = ((details["msg"], _place(document, details["loc"])) for details in error.errors())
        message, place = max(faults, key=lambda fault: len(fault[1]))
        raise SpecError(document.name, {problem(message, place): document.line(place)}) from error


def _is_ignored(header: Property) -> bool:
    return header.name.get_untrusted_value().lower() in _IGNORED_HEADERS


def _place(document: Document, location: tuple[int | str, ...]) -> str:
    """The pointer of a place that pydantic names, which has names of classes in between."""
    pointer = ""
    for part in location:
        further = child(pointer, str(part))
        pointer = further if document.has(further) else pointer
    return pointer
