"""Security schemes of the document as parameters of the client."""

from collections.abc import Iterator
from typing import Any

from runtime.spec.credentials import SecurityScheme

from ..document.document import Document
from ..document.traversal import operations
from ..upstream.naming import RESERVED_OPTIONS, distinct, identifier


def schemes(document: Document) -> dict[str, SecurityScheme]:
    """The ways to prove who calls, by their names in the document."""
    described = document.root.get("components", {}).get("securitySchemes", {})
    names = distinct([identifier(name) for name in described], RESERVED_OPTIONS)
    return {
        name: _scheme(parameter, document.at(document.resolved(f"/components/securitySchemes/{name}")))
        for name, parameter in zip(described, names, strict=True)
    }


def alternatives(document: Document, operation: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """What an operation needs: one of these sets of keys, by the names of the client's parameters.

    The client takes the first set that it has, so the empty one comes last.
    """
    named = schemes(document)
    needed = operation.get("security", document.root.get("security", []))
    return tuple(
        tuple(named[name].name for name in requirement) for requirement in sorted(needed, key=lambda names: not names)
    )


def keyless(document: Document) -> bool:
    """Whether some operation can be called without a key."""
    return any(_needs_none(alternatives(document, node.value)) for node in operations(document))


def scheme_source(scheme: SecurityScheme) -> str:
    """A scheme as Python code."""
    return f"SecurityScheme({', '.join(_arguments(scheme))})"


def _needs_none(needed: tuple[tuple[str, ...], ...]) -> bool:
    return not needed or () in needed


def _arguments(scheme: SecurityScheme) -> Iterator[str]:
    for name in ("name", "location", "api_name", "style", "env"):
        yield f"{name}={getattr(scheme, name)!r}"


def _scheme(parameter: str, described: dict[str, Any]) -> SecurityScheme:
    env = described.get("x-env")
    if described["type"] == "apiKey":
        return SecurityScheme(name=parameter, location=described["in"], api_name=described["name"], env=env)
    basic = described["type"] == "http" and described["scheme"].lower() == "basic"
    return SecurityScheme(name=parameter, style="basic" if basic else "bearer", env=env)
