"""Jobs (`x-job`) as the templates need them: the handle, its result, and the facts that both follow."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from attrs import define, frozen

from runtime.image.media import Image

from ..document.described_values import values_of_response
from ..document.jobs import JobPlace, job_places, operation_by_id
from ..document.paths import path_of
from ..document.shapes import kinds
from ..upstream.internals import ModelProperty
from ..upstream.naming import distinct, identifier
from .headers import ResponseHeaders, reading
from .operation_views import OperationView

_READERS = {"cost": "number", "remaining-credits": "number", "generation-time": "number"}
"""How the client reads what it knows the meaning of, whatever the type in the report."""


@frozen
class LinkView:
    """A link of a job.

    Args:
        operation: The operation that it leads to.
        path: Path of that operation, as the document writes it.
        parameter: Name of the parameter for the job's id.
        source: Where the response has the id, as a runtime expression of OpenAPI.
        pointer: Where it stands.
    """

    operation: OperationView
    path: str
    parameter: str
    source: str
    pointer: str


@frozen
class ReportView:
    """One thing that the result of a job says of it.

    Args:
        meaning: What it means, as `x-semantics`.
        pointer: JSON pointer of its place in the response.
        header: Name of the header by which the client knows it.
        description: What the document says of it.
        name: Name of a property of the result that reads it, or None where the result has one already.
        reader: Name of the reading, a method of `Headers`.
        type: What the reading gives.
    """

    meaning: str
    pointer: str
    header: str
    description: str
    name: str | None
    reader: str
    type: str


@define(slots=False)
class JobView:
    """A job: an operation that starts one, and those that tell of it.

    Args:
        place: Where it stands.
        submit: The operation that starts it.
        operations: All operations.
    """

    place: JobPlace
    submit: OperationView
    operations: Sequence[OperationView]

    @property
    def described(self) -> dict[str, Any]:
        """The job in the document."""
        return self.place.described

    @property
    def name(self) -> str:
        """Name of the class of the blocking handle."""
        return str(self.described["name"])

    @property
    def async_name(self) -> str:
        """Name of the class of the asynchronous handle."""
        return f"Async{self.name}"

    @property
    def result_class(self) -> str:
        """Name of the class of the result."""
        return f"{self.name}Result"

    @property
    def classes(self) -> list[str]:
        """Names of all its classes."""
        return [self.name, self.async_name, self.result_class]

    @property
    def method(self) -> str:
        """Name of the client's method that makes a handle from an id."""
        return identifier(self.name)

    @property
    def spec_name(self) -> str:
        """Name of the constant that has its facts."""
        return self.method.upper()

    @property
    def submit_path(self) -> str:
        """Path of the operation that starts it, as the document writes it."""
        return path_of(self.submit.pointer)

    @property
    def called(self) -> list[OperationView]:
        """The operations that it consists of."""
        found = [self.submit, self.status.operation, self.reporting]
        return [view for at, view in enumerate(found) if not any(view is one for one in found[:at])]

    @cached_property
    def status(self) -> LinkView:
        """The link to the operation that tells the state."""
        return self._link("status")

    @property
    def id_pointer(self) -> str | None:
        """JSON pointer to its id in the body that starts it, or None where a header has the id."""
        body, _, pointer = self.status.source.partition("#")
        return pointer if body == "$response.body" else None

    @cached_property
    def result(self) -> LinkView | None:
        """The link to the operation that gives the result, or None where that of the state does."""
        return self._link("result") if "result" in self.described else None

    @property
    def reporting(self) -> OperationView:
        """The operation whose response has the result."""
        return (self.result or self.status).operation

    @cached_property
    def instead_of(self) -> OperationView | None:
        """The operation that it is another route of, or None."""
        target = operation_by_id(self.submit.package.document, self.described.get("instead-of"))
        return self._view(target.pointer) if target is not None and "instead-of" in self.described else None

    @cached_property
    def base_class(self) -> str | None:
        """Name of the class of the results of the operation that it stands in for, or None."""
        return self.instead_of.successes[0].result_class if self.instead_of is not None else None

    @property
    def result_spec(self) -> str:
        """Name of the constant that says what its image has to be."""
        base = self.instead_of.successes[0].spec_name if self.instead_of is not None else None
        return base or f"{self.spec_name}_RESULT_SPEC"

    @cached_property
    def file_class(self) -> str | None:
        """Name of the class of a result on disk, where the operation that it stands in for has one."""
        kept = self.instead_of.kept if self.instead_of is not None else None
        return kept.file_class if kept is not None else None

    @cached_property
    def report_class(self) -> str | None:
        """Name of the class of the response that has the result, or None if that is not an object of a class."""
        prop = self.reporting.successes[0].parsed.prop if len(self.reporting.successes) == 1 else None
        return str(prop.class_info.name) if isinstance(prop, ModelProperty) else None

    @cached_property
    def imports(self) -> list[str]:
        """Imports that its result needs, from a module beside the models."""
        return sorted(self.reporting.successes[0].imports) if self.report_class else []

    @cached_property
    def state_type(self) -> str:
        """Type of a state."""
        document = self.submit.package.document
        responses = [one.pointer for one in self.status.operation.successes]
        places = [at for one in responses for at in values_of_response(document, one, self.described["state"]) or ()]
        found = [kinds(document, place) for place in places]
        types = {name: any(kind in one for one in found) for name, kind in (("int", "integer"), ("str", "string"))}
        return " | ".join(name for name, is_possible in types.items() if is_possible or not found)

    @cached_property
    def reports(self) -> list[ReportView]:
        """What the result says of the call, the job's id first."""
        headers = self.submit.package.headers
        documented = self.instead_of.success_headers if self.instead_of is not None else []
        known = {header.api_name.lower() for header in documented}
        found = {"request-id": "", **self.described.get("reports", {})}
        wanted = [word for word in found if word != "seed" and _header(headers, word).lower() not in known]
        taken = {*dir(Image), "report", *(header.name for header in documented)}
        names = dict(zip(wanted, distinct([identifier(word) for word in wanted], taken), strict=True))
        return [self._report(meaning, pointer, names.get(meaning)) for meaning, pointer in found.items()]

    @property
    def reported(self) -> list[ReportView]:
        """Those of them that the response has."""
        return [report for report in self.reports if report.pointer]

    def attribute(self, report: ReportView) -> str:
        """Name of the attribute of the result that has what is reported."""
        documented = self.instead_of.success_headers if self.instead_of is not None else []
        names = {header.api_name.lower(): header.name for header in documented}
        return report.name or ("seed" if report.meaning == "seed" else names[report.header.lower()])

    def states(self, key: str) -> tuple[str | int, ...]:
        """The states that mean the same, such as `done`."""
        return tuple(self.described.get(key, ()))

    def _report(self, meaning: str, pointer: str, name: str | None) -> ReportView:
        package = self.submit.package
        places = self._report_places(pointer) if pointer else []
        nodes = [package.document.at(place) for place in places]
        types = frozenset[str]().union(*(kinds(package.document, place) for place in places)) - {"null"}
        fixed = frozenset({_READERS[meaning], "integer"}) if meaning in _READERS else types
        sentence = next((str(node["description"]) for node in nodes if node.get("description")), "")
        own = "The id of the job." if meaning == "request-id" else sentence
        return ReportView(meaning, pointer, _header(package.headers, meaning), own, name, *reading(fixed))

    def _report_places(self, pointer: str) -> list[str]:
        document, successes = self.submit.package.document, self.reporting.successes
        return [at for one in successes for at in values_of_response(document, one.pointer, pointer) or ()]

    def _link(self, role: str) -> LinkView:
        document = self.submit.package.document
        place = document.resolved(self.place.link(role))
        described = document.at(place)
        target = operation_by_id(document, described["operationId"])
        if target is None:
            raise LookupError(described["operationId"])
        ((parameter, source),) = described["parameters"].items()
        name = str(parameter).removeprefix("path.")
        return LinkView(self._view(target.pointer), path_of(target.pointer), name, source, place)

    def _view(self, pointer: str) -> OperationView:
        return next(view for view in self.operations if view.pointer == pointer)


def job_views(operations: Sequence[OperationView]) -> list[JobView]:
    """The jobs of a document, in its order."""
    if not operations:
        return []
    by_pointer = {view.pointer: view for view in operations}
    places = job_places(operations[0].package.document)
    return [JobView(place, by_pointer[place.operation.pointer], operations) for place in places]


def _header(headers: ResponseHeaders, meaning: str) -> str:
    return headers.meaning(meaning) or f"x-job-{meaning}"
