"""Texts as Python code: openapi-python-client escapes those of defaults and constants twice."""

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.protocol import Value
from openapi_python_client.strings import PythonCode, remove_string_escapes

from .properties import all_properties


def repair_texts(data: GeneratorData) -> None:
    """Give each default and each constant the text that the document has."""
    for prop in all_properties(data):
        if prop.default is not None:
            prop.default = _repaired(prop.default)
        if isinstance(prop, ConstProperty):
            prop.value = _repaired(prop.value)


def _repaired(value: Value) -> Value:
    text = value.raw_value
    if not isinstance(text, str) or value.python_code.as_unembedded_code() != repr(remove_string_escapes(text)):
        return value
    return Value(python_code=PythonCode(repr(text)), raw_value=text)
