"""Names in the package: those made from the document, and those that are taken."""

import builtins
from collections.abc import Collection, Iterator
from http import HTTPStatus
from types import ModuleType

from runtime.base import errors, image_warnings
from runtime.client import clients

from .internals import ClassName, PythonIdentifier, pascal_case
from .upstream_fixes import release_words, reserve_words

PREFIX = "field_"

# Builtins of the interactive interpreter only: a property may be called `credits`.
release_words(("copyright", "credits", "exit", "help", "license", "quit"))

PHRASES = {
    413: "Request Entity Too Large",
    414: "Request-URI Too Long",
    416: "Requested Range Not Satisfiable",
    422: "Unprocessable Entity",
}
"""The phrases that Python 3.13 changed: a package has the same names, whichever Python generates it."""

DEVICES = frozenset({"aux", "con", "nul", "prn", *(f"{port}{at}" for port in ("com", "lpt") for at in range(1, 10))})
"""Names that no file can have on Windows, with any ending: operations, tags and schemas name modules.

Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
"""

reserve_words(DEVICES)

RUNTIME_HOMES = {
    "_runtime.base.errors": ("OutcomeName",),
    "_runtime.base.messages": ("Headers", "Request"),
    "_runtime.base.rules": ("Fault",),
    "_runtime.client.budget": ("Budget", "Reservation"),
    "_runtime.client.events": ("AttemptEnded", "AttemptOutcome", "AttemptStarted", "Event", "Hook"),
    "_runtime.client.rate_limit": ("RateLimit",),
    "_runtime.client.results": ("OnMismatch",),
    "_runtime.client.retrying": ("Backoff", "Retry", "RetryOption"),
    "_runtime.spec.service": ("Server",),
    "_runtime.transport.options": ("Certificates", "Proxy", "Timeout"),
    "_service": ("SERVERS", "__version__"),
    "client": ("AsyncClient", "Client"),
    "types": ("UNSET", "DetailedResponse", "File", "UnknownObject", "Unset"),
}
"""Public names of every package, besides its errors, by the module that defines them."""

PACKAGE_NAMES = frozenset(name for names in RUNTIME_HOMES.values() for name in names)
"""The same, without the modules."""

MANY_NAMES = frozenset({"FailedOutcome", "Outcome", "SuccessfulOutcome"})
"""Further names of a package with an operation that can be called for many objects."""

STREAM_NAMES = frozenset({"AsyncStream", "Stream", "StreamEvent"})
"""Further names of a package with an operation whose response is a stream."""

PAGE_NAMES = frozenset({"AsyncPages", "Pages"})
"""Further names of a package with an operation whose result comes page by page."""

IMAGE_NAMES = frozenset({"ImageFile"})
"""Further names of a package with an operation that gives images."""

BATCH_NAMES = frozenset(
    {"Batch", "BatchPlan", "BatchSummary", "EntryStatus", "EntryWarning", "ImageNote", "JournalEntry"}
    | {"PlannedRequest", "Progress"}
)
"""Names in the module of batches, of a package where such an operation gives files."""


def _exceptions(module: ModuleType) -> frozenset[str]:
    return frozenset(
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, Exception) and not name.startswith("_")
    )


ERROR_NAMES = _exceptions(errors)
"""The exceptions of every package."""

WARNING_NAMES = _exceptions(image_warnings)
"""Its warnings."""

RESERVED_CLASSES = (
    PACKAGE_NAMES
    | MANY_NAMES
    | IMAGE_NAMES
    | STREAM_NAMES
    | PAGE_NAMES
    | BATCH_NAMES
    | {"AsyncGenerator", "Iterable"}
    | ERROR_NAMES
    | WARNING_NAMES
    # Imported by these names into generated modules, or used there by the checks.
    | {"Any", "BinaryIO", "BytesIO", "ClassVar", "Decimal", "FIELDS", "Field", "FileTypes", "Generator", "Generic"}
    | {"Condition", "ObjectRule", "WHOLE"}
    | {"Literal", "Mapping", "Rule", "Self", "Sequence", "T", "TYPE_CHECKING", "TextIO", "TypeVar", "UUID"}
)
"""Names that a class of the document cannot have."""

