"""Docstrings of the clients: what their constructors take."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from runtime.spec.credentials import SecurityScheme
from runtime.spec.tunables import CONNECT_SECONDS, RESPONSE_SECONDS
from runtime.transport.certificates import VARIABLES

from ..document.servers import ServerFacts


@frozen(kw_only=True)
class ClientDocs:
    """What the docstrings of both clients are made of.

    Args:
        title: Title of the document.
        schemes: The keys that a client takes.
        servers: The servers of the document. A client uses the first unless it is given another.
        base_url_env: Environment variable with the base URL to use instead, or None.
        longest_timeout: Seconds that the slowest operation may take, or None where the document does not say.
        has_own_servers: Whether an operation has a server of its own.
        queued: The methods that have another route, each with the method that starts a job in its place.
    """

    title: str
    schemes: Sequence[SecurityScheme]
    servers: Sequence[ServerFacts]
    base_url_env: str | None
    longest_timeout: float | None
    has_own_servers: bool = False
    queued: Sequence[tuple[str, str]] = ()

    def text(self, is_async: bool) -> str:
        """The docstring of one client, one line for each parameter."""
        return "\n".join(self._async_lines() if is_async else self._blocking_lines())

    def _blocking_lines(self) -> Iterator[str]:
        yield f"The blocking client{self._of_service}. Threads can share it."
        yield ""
        yield "Use it in a `with` block, which closes its connections, or call `close`."
        yield from self._parameters("It does not limit how long the system takes to resolve a host name.")
        yield "    transport: An `httpx` transport to send with, instead of the client's own."
        yield from self._ending("httpx.Client")

    def _async_lines(self) -> Iterator[str]:
        yield f"The asynchronous client{self._of_service}. It belongs to the event loop that it is first used in."
        yield ""
        yield "Use it in an `async with` block, which closes its connections, or await `aclose`."
        yield from self._parameters()
        yield (
            '    transport: An `httpx` transport to send with, or "aiohttp" or "httpx" for one of the client\'s own. '
            "Defaults to aiohttp, which holds thousands of calls at once, if the extra `aiohttp` is installed and no "
            "proxy is used."
        )
        yield from self._ending("httpx.AsyncClient")

    def _parameters(self, caveat: str = "") -> Iterator[str]:
        yield ""
        yield "Args:"
        yield from (f"    {scheme.name}: {scheme_docs(scheme)}" for scheme in self.schemes)
        yield f"    base_url: {self._base_url_docs()}"
        yield (
            "    timeout: Time limit of a call in seconds, retries and the waits between them included, or None for no "
            "limit; or an `httpx.Timeout` with a limit for each phase of an attempt. "
            f"{timeout_docs(self.longest_timeout)} {caveat}".rstrip()
        )
        yield (
            '    retry: When to send a call again: a policy, None for never, or "unknown-too" to send again even what '
            "may have been billed. By default, a call is sent again until its timeout if it cannot have been billed: "
            "see `Backoff`."
        )
        yield "    budget: Limits on spending. Several clients can share one."
        yield (
            "    on_mismatch: What to do with a whole image whose size, seed or format is not the requested one. "
            '"accept", the default, keeps it, with a warning in its `warnings`; "raise" raises a `MismatchError` with '
            "its bytes. You pay for it in both cases."
        )
        yield (
            '    rate_limit: How fast to send, as `"60 a minute"` or as a `RateLimit`, which clients can share. '
            "Requests are spaced evenly, and the timeout of a call starts when its turn comes."
        )
        yield "    hooks: Called with an `AttemptStarted` before each attempt, and with an `AttemptEnded` after it."
        yield "    headers: Additional headers for every request."
        yield "    provenance: Whether saved images embed the request that they were made from, prompt included."
        yield "    max_response_bytes: Size limit of a response in bytes, or None for what the document implies."
        yield "    allow_http: Whether to send the key without TLS. It is always sent to this machine."
        yield "    proxy: Proxy to send through. Defaults to the one in the environment variables."
        yield (
            "    ssl_context: Certificates to trust: an `ssl.SSLContext`, or the path of a PEM file or folder with "
            f"the certificates of authorities. Defaults to the path in {', '.join(VARIABLES[:-1])} or "
            f"{VARIABLES[-1]}, or else to the authorities that Mozilla trusts."
        )

    def _ending(self, client: str) -> Iterator[str]:
        yield (
            f"    http_client: An `{client}` to send with, instead of `transport` and `proxy`. It stays open when this "
            "client is closed."
        )
        yield from (f"    route: {line}" for line in [route_docs(self.queued)] if self.queued)
        yield ""
        yield "Raises:"
        yield "    ConfigurationError: An argument, or an environment variable, cannot be used."
        yield "    MissingKeyError: No key was given, and the environment has none."

    def _base_url_docs(self) -> str:
        variable = [f"the environment variable {self.base_url_env}"] if self.base_url_env else []
        known = [*variable, *(server.url for server in self.servers[:1])]
        default = f"Defaults to {', or else to '.join(known)}." if known else "The document names no server."
        own = " It wins over the servers of single operations." if self.has_own_servers else ""
        return f"Base URL of the service. {default}{own}"

    @property
    def _of_service(self) -> str:
        name = " ".join(self.title.split())
        return f" of {name}" if name else ""


def scheme_docs(scheme: SecurityScheme) -> str:
    """What a parameter of the client for a key is."""
    place = {"header": "header", "query": "query parameter", "cookie": "cookie"}[scheme.location]
    fallback = f" Defaults to the environment variable {scheme.env}." if scheme.env else ""
    what = "`name:password`, which goes" if scheme.style == "basic" else "The key that goes"
    return f"{what} into the {place} `{scheme.api_name}`.{fallback} It never appears in a repr, log or pickle."


def route_docs(queued: Sequence[tuple[str, str]]) -> str:
    """What the routes are."""
    pairs = ", ".join(f"`{direct}` by `{submit}`" for direct, submit in queued)
    return (
        'How images are ordered: "direct" waits for each in one call; "queue" starts a job and collects it, with the '
        f"same methods and results ({pairs}). Once a job has started, its image cannot get lost, and the timeout of a "
        "call limits all of it. A `rate_limit` counts the polls of a job, but not the download of its image."
    )


def timeout_docs(longest: float | None) -> str:
    """What the default timeout is."""
    total = longest or RESPONSE_SECONDS
    return f"By default {total:g} seconds, of which {min(total, CONNECT_SECONDS):g} for a connection."
