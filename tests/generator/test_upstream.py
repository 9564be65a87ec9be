"""What the generator uses of openapi-python-client, by name: after an upgrade, failing tests show what has moved."""

import inspect
import types
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from attrs import field, frozen
from jinja2 import Environment, nodes

from generator.document.document import Document
from generator.document.simplification import simplified
from generator.upstream import error_texts, internals
from generator.upstream.internals import (
    ConfigFile,
    GeneratorData,
    GeneratorError,
    Project,
    PropertyProtocol,
    PythonCode,
    StringProperty,
    Value,
)
from generator.upstream.parsing import parsed
from generator.upstream.settings import configuration
from generator.upstream.upstream_fixes import UpstreamChanged, release_words, repair_texts
from tests.generator import ROOT
from tests.generator.generation import DOCUMENTS

TEMPLATES = ROOT / "openapi" / "templates"
SETTINGS = ROOT / "openapi" / "generator.yaml"


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
        ("name", "python_name", "required", "default", "description", "example", "template"),
        {
            "set_python_name": ("self", "new_name", "config", "skip_snake_case"),
            "get_type_string": ("self", "no_optional", "json"),
            "get_base_type_string": ("self",),
            "get_instance_type_string": ("self",),
            "get_imports": ("self", "prefix"),
            "get_lazy_imports": ("self", "prefix"),
            "to_string": ("self",),
            "to_docstring": ("self",),
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

MACROS = {
    "endpoint_macros.py.jinja": {
        "body_to_kwarg": ("body",),
        "parse_response": ("parsed_responses", "response"),
        "query_params": ("endpoint",),
    },
    "helpers.jinja": {"docstring": ("content",)},
    "property_templates/boolean_property.py.jinja": {"transform_header": ("source",)},
    "property_templates/list_property.py.jinja": {"multipart": ("property", "source", "destination")},
    "property_templates/model_property.py.jinja": {
        "construct": ("property", "source"),
        "multipart": ("property", "source", "name"),
        "transform": ("property", "source", "destination", "declare_type", "skip_unset"),
        "transform_multipart_body": ("property",),
    },
    "property_templates/union_property.py.jinja": {
        "multipart": ("property", "source", "destination"),
        "transform": ("property", "source", "destination", "declare_type", "skip_unset"),
    },
}
"""Macros of stock templates that ours use, each with its parameters."""

OPTIONAL_MACROS = {
    "construct": ("property", "source"),
    "check_type_for_construct": ("property", "source"),
    "transform": ("property", "source", "destination", "declare_type", "skip_unset"),
}
"""Macros that our templates call of the template of any property, if it has them."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[GeneratorData, Any]:
    """A document as openapi-python-client reads it, and its settings."""
    document = simplified(Document.load(DOCUMENTS / "choices.yaml"))
    config = configuration(document, SETTINGS, "client", tmp_path_factory.mktemp("upstream") / "client")
    return parsed(document, config), config


@pytest.fixture(scope="module")
def project(data: tuple[GeneratorData, Any]) -> Project:
    """The project of openapi-python-client, without anything of ours."""
    return Project(openapi=data[0], config=data[1])


def test_every_name_is_in_the_table() -> None:
    """What `internals` imports is tested here, and nothing else is."""
    assert sorted(INTERNALS) == sorted(internals.__all__)


@pytest.mark.parametrize("name", INTERNALS)
def test_a_name_is_where_it_was(name: str) -> None:
    """The module that defines it has it."""
    module = import_module(".".join(filter(None, ["openapi_python_client", INTERNALS[name].module])))
    assert getattr(module, name) is getattr(internals, name)
    assert getattr(getattr(internals, name), "__module__", module.__name__) in (module.__name__, "types", "typing")


@pytest.mark.parametrize(
    ("name", "attribute"), [(name, at) for name, used in INTERNALS.items() for at in used.attributes]
)
def test_an_attribute_is_there(name: str, attribute: str) -> None:
    """A class declares it, or has it."""
    owner = getattr(internals, name)
    declared = {each for cls in getattr(owner, "__mro__", ()) for each in inspect.get_annotations(cls)}
    assert attribute in declared or hasattr(owner, attribute)


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, used in INTERNALS.items() for call in used.calls])
def test_a_signature_is_what_it_was(name: str, call: str) -> None:
    """It starts with the parameters that it is called with; what comes after them has defaults."""
    owner = getattr(internals, name)
    parameters = inspect.signature(owner if call == "()" else getattr(owner, call)).parameters
    expected = INTERNALS[name].calls[call]
    assert tuple(parameters)[: len(expected)] == expected
    more = list(parameters.values())[len(expected) :]
    assert all(one.default is not one.empty or one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD) for one in more)


def test_every_property_is_a_property() -> None:
    """The members of the union `Property` have what `PropertyProtocol` declares."""
    assert isinstance(internals.Property, types.UnionType)
    assert all(PropertyProtocol in member.__mro__ for member in get_args(internals.Property))


@pytest.mark.parametrize("attribute", PROJECT_ATTRIBUTES)
def test_a_project_has_what_is_used_of_it(project: Project, attribute: str) -> None:
    """Its attributes are set by its constructor."""
    assert hasattr(project, attribute)


def test_groups_of_operations_have_what_is_used_of_them(data: tuple[GeneratorData, Any]) -> None:
    """A group has operations and errors, a status its pattern and range, a class its name and module."""
    for group in data[0].endpoint_collections_by_tag.values():
        assert group.parse_errors == []
        statuses = [response.status_code for endpoint in group.endpoints for response in endpoint.responses]
        assert {status.pattern: status.range for status in statuses} in ({"200": (200, 200)}, _BOTH)
    assert {str(model.class_info.module_name) for model in data[0].models} >= {"cat", "dog", "fish"}
    assert {str(model.class_info.name) for model in data[0].models} >= {"Cat", "Dog", "Fish"}


_BOTH = {"200": (200, 200), "204": (204, 204)}


@pytest.mark.parametrize("name", ["as_unembedded_code", "in_double_quote_literal", "safe_for_docstring"])
def test_a_filter_of_templates_is_there(project: Project, name: str) -> None:
    """Our templates use some of the stock filters."""
    assert name in project.env.filters


def test_templates_can_write_code(project: Project) -> None:
    """The name `PythonCode` is known to templates, which compare types by it."""
    assert project.env.globals["PythonCode"] is PythonCode


@pytest.mark.parametrize(("template", "macro"), [(name, macro) for name, macros in MACROS.items() for macro in macros])
def test_a_stock_macro_is_what_it_was(project: Project, template: str, macro: str) -> None:
    """It takes the parameters that our templates give it."""
    assert _macros(project.env, template)[macro] == MACROS[template][macro]


def test_every_stock_macro_is_in_the_table(project: Project) -> None:
    """What our templates import of stock templates is tested here, and nothing else is."""
    used: dict[str, set[str]] = {}
    for path in TEMPLATES.rglob("*.jinja"):
        for template, macro in _imported(project.env, path):
            used.setdefault(template, set()).add(macro)
    assert used == {template: set(macros) for template, macros in MACROS.items()}


def test_templates_of_properties_have_the_usual_macros(project: Project) -> None:
    """Those of a property's template that ours call, if it has them, take what ours give them."""
    found = {
        (macro, parameters[: len(OPTIONAL_MACROS[macro])])
        for template in project.env.list_templates()
        if template.startswith("property_templates/") and template.endswith("_property.py.jinja")
        for macro, parameters in _macros(project.env, template).items()
        if macro in OPTIONAL_MACROS
    }
    assert found == set(OPTIONAL_MACROS.items())


def test_error_texts_are_what_they_were() -> None:
    """A broken schema leaves behind an error of its own, a list of what goes with it, and errors of its users."""
    schema = {"$ref": "#/components/schemas/List"}
    errors = _errors(
        {
            "List": {"type": "array", "items": schema},
            "Holder": {"type": "object", "properties": {"list": schema}},
        }
    )
    assert any(error_texts.REMOVAL in str(error.detail) for error in errors)
    (of_endpoint,) = [error for error in errors if error.header.startswith(error_texts.ENDPOINT_WARNING)]
    assert error_texts.CONSEQUENCE in str(of_endpoint.detail)
    assert error_texts.causes(errors) == [error for error in errors if error is not of_endpoint]


def test_texts_of_a_document_are_hidden_in_messages() -> None:
    """A message that would have a text of the document has an object's address instead, which is left out."""
    errors = _errors({"List": {"type": "string", "enum": ["a"], "default": "b"}})
    (text,) = {str(error.detail) for error in errors if "is not valid for enum" in str(error.detail)}
    assert "object at 0x" in text
    assert error_texts.problem(text, "").message.endswith("Value b is not valid for enum …")


def test_a_fix_that_is_not_needed_says_so(data: tuple[GeneratorData, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once texts are escaped as they should be, generating stops and names the fix that can go."""
    monkeypatch.setattr(StringProperty, "convert_value", lambda text: Value(PythonCode(repr(text)), text))
    with pytest.raises(UpstreamChanged, match="`repair_texts` can go"):
        repair_texts(data[0])


def test_a_word_that_is_free_already_says_so() -> None:
    """A word cannot be released a second time, so that a list of words that nobody reserves is noticed."""
    with pytest.raises(UpstreamChanged, match="license can be a name"):
        release_words(["license"])


def _macros(env: Environment, template: str) -> dict[str, tuple[str, ...]]:
    assert env.loader is not None
    tree = env.parse(env.loader.get_source(env, template)[0])
    return {macro.name: tuple(str(arg.name) for arg in macro.args) for macro in tree.find_all(nodes.Macro)}


def _imported(env: Environment, path: Path) -> Iterator[tuple[str, str]]:
    tree = env.parse(path.read_text(encoding="utf-8"))
    aliases: dict[str, str] = {}
    for statement in tree.find_all((nodes.FromImport, nodes.Import)):
        name = statement.template.value if isinstance(statement.template, nodes.Const) else ""
        if isinstance(statement, nodes.Import):
            aliases[statement.target] = name.removeprefix("stock/")
        elif not (TEMPLATES / name).exists():
            yield from ((name, str(macro)) for macro in statement.names)
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and aliases.get(attribute.node.name):
            yield aliases[attribute.node.name], attribute.attr


def _errors(schemas: dict[str, object]) -> list[GeneratorError]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}
    operation = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}
    source = {
        "openapi": "3.1.0",
        "info": {"title": "a", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": schemas},
    }
    config = internals.Config.from_sources(
        ConfigFile(literal_enums=True), internals.MetaType.NONE, Path("a"), "utf-8", overwrite=False, output_path=None
    )
    data = GeneratorData.from_dict(source, config=config)
    assert isinstance(data, GeneratorData)
    groups = data.endpoint_collections_by_tag.values()
    return [*data.errors, *(error for group in groups for error in group.parse_errors)]
