"""Where a call goes to: what listens there, or does not."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from attrs import field, frozen

from tests.client.faults.actions import Script
from tests.client.faults.responses import WHOLE, responding
from tests.client.faults.servers import SELF_SIGNED, FaultServer, fault_server, full_backlog, refusing_port


@frozen(kw_only=True)
class Scene:
    """Where a call goes to.

    Args:
        base_url: For the client.
        server: What responses there, if there is something that could.
        elsewhere: Another origin, which nothing should ever come to.
        options: What else the client is set up with.
    """

    base_url: str
    server: FaultServer | None = None
    elsewhere: FaultServer | None = None
    options: Mapping[str, Any] = field(factory=dict[str, Any])

    @property
    def posts(self) -> int:
        """How many POSTs came whole to the server."""
        return self.server.posts if self.server else 0

    @property
    def strays(self) -> int:
        """How many connections came to the other origin."""
        return self.elsewhere.connections if self.elsewhere else 0


Place = Callable[[tuple[Script, ...]], AbstractContextManager[Scene]]


@contextmanager
def serving(scripts: tuple[Script, ...], certificate: Path | None = None) -> Iterator[Scene]:
    """A server with these scripts, and another one that its redirects point to."""
    with fault_server(responding(WHOLE)) as elsewhere, fault_server(*scripts, certificate=certificate) as server:
        server.elsewhere = elsewhere.url
        yield Scene(base_url=server.url, server=server, elsewhere=elsewhere)


@contextmanager
def untrusted(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A server with a certificate that its owner signed."""
    with serving(scripts, SELF_SIGNED) as scene:
        yield scene


@contextmanager
def plain_behind_https(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A server without TLS, which the client speaks TLS to."""
    with fault_server(*scripts) as server:
        yield Scene(base_url=f"https://{server.origin}", server=server)


@contextmanager
def behind_a_proxy(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A proxy with these scripts in front of a service with https."""
    with fault_server(*scripts) as proxy, fault_server(responding(WHOLE)) as service:
        yield Scene(base_url=f"https://{service.origin}", server=proxy, elsewhere=service, options={"proxy": proxy.url})


@contextmanager
def behind_no_proxy(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A proxy that refuses connections."""
    with refusing_port() as proxy:
        yield Scene(base_url="https://127.0.0.1:1", options={"proxy": f"http://{proxy}"})


@contextmanager
def refusing(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A port where nobody listens."""
    with refusing_port() as origin:
        yield Scene(base_url=f"http://{origin}")


@contextmanager
def not_accepting(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A listener whose queue is full."""
    with full_backlog() as origin:
        yield Scene(base_url=f"http://{origin}")


@contextmanager
def unresolvable(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A host without an address: its name is longer than names can be, so that no name server has to be asked."""
    yield Scene(base_url=f"https://{'.'.join(['nowhere' * 8] * 5)}.invalid")


@contextmanager
def no_host_name(scripts: tuple[Script, ...]) -> Iterator[Scene]:
    """A host that cannot be looked up at all: one of its labels is empty."""
    yield Scene(base_url="https://nowhere..invalid")