RESERVED_METHODS = frozenset(
    name for cls in (clients.SyncClient, clients.AsyncClient) for name in dir(cls) if not name.startswith("__")
) | {"checked_arguments", "checked_fields", "httpx", "models", "os", "results", "with_options"}
"""Names that an operation cannot have: the clients use them for something else."""

RESERVED_OPTIONS = frozenset(
    {"allow_http", "base_url", "budget", "headers", "hooks", "http_client", "keys", "max_response_bytes", "on_mismatch"}
    | {"provenance", "proxy", "retry", "ssl_context", "timeout", "transport"}
)
"""Names that a key cannot have: they are other parameters of the clients."""

RESERVED_PROPERTIES = frozenset(
    {"additional_keys", "additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "prop", "prop_dict"}
    | {"drawn", "from_image", "embedded_request", "prop_name", "src_dict", "to_dict", "to_multipart", "unchecked"}
)
"""Names that a property cannot have: the code of its class uses them for something else."""

RESERVED_PARAMETERS = frozenset(
    {"body", "build", "build_request", "cast", "check_fields", "client", "cookies"}
    | {"headers", "params", "path_value", "text_value", "unchecked"}
)
"""Names that a parameter cannot have: the code of its operation uses them for something else."""


def identifier(name: str) -> str:
    """A name as a variable: `apiKey` becomes `api_key`."""
    return PythonIdentifier(name, PREFIX)


def class_name(name: str) -> str:
    """A name as a class: `error-body` becomes `ErrorBody`."""
    return ClassName(name, PREFIX)


def error_class(component: str | None, status: str, taken: Collection[str]) -> str:
    """Name of the exception for a response of failure.

    Args:
        component: Name of the response among the components, or None where it is described in place.
        status: Its status as the document writes it: `404`, `4XX`, `default`.
        taken: Names that are used for something else.
    """
    candidates = (
        class_name(f"{stem}{ending}") for stem in _error_stems(component, status) for ending in ("Error", "StatusError")
    )
    unwanted = {*taken, *ERROR_NAMES, *dir(builtins)}
    return next((name for name in candidates if name not in unwanted), free(f"Status{status}Error", unwanted))


def cause_class(name: str, status_class: str, taken: Collection[str]) -> str:
    """Name of the exception for one cause of a status.

    Args:
        name: Name of the cause.
        status_class: Name of the exception for the status.
        taken: Names that are used for something else.
    """
    stem = pascal_case(name).removesuffix("Error")
    return free(class_name(f"{stem}Error"), {*taken, *ERROR_NAMES, *dir(builtins), status_class})


def free(name: str, taken: Collection[str]) -> str:
    """The name, with underscores appended until it is not taken."""
    while name in taken:
        name = f"{name}_"
    return name


def distinct(names: Collection[str], taken: Collection[str] = ()) -> Iterator[str]:
    """The names, each with underscores appended until it is not taken, not even by one before it."""
    found = set(taken)
    for name in names:
        found.add(unused := free(name, found))
        yield unused


def _error_stems(component: str | None, status: str) -> Iterator[str]:
    for stem in (pascal_case(component or ""), _status_name(status)):
        if stem.removesuffix("Error"):
            yield stem.removesuffix("Error")


def _status_name(status: str) -> str:
    if not status.isdigit():
        return f"Status{status.upper()}" if status != "default" else "OtherStatus"
    try:
        phrase = PHRASES.get(int(status)) or HTTPStatus(int(status)).phrase
        return pascal_case(phrase.replace("-", " ").replace("'", ""))
    except ValueError:
        return f"Status{status}"
