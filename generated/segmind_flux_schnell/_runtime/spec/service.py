# @generated from openapi/runtime/spec/service.py by `make generate`. Do not edit: change that file.
"""The facts of the document about the service as a whole, and the settings of a client."""

import copy
import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from attrs import frozen

from ..base.errors import ConfigurationError, InvalidRequestError
from ..base.messages import Request
from ..base.paths import escaped
from ..base.rules import Fault
from ..base.unset import Unset
from .configuration import is_header_value, usable_base_url, usable_headers, usable_size
from .credentials import Keyring, Secret, SecurityScheme
from .operation import Operation


@frozen(kw_only=True)
class Server:
    """A server of the document.

    Args:
        url: Its base URL, with the defaults of its variables filled in.
        description: What the document says about it.
        env: Environment variable with the base URL to use in its place, or None.
    """

    url: str
    description: str = ""
    env: str | None = None


class Service(NamedTuple):
    """The facts of the document that every call needs.

    Args:
        project: Name of the distribution.
        package: Name of the package that is imported.
        version: Version of the document, and thereby of the client.
        servers: Its servers; the first one is the default. Without any, a client has to be given a base URL.
        base_url_env: Environment variable with the base URL to use instead, or None.
        schemes: The ways to authenticate.
        keyless: Whether some operation can be called without a key.
        request_id_header: Header with the service's name for a call, or None.
        cost_header: Header with the credits that a call cost, or None.
        remaining_credits_header: Header with the credits that are left, or None.
        reset_header: Header with the moment from which the service takes requests again, or None.
        log: Name of the environment variable that turns the log on.
    """

    project: str
    package: str
    version: str
    servers: tuple[Server, ...]
    base_url_env: str | None = None
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
        """The client in a header: its name and version."""
        from urllib.parse import quote

        # A version can have any character, a header cannot.
        return f"{self.project}/{quote(self.version, safe='+')}"


