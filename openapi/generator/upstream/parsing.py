"""The document as openapi-python-client reads it. Its warnings are problems."""

import itertools
import re
from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.properties import Property
from openapi_python_client.schema import OpenAPI
from pydantic import ValidationError

from ..document.document import Document, Problem, SpecError, child
from .preparation import POINTER, content_type_overrides, prepared
from .renaming import class_overrides, rename
from .upstream_fixes import repair_texts

_IGNORED_HEADERS = ("accept", "authorization", "content-type")
"""Parameters whose description "shall be ignored", says OpenAPI."""


def configuration(document: Document, settings: Path, package: str | None, output: Path) -> Config:
    """The settings of openapi-python-client for a document."""
    file = ConfigFile.load_from_path(settings)
    file.content_type_overrides = content_type_overrides(document)
    file.class_overrides = {**class_overrides(), **(file.class_overrides or {})}
    if package:
        file.package_name_override, file.project_name_override = package, package.replace("_", "-")
    return Config.from_sources(file, MetaType.NONE, Path(document.name), "utf-8", overwrite=False, output_path=output)


def parsed(document: Document, config: Config) -> GeneratorData:
    """Read a document.

    Raises:
        SpecError: openapi-python-client cannot read all of it.
    """
    source = prepared(document)
    _check_shape(document, source)
    data = GeneratorData.from_dict(source, config=config)
    if isinstance(data, GeneratorError):
        raise SpecError(document.name, {_problem(str(data.detail), ""): 1})
    groups = data.endpoint_collections_by_tag.values()
    report(document, [*data.errors, *(error for group in groups for error in group.parse_errors)])
    for group in groups:
        for endpoint in group.endpoints:
            endpoint.header_parameters = [prop for prop in endpoint.header_parameters if not _is_ignored(prop)]
    rename(data, config)
    repair_texts(data)
    return data


def _check_shape(document: Document, source: dict[str, Any]) -> None:
    # `from_dict` does so too, and forgets where the fault is.
    try:
        OpenAPI.model_validate(source)
    except ValidationError as error:
        faults = ((details["msg"], _place(document, details["loc"])) for details in error.errors())
        message, place = max(faults, key=lambda fault: len(fault[1]))
        raise SpecError(document.name, {_problem(message, place): document.line(place)}) from error


def _is_ignored(header: Property) -> bool:
    return header.name.get_untrusted_value().lower() in _IGNORED_HEADERS


def report(document: Document, errors: list[GeneratorError]) -> None:
    """Stop if there are any errors or warnings.

    Raises:
        SpecError: There are.
    """
    causes = [error for error in errors if not _follows_from_another(error)]
    document.problems(_located(document, error) for error in causes or errors)


def _follows_from_another(error: GeneratorError) -> bool:
    return error.header.startswith("WARNING parsing") and "Could not find reference in parsed" in str(error.detail)


def _located(document: Document, error: GeneratorError) -> Problem:
    data = error.data if isinstance(error, ParseError) else None
    extra = getattr(data, "model_extra", None) or {}
    pointer = extra.get(POINTER) or _named_place(document, f"{error.header} {error.detail}")
    return _problem(f"{error.header} {error.detail or ''}", pointer)


def _problem(text: str, pointer: str) -> Problem:
    # What it removes from its output is of no interest where there is no output.
    cause = text.partition("Failure to process schema has resulted in the removal of")[0]
    named = re.sub(r"<[\w.]*UntrustedString object at \w+>", "…", cause)
    return Problem(f"openapi-python-client: {' '.join(named.split())}", pointer)


def _named_place(document: Document, text: str) -> str:
    """The place that the text of a problem names."""
    words = [word.strip(",:.()'\"") for word in text.split()]
    for word in words:
        if word.startswith("/components/") and document.has(word):
            return word
    for method, path in itertools.pairwise(words):
        pointer = child("/paths", path, method.lower())
        if document.has(pointer):
            return pointer
    return ""


def _place(document: Document, location: tuple[int | str, ...]) -> str:
    """The pointer of a place that pydantic names, which has names of classes in between."""
    pointer = ""
    for part in location:
        further = child(pointer, str(part))
        pointer = further if document.has(further) else pointer
    return pointer
