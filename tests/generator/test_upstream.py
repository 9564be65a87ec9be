"""What the generator uses of openapi-python-client, by name: after an upgrade, failing tests show what has moved."""

import inspect
import types
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import field, frozen
from jinja2 import nodes
from ruamel.yaml import YAML

from tests.generator import ROOT
from tests.generator.generation import DOCUMENTS

# The generator is not imported here: if one name has moved, the others are tested all the same.
TEMPLATES = ROOT / "openapi" / "templates"


@frozen
class Internal:
    """A name that the generator uses.

    Args:
        module: Where it is defined.
        attributes: Attributes that are used, by Python or by templates.
        calls: Parameters of what is called: of its methods, or of itself under the name `()`.
    """

    module: str
    attributes: tuple[str, ...] = ()
    calls: dict[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])


_PROPERTIES = "parser.properties"
_MODEL = ("class_info", "data", "required_properties", "optional_properties", "additional_properties")

INTERNALS = {
    "AnyProperty": Internal(f"{_PROPERTIES}.any"),
    "Body": Internal("parser.bodies", ("prop", "body_type", "content_type")),
    "ClassName": Internal("strings", calls={"__new__": ("cls", "value", "prefix")}),
    "ClassOverride": Internal("config", ("class_name",), {"model_validate": ("obj",)}),
    "Config": Internal(
        "config",
        ("file_encoding", "content_type_overrides"),
        {
            "from_sources": (
                *("config_file", "meta_type", "document_source", "file_encoding", "overwrite", "output_path"),
            )
        },
    ),
    "ConfigFile": Internal(
        "config",
        ("content_type_overrides", "class_overrides", "package_name_override", "project_name_override"),
        {"load_from_path": ("path",)},
    ),
    "ConstProperty": Internal(f"{_PROPERTIES}.const", ("value",)),
    "Endpoint": Internal(
        "parser.openapi",
        (
            *("name", "path", "method", "bodies", "responses", "relative_imports"),
            *("path_parameters", "query_parameters", "header_parameters", "cookie_parameters"),
        ),
        {"iter_all_parameters": ("self",), "list_all_parameters": ("self",)},
    ),
    "GeneratorData": Internal(
        "parser.openapi",
        ("models", "enums", "errors", "endpoint_collections_by_tag"),
        {"from_dict": ("data", "config")},
    ),
    "GeneratorError": Internal("parser.errors", ("header", "detail")),
    "ListProperty": Internal(f"{_PROPERTIES}.list_property", ("inner_property",)),
    "LiteralEnumProperty": Internal(
        f"{_PROPERTIES}.literal_enum_property", ("values", "class_info"), {"get_class_name_snake_case": ("self",)}
    ),
    "MetaType": Internal("config", ("NONE",)),
    "ModelProperty": Internal(
        f"{_PROPERTIES}.model_property", (*_MODEL, "relative_imports", "lazy_imports", "is_multipart_body")
    ),
    "OpenAPI": Internal("schema.openapi_schema_pydantic.open_api", calls={"model_validate": ("obj",)}),
    "ParseError": Internal("parser.errors", ("header", "detail", "data")),
    "Project": Internal(
        "",
        calls={
            "__init__": ("self", "openapi", "config", "custom_template_path"),
            "_create_package": ("self",),
            "_build_models": ("self",),
            "_build_api": ("self",),
        },
    ),
    "Property": Internal(_PROPERTIES),
    "PropertyProtocol": Internal(
        f"{_PROPERTIES}.protocol",
        ("name", "python_name", "required", "default", "description", "template"),
        {
            "set_python_name": ("self", "new_name", "config", "skip_snake_case"),
            "get_type_string": ("self", "no_optional", "json"),
            "get_base_type_string": ("self",),
            "get_instance_type_string": ("self",),
            "get_imports": ("self", "prefix"),
            "get_lazy_imports": ("self", "prefix"),
            "to_string": ("self",),
        },
    ),
    "PythonCode": Internal("strings", calls={"__init__": ("self", "_code"), "as_unembedded_code": ("self",)}),
    "PythonIdentifier": Internal("strings", calls={"__new__": ("cls", "value", "prefix", "skip_snake_case")}),
    "RESERVED_WORDS": Internal("strings", ("difference_update",)),
    "Response": Internal("parser.responses", ("status_code", "prop", "source")),
    "StringProperty": Internal(f"{_PROPERTIES}.string", calls={"convert_value": ("value",)}),
    "UnionProperty": Internal(
        f"{_PROPERTIES}.union", ("inner_properties",), {"get_type_strings_in_union": ("self", "no_optional", "json")}
    ),
    "UntrustedString": Internal(
        "schema.untrusted_string", calls={"__init__": ("self", "value"), "get_untrusted_value": ("self",)}
    ),
    "Value": Internal(f"{_PROPERTIES}.protocol", ("python_code", "raw_value")),
    "pascal_case": Internal("strings", calls={"()": ("value",)}),
    "remove_string_escapes": Internal("strings", calls={"()": ("value",)}),
    "safe_for_docstring": Internal("strings", calls={"()": ("value",)}),
}

