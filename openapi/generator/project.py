"""openapi-python-client with our templates, and with what they need."""

import builtins
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError, ParseError
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty

from runtime import errors as runtime_errors

from . import docs, security
from .document import Document, Problem, child
from .error_views import ErrorView, error_views
from .headers import header_meaning
from .models import describe, model_fields, model_names, model_pointer, received, sent, with_checks, with_typed_factory
from .operation_views import Names, OperationView, properties, views
from .preparation import POINTER, content_type_overrides, prepared
from .schema_rules import SchemaRules, source
from .traversal import objects

TEMPLATES = Path(__file__).parent.parent / "templates"


@frozen
class Plan:
    """What is to be generated.

    Args:
        document: The document.
        config: The settings of openapi-python-client.
        data: The document as openapi-python-client has read it.
        rules: Makes rules.
        operations: The operations.
        errors: The exception classes.
    """

    document: Document
    config: Config
    data: GeneratorData
    rules: SchemaRules
    operations: list[OperationView]
    errors: list[ErrorView]


def plan(document: Document, settings: Path, package: str | None, output: Path) -> Plan:
    """Read a document.

    Raises:
        SpecError: openapi-python-client cannot read all of it.
    """
    config = _config(document, settings, package, output)
    data = GeneratorData.from_dict(prepared(document), config=config)
    if isinstance(data, GeneratorError):
        document.problems(iter([_problem(document, data)]))
        raise AssertionError("unreachable: a problem was reported")
    found = [
        *data.errors,
        *(error for group in data.endpoint_collections_by_tag.values() for error in group.parse_errors),
    ]
    document.problems(_problem(document, error) for error in found)
    rules = SchemaRules(document, model_names(data.models))
    names = Names(_taken(data), frozenset(vars(runtime_errors)) | frozenset(dir(builtins)))
    endpoints = {str(tag): group.endpoints for tag, group in data.endpoint_collections_by_tag.items()}
    models = {str(model.class_info.name): model for model in data.models}
    operations = views(document, rules, names, endpoints, models)
    _describe(document, rules, data.models, operations)
    return Plan(document, config, data, rules, operations, error_views(operations))


