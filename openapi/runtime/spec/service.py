"""What the document says of the service as a whole, and how a client of it is set up."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..base.errors import InvalidRequestError
from ..base.messages import Request
from ..base.rules import Fault
from .configuration import is_header_value, usable_base_url, usable_headers, usable_size
from .credentials import Keyring, Secret, SecurityScheme
from .operation import Operation

CONNECT_SECONDS = 10.0
"""How long a connection may take: much less than a response, since nothing is lost by giving up."""

RESPONSE_SECONDS = 60.0
"""How long to wait for a response where the document does not say how long the operation takes."""

LONGEST_SECONDS = 1_000_000_000.0
"""The longest limit that a caller can set: the operating system's clocks take no much larger one."""


@frozen(kw_only=True)
class Server:
    """A place where the service lives.

    Args:
        url: Its base URL, with the defaults of its variables filled in.
        description: What the document says of it.
    """

    url: str
    description: str = ""


@frozen(kw_only=True)
class Service:
    """The facts of the document that every call needs.

    Args:
        project: Name of the distribution.
        package: Name that it is imported by.
        version: Version of the document, and so of the client.
        servers: Where the service lives; the first is used unless told otherwise.
        schemes: The ways to prove who calls.
        keyless: Whether some operation can be called without a key.
        request_id_header: Header with the service's name for a call, or None.
        cost_header: Header with the credits that a call cost, or None.
        remaining_credits_header: Header with the credits that are left, or None.
        reset_header: Header with the moment from which the service takes requests again, or None.
        log: Environment variable that turns the log on.
    """

    project: str
    package: str
    version: str
    servers: tuple[Server, ...]
    schemes: tuple[SecurityScheme, ...] = ()
    keyless: bool = False
    request_id_header: str | None = None
    cost_header: str | None = None
    remaining_credits_header: str | None = None
    reset_header: str | None = None
    log: str = ""

    @property
    def client(self) -> str:
        """Name and version of the client."""
        return f"{self.project}/{self.version}"

    @property
    def user_agent(self) -> str:
        """How the client names itself."""
        from urllib.parse import quote

        # A version can be any text, a header cannot.
        return f"{self.project}/{quote(self.version, safe='+')}"


@frozen(kw_only=True)
class Settings:
    """How one client is set up.

    Args:
        service: The facts of the document.
        base_url: Where the service lives, without a slash at the end.
        keyring: The keys.
        headers: Headers of every request, their names in lower case.
        provenance: Whether images are saved with the request that they came from.
        largest: Bytes that a body of success may have, or None for what the document says.
    """

    service: Service
    base_url: str
    keyring: Keyring
    headers: Mapping[str, str] = field(repr=False)
    provenance: bool = True
    largest: int | None = None

    @classmethod
    def gather(
        cls,
        service: Service,
        keys: Mapping[str, str | Secret | None],
        base_url: str | None,
        headers: Mapping[str, str] | None,
        *,
        allow_http: bool,
        provenance: bool,
        max_response_bytes: int | None,
    ) -> "Settings":
        """Check what a client was given, and take the rest from the document and the environment.

        Raises:
            ConfigurationError: Something cannot be used.
            MissingKeyError: There is no key, and no operation can do without.
        """
        keyring = Keyring.gather(service.schemes, keys)
        if service.schemes and not service.keyless:
            keyring.require_any()
        # Images are packed already, and what is packed anew can be a bomb.
        own = {"accept": "*/*", "accept-encoding": "identity", "user-agent": service.user_agent}
        further = usable_headers(
            headers, [scheme.api_name for scheme in service.schemes if scheme.location == "header"]
        )
        return cls(
            service=service,
            base_url=usable_base_url(base_url if base_url is not None else service.servers[0].url, allow_http),
            keyring=keyring,
            provenance=provenance,
            largest=usable_size(max_response_bytes),
            # In lower case, since one header in two letter cases would be sent twice.
            headers={**own, **{name.lower(): value for name, value in further.items()}},
        )

    def arguments(self, operation: Operation[Any], request: Request) -> dict[str, Any]:
        """What is handed to the HTTP library: the request with its origin and its keys.

        Raises:
            InvalidRequestError: A parameter that goes into a header cannot be sent there.
            MissingKeyError: The operation needs a key that is not there.
        """
        places = {"header": self._headers(request), "query": dict(request.query), "cookie": dict(request.cookies)}
        for scheme, secret in self.keyring.chosen(operation.name, operation.security):
            name = scheme.api_name.lower() if scheme.location == "header" else scheme.api_name
            places[scheme.location][name] = scheme.value(secret)
        return {
            "method": request.method,
            "url": self.base_url + request.path,
            "params": places["query"] or None,
            "headers": places["header"],
            "cookies": places["cookie"] or None,
        }

    def _headers(self, request: Request) -> dict[str, Any]:
        headers: dict[str, Any] = dict(self.headers)
        for name, value in request.headers.items():
            if not is_header_value(value):
                fault = Fault(name, value, "cannot be sent in a header, which takes printable ASCII characters")
                raise InvalidRequestError(request.operation, (fault,))
            headers[name.lower()] = value
        return headers
