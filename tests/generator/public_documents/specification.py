"""A document as its YAML or JSON says it: operations, parameters, bodies, responses."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

import yaml
from attrs import field, frozen

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

# The C loader takes seconds where the Python one takes minutes.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _JsonTypes(_Loader):  # type: ignore[misc]
    """YAML 1.2 as OpenAPI uses it, with the types of JSON alone: dates stay texts, and so do `on`, `no` and 12:30."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


for _tag, _pattern, _letters in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$", "-+0123456789."),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN"),
    ("merge", r"^(?:<<)$", "<"),
):
    for _letter in [*_letters, *([""] if _tag == "null" else [])]:
        known = _JsonTypes.yaml_implicit_resolvers.setdefault(_letter, [])
        known.append((f"tag:yaml.org,2002:{_tag}", re.compile(_pattern)))


def _whole_number(loader: Any, node: Any) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0) if text[:2] in ("0o", "0x") else int(text)


_JsonTypes.add_constructor("tag:yaml.org,2002:int", _whole_number)
_JsonTypes.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node)))


class DanglingReferenceError(Exception):
    """A reference leads nowhere, or out of the file."""


def read_document(path: Path) -> Any:
    """The content of a file."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, _JsonTypes)


def escaped(part: object) -> str:
    """A part of a JSON pointer."""
    return str(part).replace("~", "~0").replace("/", "~1")


@frozen
class Node:
    """A value of a document and its place.

    Args:
        pointer: The JSON pointer of the place where the value itself stands, behind references.
        value: The value.
    """

    pointer: str
    value: Any

    def child(self, *parts: object) -> "Node":
        """A part of an object or an array, which has to be there."""
        pointer, value = self.pointer, self.value
        for part in parts:
            pointer, value = f"{pointer}/{escaped(part)}", value[part]
        return Node(pointer, value)


@frozen(eq=False)
class Specification:
    """A document.

    Args:
        root: Its content.
    """

    root: Mapping[str, Any]
    _found: dict[str, Node] = field(factory=dict[str, Node], init=False)

    @property
    def is_swagger(self) -> bool:
        """Whether it is of version 2."""
        return "swagger" in self.root

    @property
    def is_30(self) -> bool:
        """Whether its schemas are those of OpenAPI 3.0, not of JSON Schema."""
        return self.is_swagger or str(self.root.get("openapi", "")).startswith("3.0")

    def at(self, pointer: str) -> Node:
        """What a JSON pointer such as `#/components/schemas/Pet` leads to.

        Raises:
            DanglingReferenceError: It leads nowhere.
        """
        if not pointer.startswith("#"):
            raise DanglingReferenceError(pointer)
        if pointer not in self._found:
            value: Any = self.root
            place = ""
            for part in unquote(pointer[1:]).split("/")[1:]:
                key = part.replace("~1", "/").replace("~0", "~")
                try:
                    value = value[int(key)] if isinstance(value, list) else value[_key(value, key)]
                except (KeyError, IndexError, ValueError, TypeError):
                    raise DanglingReferenceError(pointer) from None
                place += f"/{part}"
            self._found[pointer] = Node(place, value)
        return self._found[pointer]

    def resolved(self, node: Node) -> Node:
        """A value behind its references.

        Raises:
            DanglingReferenceError: One leads nowhere, or in a circle.
        """
        for _ in range(30):
            if not (isinstance(node.value, Mapping) and isinstance(node.value.get("$ref"), str)):
                return node
            node = self.at(node.value["$ref"])
        raise DanglingReferenceError(node.pointer)

    @cached_property
    def operations(self) -> list["Operation"]:
        """All operations, whether or not they can be used."""
        return list(self._operations())

    def _operations(self) -> Iterator["Operation"]:
        for path in self.root.get("paths") or {}:
            if str(path).startswith("x-"):
                continue
            try:
                item = self.resolved(Node("/paths", self.root["paths"]).child(path))
            except DanglingReferenceError:
                continue
            for method in METHODS:
                if isinstance(item.value, Mapping) and isinstance(item.value.get(method), Mapping):
                    yield Operation(self, str(path), method, item.child(method), item)


def _key(value: Any, key: str) -> Any:
    """A key of a mapping of YAML, where statuses can be numbers."""
    return key if key in value or not key.isdigit() else int(key)


@frozen(eq=False)
class Operation:
    """A method and a path.

    Args:
        specification: The document.
        path: The path.
        method: The method, in lower case.
        node: The operation.
        item: The path item that it stands in.
    """

    specification: Specification
    path: str
    method: str
    node: Node
    item: Node

    @property
    def title(self) -> str:
        """How the reports name it."""
        return f"{self.method.upper()} {self.path}"

    @property
    def id(self) -> str:
        """Its operationId, or else method and path."""
        return str(self.node.value.get("operationId") or self.title)

    @cached_property
    def parameters(self) -> list[Node]:
        """Its parameters, those of the path included unless the operation has one of the same name and place.

        Raises:
            DanglingReferenceError: One is not there.
        """
        found: dict[tuple[str, str], Node] = {}
        for owner in (self.item, self.node):
            for index in range(len(owner.value.get("parameters") or ())):
                node = self.specification.resolved(owner.child("parameters", index))
                found[node.value["name"], node.value["in"]] = node
        # What the path has and nobody describes is a text.
        for name in re.findall(r"\{([^{}]+)\}", re.split(r"[?#]", self.path, maxsplit=1)[0]):
            if (name, "path") not in found:
                found[name, "path"] = Node("", {"name": name, "in": "path", "required": True})
        return [node for (name, place), node in found.items() if not _is_ignored(name, place)]

    @cached_property
    def body(self) -> Node | None:
        """Its request body.

        Raises:
            DanglingReferenceError: It is not there.
        """
        if "requestBody" not in self.node.value:
            return None
        return self.specification.resolved(self.node.child("requestBody"))

    @cached_property
    def responses(self) -> dict[str, Node]:
        """Its responses by status; those that lead nowhere are not among them."""
        found = {}
        for status in self.node.value.get("responses") or {}:
            try:
                node = self.specification.resolved(self.node.child("responses", status))
            except DanglingReferenceError:
                continue
            if not str(status).startswith("x-") and isinstance(node.value, Mapping):
                found[str(status)] = node
        return found

    @property
    def security(self) -> list[Mapping[str, Any]]:
        """The alternatives of its security; none where it needs none."""
        own = self.node.value.get("security", self.specification.root.get("security"))
        return list(own or ())


def _is_ignored(name: str, place: str) -> bool:
    """Whether OpenAPI says that a parameter is ignored."""
    return place == "header" and name.lower() in ("accept", "content-type", "authorization")
