"""Properties of openapi-python-client: where they are described, in which order they come, and their code."""

from collections.abc import Iterable, Iterator

from .internals import (
    GeneratorData,
    ListProperty,
    ModelProperty,
    Property,
    PropertyProtocol,
    UnionProperty,
)

POINTER = "x-pointer"
"""Extension with the JSON pointer of an object: the parser passes it on with each object that it returns."""


def model_pointer(model: ModelProperty) -> str:
    """The JSON pointer of the schema of a class."""
    return str((model.data.model_extra or {}).get(POINTER, ""))


def properties(prop: Property) -> list[Property]:
    """The properties of an object in the order of its constructor. Anything else has none."""
    if not isinstance(prop, ModelProperty):
        return []
    found = [*(prop.required_properties or ()), *(prop.optional_properties or ())]
    return sorted(found, key=has_default)


def has_default(prop: Property) -> bool:
    """Whether a value can be left out."""
    return prop.default is not None or not prop.required


def type_code(prop: PropertyProtocol) -> str:
    """The type of a property as code, `Unset` included where it can be left out."""
    return prop.get_type_string().as_unembedded_code()


def default_code(prop: PropertyProtocol) -> str | None:
    """The default of a property as code, or None where a value has to be given."""
    if prop.default is not None:
        return prop.default.python_code.as_unembedded_code()
    return None if prop.required else "UNSET"


def declaration(prop: PropertyProtocol, *further: str) -> str:
    """A property as it is declared in a signature or a class.

    Args:
        prop: The property.
        further: Types that it can have besides its own.
    """
    own = prop.get_type_string(no_optional=True).as_unembedded_code()
    types = " | ".join([own, *further, *([] if prop.required else ["Unset"])])
    default = default_code(prop)
    return f"{prop.python_name}: {types}" + (f" = {default}" if default is not None else "")


def all_properties(data: GeneratorData) -> Iterator[PropertyProtocol]:
    """All properties, parameters and bodies of responses, each followed by the types that it consists of."""
    endpoints = [endpoint for group in data.endpoint_collections_by_tag.values() for endpoint in group.endpoints]
    for model in data.models:
        further = [model.additional_properties] if model.additional_properties else []
        yield from _inside([*(model.required_properties or ()), *(model.optional_properties or ()), *further])
    for endpoint in endpoints:
        yield from _inside([*endpoint.list_all_parameters(), *(response.prop for response in endpoint.responses)])


def _inside(props: Iterable[PropertyProtocol]) -> Iterator[PropertyProtocol]:
    for prop in props:
        yield prop
        if isinstance(prop, ListProperty):
            yield from _inside([prop.inner_property])
        elif isinstance(prop, UnionProperty):
            yield from _inside(prop.inner_properties)
