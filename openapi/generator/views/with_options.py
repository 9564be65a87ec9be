"""`with_options` of the clients: what it takes, and its docstring."""

from collections.abc import Iterator
from typing import NamedTuple


class ClientOption(NamedTuple):
    """An option of a client that a view can change.

    Args:
        name: Its name, as the constructor has it.
        annotation: Its type.
        docs: What the docstring says of it.
    """

    name: str
    annotation: str
    docs: str

    @property
    def parameter(self) -> str:
        """The parameter of the method."""
        return f"{self.name}: {self.annotation} | Unset = UNSET"


_OPTIONS = (
    ClientOption("timeout", "Timeout", "As for the client: seconds, an `httpx.Timeout`, or None for no limit."),
    ClientOption("retry", "RetryOption", 'As for the client: a policy, "unknown-too", or None for never.'),
    ClientOption(
        "budget",
        "Budget | None",
        "Another budget in place of the client's, or None for no limit. The client's own then counts nothing.",
    ),
    ClientOption("on_mismatch", "OnMismatch", '"accept" or "raise".'),
    ClientOption("rate_limit", "RateLimit | str | None", "Another limit in place of the client's, or None for none."),
    ClientOption("hooks", "Sequence[Hook]", "Called after the hooks of the client."),
    ClientOption(
        "headers",
        "Mapping[str, str] | None",
        "Added to the headers of the client; one with the same name replaces it.",
    ),
    ClientOption("provenance", "bool", "Whether saved images embed the request that they were made from."),
    ClientOption(
        "max_response_bytes",
        "int | None",
        "Size limit of a response in bytes, or None for what the document implies.",
    ),
)
_ROUTE = ClientOption("route", 'Literal["direct", "queue"]', '"direct" or "queue".')


def view_options(has_routes: bool) -> tuple[ClientOption, ...]:
    """The options that a view can change: all but those of the connections and of the key.

    Args:
        has_routes: Whether the clients have another route.
    """
    return (*_OPTIONS, _ROUTE) if has_routes else _OPTIONS


def view_docs(has_routes: bool) -> str:
    """The docstring of the method."""
    return "\n".join(_lines(has_routes))


def _lines(has_routes: bool) -> Iterator[str]:
    yield "Return a view of this client with other options. It uses the same connections and the same key."
    yield ""
    yield (
        "What you do not pass is shared with the client: the budget, the rate limit, the hooks. A view is a "
        "client, and can have views. Closing a view closes nothing; closing the client closes all of its views."
    )
    yield ""
    yield "Args:"
    yield from (f"    {option.name}: {option.docs}" for option in view_options(has_routes))
    yield ""
    yield "Raises:"
    yield "    ConfigurationError: An option cannot be used."
