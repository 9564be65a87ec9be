"""Classes of openapi-python-client: where their schemas stand, and their properties in the constructor's order."""

from openapi_python_client.parser.properties import ModelProperty, Property

from .preparation import POINTER


def model_pointer(model: ModelProperty) -> str:
    """Where the schema of a class stands."""
    return str((model.data.model_extra or {}).get(POINTER, ""))


def properties(prop: Property) -> list[Property]:
    """The properties of an object in the order of its constructor; of anything else, none."""
    if not isinstance(prop, ModelProperty):
        return []
    found = [*(prop.required_properties or ()), *(prop.optional_properties or ())]
    return sorted(found, key=has_default)


def has_default(prop: Property) -> bool:
    """Whether a value can be left out."""
    return prop.default is not None or not prop.required
