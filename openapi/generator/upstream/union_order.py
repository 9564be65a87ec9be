"""The alternatives of a union: the order in which they are tried, and the one for an object that none of them is."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from attrs import define, field

from .internals import (
    GeneratorData,
    ListProperty,
    ModelProperty,
    PropertyProtocol,
    PythonIdentifier,
    UnionProperty,
    UntrustedString,
    Value,
)
from .properties import all_properties, properties


@define
class UnknownProperty(PropertyProtocol):
    """An object of a response that is none of several documented ones."""

    name: UntrustedString = field(factory=lambda: UntrustedString("unknown"))
    required: bool = True
    default: Value | None = None
    python_name: PythonIdentifier = field(factory=lambda: PythonIdentifier("unknown", ""))
    description: UntrustedString | None = None
    example: UntrustedString | None = None
    _type_string: ClassVar[str] = "UnknownObject"

    def convert_value(self, value: object) -> Value | None:
        """None: no default is such an object."""
        return None

    def get_imports(self, *, prefix: str) -> set[str]:
        """The imports that its type needs."""
        return {f"from {prefix}types import UnknownObject"}


def sort_alternatives(data: GeneratorData) -> None:
    """Put first what requires most: of alternatives that fit equally well, the fewest objects fit that one."""
    models = {str(model.class_info.name): model for model in data.models}

    def requirements(prop: PropertyProtocol) -> int:
        if not isinstance(prop, ModelProperty):
            return 0
        return -len(models[str(prop.class_info.name)].required_properties or ())

    for prop in all_properties(data):
        if isinstance(prop, UnionProperty):
            prop.inner_properties.sort(key=requirements)


def add_unknown(data: GeneratorData) -> None:
    """Let a response hold an object that is none of several alternatives: a newer service may have more of them."""
    for prop in _received(data):
        if isinstance(prop, UnionProperty):
            objects = [one for one in prop.inner_properties if isinstance(one, ModelProperty)]
            if len(objects) > 1 and not any(isinstance(one, UnknownProperty) for one in prop.inner_properties):
                # A new list: a request may share the old one.
                prop.inner_properties = [*prop.inner_properties, UnknownProperty()]


def _received(data: GeneratorData) -> Iterator[PropertyProtocol]:
    """All properties that responses hold."""
    models = {str(model.class_info.name): model for model in data.models}
    endpoints = (endpoint for group in data.endpoint_collections_by_tag.values() for endpoint in group.endpoints)
    waiting: list[PropertyProtocol] = [response.prop for endpoint in endpoints for response in endpoint.responses]
    seen: set[str] = set()
    while waiting:
        prop = waiting.pop()
        yield prop
        if isinstance(prop, ListProperty):
            waiting.append(prop.inner_property)
        elif isinstance(prop, UnionProperty):
            waiting += prop.inner_properties
        elif isinstance(prop, ModelProperty) and (name := str(prop.class_info.name)) not in seen:
            seen.add(name)
            waiting += _members(models.get(name, prop))


def _members(model: ModelProperty) -> Iterable[PropertyProtocol]:
    further = [model.additional_properties] if model.additional_properties else []
    return [*properties(model), *further]
