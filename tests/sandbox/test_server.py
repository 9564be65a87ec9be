"""The server listens on loopback only, serves many requests at once, and leaves nothing behind."""

import asyncio
import socket
import threading
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
import pytest
from attrs import evolve

from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY_SLOW, Account
from segmind_flux_schnell_sandbox.addresses import NotLoopback, loopback_listener, url_of
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import SandboxApp, create_app
from tests.waiting import PATIENCE, until

SMALL = {"prompt": "a fox in the snow", "width": 512, "height": 512}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.com", ""])
def test_other_hosts_are_refused(host: str) -> None:
    """The sandbox does not listen where another machine could reach it, and says why."""
    with pytest.raises(NotLoopback, match="this machine only"):
        loopback_listener(host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_hosts_are_served(host: str) -> None:
    """The sandbox listens on a loopback address, on a port of the system's choice."""
    with loopback_listener(host, 0) as listener:
        assert ip_address(str(urlsplit(url_of(listener)).hostname)).is_loopback


def test_each_sandbox_has_its_own_ledger(anyone: httpx.Client) -> None:
    """Two sandboxes at once have two URLs and two ledgers."""
    with running_sandbox() as one, running_sandbox() as other:
        anyone.get(f"{one.url}/v1/get-user-credits")
    assert (len(one.ledger.entries), len(other.ledger.entries)) == (1, 0)
    assert one.url != other.url


def test_nothing_is_left_behind(anyone: httpx.Client) -> None:
    """After the context, no thread of the sandbox is running and its port is closed."""
    before = set(threading.enumerate())
    with running_sandbox() as sandbox:
        headers = {"x-api-key": "sandbox-key"}
        anyone.post(f"{sandbox.v1_url}/flux-schnell", json=SMALL, headers=headers)
    assert set(threading.enumerate()) <= before
    address = urlsplit(sandbox.url)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((str(address.hostname), int(address.port or 0)))


def test_a_failing_test_stops_the_sandbox_too() -> None:
    """An exception inside the context propagates, and the server stops."""
    before = set(threading.enumerate())
    with pytest.raises(ZeroDivisionError), running_sandbox():
        raise ZeroDivisionError
    assert set(threading.enumerate()) <= before


def test_the_slow_account_takes_three_seconds() -> None:
    """`sandbox-key-slow` has plenty of credits, and an image takes three seconds."""
    slow = next(account for account in ACCOUNTS if account.key == KEY_SLOW)
    assert (slow.latency, slow.credits > 100) == (3.0, True)


def test_slow_requests_wait_together() -> None:
    """Fifty requests on a slow account are all in flight at once."""
    with running_sandbox(slow_app(0.8)) as sandbox:
        statuses = asyncio.run(statuses_of(sandbox, 50))
    assert statuses == [200] * 50
    assert sandbox.ledger.peak_in_flight == 50


def test_a_request_in_flight_does_not_delay_the_end_of_the_sandbox(anyone: httpx.Client) -> None:
    """Leaving the context ends requests that would take long, after a short grace period."""
    with running_sandbox(slow_app(60.0)) as sandbox:
        give_up_on_an_image(anyone, sandbox)
    assert (sandbox.ledger.in_flight, sandbox.ledger.peak_in_flight) == (0, 1)


def test_an_image_nobody_waits_for_is_billed(anyone: httpx.Client) -> None:
    """A client that times out is billed all the same: the service does not check whether it is still there."""
    with running_sandbox(slow_app(1.0)) as sandbox:
        give_up_on_an_image(anyone, sandbox)
    assert sandbox.ledger.billed == DOCUMENTED.price
    assert [entry.status for entry in sandbox.ledger.posts] == [200]


def give_up_on_an_image(anyone: httpx.Client, sandbox: Sandbox) -> None:
    """Request an image, and time out long before it can arrive."""
    url, headers = f"{sandbox.v1_url}/flux-schnell", {"x-api-key": "slow"}
    with pytest.raises(httpx.ReadTimeout):
        anyone.post(url, json=SMALL, headers=headers, timeout=httpx.Timeout(PATIENCE, read=0.2))
    until(lambda: sandbox.ledger.peak_in_flight)


def slow_app(seconds: float) -> SandboxApp:
    """Return a service whose only account takes `seconds` an image."""
    return create_app(evolve(DOCUMENTED, accounts=(Account("slow", latency=seconds),)))


async def statuses_of(sandbox: Sandbox, requests: int) -> list[int]:
    """Send equal requests at once, and return the statuses."""
    url, headers = f"{sandbox.v1_url}/flux-schnell", {"x-api-key": "slow"}
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(limits=limits, trust_env=False, verify=False) as client:
        posts = (client.post(url, json=SMALL, headers=headers) for _ in range(requests))
        return [response.status_code for response in await asyncio.gather(*posts)]
