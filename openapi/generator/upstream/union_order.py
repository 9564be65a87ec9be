"""The order in which generated code tries the alternatives of a union."""

from .internals import GeneratorData, ModelProperty, PropertyProtocol, UnionProperty
from .properties import all_properties


def sort_alternatives(data: GeneratorData) -> None:
    """Put first what requires most: it is the alternative that the fewest responses fit."""
    models = {str(model.class_info.name): model for model in data.models}

    def requirements(prop: PropertyProtocol) -> int:
        if not isinstance(prop, ModelProperty):
            return 0
        return -len(models[str(prop.class_info.name)].required_properties or ())

    for prop in all_properties(data):
        if isinstance(prop, UnionProperty):
            prop.inner_properties.sort(key=requirements)
