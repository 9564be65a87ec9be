"""The types of JSON values as Python code: how generated code reads and writes what a property holds."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from ..document.alternatives import Discriminator
from ..upstream.internals import (
    ConstProperty,
    ListProperty,
    LiteralEnumProperty,
    ModelProperty,
    PropertyProtocol,
    UnionProperty,
)
from ..upstream.properties import model_pointer, properties
from ..upstream.union_order import UnknownProperty
from .python_source import source

_SCALARS = {
    "str": "STRING",
    "int": "INTEGER",
    "float": "NUMBER",
    "bool": "BOOLEAN",
    "None": "NULL",
    "datetime.date": "DATE",
    "datetime.datetime": "DATE_TIME",
    "UUID": "UUID",
    "File": "BINARY",
}
_VALUES = {str: "STRING", bool: "BOOLEAN", int: "INTEGER", float: "NUMBER"}


@frozen
class JsonTypes:
    """Makes the code of types. The names that it uses are those of `runtime.spec.json_types`, imported as `_json`.

    Args:
        discriminators: The properties that tell the objects of the document apart.
    """

    discriminators: Sequence[Discriminator]

    def source(self, prop: PropertyProtocol) -> str:
        """The code of the type of a property, a parameter or a body. Whether it can be left out does not matter."""
        if isinstance(prop, ModelProperty):
            return f"_json.ObjectOf({source(f'.models.{prop.class_info.module_name}')}, {source(prop.class_info.name)})"
        if isinstance(prop, ListProperty):
            return f"_json.Array({self.source(prop.inner_property)})"
        if isinstance(prop, LiteralEnumProperty):
            return f"_json.Enum(_json.{_VALUES[prop.value_type]}, _get_args({prop.class_info.name}))"
        if isinstance(prop, ConstProperty):
            value = prop.value.python_code.as_unembedded_code()
            return f"_json.Enum(_json.{_VALUES[type(prop.value.raw_value)]}, ({value},))"
        if isinstance(prop, UnionProperty):
            return self._union(prop)
        return f"_json.{_SCALARS.get(prop.get_base_type_string().as_unembedded_code(), 'ANY')}"

    def _union(self, prop: UnionProperty) -> str:
        known = [one for one in prop.inner_properties if not isinstance(one, UnknownProperty)]
        types = list(dict.fromkeys(map(self.source, known)))
        others = [one for one in types if one != "_json.NULL"]
        if len(others) == 1 and len(others) < len(types):
            return f"_json.Nullable({others[0]})"
        if len(types) == 1:
            return types[0]
        options = list(self._discriminators([one for one in known if isinstance(one, ModelProperty)]))
        written = [f"discriminators={{{', '.join(options)}}}"] if options else []
        written += ["has_unknown=True"] if len(known) < len(prop.inner_properties) else []
        alternatives = ", ".join(types)
        return f"_json.Union({', '.join([f'({alternatives},)', *written])})"

    def _discriminators(self, models: Sequence[ModelProperty]) -> Iterator[str]:
        names = {model_pointer(model): str(model.class_info.name) for model in models}
        found: dict[str, dict[str, str]] = {}
        for discriminator in self.discriminators:
            if discriminator.pointers <= names.keys():
                classes = {value: names[pointer] for value, pointer in discriminator.values.items()}
                found.setdefault(discriminator.name, {}).update(classes)
        for name, classes in found.items():
            members = ", ".join(f"{source(value)}: {source(class_)}" for value, class_ in classes.items())
            yield f"{source(name)}: {{{members}}}"


def has_unknown(props: Iterable[PropertyProtocol], models: Iterable[ModelProperty]) -> bool:
    """Whether properties, or those of classes, can hold an object that is none of several documented ones."""
    further = (
        prop
        for model in models
        for prop in (*properties(model), *([model.additional_properties] if model.additional_properties else []))
    )
    return any(_holds_unknown(prop) for prop in (*props, *further))


def _holds_unknown(prop: PropertyProtocol) -> bool:
    if isinstance(prop, ListProperty):
        return _holds_unknown(prop.inner_property)
    inner = prop.inner_properties if isinstance(prop, UnionProperty) else []
    return isinstance(prop, UnknownProperty) or any(map(_holds_unknown, inner))
