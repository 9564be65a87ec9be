"""How the code that openapi-python-client writes for a class is changed: checks get in, and types become clear."""

import re

from openapi_python_client.parser.properties import AnyProperty, ModelProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.strings import PythonCode

from runtime.base.rules import Rule

from ..document.schema_rules import SchemaRules, source
from ..views.models import model_fields
from .properties import model_pointer, properties

_ATTRS = "from attrs import define as _attrs_define\n"
_READINGS = "".join(f"from ..types import {name} as _{name}\n" for name in ("is_array", "is_constant", "is_object"))
_CHECKS = (
    "from .._runtime.base.rules import Field, Rule\n"
    "from .._runtime.validation.checking import check_assignment, checked\n"
)

_PLAIN = (AnyProperty, BooleanProperty, FloatProperty, IntProperty, NoneProperty, StringProperty)
"""What is read as it is."""


def with_clear_types(code: str, model: ModelProperty) -> str:
    """The code of a class with the lines changed that type checkers cannot follow."""
    code = code.replace("_attrs_field(init=False, factory=dict)", "_attrs_field(init=False, factory=lambda: {})")
    code = _importing(_READINGS, code)
    # The variable for the object is called like its module, and perhaps like a property.
    name = str(model.class_info.module_name)
    if all(prop.python_name != name for prop in properties(model)):
        return code
    for line in (f"{name} = cls(", f"{name}.additional_properties = ", f"return {name}"):
        code = re.sub(rf"^        {re.escape(line)}", f"        {line.replace(name, f'_{name}', 1)}", code, flags=re.M)
    return code


def with_typed_list(code: str, variable: str, type_: PythonCode) -> str:
    """Code that fills a list, with the type of the list where the variable has none yet."""
    if not variable.isidentifier():
        return code
    return code.replace(f"{variable} = []", f"{variable}: {type_.as_unembedded_code()} = []", 1)


def with_strict_end(code: str, union: UnionProperty) -> str:
    """Code that reads one of several alternatives, with an error where the JSON is none of them."""
    other = 'raise TypeError("none of the documented alternatives")'
    code = code.replace("raise TypeError()", other)
    plain = [prop for prop in union.inner_properties if isinstance(prop, _PLAIN)]
    if any(isinstance(prop, AnyProperty) for prop in plain):
        return code
    if all(isinstance(prop, NoneProperty) for prop in plain):
        return re.sub(r"^    return cast\(.*, data\)$", f"    {other}", code, flags=re.M)
    # Plain types are not checked elsewhere either.
    guard = f"    if isinstance(data, (dict, list)):\n        {other}\n"
    return re.sub(r"^    return cast\(.*, data\)$", lambda end: guard + end.group(), code, flags=re.M)


def with_checks(code: str, model: ModelProperty, rules: SchemaRules, tolerant: bool) -> str:
    """The code of a class with its checks.

    Raises:
        ValueError: openapi-python-client writes its classes in another way than the pinned version does.
    """
    plain = f"@_attrs_define\nclass {model.class_info.name}:"
    if code.count(plain) != 1:
        raise ValueError(
            f"the template of models has changed: {plain!r} stands {code.count(plain)} times in its output"
        )
    fields = "".join(f"    {source(field)},\n" for field in model_fields(model, rules))
    values = rules.values(model_pointer(model))
    options = ["*FIELDS", *([f"values={source(values)}"] if values != Rule() else [])]
    options += ["tolerant_responses=True"] if tolerant else []
    checked = (
        f"FIELDS = (\n{fields})\n"
        f"@checked({', '.join(options)})\n"
        f"@_attrs_define(on_setattr=check_assignment)\nclass {model.class_info.name}:"
    )
    return _importing(_CHECKS, code).replace(plain, checked)


def with_random_seed(code: str, model: ModelProperty, rules: SchemaRules) -> str:
    """The code of a class whose constructor takes "random" for a seed: type checkers learn it from a converter."""
    for field in model_fields(model, rules):
        if field.rule.random:
            plain = rf"^    {re.escape(field.name)}: int \| Unset = (.*)$"
            with_converter = rf"    {field.name}: int | Unset = _attrs_field(default=\1, converter=drawn)"
            code, count = re.subn(plain, with_converter, code, count=1, flags=re.MULTILINE)
            code = _importing("from .._runtime.validation.seeds import drawn\n" if count else "", code)
    return code


def with_reading_of_images(code: str) -> str:
    """The code of a class with a method that takes the request from an image."""
    return _importing("from .._runtime.image.embedded_request import ImageFile, embedded_request\n", code) + _FROM_IMAGE


_FROM_IMAGE = '''
    @classmethod
    def from_image(cls: type[T], path: ImageFile) -> T:
        """The request inside an image that this client has saved: all parameters as they were sent.

        Raises:
            InvalidRequestError: There is none in it, or not one of this class.
            OSError: The file cannot be read.
        """
        return cls.from_dict(embedded_request(path, cls.__name__))
'''


def _importing(lines: str, code: str) -> str:
    return code.replace(_ATTRS, f"{_ATTRS}{lines}", 1)