class ClientProject(Project):
    """Writes the package. Its templates stand in front of the stock ones, which keep their names under `stock/`."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(openapi=plan.data, config=plan.config)
        self.plan = plan
        stock = PackageLoader("openapi_python_client")
        self.env.loader = ChoiceLoader([FileSystemLoader(TEMPLATES), stock, PrefixLoader({"stock": stock})])
        self.env.globals.update(_globals(plan, self.project_name))
        self.env.filters.update(self._filters())

    def write(self) -> None:
        """Write the package into the folder of the settings.

        Raises:
            SpecError: openapi-python-client could not write all of it.
        """
        self.project_dir.mkdir(parents=True)
        self._create_package()
        self._build_models()
        self._build_api()
        for name in ("_service.py", "results.py"):
            text = self.env.get_template(f"{name}.jinja").render()
            (self.package_dir / name).write_text(text, encoding=self.config.file_encoding)
        self.plan.document.problems(_problem(self.plan.document, error) for error in self.errors)

    def _filters(self) -> dict[str, object]:
        by_id = {id(view.endpoint): view for view in self.plan.operations}
        return {
            "docstring_text": docs.docstring_text,
            "first_sentence": docs.first_sentence,
            "header_docs": docs.header_docs,
            "scheme_docs": docs.scheme_docs,
            "scheme_source": security.scheme_source,
            "timeout_docs": docs.timeout_docs,
            "method_parameters": docs.method_parameters,
            "method_docs": docs.method_docs,
            "module_docs": docs.module_docs,
            "function_parameters": docs.function_parameters,
            "function_docs": docs.function_docs,
            "argument_names": docs.argument_names,
            "error_names": docs.error_names,
            "literal": repr,
            "fields_source": lambda fields: source(tuple(fields)),
            "imports": _imports,
            "in_results": _in_results,
            "of_service": lambda title: f" of {title}",
            "operation": lambda endpoint: by_id[id(endpoint)],
            "ordered_values": self._ordered_values,
            "properties": properties,
            "result_names": result_names,
            "with_checks": self._with_checks,
            "with_typed_factory": with_typed_factory,
        }

    def _with_checks(self, code: str, model: ModelProperty) -> str:
        models = {str(one.class_info.name): one for one in self.plan.data.models}
        name = str(model.class_info.name)
        if name not in sent(self.plan.operations, models):
            return code
        return with_checks(code, model, self.plan.rules, name in received(self.plan.operations, models))

    def _ordered_values(self, enum: LiteralEnumProperty) -> list[str]:
        """The values of an enum as Python code, in the order of the document."""
        for node in objects(self.plan.document):
            members = node.value.get("enum") if node.kind == "schema" else None
            if isinstance(members, list) and {member for member in members if member is not None} == enum.values:
                return [repr(member) for member in members if member is not None]
        return [repr(value) for value in sorted(enum.values, key=str)]


def result_names(operations: Iterable[OperationView]) -> list[str]:
    """Names of the classes of results."""
    found = {view.detailed_class for view in operations}
    found |= {response.result_class for view in operations for response in view.successes if response.is_file}
    return sorted(found)


def _globals(plan: Plan, project_name: str) -> dict[str, object]:
    document, errors = plan.document, plan.errors
    model_imports = [f"from .models import {name}" for name in sorted(_taken(plan.data))]
    own = ["AsyncClient", "Client", "File", "Response", "SERVERS", "UNSET", "Unset", "__version__"]
    public = [*own, *docs.error_names(errors), *result_names(plan.operations), *sorted(_taken(plan.data))]
    return {
        "operations": plan.operations,
        "errors": errors,
        "title": document.root["info"]["title"],
        "description": document.root["info"].get("description") or document.root["info"].get("summary") or "",
        "version": str(document.root["info"]["version"]),
        "project_name": project_name,
        "servers": list(servers(document)),
        "schemes": list(security.schemes(document).values()),
        "keyless": security.keyless(document),
        "request_id_header": header_meaning(document, "request-id"),
        "longest_timeout": max((view.timeout_seconds or 0 for view in plan.operations), default=0) or None,
        "model_imports": model_imports,
        "public_names": sorted(public),
    }


def servers(document: Document) -> Iterable[tuple[str, str]]:
    for server in document.root["servers"]:
        url = server["url"]
        for name, variable in server.get("variables", {}).items():
            url = url.replace(f"{{{name}}}", str(variable["default"]))
        yield url, " ".join(server.get("description", "").split())


def _config(document: Document, settings: Path, package: str | None, output: Path) -> Config:
    file = ConfigFile.load_from_path(settings)
    file.content_type_overrides = content_type_overrides(document)
    if package:
        file.package_name_override, file.project_name_override = package, package.replace("_", "-")
    return Config.from_sources(file, MetaType.NONE, Path(document.name), "utf-8", overwrite=False, output_path=output)


def _problem(document: Document, error: GeneratorError) -> Problem:
    data = error.data if isinstance(error, ParseError) else None
    extra = getattr(data, "model_extra", None) or {}
    pointer = extra.get(POINTER) or _named_place(document, error)
    text = " ".join(f"{error.header} {error.detail or ''}".split())
    return Problem(f"openapi-python-client: {text}", pointer)


def _named_place(document: Document, error: GeneratorError) -> str:
    """The place that the text of a problem names, where it has no other."""
    words = error.header.split()
    for method, path in itertools.pairwise(words):
        pointer = child("/paths", path, method.lower())
        if document.has(pointer):
            return pointer
    name = words[-1].rstrip(":") if words else ""
    pointer = child("/components/schemas", name)
    return pointer if document.has(pointer) else ""


def _taken(data: GeneratorData) -> frozenset[str]:
    return frozenset(str(one.class_info.name) for one in (*data.models, *data.enums))


def _describe(
    document: Document, rules: SchemaRules, models: Iterable[ModelProperty], operations: Sequence[OperationView]
) -> None:
    for model in models:
        found = {
            prop.name.get_untrusted_value(): rules.property_pointers(
                model_pointer(model), prop.name.get_untrusted_value()
            )
            for prop in properties(model)
        }
        describe(
            properties(model), model_fields(model, rules), document, {wire: at[0] for wire, at in found.items() if at}
        )
    for view in operations:
        describe(view.parameters, view.parameter_fields, document, view.parameter_pointers())


def _imports(views: Iterable[OperationView | ErrorView]) -> list[str]:
    return sorted({line for view in views for line in view.imports})


def _in_results(type_: str, operation: OperationView) -> str:
    own = {response.result_class for response in operation.successes if response.is_file}
    return " | ".join(f"results.{part}" if part in own else part for part in type_.split(" | "))
