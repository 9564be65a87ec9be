"""Names that openapi-python-client gives, changed where the generated code means something else by them."""

from collections.abc import Iterable, Iterator

from .internals import (
    ClassOverride,
    Config,
    Endpoint,
    GeneratorData,
    ListProperty,
    ModelProperty,
    Property,
    PropertyProtocol,
    UnionProperty,
    UntrustedString,
)
from .naming import PREFIX, RESERVED_CLASSES, RESERVED_METHODS, RESERVED_PARAMETERS, RESERVED_PROPERTIES, free


def class_overrides() -> dict[str, ClassOverride]:
    """A schema that is called like something of the package becomes a class of another name, such as `ClientModel`."""
    return {name: ClassOverride.model_validate({"class_name": f"{name}Model"}) for name in sorted(RESERVED_CLASSES)}


def rename(data: GeneratorData, config: Config) -> None:
    """Give other names to what cannot have its own."""
    for model in data.models:
        _rename_properties(model, config)
    for group in data.endpoint_collections_by_tag.values():
        for endpoint in group.endpoints:
            if endpoint.name in RESERVED_METHODS:
                endpoint.name = type(endpoint.name)(f"{endpoint.name}_operation", PREFIX)
            _rename_parameters(endpoint, config)


def _rename_properties(model: ModelProperty, config: Config) -> None:
    props = [*(model.required_properties or ()), *(model.optional_properties or ())]
    # The type of `to_multipart` names a module.
    taken = RESERVED_PROPERTIES | ({"types"} if model.is_multipart_body else set())
    taken |= {name for prop in props for name in _local_names(prop)}
    for prop in props:
        if prop.python_name in taken:
            _set_name(prop, free(f"{prop.python_name}_", _names(props)), config)


def _rename_parameters(endpoint: Endpoint, config: Config) -> None:
    taken = RESERVED_PARAMETERS | {f"json_{prop.python_name}" for prop in endpoint.query_parameters}
    taken |= {name for prop in endpoint.query_parameters for name in _local_names(prop)}
    parameters = list(endpoint.iter_all_parameters())
    for location, prop in parameters:
        if prop.python_name in taken:
            _set_name(prop, free(f"{prop.python_name}_{location}", _names(other for _, other in parameters)), config)


def _names(props: Iterable[Property]) -> set[str]:
    return {str(prop.python_name) for prop in props}


def _set_name(prop: Property, name: str, config: Config) -> None:
    prop.set_python_name(UntrustedString(name), config, skip_snake_case=True)


def _local_names(prop: PropertyProtocol) -> Iterator[str]:
    """Variables that the code for a property has besides its own."""
    inner: Iterable[PropertyProtocol] = ()
    if isinstance(prop, ListProperty):
        inner = [prop.inner_property]
    elif isinstance(prop, UnionProperty):
        inner = prop.inner_properties
    for one in inner:
        yield from (f"{one.python_name}{ending}" for ending in ("", "_data", "_element"))
        yield from _local_names(one)
