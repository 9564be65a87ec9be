"""Docstrings and signatures of the generated code."""

import textwrap
from collections.abc import Iterable, Iterator

from runtime.spec.credentials import SecurityScheme
from runtime.spec.tunables import CONNECT_SECONDS, RESPONSE_SECONDS

from ..document.document import tokens
from ..upstream.internals import Property, safe_for_docstring
from ..upstream.naming import ERROR_NAMES
from ..upstream.properties import declaration, has_default
from .error_views import ErrorView
from .headers import HeaderView
from .operation_views import OperationView

WIDTH = 116


def docstring_text(text: str, indent: int) -> str:
    """Text as it can stand in a docstring, wrapped, each further line indented."""
    lines = safe_for_docstring(text.strip()).splitlines()
    wrapped = [part for line in lines for part in _wrapped(line, WIDTH - indent)]
    joined = f"\n{' ' * indent}".join(wrapped).replace(f"\n{' ' * indent}\n", "\n\n")
    return f"{joined} " if joined.endswith('"') else joined


def _wrapped(line: str, width: int) -> list[str]:
    margin = line[: len(line) - len(line.lstrip())]
    deeper = f"{margin}    " if margin else ""
    return textwrap.wrap(line, width, subsequent_indent=deeper, break_long_words=False, break_on_hyphens=False) or [""]


def first_sentence(text: str) -> str:
    """The first sentence of a description."""
    return " ".join(text.split()).partition(". ")[0].rstrip(".")


def of_service(title: str) -> str:
    """Whose client it is."""
    name = " ".join(title.split())
    return f" of {docstring_text(name, 0)}" if name else ""


def header_docs(header: HeaderView) -> str:
    """Docstring of the property that reads a header."""
    return (
        f"{' '.join(header.description.split())} None where the service does not say. From `{header.api_name}`.".strip()
    )


def scheme_docs(scheme: SecurityScheme) -> str:
    """What a parameter of the client for a key is."""
    place = {"header": "the header", "query": "the query parameter", "cookie": "the cookie"}[scheme.location]
    fallback = f" Taken from the environment variable {scheme.env} by default." if scheme.env else ""
    what = "`name:password`, which goes" if scheme.style == "basic" else "The key that goes"
    return f"{what} into {place} `{scheme.api_name}`.{fallback} No repr, log or pickle shows it."


def timeout_docs(longest: float | None) -> str:
    """What the default timeout is."""
    total = longest or RESPONSE_SECONDS
    return f"By default {total:g} seconds, of which {min(total, CONNECT_SECONDS):g} for a connection."


def method_parameters(operation: OperationView) -> list[str]:
    """Parameters of a method of the client, but for `self`."""
    lines = [_method_parameter(operation, prop) for prop in operation.method_properties]
    if operation.body_fields and not operation.flat_body:
        body = f"body: {operation.body_type}"
        lines = [body, *lines] if operation.body_required else [*lines, body]
    if operation.extra_body:
        lines.append(f"{operation.extra_body}: Mapping[str, Any] | None = None")
    return [*lines, f"{operation.timeout}: Timeout | Unset = UNSET"]


def _method_parameter(operation: OperationView, prop: Property) -> str:
    return declaration(prop, *(['Literal["random"]'] if prop.python_name in operation.random else []))


def function_parameters(operation: OperationView, client: str | None = None) -> str:
    """Parameters of a conventional function: those of the path may stand without their names."""
    in_path = sorted(operation.endpoint.path_parameters, key=has_default)
    named = [f"client: {client}"] if client else []
    named += [f"body: {operation.body_type}"] if operation.body_fields else []
    named += [declaration(prop) for prop in operation.parameters if not any(prop is one for one in in_path)]
    lines = [*map(declaration, in_path), *(["*", *named] if named else [])]
    return "".join(f"{line},\n" for line in lines)


def argument_names(operation: OperationView) -> list[str]:
    """Names of what a conventional function takes besides the client."""
    return [*(str(prop.python_name) for prop in operation.parameters), *(["body"] if operation.body_fields else [])]


