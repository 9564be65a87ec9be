"""What this generator uses of openapi-python-client, which documents none of it: no other module imports it.

A test names the module, the attributes and the signatures of each, so that an upgrade shows at once what has moved.
"""

from openapi_python_client import Project
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.bodies import Body
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import AnyProperty, LiteralEnumProperty, ModelProperty, Property
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol, Value
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.responses import Response
from openapi_python_client.schema import OpenAPI
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import (
    RESERVED_WORDS,
    ClassName,
    PythonCode,
    PythonIdentifier,
    pascal_case,
    remove_string_escapes,
    safe_for_docstring,
)

__all__ = [
    "RESERVED_WORDS",
    "AnyProperty",
    "Body",
    "ClassName",
    "ClassOverride",
    "Config",
    "ConfigFile",
    "ConstProperty",
    "Endpoint",
    "GeneratorData",
    "GeneratorError",
    "ListProperty",
    "LiteralEnumProperty",
    "MetaType",
    "ModelProperty",
    "OpenAPI",
    "ParseError",
    "Project",
    "Property",
    "PropertyProtocol",
    "PythonCode",
    "PythonIdentifier",
    "Response",
    "StringProperty",
    "UnionProperty",
    "UntrustedString",
    "Value",
    "pascal_case",
    "remove_string_escapes",
    "safe_for_docstring",
]
