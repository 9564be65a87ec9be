"""Security schemes that the client does not know: it leaves their proof to whoever calls."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from .document import Document, Problem, child
from .traversal import Node, operations

_PLACES = ("query", "header", "cookie")
_INSTEAD = "the client does not send it: give `headers`, or an `http_client` that does"


def leave_out_schemes(document: Document) -> Iterator[Problem]:
    """Take the schemes that the client does not know out of the document, and out of what operations need.

    An alternative that needs one goes where another one remains. Else the operation is called without.
    """
    described = document.root.get("components", {}).get("securitySchemes", {})
    reasons = {name: _reason(_resolved(document, name)) for name in described}
    for name, (reason, field) in reasons.items():
        if reason:
            yield Problem(reason, child("/components/securitySchemes", name, *field), _INSTEAD)
    usable = {name for name, (reason, _) in reasons.items() if not reason}
    for owner in chain([Node("document", "", document.root)], operations(document)):
        yield from _unknown(owner, described)
        if "security" in owner.value:
            owner.value["security"] = _usable(owner.value["security"], usable)
    for name in [name for name in described if name not in usable]:
        del described[name]


def _resolved(document: Document, name: str) -> Mapping[str, Any]:
    try:
        found = document.resolved_at(child("/components/securitySchemes", name))
    except (LookupError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _reason(scheme: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Why the client does not know a scheme, and the field that says so."""
    kind = scheme.get("type")
    if kind == "mutualTLS":
        return "mutualTLS needs a certificate: pass an `http_client` that has it", ()
    if kind == "http":
        how = scheme.get("scheme")
        is_known = isinstance(how, str) and how.lower() in ("basic", "bearer")
        return ("", ()) if is_known else (f"the scheme {how!r} is not supported; basic and bearer are", ("scheme",))
    if kind == "apiKey":
        if not isinstance(scheme.get("name"), str) or not scheme["name"]:
            return "a key needs the `name` of its header, parameter or cookie", ()
        is_known = scheme.get("in") in _PLACES
        return ("", ()) if is_known else (f"a key is not in {scheme.get('in')!r}: {', '.join(_PLACES)}", ())
    if kind in ("oauth2", "openIdConnect"):
        return "", ()
    return f"{kind!r} is not a type of security scheme: apiKey, http, oauth2, openIdConnect and mutualTLS are", ()


def _unknown(owner: Node, described: Mapping[str, Any]) -> Iterator[Problem]:
    for at, alternative in enumerate(owner.value.get("security", ())):
        for name in alternative:
            if name not in described:
                place = child(owner.pointer, "security", str(at), name)
                yield Problem(f"the security scheme {name!r} is not described", place, _INSTEAD)


def _usable(security: list[dict[str, Any]], usable: set[str]) -> list[dict[str, Any]]:
    whole = [alternative for alternative in security if usable.issuperset(alternative)]
    if any(whole) or whole == security:
        return whole
    partly = [{name: scopes for name, scopes in one.items() if name in usable} for one in security]
    return [one for one in partly if one]
