"""Names given by openapi-python-client, changed where the generated code uses them for something else."""

from collections.abc import Iterable, Iterator, Mapping

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
from .naming import RESERVED_CLASSES, RESERVED_PARAMETERS, RESERVED_PROPERTIES, free
from .properties import model_pointer
from .upstream_fixes import UpstreamChanged


def class_overrides() -> dict[str, ClassOverride]:
    """A setting that gives another name, such as `ClientModel`, to a schema whose name the package uses."""
    return {name: ClassOverride.model_validate({"class_name": f"{name}Model"}) for name in sorted(RESERVED_CLASSES)}


def restore_names(data: GeneratorData, names: Mapping[tuple[str, str], str]) -> None:
    """Give properties the names of the document where openapi-python-client got others.

    Args:
        data: The document as openapi-python-client has read it.
        names: The names, by the pointer of the schema that has the property and its other name.
    """
    for model in data.models:
        for prop in (*(model.required_properties or ()), *(model.optional_properties or ())):
            name = names.get((model_pointer(model), prop.name.get_untrusted_value()))
            if name is not None:
                prop.name = UntrustedString(name)


def rename(data: GeneratorData, config: Config) -> None:
    """Rename what cannot keep its name.

    Raises:
        UpstreamChanged: openapi-python-client does not take a name as it is given.
    """
    for model in data.models:
        _rename_properties(model, config)
    for group in data.endpoint_collections_by_tag.values():
        for endpoint in group.endpoints:
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
    if prop.python_name != name:
        raise UpstreamChanged(f"a property that should be called {name!r} is called {prop.python_name!r}")


def _local_names(prop: PropertyProtocol) -> Iterator[str]:
    """Variables that the code for a property uses besides the property's name."""
    inner: Iterable[PropertyProtocol] = ()
    if isinstance(prop, ListProperty):
        inner = [prop.inner_property]
    elif isinstance(prop, UnionProperty):
        inner = prop.inner_properties
    for one in inner:
        yield from (f"{one.python_name}{ending}" for ending in ("", "_data", "_element"))
        yield from _local_names(one)
