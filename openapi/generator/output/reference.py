"""API.md: the reference for people, from the same document as the client."""

from collections.abc import Iterable, Iterator

from runtime.base.rules import Field, described

from ..document.document import Document, child
from ..document.evidence import evidence
from ..document.servers import base_url_env, servers
from ..upstream.internals import Property
from ..views import security
from ..views.docs import method_parameters
from ..views.headers import HeaderView
from ..views.json_types import has_unknown
from ..views.many_views import ManyView, many_views
from ..views.models import model_fields, model_pointer
from ..views.operation_views import OperationView, ResponseView, properties
from ..views.page_views import page_views
from ..views.with_options import view_docs, view_options
from .error_reference import error_lines
from .job_reference import job_lines
from .plan import GenerationPlan
from .tables import cell, one_line, table

_GRADES = (
    "Every fact has a grade of evidence: **recorded** with a date (a recording of the service shows it), **page** (the "
    "vendor's page of this API says it), **vendor** (another official page or the official SDK says or shows it), "
    "**vendor-2026** (a capture of the vendor's newest pages says it), **seen** (code or notes of third parties show "
    "it), **inferred** (our reading: likely, but unproven). A grade after a keyword holds for that rule only."
)

_TOLD_APART = (
    "Where a response holds one of several objects, its discriminator tells which one it is. Without one, an object is",
    "the alternative whose required properties it has and whose other properties are of the right kind. Of several, it",
    "is the one whose listed values it has, then the one that knows most of its properties, then the first that can be",
    "read. An object that is none of them is an `UnknownObject`, a mapping of its JSON values, since services grow.",
)


def reference(plan: GenerationPlan) -> str:
    """The text of API.md, for a package that has been generated."""
    return "\n".join(_lines(plan)).rstrip() + "\n"


def _lines(plan: GenerationPlan) -> Iterator[str]:
    info = plan.document.root["info"]
    title = f"{info['title']} {info['version']}"
    yield f"# {one_line(title)}: API reference\n"
    if info.get("description"):
        yield f"{one_line(info['description'])}\n"
    if _is_graded(plan.document):
        yield f"{_GRADES}\n"
    yield from _servers(plan.document)
    yield from _keys(plan.document)
    yield from _with_options(any(job.instead_of for job in plan.jobs))
    for operation in plan.operations:
        yield from _operation(plan, operation)
    yield from job_lines(plan.document, plan.jobs)
    yield from error_lines(plan.document, plan.errors)
    yield from _alternatives(plan)


def _servers(document: Document) -> Iterator[str]:
    yield "## Servers\n"
    rows = [(server.url, server.description, f"`{server.env}`" if server.env else "") for server in servers(document)]
    if rows:
        yield from table(("base URL", "what it is", "environment variable for another"), rows)
    else:
        env = base_url_env(document)
        place = f"in the environment variable `{env}` or as `base_url`" if env else "as `base_url`"
        yield f"The document names no server: give its address {place}.\n"


def _alternatives(plan: GenerationPlan) -> Iterator[str]:
    responses = [response.parsed.prop for operation in plan.operations for response in operation.responses]
    if has_unknown(responses, plan.data.models):
        yield "## Alternatives\n"
        yield f"{' '.join(_TOLD_APART)}\n"


def _keys(document: Document) -> Iterator[str]:
    schemes = security.schemes(document)
    if schemes:
        yield "## Keys\n"
        rows = [
            (
                f"`{scheme.name}=`",
                f"{scheme.location} `{scheme.api_name}`",
                f"`{scheme.env}`" if scheme.env else "",
                _evidence(document, f"/components/securitySchemes/{name}"),
            )
            for name, scheme in schemes.items()
        ]
        yield from table(("parameter of the client", "sent in", "environment variable", "evidence"), rows)


def _with_options(has_routes: bool) -> Iterator[str]:
    yield "## `with_options`\n"
    purpose, _, shared, *_ = view_docs(has_routes).splitlines()
    yield f"{purpose} {shared}\n"
    parameters = "".join(f"    {option.parameter},\n" for option in view_options(has_routes))
    yield f"```python\nclient.with_options(\n{parameters}) -> Client\n```\n"
    rows = [(f"`{option.name}`", cell(option.docs)) for option in view_options(has_routes)]
    yield from table(("option", "what it is"), rows)


def _operation(plan: GenerationPlan, operation: OperationView) -> Iterator[str]:
    document = plan.document
    yield f"## `{operation.name}`\n"
    grade = _evidence(document, operation.pointer)
    named = f"`{operation.endpoint.method.upper()} {operation.described_path}`"
    own = f", on the server {operation.server}" if operation.server else ""
    yield f"{named}{own}{f' (evidence: {grade})' if grade else ''}\n"
    for text in (operation.described.get("summary"), operation.described.get("description")):
        if text:
            yield f"{one_line(text)}\n"
    handle = next((job.name for job in plan.jobs if job.submit is operation), None)
    many = [view for view in many_views(plan.operations) if view.operation is operation]
    yield from _call(operation, handle or operation.returned(is_async=False), many)
    yield from _parameters(plan, operation)
    yield from _limits(document, operation)
    yield "### Responses\n"
    rows = [_response(document, response) for response in operation.responses]
    yield from table(_RESPONSE_COLUMNS, rows)
    yield from _headers(document, operation)


