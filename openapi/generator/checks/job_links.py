"""The links of a job: they have to lead to operations that may be repeated at will, and hand on the job's id."""

from collections.abc import Iterator

from ..document.described_values import of_response
from ..document.document import Document, Problem, child
from ..document.jobs import JobPlace, operation_by_id, parameters
from ..document.traversal import Node
from .links import parameter_of

_SOURCES = "`$response.body#/` and a JSON pointer, or `$response.header.` and a name"


def unusable_job_links(document: Document, job: JobPlace) -> Iterator[Problem]:
    """Links by which a job could not be asked for."""
    links = document.at(job.response).get("links", {})
    for role in ("status", "result"):
        name = job.described.get(role)
        if name is not None and name not in links:
            known = ", ".join(map(repr, links)) or "none"
            yield Problem(f"the response has no link {name!r}; its links: {known}", child(job.pointer, role))
        elif name is not None:
            yield from _unusable(document, document.resolved(job.link(role)))
    yield from _different_ids(document, job)


def _unusable(document: Document, link: str) -> Iterator[Problem]:
    described = document.at(link)
    if "operationId" not in described:
        yield Problem("the link of a job names its operation by an `operationId`", link)
        return
    target = operation_by_id(document, described["operationId"])
    if target is None:
        return
    yield from _unsafe(target, described["operationId"], child(link, "operationId"))
    given = described.get("parameters", {})
    if len(given) != 1:
        number = "no parameter" if not given else f"{len(given)} parameters"
        yield Problem(f"the link of a job has one parameter, the job's id; this one has {number}", link)
    for name, expression in given.items():
        yield from _unusable_parameter(document, target, name, expression, child(link, "parameters", name))
    yield from _missing(document, target, given, link)


def _different_ids(document: Document, job: JobPlace) -> Iterator[Problem]:
    roles = [role for role in ("status", "result") if document.has(_link(job, role))]
    links = [document.resolved(_link(job, role)) for role in roles]
    sources = [[*document.at(link).get("parameters", {}).values()] for link in links]
    if len(sources) > 1 and sources[0] != sources[1]:
        yield Problem("both links of a job take its id from the same place of the response", links[1])


def _link(job: JobPlace, role: str) -> str:
    return child(job.response, "links", str(job.described.get(role, "")))


def _unsafe(target: Node, name: str, place: str) -> Iterator[Problem]:
    method = target.pointer.rpartition("/")[2]
    if method != "get":
        yield Problem(f"{name} is a {method.upper()}: a job is asked for by GET, which may be repeated", place)


def _unusable_parameter(
    document: Document, target: Node, name: str, expression: object, place: str
) -> Iterator[Problem]:
    found = parameter_of(document, target.pointer, name)
    if found is not None and found[0] != "path":
        yield Problem(f"{name!r} is a {found[0]} parameter: the job's id has to stand in the path", place)
    if of_response(expression) is None:
        yield Problem(f"{expression!r} is not a value of the response: {_SOURCES}", place)


def _missing(document: Document, target: Node, given: dict[str, object], link: str) -> Iterator[Problem]:
    named = {parameter_of(document, target.pointer, name) for name in given}
    for key, parameter in parameters(document, target.pointer).items():
        if parameter.get("required") and key not in named:
            yield Problem(f"the link gives no {key[1]!r}, which {target.value['operationId']} requires", link)
