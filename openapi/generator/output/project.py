"""openapi-python-client with our templates, and with what they need."""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from ..document.servers import base_url_env, servers
from ..document.traversal import objects
from ..upstream.internals import LiteralEnumProperty, ModelProperty
from ..upstream.naming import IMAGE_NAMES, MANY_NAMES, PAGE_NAMES, RUNTIME_HOMES, STREAM_NAMES
from ..upstream.project import TemplateProject
from ..upstream.properties import properties
from ..views import docs, job_docs, security
from ..views.class_views import ClassView, class_view
from ..views.client_docs import ClientDocs
from ..views.error_views import ErrorView
from ..views.field_facts import first_sentence
from ..views.headers import ResponseHeaders
from ..views.job_views import JobView
from ..views.json_types import JsonTypes
from ..views.many_views import ManyView, many_views
from ..views.models import received, sent
from ..views.operation_views import OperationView
from ..views.option_views import CommandView, queue_of_commands
from ..views.page_views import PagesView, page_views
from ..views.python_source import source
from ..views.semantics import semantics_source
from ..views.with_options import view_docs, view_options
from .plan import GenerationPlan, batch_classes, class_names, result_names

TEMPLATES = Path(__file__).parents[2] / "templates"


class ClientProject(TemplateProject):
    """Writes the package."""

    def __init__(self, plan: GenerationPlan) -> None:
        super().__init__(plan.data, plan.config, TEMPLATES)
        self.plan = plan
        self.offer(_globals(plan, self.project_name, self.package_name), self._filters())

    def write(self) -> None:
        """Write the package into the folder of the settings.

        Raises:
            SpecError: openapi-python-client could not write all of it.
        """
        self.write_package(self.plan.document, self._modules())

    def _modules(self) -> list[str]:
        has_batches = bool(batch_classes(many_views(self.plan.operations)))
        batches = ["_batch.py", "batch.py"] if has_batches else []
        jobs = ["jobs.py"] if self.plan.jobs else []
        return ["_service.py", "results.py", *jobs, *batches, "cli.py", "__main__.py"]

    def _filters(self) -> dict[str, object]:
        by_id = {id(view.endpoint): view for view in self.plan.operations}
        many = many_views(self.plan.operations)
        pages = page_views(self.plan.operations)
        return {
            "class_view": self._class_view,
            "docstring_text": docs.docstring_text,
            "first_sentence": first_sentence,
            "header_docs": docs.header_docs,
            "scheme_source": security.scheme_source,
            "method_parameters": docs.method_parameters,
            "job": lambda operation: next((job for job in self.plan.jobs if job.submit is operation), None),
            "job_classes": job_classes,
            "job_operations": _job_operations,
            "handle_docs": job_docs.handle_docs,
            "job_result_docs": job_docs.result_docs,
            "report_docs": job_docs.report_docs,
            "collect_docs": job_docs.collect_docs,
            "returned_docs": job_docs.returned_docs,
            "many": lambda operation: next((view for view in many if view.operation is operation), None),
            "cause_docs": docs.cause_docs,
            "error_docs": docs.error_docs,
            "error_tree": docs.error_tree,
            "method_docs": docs.method_docs,
            "stream_docs": docs.stream_docs,
            "pages": lambda operation: next((view for view in pages if view.operation is operation), None),
            "model_docs": docs.model_docs,
            "class_docs": docs.class_docs,
            "module_docs": docs.module_docs,
            "function_parameters": docs.function_parameters,
            "function_docs": docs.function_docs,
            "argument_names": docs.argument_names,
            "error_names": docs.error_names,
            "semantics_source": semantics_source,
            "file_method_docs": docs.file_method_docs,
            "literal": source,
            "fields_source": lambda fields: source(tuple(fields)),
            "imports": _imports,
            "in_results": _in_results,
            "operation": lambda endpoint: by_id[id(endpoint)],
            "ordered_values": self._ordered_values,
            "properties": properties,
            "result_names": result_names,
        }

    @cached_property
    def _directions(self) -> tuple[set[str], set[str]]:
        """Names of the classes that requests hold, and of those that responds hold."""
        models = {str(one.class_info.name): one for one in self.plan.data.models}
        return sent(self.plan.operations, models), received(self.plan.operations, models)

    def _class_view(self, model: ModelProperty) -> ClassView:
        in_requests, in_responses = self._directions
        name = str(model.class_info.name)
        plan = self.plan
        types = plan.operations[0].package.json_types if plan.operations else JsonTypes(())
        return class_view(model, plan.rules, types, plan.operations, name in in_requests, name in in_responses)

    def _ordered_values(self, enum: LiteralEnumProperty) -> list[str]:
        """The values of an enum as Python code, in the order of the document."""
        members = self._listed.get(frozenset(enum.values), sorted(enum.values, key=str))
        return [repr(member) for member in dict.fromkeys(members)]

    @cached_property
    def _listed(self) -> dict[frozenset[str | int], list[str | int]]:
        """The values of each enum in the order of the document."""
        found: dict[frozenset[str | int], list[str | int]] = {}
        for node in objects(self.plan.document):
            if node.kind == "schema" and isinstance(node.value.get("enum"), list):
                members = [one for one in node.value["enum"] if isinstance(one, (str, int))]
                found.setdefault(frozenset(members), members)
        return found