PROJECT_ATTRIBUTES = ("config", "env", "errors", "package_dir", "package_name", "project_dir", "project_name")


def upstream(name: str) -> Any:
    """What openapi-python-client has under a name of the table."""
    return getattr(import_module(f"openapi_python_client.{INTERNALS[name].module}".rstrip(".")), name)


@pytest.fixture(scope="module")
def project() -> Any:
    """A document as openapi-python-client reads and writes it, without anything of ours."""
    settings = upstream("ConfigFile")(literal_enums=True)
    config = upstream("Config").from_sources(
        settings, upstream("MetaType").NONE, Path("a"), "utf-8", overwrite=False, output_path=Path("a")
    )
    source = YAML(typ="safe").load(DOCUMENTS / "choices.yaml")
    return upstream("Project")(openapi=upstream("GeneratorData").from_dict(source, config=config), config=config)


def test_every_name_is_in_the_table() -> None:
    """The generator uses the names that are tested here, and no others."""
    internals = import_module("generator.upstream.internals")
    assert {name: getattr(internals, name) for name in internals.__all__} == {
        name: upstream(name) for name in INTERNALS
    }


@pytest.mark.parametrize("name", INTERNALS)
def test_a_name_is_where_it_was(name: str) -> None:
    """The module has it, and defines it."""
    module = getattr(upstream(name), "__module__", None)
    assert module in (f"openapi_python_client.{INTERNALS[name].module}".rstrip("."), "types", "typing", None)


@pytest.mark.parametrize(
    ("name", "attribute"), [(name, at) for name, used in INTERNALS.items() for at in used.attributes]
)
def test_an_attribute_is_there(name: str, attribute: str) -> None:
    """A class declares it, or has it."""
    owner = upstream(name)
    declared = {each for cls in getattr(owner, "__mro__", ()) for each in inspect.get_annotations(cls)}
    assert attribute in declared or hasattr(owner, attribute)


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, used in INTERNALS.items() for call in used.calls])
def test_a_signature_is_what_it_was(name: str, call: str) -> None:
    """It starts with the parameters that it is called with; what comes after them has defaults."""
    owner = upstream(name)
    parameters = inspect.signature(owner if call == "()" else getattr(owner, call)).parameters
    expected = INTERNALS[name].calls[call]
    assert tuple(parameters)[: len(expected)] == expected
    more = list(parameters.values())[len(expected) :]
    assert all(one.default is not one.empty or one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in more)


def test_every_property_is_a_property() -> None:
    """The members of the union `Property` have what `PropertyProtocol` declares."""
    assert isinstance(upstream("Property"), types.UnionType)
    assert all(upstream("PropertyProtocol") in member.__mro__ for member in get_args(upstream("Property")))


@pytest.mark.parametrize("attribute", PROJECT_ATTRIBUTES)
def test_a_project_has_what_is_used_of_it(project: Any, attribute: str) -> None:
    """Its attributes are set by its constructor."""
    assert hasattr(project, attribute)


def test_groups_of_operations_have_what_is_used_of_them(project: Any) -> None:
    """A group has operations and errors, a status its pattern and range, a class its name and module."""
    data = project.openapi
    groups = data.endpoint_collections_by_tag.values()
    assert [type(error).__name__ for group in groups for error in group.parse_errors] == ["ParseError"]
    statuses = [one.status_code for group in groups for endpoint in group.endpoints for one in endpoint.responses]
    assert {status.pattern: status.range for status in statuses} == {"200": (200, 200), "204": (204, 204)}
    classes = {str(model.class_info.name): str(model.class_info.module_name) for model in data.models}
    assert classes.items() >= {"Cat": "cat", "Dog": "dog", "Fish": "fish"}.items()


@pytest.mark.parametrize("name", ["as_unembedded_code", "in_double_quote_literal", "safe_for_docstring"])
def test_a_filter_of_templates_is_there(project: Any, name: str) -> None:
    """Our templates use some of the stock filters."""
    assert name in project.env.filters


def test_no_stock_template_has_a_part_in_ours(project: Any) -> None:
    """Our templates import macros of each other only: what the stock ones write can change with every release."""
    for path in TEMPLATES.rglob("*.jinja"):
        tree = project.env.parse(path.read_text(encoding="utf-8"))
        imported = [*tree.find_all(nodes.FromImport), *tree.find_all(nodes.Import)]
        assert all((TEMPLATES / one.template.value).exists() for one in imported)
