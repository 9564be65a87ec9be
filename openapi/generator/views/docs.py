"""Docstrings and signatures of the generated code."""

import textwrap
from collections.abc import Iterable, Iterator

from ..document.problems import visible
from ..upstream.internals import ModelProperty, Property, safe_for_docstring
from ..upstream.naming import ERROR_NAMES, WARNING_NAMES
from ..upstream.properties import declaration, has_default, properties, type_code
from .error_views import ErrorView
from .field_facts import first_sentence
from .headers import HeaderView
from .operation_views import OperationView
from .response_views import CauseView

WIDTH = 114
"""Characters in a line of a docstring and its indentation: with quotes at both ends, 120."""


def docstring_text(text: str, indent: int) -> str:
    """Text as it can stand in a docstring, wrapped, each further line indented."""
    lines = _safe(text.strip()).splitlines()
    wrapped = [part for line in lines for part in _wrapped(line, WIDTH - indent)]
    joined = f"\n{' ' * indent}".join(wrapped).replace(f"\n{' ' * indent}\n", "\n\n")
    return f"{joined} " if joined.endswith('"') else joined


def _safe(text: str) -> str:
    # The usual text has nothing to escape: to look at each character of all of them would take long.
    plain = text.replace("\n", "").isprintable() and "\\" not in text and '"""' not in text
    return text if plain else safe_for_docstring(visible(text))


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width and line.isprintable():
        return [line.rstrip(" ")]
    margin = line[: len(line) - len(line.lstrip())]
    deeper = f"{margin}    " if margin else ""
    return textwrap.wrap(line, width, subsequent_indent=deeper, break_long_words=False, break_on_hyphens=False) or [""]


def header_docs(header: HeaderView) -> str:
    """Docstring of the property that reads a header."""
    description = " ".join(header.description.split())
    return f"{description} None if the service does not say. From `{header.api_name}`.".strip()


def error_docs(error: ErrorView) -> str:
    """Docstring of an exception class."""
    return f"{', '.join(error.statuses)}: {error.meaning}"


def cause_docs(error: ErrorView, cause: CauseView) -> str:
    """Docstring of the exception class of one cause."""
    return f"{', '.join(error.statuses)}, as the text of the response says: {cause.meaning}"


def error_tree(errors: Iterable[ErrorView]) -> Iterator[str]:
    """The exception classes of the document below `StatusError`, as lines of a drawn tree."""
    listed = list(errors)
    for error in listed:
        branch, trunk = ("└", " ") if error is listed[-1] else ("├", "│")
        yield f"{branch}── {error.name}  {', '.join(error.statuses)}"
        for cause in error.causes:
            yield f"{trunk}   {'└' if cause is error.causes[-1] else '├'}── {cause.error}"


def class_docs(model: ModelProperty) -> str:
    """Docstring of a class that stands for a schema."""
    described = _described(model) or f"The schema `{model.class_info.name}`."
    attributes = list(_arguments(properties(model), (), with_types=True))
    return "\n".join([described, *(["", "Attributes:", *attributes] if attributes else [])])


def model_docs(model: ModelProperty) -> str:
    """Docstring of the module of a class."""
    described = first_sentence(_described(model))
    return f"`{model.class_info.name}`: {described}." if described else f"The class `{model.class_info.name}`."


def _described(model: ModelProperty) -> str:
    text = model.data.description or model.data.title
    return text.get_untrusted_value().strip() if text else ""


def method_parameters(operation: OperationView) -> list[str]:
    """Parameters of a method of the client, but for `self`."""
    lines = [_method_parameter(operation, prop) for prop in operation.method_properties]
    if operation.body_fields and not operation.flat_body:
        body = f"body: {operation.body_type}"
        lines = [body, *lines] if operation.body_required else [*lines, body]
    if operation.extra_body:
        lines.append(f"{operation.extra_body}: Mapping[str, Any] | None = None")
    options = [f"{operation.timeout}: Timeout | Unset = UNSET"]
    options += [f"{operation.on_mismatch}: OnMismatch | Unset = UNSET"] if operation.judges_images else []
    return [*lines, *options]


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


def stream_docs(operation: OperationView, is_async: bool) -> str:
    """What there is to say of the stream that a method gives back, or nothing."""
    if operation.stream is None:
        return ""
    block, loop = ("async with await", "async for") if is_async else ("with", "for")
    return (
        f"The response is read while it is received: `{block} client.{operation.name}(…) as events: {loop} event in "
        f"events: …`. `events.events()` gives the events with their names and ids. A stream that breaks off raises an "
        "`InvalidResponseError` whose `broke_off` is True; nothing is sent again once it has begun."
    )