def _globals(plan: GenerationPlan, project_name: str, package: str) -> dict[str, object]:
    document, errors, headers = plan.document, plan.errors, ResponseHeaders(plan.document)
    classes = sorted(class_names(plan.data))
    many, paged = many_views(plan.operations), page_views(plan.operations)
    homes = {module: sorted(names) for module, names in _homes(plan, many, paged, classes) if names}
    called = [view for view in plan.operations if not view.starts_job and view.stream is None]
    commands = [CommandView(view, _batch_class(many, view)) for view in called]
    return {
        "operations": plan.operations,
        "many": many,
        "jobs": plan.jobs,
        "job_program": f"python -m {package} collect",
        "paged": paged,
        "batch_classes": batch_classes(many),
        "commands": commands,
        "queue_of_commands": queue_of_commands(commands, plan.jobs),
        "errors": errors,
        "title": document.root["info"]["title"],
        "description": document.root["info"].get("description") or document.root["info"].get("summary") or "",
        "version": str(document.root["info"]["version"]),
        "sha256": plan.sha256,
        "project_name": project_name,
        "servers": servers(document),
        "base_url_env": base_url_env(document),
        "needs_base_url": not servers(document) and base_url_env(document) is None,
        "schemes": list(security.schemes(document).values()),
        "keyless": security.keyless(document),
        "request_id_header": headers.meaning("request-id"),
        "cost_header": headers.meaning("cost"),
        "remaining_credits_header": headers.meaning("remaining-credits"),
        "reset_header": headers.meaning("retry-at"),
        "log_variable": str(document.root["info"].get("x-log-env") or f"{package.upper()}_LOG"),
        "package": package,
        "client_docs": ClientDocs(
            title=document.root["info"]["title"],
            schemes=list(security.schemes(document).values()),
            servers=servers(document),
            base_url_env=base_url_env(document),
            has_own_servers=any(view.server for view in plan.operations),
            longest_timeout=max((view.timeout_seconds or 0 for view in plan.operations), default=0) or None,
            queued=[(job.instead_of.name, job.submit.name) for job in plan.jobs if job.instead_of is not None],
        ).text,
        "view_docs": view_docs,
        "view_options": view_options,
        "model_modules": sorted(
            (str(one.class_info.name), str(one.class_info.module_name)) for one in (*plan.data.models, *plan.data.enums)
        ),
        "result_imports": sorted({line for view in plan.operations for one in view.responses for line in one.imports}),
        "client_imports": _client_imports(plan.operations, many, paged),
        "homes": [(module, tuple(names)) for module, names in homes.items()],
        "public_names": sorted(name for names in homes.values() for name in names),
    }


def _homes(
    plan: GenerationPlan, many: list[ManyView], paged: list[PagesView], classes: Collection[str]
) -> Iterator[tuple[str, Collection[str]]]:
    """The modules that define the public names of the package."""
    batches = batch_classes(many)
    yield from RUNTIME_HOMES.items()
    yield "_batch", batches
    yield "_runtime.batch.report", ["BatchSummary"] if batches else []
    yield "_runtime.client.outcomes", MANY_NAMES if many else ()
    yield "_runtime.image.embedded_request", IMAGE_NAMES if any(view.gives_images for view in plan.operations) else ()
    yield "_runtime.client.streams", STREAM_NAMES if any(view.stream for view in plan.operations) else ()
    yield "_runtime.client.pages", PAGE_NAMES if paged else ()
    yield "errors", docs.error_names(plan.errors)
    yield "jobs", job_classes(plan.jobs)
    yield "models", classes
    yield "results", result_names(plan.operations)


def _batch_class(many: Iterable[ManyView], operation: OperationView) -> str | None:
    return next((view.batch_class for view in many if view.operation is operation), None)


def job_classes(jobs: Iterable[JobView]) -> list[str]:
    """Names of the classes of handles and of their results."""
    return sorted(name for job in jobs for name in job.classes)


def _job_operations(jobs: Iterable[JobView]) -> list[OperationView]:
    found = {view.name: view for job in jobs for view in job.called}
    return [found[name] for name in sorted(found)]


def _imports(views: Iterable[OperationView | ErrorView | JobView]) -> list[str]:
    return sorted({line for view in views for line in view.imports})


def _client_imports(
    operations: Iterable[OperationView], many: Iterable[ManyView], paged: Iterable[PagesView]
) -> list[str]:
    methods = (view.method_imports for view in operations)
    bodies = (view.body.get_lazy_imports(prefix=".") for view in many)
    return sorted(set().union(*methods, *bodies, *(view.imports for view in paged)))


def _in_results(type_: str, operation: OperationView) -> str:
    own = {response.result_class for response in operation.successes if response.is_file}
    return " | ".join(f"results.{part}" if part in own else part for part in type_.split(" | "))