def _call(operation: OperationView, returned: str, many: Iterable[ManyView]) -> Iterator[str]:
    parameters = "".join(f"    {line},\n" for line in method_parameters(operation))
    yield f"```python\nclient.{operation.name}(\n{parameters}) -> {returned}\n```\n"
    if operation.kept is not None:
        path = f"    {operation.path_option}: str | os.PathLike[str],\n    *,\n"
        yield f"```python\nclient.{operation.file_method}(\n{path}{parameters}) -> {operation.kept.file_class}\n```\n"
    for paged in page_views([operation]):
        parameters = "".join(f"    {line},\n" for line in paged.parameters())
        yield f"```python\nclient.{paged.name}(\n{parameters}) -> {paged.returned(is_async=False)}\n```\n"
    for view in many:
        parameters = "".join(f"    {line},\n" for line in view.parameters())
        yield f"```python\nclient.{view.name}(\n{parameters}) -> Generator[{view.outcome}]\n```\n"
        yield f"{_OUTCOME}\n"


def _parameters(plan: GenerationPlan, operation: OperationView) -> Iterator[str]:
    rows = [
        _parameter(plan.document, prop, field, operation.parameter_pointers().get(field.api_name, ""))
        for prop, field in zip(operation.parameters, operation.parameter_fields, strict=True)
    ]
    body = operation.flat_body
    if body is not None:
        rows += [
            _parameter(
                plan.document,
                prop,
                field,
                next(iter(plan.rules.property_pointers(model_pointer(body), field.api_name)), ""),
            )
            for prop, field in zip(properties(body), model_fields(body, plan.rules), strict=True)
            if not operation.asks(prop)
        ]
    elif operation.body_fields:
        rows.append(
            ("`body`", _required(operation.body_required), cell(described(operation.body_fields[0].rule)), "", "")
        )
    if rows:
        yield "### Parameters\n"
        yield from table(("name", "default", "allowed", "evidence", "what it is"), rows)


def _parameter(document: Document, prop: Property, field: Field, pointer: str) -> tuple[str, ...]:
    default = f"`{prop.default.python_code.as_unembedded_code()}`" if prop.default else _required(field.required)
    description = document.at(document.resolved(pointer)).get("description", "") if pointer else ""
    renamed = f" Sent as `{field.api_name}`." if field.api_name != field.name else ""
    return (
        f"`{field.name}`",
        default,
        cell(described(field.rule)),
        _evidence(document, pointer) if pointer else "",
        cell(description) + renamed,
    )


def _required(required: bool) -> str:
    return "required" if required else "left out"


def _limits(document: Document, operation: OperationView) -> Iterator[str]:
    for keyword, sentence in (
        ("x-timeout-seconds", "The default timeout of a call is {} seconds, retries included"),
        ("x-typical-seconds", "A response usually takes {} seconds"),
        ("x-price-usd", "An accepted call costs about ${}"),
    ):
        if keyword in operation.described:
            grade = document.grade(child(operation.pointer, keyword))
            known = f" (evidence: {grade})" if grade else ""
            yield f"{sentence.format(operation.described[keyword])}{known}.\n"


def _response(document: Document, response: ResponseView) -> tuple[str, ...]:
    billed = {True: "yes", False: "no", None: ""}[response.billed]
    return (
        response.status,
        cell(f"`{response.error or response.type}`"),
        ", ".join(f"`{name}`" for name in response.media_types),
        billed,
        "yes" if response.temporary else "",
        "yes" if response.stops_batch else "",
        _response_evidence(document, response),
        cell(response.described["description"]),
    )


def _response_evidence(document: Document, response: ResponseView) -> str:
    pointer = document.resolved(response.pointer)
    own = document.grade(pointer)
    content = child(pointer, "content")
    others = {
        "body": document.grade(content) if document.has(content) else own,
        "billed": document.grade(child(pointer, "x-billed")) if response.billed is not None else own,
        "sent again": document.grade(child(pointer, "x-retry")) if response.temporary else own,
        "ends a batch": document.grade(child(pointer, "x-stops-batch")) if response.stops_batch else own,
        **{
            name: document.grade(child(content, name))
            for name in response.media_types
            if document.has(child(content, name))
        },
    }
    named = [f"{name}: {grade}" for name, grade in others.items() if grade and grade not in (own, others["body"])]
    body = [f"body: {others['body']}"] if others["body"] and others["body"] != own else []
    return "; ".join([*([own] if own else []), *body, *named])


def _headers(document: Document, operation: OperationView) -> Iterator[str]:
    found: dict[str, tuple[HeaderView, list[str]]] = {}
    for response in operation.responses:
        for header in response.headers:
            found.setdefault(header.api_name, (header, []))[1].append(response.status)
    if found:
        yield "### Response headers\n"
        rows = [
            (
                f"`{api_name}`",
                f"`.{header.name}`",
                cell(f"`{header.type}`"),
                ", ".join(statuses),
                document.grade(header.pointer) or "",
                cell(header.description),
            )
            for api_name, (header, statuses) in found.items()
        ]
        yield from table(("header", "in Python", "type", "with status", "evidence", "what it is"), rows)


_RESPONSE_COLUMNS = (
    "status",
    "in Python",
    "content types",
    "billed",
    "sent again",
    "ends a batch",
    "evidence",
    "meaning",
)


def _evidence(document: Document, pointer: str) -> str:
    return cell(evidence(document, pointer))


def _is_graded(document: Document) -> bool:
    return any(document.grade(f"/{key}") for key in document.root) or "x-evidence" in str(document.root)


_OUTCOME = (
    "An `Outcome` is a `SuccessfulOutcome`, with `result`, or a `FailedOutcome`, with `error`; the other is None. Both "
    "have `index`, `request`, and `unwrap()`, which returns the result or raises the error."
)
"""What the reference says of the outcomes of many calls."""
