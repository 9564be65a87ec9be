"""Names in the package that follow from names in the document."""

from collections.abc import Collection
from http import HTTPStatus

from openapi_python_client.strings import ClassName, PythonIdentifier, pascal_case

PREFIX = "field_"


def identifier(name: str) -> str:
    """The name as a variable: `x-remaining-credits` without its `x-` becomes `remaining_credits`."""
    return PythonIdentifier(name, PREFIX)


def class_name(name: str) -> str:
    """The name as a class."""
    return ClassName(name, PREFIX)


def header_property(header: str) -> str:
    """The property that reads a header."""
    plain = header[2:] if header.lower().startswith("x-") and len(header) > 2 else header
    return identifier(plain)


def error_class(component: str | None, status: str, taken: Collection[str]) -> str:
    """The class that is raised for a response of failure.

    Args:
        component: Name of the response in the document's components, or None for one that has no name.
        status: Its status as the document writes it: `404`, `4XX`, `default`.
        taken: Names that stand for something else.
    """
    stem = pascal_case(component) if component else _status_name(status)
    name = class_name(stem if stem.endswith("Error") else f"{stem}Error")
    return name if name not in taken else f"{name.removesuffix('Error')}StatusError"


def free(name: str, taken: Collection[str]) -> str:
    """The name, made longer until it is nobody else's."""
    while name in taken:
        name = f"{name}_"
    return name


def _status_name(status: str) -> str:
    if not status.isdigit():
        return f"Status{status.upper()}" if status != "default" else "OtherStatus"
    try:
        return pascal_case(HTTPStatus(int(status)).phrase.replace("-", " ").replace("'", ""))
    except ValueError:
        return f"Status{status}"