class Settings:
    """The settings of one client.

    Args:
        service: The facts of the document.
        base_url: Where requests are sent, without a slash at the end.
        base_url_env: The environment variable that this comes from, or None.
        is_chosen: Whether the base URL is the caller's or that of the environment, and not that of the document.
        allow_http: Whether a key may be sent over the network without encryption.
        keyring: The keys.
        headers: Headers of every request, their names in lower case.
        provenance: Whether saved images have their request embedded.
        largest: Bytes of the largest body of a success, or None for the default of the operation.
    """

    def __init__(
        self,
        *,
        service: Service,
        base_url: str,
        base_url_env: str | None,
        is_chosen: bool,
        allow_http: bool,
        keyring: Keyring,
        headers: Mapping[str, str],
        provenance: bool,
        largest: int | None,
    ) -> None:
        self.service = service
        self.base_url = base_url
        self.base_url_env = base_url_env
        self.is_chosen = is_chosen
        self.allow_http = allow_http
        self.keyring = keyring
        self.headers = headers
        self.provenance = provenance
        self.largest = largest

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
        """Check the arguments of a client, and complete them from the document and the environment.

        Raises:
            ConfigurationError: An argument cannot be used.
            MissingKeyError: There is no key, and every operation needs one.
        """
        keyring = Keyring.gather(service.schemes, keys)
        if service.schemes and not service.keyless:
            keyring.require_any()
        # Logging is loaded by the first client.
        from .library_logs import redact_logs

        redact_logs(keyring)
        url, env = (base_url, None) if base_url is not None else _default_base_url(service)
        source = f"The environment variable {env}" if env else "base_url"
        return cls(
            service=service,
            base_url=usable_base_url(url, allow_http, source),
            base_url_env=env,
            is_chosen=base_url is not None or env is not None,
            allow_http=allow_http,
            keyring=keyring,
            provenance=provenance,
            largest=usable_size(max_response_bytes),
            # In lower case: one header in two letter cases would be sent twice.
            headers={**_own_headers(service), **_further_headers(service, headers)},
        )

    def changed(
        self,
        *,
        headers: Mapping[str, str] | Unset | None,
        provenance: bool | Unset,
        max_response_bytes: int | Unset | None,
    ) -> "Settings":
        """The same settings but for what is given. Headers are added to those that are there.

        Raises:
            ConfigurationError: An argument cannot be used.
        """
        found = copy.copy(self)
        if not isinstance(headers, Unset):
            found.headers = {**self.headers, **_further_headers(self.service, headers)}
        if not isinstance(provenance, Unset):
            found.provenance = provenance
        if not isinstance(max_response_bytes, Unset):
            found.largest = usable_size(max_response_bytes)
        return found

    def elsewhere(self, origin: str) -> "Settings":
        """The settings for a request to another host: without the caller's additional headers.

        Args:
            origin: Scheme, host and port.
        """
        # What another host says of cost and ids has nothing to do with the service.
        apart = self.service._replace(request_id_header=None, cost_header=None, remaining_credits_header=None)
        return Settings(
            service=apart,
            base_url=origin,
            base_url_env=None,
            is_chosen=True,
            allow_http=self.allow_http,
            keyring=self.keyring,
            headers=_own_headers(self.service),
            provenance=self.provenance,
            largest=self.largest,
        )

    def at_server_of(self, request: Request) -> "Settings":
        """The settings for a request whose operation has a server of its own. A base URL that was chosen wins over it.

        Raises:
            ConfigurationError: The key would go there without TLS.
        """
        if request.server is None or self.is_chosen:
            return self
        found = copy.copy(self)
        found.base_url = usable_base_url(request.server, self.allow_http, f"The server of {request.operation}")
        return found

    def arguments(self, operation: Operation[Any], request: Request) -> dict[str, Any]:
        """The arguments of the HTTP library, without the body: the request with base URL, headers and keys.

        Raises:
            InvalidRequestError: A header cannot hold its parameter.
            MissingKeyError: The operation needs a key that the client does not have.
        """
        headers, query, cookies = self._headers(request), list(request.query), dict(request.cookies)
        for scheme, secret in self.keyring.chosen(operation.name, operation.security):
            if scheme.location == "query":
                name = escaped(scheme.api_name)
                query = [*(pair for pair in query if pair[0] != name), (name, escaped(scheme.value(secret)))]
            else:
                places = {"header": headers, "cookie": cookies}
                name = scheme.api_name.lower() if scheme.location == "header" else scheme.api_name
                places[scheme.location][name] = scheme.value(secret)
        text = "&".join(f"{name}={value}" for name, value in query)
        start = "&" if "?" in request.path else "?"
        return {
            "method": request.method,
            "url": self.base_url + request.path + (start + text if text else ""),
            "headers": headers,
            "cookies": cookies or None,
        }

    def _headers(self, request: Request) -> dict[str, Any]:
        headers: dict[str, Any] = dict(self.headers)
        for name, value in request.headers.items():
            if not is_header_value(value):
                fault = Fault(name, value, "cannot be sent in a header, which takes printable ASCII characters")
                raise InvalidRequestError(request.operation, (fault,))
            headers[name.lower()] = value
        return headers


def _own_headers(service: Service) -> dict[str, str]:
    # Images are compressed already, and a body that is compressed again can be a bomb.
    return {"accept": "*/*", "accept-encoding": "identity", "user-agent": service.user_agent}


def _further_headers(service: Service, headers: object) -> dict[str, str]:
    further = usable_headers(headers, [scheme.api_name for scheme in service.schemes if scheme.location == "header"])
    return {name.lower(): value for name, value in further.items()}


def _default_base_url(service: Service) -> tuple[str, str | None]:
    """The base URL, and the environment variable that it comes from; None where it is that of the document.

    An empty variable counts as a missing one. One that is blank does not: whoever set it meant another service.

    Raises:
        ConfigurationError: Neither the environment nor the document has one.
    """
    env = service.base_url_env
    found = os.environ.get(env, "") if env else ""
    if found:
        return found, env
    if not service.servers:
        variable = f", and the environment variable {env} is not set" if env else ""
        raise ConfigurationError(f"base_url is missing: the document of the service names no server{variable}.")
    return service.servers[0].url, None