def method_docs(operation: OperationView, returned: str = "") -> str:
    """Docstring of a method of the client.

    Args:
        operation: The operation.
        returned: What there is to say of what it gives back.
    """
    arguments = _arguments(operation.method_properties, _options(operation))
    further = [returned, ""] if returned else []
    return "\n".join([*_head(operation), *further, "Args:", *arguments, *_raises(operation)])


def option_docs(operation: OperationView) -> Iterator[str]:
    """Lines of a docstring for all that a method takes."""
    yield from _arguments(operation.method_properties, _options(operation))


def file_method_docs(operation: OperationView) -> str:
    """Docstring of the method that writes its result to a file."""
    path = (
        f"{operation.path_option}: Where to write it. An existing file is replaced once the new one has arrived and "
        "been checked; after any failure the file is whole or absent."
    )
    raises = [*_raises(operation), "    NotSavedError: The file could not be written; the error has the bytes."]
    return "\n".join(
        [
            f"Call `{operation.name}` and write its result to a file as it arrives, in little memory.",
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
    named = f"`{operation.endpoint.method.upper()} {operation.described_path}`"
    return f"{'The stream of ' if operation.is_separated_stream else ''}{named}: {_summary(operation)}"


def _options(operation: OperationView) -> Iterator[str]:
    if operation.body_fields and not operation.flat_body:
        yield "body: The body of the request."
    if operation.extra_body:
        yield (
            f"{operation.extra_body}: Additional fields of the body, sent unchanged. They override documented fields."
        )
    if operation.stream is not None:
        yield (
            f"{operation.timeout}: Time limit until the response begins, and again until each event, instead of the "
            "client's."
        )
    else:
        yield f"{operation.timeout}: Time limit of this call; default: the client's."
    if operation.judges_images:
        yield f"{operation.on_mismatch}: What to do with an image that differs from the request; default: the client's."


def _summary(operation: OperationView) -> str:
    return str(operation.described.get("summary") or f"Call the operation {operation.name}.").strip()


def _head(operation: OperationView) -> Iterator[str]:
    yield _summary(operation)
    yield ""
    if description := str(operation.described.get("description", "")).strip():
        yield description
        yield ""


def _arguments(props: Iterable[Property], options: Iterable[str], *, with_types: bool = False) -> Iterator[str]:
    for prop in props:
        type_ = f" ({type_code(prop)})" if with_types else ""
        sentence = prop.description.get_untrusted_value() if prop.description else ""
        default = f" Default: {prop.default.python_code.as_unembedded_code()}." if prop.default else ""
        left_out = " Not sent by default." if has_default(prop) and not prop.default else ""
        yield f"    {prop.python_name}{type_}: {' '.join(sentence.split())}{default}{left_out}"
    yield from (f"    {option}" for option in options)


def _raises(operation: OperationView, detailed: bool = False) -> Iterator[str]:
    yield ""
    yield "Raises:"
    yield "    InvalidRequestError: An argument is not allowed; nothing was sent."
    yield "    MissingKeyError: The client has no key for this operation; nothing was sent."
    if operation.buys:
        yield "    BudgetExhaustedError: The call would exceed the client's budget; nothing was sent."
    yield "    NotSentError: No connection could be made; nothing was sent."
    yield "    OutcomeUnknownError: The request was sent, but no whole response was received; it may have been billed."
    if not detailed:
        for response in operation.failures:
            yield f"    {response.error}: {response.status}. {' '.join(response.described['description'].split())}"
            yield from (f"    {cause.error}: … {' '.join(cause.meaning.split())}" for cause in response.causes)
    yield "    RedirectRefusedError: The response is a redirect; redirects are not followed."
    yield "    GatewayError: The document does not explain this 5xx; the call may have been billed."
    yield "    UndocumentedStatusError: The response has an undocumented status."
    if any(response.is_file and response.result_base == "Image" for response in operation.successes):
        yield "    InvalidImageError: The response is a success without a whole image; the error has the bytes."
        yield '    MismatchError: The image differs from the request, and `on_mismatch` is "raise".'
    else:
        yield "    InvalidResponseError: The response is a success, but its body is not as documented."
    if operation.has_queue and not detailed:
        yield '    JobFailedError: With `route="queue"`: the job ran and failed. It was not billed.'
        yield "    JobTimeoutError: … the job is still active after the timeout. The error says how to collect it."
        yield "    JobExpiredError: … the service no longer has the job."


def error_names(errors: Iterable[ErrorView]) -> list[str]:
    """Names of all exceptions of the package."""
    own = (name for error in errors for name in (error.name, *(cause.error for cause in error.causes)))
    return sorted([*ERROR_NAMES, *WARNING_NAMES, *own])