def argument_docs(props: Iterable[Property]) -> Iterator[str]:
    """Lines of a docstring for parameters, their defaults included."""
    yield from _arguments(props, ())


def method_docs(operation: OperationView) -> str:
    """Docstring of a method of the client."""
    arguments = _arguments(operation.method_properties, _options(operation))
    return "\n".join([*_head(operation), "Args:", *arguments, *_raises(operation)])


def file_method_docs(operation: OperationView) -> str:
    """Docstring of the method that writes its result to a file."""
    path = (
        f"{operation.path_option}: Where to write it. What is there is replaced, once all has come and is checked: "
        "after any fault the file is whole or absent."
    )
    raises = [*_raises(operation), "    NotSavedError: The disk did not take it; the error has the bytes."]
    return "\n".join(
        [
            f"`{operation.name}` into a file, with little memory however large it is.",
            "",
            "Args:",
            *_arguments((), [path]),
            *_arguments(operation.method_properties, _options(operation)),
            *raises,
        ]
    )


def function_docs(operation: OperationView, detailed: bool) -> str:
    """Docstring of a conventional function."""
    options = ["client: The client to send with."] + (
        ["body: The body of the request."] if operation.body_fields else []
    )
    return "\n".join(
        [*_head(operation), "Args:", *_arguments(operation.parameters, options), *_raises(operation, detailed)]
    )


def module_docs(operation: OperationView) -> str:
    """Docstring of the module of an operation."""
    return f"`{operation.endpoint.method.upper()} {tokens(operation.pointer)[1]}`: {_summary(operation)}"


def _options(operation: OperationView) -> Iterator[str]:
    if operation.body_fields and not operation.flat_body:
        yield "body: The body of the request."
    if operation.extra_body:
        yield (
            f"{operation.extra_body}: Fields of the body that this client does not know yet, sent as they are. "
            "One that it does know is sent from here."
        )
    yield f"{operation.timeout}: As that of the client, for this call."


def _summary(operation: OperationView) -> str:
    return str(operation.described.get("summary") or f"Call the operation {operation.name}.").strip()


def _head(operation: OperationView) -> Iterator[str]:
    yield _summary(operation)
    yield ""
    if description := str(operation.described.get("description", "")).strip():
        yield description
        yield ""


def _arguments(props: Iterable[Property], options: Iterable[str]) -> Iterator[str]:
    for prop in props:
        sentence = prop.description.get_untrusted_value() if prop.description else ""
        default = f" Default: {prop.default.python_code.as_unembedded_code()}." if prop.default else ""
        left_out = " Left out unless given." if has_default(prop) and not prop.default else ""
        yield f"    {prop.python_name}: {' '.join(sentence.split())}{default}{left_out}"
    yield from (f"    {option}" for option in options)


def _raises(operation: OperationView, detailed: bool = False) -> Iterator[str]:
    yield ""
    yield "Raises:"
    yield "    InvalidRequestError: The call breaks a rule; nothing was sent."
    yield "    MissingKeyError: The client has no key for this operation; nothing was sent."
    if operation.buys:
        yield "    BudgetExhaustedError: The call would spend more than the client's budget allows; nothing was sent."
    yield "    NotSentError: No connection came about; nothing was sent."
    yield "    OutcomeUnknownError: The request was sent, and no whole response came back."
    if not detailed:
        for response in operation.failures:
            yield f"    {response.error}: {response.status}. {' '.join(response.described['description'].split())}"
    yield "    RedirectRefusedError: The response is a redirect, which is not followed."
    yield "    GatewayError: The response is a 5xx that the document does not explain: the outcome is unknown."
    yield "    UndocumentedStatusError: The response has a status that is not documented."
    if any(response.is_file and response.result_base == "Image" for response in operation.successes):
        yield "    InvalidImageError: The response is a success without the image that was asked for; it has the bytes."
    else:
        yield "    InvalidResponseError: The response is a success without what is documented for it."


def error_names(errors: Iterable[ErrorView]) -> list[str]:
    """Names of all exceptions of the package."""
    return sorted([*ERROR_NAMES, *(error.name for error in errors)])
