"""Whether anything differs that no comparison has noted.

The noted places are taken out of both versions, and what is left has to mean the same: with references followed, and
without the names and the order that decide nothing. An edit of a kind that no comparison looks for stays visible, also
beside others.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from ..document.document import child, tokens
from ..document.kinds import METHODS
from .comparison import is_foreign

_TOLD_TOGETHER = {"enum": ("const",), "const": ("enum",), "anyOf": ("oneOf",), "oneOf": ("anyOf",)}
"""Keywords that are compared as one, and noted at the place of the first."""

_OF_THE_WHOLE = frozenset({"type", "nullable"})
_TEXTS = frozenset({"title", "summary", "description", "$comment"})
_SAMPLES = frozenset({"example", "examples", "externalDocs", "xml", "x-evidence"})
_NAMED = frozenset({"headers", "responses", "content", "links"})
"""Objects whose keys are names that the document gives."""

_OPEN = frozenset({"additionalProperties", "unevaluatedProperties", "items"})
"""Keywords that allow everything where they are left out."""

_UNORDERED = frozenset({"oneOf", "anyOf", "allOf", "enum", "type", "parameters"})
"""Lists of which the order decides nothing, or is compared on its own."""


def operations_left(old: Any, new: Any, noted: tuple[Iterable[str], Iterable[str]]) -> list[str]:
    """The operations that still differ without the places that have been noted; an empty name for what is in none.

    Args:
        old: The root of the old version.
        new: The root of the new version.
        noted: JSON pointers of the noted places in both.
    """
    roots = [_without(root, pointers) for root, pointers in zip((old, new), noted, strict=True)]
    was, now = _meanings(*roots)
    return [name for name in {**was, **now} if was.get(name) != now.get(name)]


def _without(root: Any, pointers: Iterable[str]) -> Any:
    copy = json.loads(json.dumps(root, default=str))
    places = [found for pointer in pointers if pointer and (found := _found(copy, pointer)) is not None]
    for node, key in places:
        if isinstance(node, list):
            node[key] = None
        else:
            node.update({name: None for name in (key, *_TOLD_TOGETHER.get(key, ())) if name in node})
    return copy


def _found(root: Any, pointer: str) -> tuple[Any, Any] | None:
    """The object or list that a place is in, and its key there; None where there is no such place."""
    *around, last = tokens(pointer)
    node = root
    for token in around:
        node = _member(root, node, token)
    key = int(last) if isinstance(node, list) else last
    return None if _member(root, node, last) is None else (node, key)


def _member(root: Any, node: Any, token: str) -> Any:
    if isinstance(node, list):
        return node[int(token)] if token.isdigit() and int(token) < len(node) else None
    while isinstance(node, dict) and token not in node and "$ref" in node:
        node = _at(root, node["$ref"])
    return node.get(token) if isinstance(node, dict) else None


def _at(root: Any, reference: str) -> Any:
    node = root
    for token in tokens(reference.removeprefix("#")):
        node = _member(root, node, token)
    return node


def _meanings(*roots: Any) -> list[dict[str, str]]:
    """What each operation of each document means, by its pointer: equal texts mean the same."""
    known = [{reference: dict[str, str]() for reference in _references(root)} for root in roots]
    count = 0
    # As in the minimization of automata: each round follows references one step further, until it tells none apart.
    while True:
        known = [
            {name: _content(_at(root, name), found) for name in found} for root, found in zip(roots, known, strict=True)
        ]
        different = len({_hashed(content) for found in known for content in found.values()})
        if different == count:
            return [dict(_operations(root, found)) for root, found in zip(roots, known, strict=True)]
        count = different


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"]
    for member in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _references(member)


def _operations(root: Any, known: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    paths = root.get("paths") or {}
    for path, item in [(path, item) for path, item in paths.items() if isinstance(item, dict)]:
        shared = {name: value for name, value in item.items() if name not in METHODS}
        for method in [method for method in METHODS if item.get(method) is not None]:
            parameters = [*(shared.get("parameters") or ()), *(item[method].get("parameters") or ())]
            # Which keys an operation needs is compared as a whole, wherever it is said; and so is its name.
            own = {name: value for name, value in item[method].items() if name not in ("security", "operationId")}
            whole = {**shared, **own, **({"parameters": parameters} if parameters else {})}
            yield child("/paths", path, method), _hash(whole, known)
    rest = {name: value for name, value in root.items() if name not in ("paths", "components", "info", "security")}
    info = {name: value for name, value in root.get("info", {}).items() if name != "version"}
    yield "", _hash([rest, info], known)


def _content(node: Any, known: dict[str, dict[str, str]], around: str = "") -> dict[str, str]:
    """The members of an object, hashed, with those of what it refers to."""
    if not isinstance(node, dict):
        return {"": _hash(node, known)}
    target = known.get(node["$ref"], {}) if isinstance(node.get("$ref"), str) else {}
    parts = [_content(part, known) for part in node.get("allOf") or () if isinstance(part, dict)]
    own: dict[str, str] = {}
    for key, value in node.items():
        if key == "properties" and around != "properties" and isinstance(value, dict):
            # One by one: it does not matter which part of an `allOf` has them.
            own |= {f"properties/{name}": _hash(one, known) for name, one in value.items() if one is not None}
        elif _says_something(key, value, around):
            # A constant is a list of one value.
            name, said = ("enum", [value]) if key == "const" else (key, value)
            own[name.lower() if around == "headers" else name] = _hash(said, known, name)
    return {**_merged(parts), **target, **own}


def _says_something(key: str, value: Any, around: str) -> bool:
    """Whether a member of an object can mean anything to a client that is not compared elsewhere."""
    if value is None or key in ("$ref", "allOf") or (key in _TEXTS and isinstance(value, str)):
        return False
    if around not in _NAMED and (key in _SAMPLES or is_foreign(key)):
        return False
    if key in _OPEN and value in (True, {}):
        # The same as nothing.
        return False
    # These are compared as a whole, whichever part of a schema says them.
    if (key == "required" and isinstance(value, list)) or (key in _OF_THE_WHOLE and not isinstance(value, dict)):
        return False
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not members or any(member is not None for member in members)


def _merged(parts: list[dict[str, str]]) -> dict[str, str]:
    """What all parts of an `allOf` say together."""
    names = dict.fromkeys(name for part in parts for name in part)
    said = {name: sorted({part[name] for part in parts if name in part}) for name in names}
    return {name: values[0] if len(values) == 1 else _hashed(values) for name, values in said.items()}


def _hash(node: Any, known: dict[str, dict[str, str]], key: str = "") -> str:
    if isinstance(node, dict):
        return _hashed(_content(node, known, key))
    if isinstance(node, list):
        # Whether a value can be null is compared as a whole as well.
        members = [_hash(member, known) for member in node if member not in (None, {"type": "null"})]
        return _hashed(sorted(members) if key in _UNORDERED else members)
    return _hashed(float(node) if isinstance(node, int) and not isinstance(node, bool) else node)


def _hashed(content: Any) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
