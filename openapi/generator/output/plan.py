"""What is generated of a document: the operations, jobs, errors and classes of its package."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from ..document.alternatives import Alternatives
from ..document.document import Document, Problem
from ..document.simplification import simplified
from ..upstream.internals import Config, GeneratorData, ModelProperty
from ..upstream.parsing import parsed
from ..upstream.properties import model_pointer, properties
from ..upstream.settings import configuration
from ..views import docs
from ..views.error_views import ErrorView, error_views
from ..views.headers import ResponseHeaders
from ..views.job_views import JobView, job_views
from ..views.json_types import JsonTypes
from ..views.many_views import ManyView, many_views
from ..views.models import describe, model_fields, model_names
from ..views.name_clashes import job_clashes, name_clashes
from ..views.operation_views import OperationView, views
from ..views.response_views import PackageFacts
from ..views.schema_rules import SchemaRules


@frozen
class GenerationPlan:
    """What is to be generated.

    Args:
        document: The document.
        sha256: SHA-256 of the document's file, in hexadecimal.
        config: The settings of openapi-python-client.
        data: The document as openapi-python-client has read it.
        rules: Makes rules.
        operations: The operations.
        jobs: The jobs that operations start.
        errors: The exception classes.
        approximated: Where the client does something else than the document says.
    """

    document: Document
    sha256: str
    config: Config
    data: GeneratorData
    rules: SchemaRules
    operations: list[OperationView]
    jobs: list[JobView]
    errors: list[ErrorView]
    approximated: list[Problem]


def plan(document: Document, sha256: str, settings: Path, package: str | None, output: Path) -> GenerationPlan:
    """Read a document.

    Args:
        document: The document.
        sha256: SHA-256 of its file.
        settings: Settings of openapi-python-client.
        package: Name of the package, by default that of the settings.
        output: The package's folder.

    Raises:
        SpecError: It cannot be made into a client.
    """
    document, problems = simplified(document)
    config = configuration(document, settings, package, output)
    data, further = parsed(document, config)
    approximated = [*problems, *further]
    document.problems(iter(approximated))
    rules = SchemaRules(document, model_names(data.models))
    models = {str(model.class_info.name): model for model in data.models}
    json_types = JsonTypes(Alternatives(document).discriminators)
    facts = PackageFacts(document, rules, json_types, ResponseHeaders(document), models, class_names(data))
    endpoints = {str(tag): group.endpoints for tag, group in data.endpoint_collections_by_tag.items()}
    operations = views(facts, endpoints)
    errors, jobs = error_views(operations), job_views(operations)
    document.problems(name_clashes(operations, data))
    classes = {*facts.classes, *docs.error_names(errors), *result_names(operations)}
    document.problems(job_clashes(jobs, operations, {*classes, *batch_classes(many_views(operations))}))
    _describe(document, rules, data.models, operations)
    return GenerationPlan(document, sha256, config, data, rules, operations, jobs, errors, approximated)


def result_names(operations: Iterable[OperationView]) -> list[str]:
    """Names of the classes of results."""
    found = {view.detailed_class for view in operations}
    found |= {response.result_class for view in operations for response in view.successes if response.is_file}
    found |= {view.kept.file_class for view in operations if view.kept is not None}
    return sorted(found)


def batch_classes(many: Iterable[ManyView]) -> list[str]:
    """Names of the classes of batches."""
    return sorted(view.batch_class for view in many if view.batch_class)


def class_names(data: GeneratorData) -> frozenset[str]:
    """Names of the classes of schemas."""
    return frozenset(str(one.class_info.name) for one in (*data.models, *data.enums))


def _describe(
    document: Document, rules: SchemaRules, models: Iterable[ModelProperty], operations: Sequence[OperationView]
) -> None:
    for model in models:
        api_names = [prop.name.get_untrusted_value() for prop in properties(model)]
        places = {api_name: rules.property_pointers(model_pointer(model), api_name) for api_name in api_names}
        describe(properties(model), model_fields(model, rules), document, places)
    for view in operations:
        for parameter in view.parameter_views:
            place = {parameter.api_name: [parameter.pointer, f"{parameter.pointer}/schema"]}
            describe([parameter.parsed], [parameter.field], document, place)
