"""Calls that would leave for the service although a sandbox is there for them: they are refused, and cost nothing."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from segmind_flux_schnell import Backoff, Budget, Client, NotSentError
from segmind_flux_schnell_sandbox import FluxSchnellSandbox, clients_call, running_sandbox
from segmind_flux_schnell_sandbox.elsewhere import SERVICE, CalledElsewhere
from tests.client.conftest import Calling

SMALL: dict[str, Any] = {"prompt": "a fox", "width": 512, "height": 512}
# Stands for the service: no host has this name.
REAL = "https://service.invalid"


@contextmanager
def refusing() -> Iterator[None]:
    """A sandbox is there, a call is refused while the block lasts, and the end of it says so once more."""
    with running_sandbox() as sandbox:
        with pytest.raises(CalledElsewhere), clients_call(sandbox):
            yield
        assert not sandbox.requests


@pytest.mark.parametrize("route", ["direct", "queue"])
def test_a_client_of_the_service_is_refused(calling: Calling, route: str) -> None:
    """Its exception says where the call would have gone, and how clients find the sandbox.

    The callers have transports of their own: where those send is not known, and so all count as the network.
    """
    said = f"call {REAL}, where images cost money, .* Nothing was sent. .* SEGMIND_BASE_URL when it is made"
    with refusing(), pytest.raises(CalledElsewhere, match=said):
        calling(base_url=REAL, route=route)(**SMALL)


def test_a_refused_call_is_known_not_to_be_billed(calling: Calling) -> None:
    """Not even a transport of the caller has got it, so a budget keeps nothing reserved."""
    budget = Budget(max_images=1)
    with refusing(), pytest.raises(CalledElsewhere):
        calling(base_url=REAL, budget=budget)(**SMALL)
    assert (budget.images, budget.reserved_images) == (0, 0)


def test_who_catches_the_exception_learns_of_it_at_the_end() -> None:
    """A service catches what goes wrong, and answers with a 500: the test is to fail all the same."""
    with refusing(), Client(base_url=REAL, api_key="real") as client, suppress(Exception):
        client.generate_image(**SMALL)


def test_a_client_of_a_sandbox_that_has_ended_is_refused(calling: Calling) -> None:
    """At once, and with what to do: it would knock for half a minute at a port where nobody listens."""
    with running_sandbox() as sandbox, clients_call(sandbox):
        kept = calling(base_url=sandbox.url, retry=Backoff())
        kept(**SMALL)
    with (
        refusing(),
        pytest.raises(CalledElsewhere, match=f"call {sandbox.url}, the sandbox of an earlier .* 'session'"),
    ):
        kept(**SMALL)


@pytest.mark.parametrize("host", [SERVICE, SERVICE.upper(), SERVICE.encode()])
def test_other_libraries_do_not_find_the_service(host: str | bytes) -> None:
    """They look its name up first."""
    with refusing(), pytest.raises(CalledElsewhere, match="where images cost money"):
        socket.getaddrinfo(host, 443)


def test_what_is_on_this_machine_is_not_refused(flux_schnell_sandbox: FluxSchnellSandbox) -> None:
    """Another server costs nothing, and may be what the test is about."""
    with running_sandbox() as another, Client(base_url=another.url) as client:
        client.generate_image(**SMALL)
        assert len(another.requests) == 1
    assert not flux_schnell_sandbox.requests
    assert socket.getaddrinfo("localhost", 80)


def test_a_sandbox_may_have_the_port_of_an_earlier_one(flux_schnell_sandbox: FluxSchnellSandbox) -> None:
    """The system gives ports again: what listens there now is called, also beside the sandbox of the test."""
    with running_sandbox() as ended, clients_call(ended):
        port = int(ended.url.rpartition(":")[2])
    with running_sandbox(port=port) as another, Client(base_url=another.url) as client:
        client.generate_image(**SMALL)
        assert len(another.requests) == 1
    assert not flux_schnell_sandbox.requests


def test_nothing_is_refused_without_a_sandbox(calling: Calling) -> None:
    """The hook stays, as Python has it, and lets everything pass."""
    with running_sandbox() as sandbox, clients_call(sandbox):
        pass
    with pytest.raises(NotSentError, match="not sent, so not billed"):
        calling(base_url=sandbox.url)(**SMALL)
