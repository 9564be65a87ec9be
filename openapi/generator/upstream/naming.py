"""Names in the package that follow from names in the document, and those that are taken."""

import builtins
from collections.abc import Collection, Iterator
from http import HTTPStatus

from runtime.base import errors
from runtime.client import clients

from .internals import ClassName, PythonIdentifier, pascal_case
from .upstream_fixes import release_words

PREFIX = "field_"

# Builtins of the interactive interpreter, which no module uses: a property can be called `credits`.
release_words(("copyright", "credits", "exit", "help", "license", "quit"))

PACKAGE_NAMES = frozenset(
    {
        "AsyncClient",
        "AttemptEnded",
        "AttemptStarted",
        "Backoff",
        "Budget",
        "Client",
        "File",
        "DetailedResponse",
        "Retry",
    }
    | {"SERVERS", "UNSET", "Unset", "__version__"}
)
"""What every package has besides its errors."""

MANY_NAMES = frozenset({"Outcome"})
"""What a package has too if one of its operations can be called for many objects."""

BATCH_NAMES = frozenset({"Batch", "BatchSummary", "JournalEntry", "BatchPlan", "PlannedRequest", "Progress"})
"""What the module of batches has, if one of those gives files."""

ERROR_NAMES = frozenset(
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, Exception) and not name.startswith("_")
)
"""The exceptions that every package has."""

RESERVED_CLASSES = (
    PACKAGE_NAMES
    | MANY_NAMES
    | BATCH_NAMES
    | {"AsyncGenerator", "Iterable"}
    | ERROR_NAMES
    # What the modules of openapi-python-client and ours import by these names, and the checks use.
    | {"Any", "BinaryIO", "BytesIO", "ClassVar", "Decimal", "FIELDS", "Field", "FileTypes", "Generator", "Generic"}
    | {
        "Hook",
        "Literal",
        "Mapping",
        "ImageFile",
        "RetryOption",
        "Sequence",
        "Rule",
        "T",
        "TYPE_CHECKING",
        "TextIO",
        "Timeout",
        "TypeVar",
        "UUID",
    }
)
"""Names that no class of the document can have."""

RESERVED_METHODS = frozenset(
    name for cls in (clients.SyncClient, clients.AsyncClient) for name in dir(cls) if not name.startswith("__")
) | {"checked_arguments", "httpx", "os"}
"""Names that no operation can have: the clients, or their code, do something else by them."""

RESERVED_OPTIONS = frozenset(
    {"allow_http", "base_url", "budget", "headers", "hooks", "http_client", "keys", "max_response_bytes", "provenance"}
    | {"proxy", "retry", "timeout", "transport"}
)
"""Names that no key can have: the clients take something else by them."""

RESERVED_PROPERTIES = frozenset(
    {"additional_keys", "additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "prop", "prop_dict"}
    | {"drawn", "from_image", "embedded_request", "prop_name", "src_dict", "to_dict", "to_multipart", "unchecked"}
)
"""Names that no property can have: the code of its class does something else by them."""

RESERVED_PARAMETERS = frozenset(
    {"body", "build", "build_request", "cast", "check_fields", "client", "cookies"}
    | {"headers", "params", "path_value", "text_value", "unchecked"}
)
"""Names that no parameter can have: the code of its operation does something else by them."""


def identifier(name: str) -> str:
    """The name as a variable: `apiKey` becomes `api_key`."""
    return PythonIdentifier(name, PREFIX)


def class_name(name: str) -> str:
    """The name as a class."""
    return ClassName(name, PREFIX)


def error_class(component: str | None, status: str, taken: Collection[str]) -> str:
    """The class that is raised for a response of failure.

    Args:
        component: Name of the response in the document's components, or None for one that has no name.
        status: Its status as the document writes it: `404`, `4XX`, `default`.
        taken: Names that stand for something else.
    """
    candidates = (
        class_name(f"{stem}{ending}") for stem in _error_stems(component, status) for ending in ("Error", "StatusError")
    )
    unwanted = {*taken, *ERROR_NAMES, *dir(builtins)}
    return next((name for name in candidates if name not in unwanted), free(f"Status{status}Error", unwanted))


def free(name: str, taken: Collection[str]) -> str:
    """The name, made longer until it is nobody else's."""
    while name in taken:
        name = f"{name}_"
    return name


def distinct(names: Collection[str], taken: Collection[str] = ()) -> Iterator[str]:
    """The names, each made longer until it is neither taken nor like one before it."""
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
        return pascal_case(HTTPStatus(int(status)).phrase.replace("-", " ").replace("'", ""))
    except ValueError:
        return f"Status{status}"
