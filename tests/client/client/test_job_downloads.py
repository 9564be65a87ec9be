"""The download of a job's image: what goes to another host, and what comes back from it."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import AsyncClient, Client, ImageJobResult, InvalidImageError, NotSentError
from segmind_flux_schnell._runtime.client.job_address import flaw_of_image_address, id_in
from segmind_flux_schnell.jobs import IMAGE_JOB
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.calling import Kind, with_transport
from tests.client.client.queues import SMALL, relayed
from tests.client.faults import observing
from tests.client.faults.queue_relay import At, Relay, relaying
from tests.client.images import jpeg


def image_headers(relay: Relay) -> dict[str, str]:
    """The headers of the only request for an image."""
    ((_, received),) = [(kind, one) for kind, one in relay.requests if kind == "image"]
    return received.headers


def test_no_key_and_no_header_of_the_caller_goes_along(queue: Sandbox) -> None:
    """Only what says who the client is, and that it takes any image as it is."""
    with relayed(queue, {}, headers={"x-team": "secret", "user-agent": "mine"}) as (relay, client):
        client.submit_image(**SMALL).wait()
        own = image_headers(relay)
        sent = next(one.headers for kind, one in relay.requests if kind == "status")
    assert set(own) - {"connection", "host"} == {"accept", "accept-encoding", "user-agent"}
    assert own["user-agent"].startswith("segmind-flux-schnell/")
    assert (sent["x-api-key"], sent["x-team"], sent["user-agent"]) == (KEY, "secret", "mine")


def test_nothing_of_an_http_client_goes_along(queue: Sandbox) -> None:
    """Its default headers, cookies, query and credentials are for the service; its transport is used."""
    own = httpx.Client(headers={"x-own": "1"}, cookies={"c": "1"}, params={"q": "1"}, auth=("user", "password"))
    with relaying(queue, {}) as (relay, _), own:
        with Client(api_key=KEY, base_url=relay.url, http_client=own) as client:
            assert client.submit_image(**SMALL).wait().width == 512
        headers = image_headers(relay)
        line = next(one.line for kind, one in relay.requests if kind == "image")
        sent = next(one.headers for kind, one in relay.requests if kind == "status")
    assert {"x-own", "cookie", "authorization", "x-api-key"}.isdisjoint(headers)
    assert "?" not in line
    assert {"x-own", "cookie", "authorization", "x-api-key"} <= set(sent)


class _Image(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Respond with an image."""
        body = jpeg(512, 512)
        self.send_response(200)
        self.send_header("content-type", "image/jpeg")
        self.send_header("content-length", str(len(body)))
        self.send_header("x-cost", "99")
        self.send_header("x-request-id", "of-another-host")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def images_over_tls(certificate: Path) -> Iterator[str]:
    """A host of images that speaks TLS: its URL."""
    server = HTTPServer(("127.0.0.1", 0), _Image)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


CERTIFICATES = Path(observing.__file__).parent.parent / "transport"
TRUSTED = CERTIFICATES / "signed_by_it_for_tests_only.pem"
AUTHORITY = CERTIFICATES / "private_authority_for_tests_only.pem"


def bought(kind: Kind, url: str, **options: Any) -> ImageJobResult:
    """An image that a client of this kind buys by a job."""
    options = {"api_key": KEY, "base_url": url, "timeout": 10.0, **options}
    if kind == "sync":
        with Client(**options) as client:
            return client.submit_image(**SMALL).wait()

    async def awaited() -> ImageJobResult:
        async with AsyncClient(**with_transport(kind, options)) as client:
            return await (await client.submit_image(**SMALL)).wait()

    return asyncio.run(awaited())


@pytest.mark.filterwarnings("default::ResourceWarning")
@pytest.mark.parametrize("kind", ["sync", "async", "aiohttp"])
def test_tls_of_the_image_host_is_checked_though_the_service_has_none(queue: Sandbox, kind: Kind) -> None:
    """A service on this machine may have images elsewhere: their certificate is checked as any other."""
    with images_over_tls(TRUSTED) as url, relaying(queue, {"result": [At(f"{url}/image.jpg")]}) as (relay, _):
        assert bought(kind, relay.url, ssl_context=AUTHORITY).width == 512
        with pytest.raises(NotSentError) as raised:
            bought(kind, relay.url)
    assert (raised.value.permanent, raised.value.billed) == (True, True)
    assert raised.value.job_id


@pytest.mark.filterwarnings("default::ResourceWarning")
def test_what_the_image_host_says_of_cost_and_id_does_not_count(queue: Sandbox) -> None:
    """It is not the service: the report of the queue stands."""
    with (
        images_over_tls(TRUSTED) as url,
        relayed(queue, {"result": [At(f"{url}/image.jpg")]}, ssl_context=AUTHORITY) as (_, client),
    ):
        job = client.submit_image(**SMALL)
        image = job.wait()
    assert (str(image.cost), image.request_id) == ("0.008", job.request_id)


SERVICE = "https://api.example.com"
HERE = "http://127.0.0.1:8901"
ADDRESSES = {
    "https://images.example.com/a.jpg": ("", ""),
    "http://images.example.com/a.jpg": ("without TLS", "without TLS"),
    "http://127.0.0.1:9/a.jpg": ("without TLS", ""),
    "http://localhost/a.jpg": ("without TLS", ""),
    "https://user:password@images.example.com/a.jpg": ("a user name or a password",) * 2,
    "file:///etc/passwd": ("not a URL",) * 2,
    "data:image/jpeg;base64,AAAA": ("not a URL",) * 2,
    "//images.example.com/a.jpg": ("not a URL",) * 2,
    "https:///a.jpg": ("not a URL",) * 2,
    "": ("there is no address",) * 2,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_which_addresses_are_fetched_from(address: str) -> None:
    """Those with TLS; without it only from this machine, for a service that is on it too."""
    for base_url, flaw in zip((SERVICE, HERE), ADDRESSES[address], strict=True):
        found = flaw_of_image_address(address, base_url)
        assert flaw in found
        assert bool(flaw) == bool(found)


@pytest.mark.parametrize("other", [None, 7, ["https://images.example.com"], {}])
def test_what_is_not_an_address(other: object) -> None:
    """An address is a text."""
    assert flaw_of_image_address(other, SERVICE) == "there is no address of an image"


REQUESTED = f"{SERVICE}/base/v2/flux-schnell"
IDS: dict[str, tuple[object, str | None]] = {
    "an id": ("2c7f", "2c7f"),
    "a number": (17, "17"),
    "an address": (f"{SERVICE}/base/v2/requests/2c7f/status", "2c7f"),
    "an address with a default port": ("https://api.example.com:443/base/v2/requests/2c7f/status", "2c7f"),
    "an address with a query": (f"{SERVICE}/base/v2/requests/2c7f/status?x=1", "2c7f"),
    "an escaped address": (f"{SERVICE}/base/v2/requests/2c%2F7f/status", "2c/7f"),
    "a path": ("/base/v2/requests/2c7f/status", "2c7f"),
    "another host": ("https://elsewhere.example.com/base/v2/requests/2c7f/status", None),
    "another scheme": ("http://api.example.com/base/v2/requests/2c7f/status", None),
    "another path": (f"{SERVICE}/v2/requests/2c7f/status", None),
    "a longer path": (f"{SERVICE}/base/v2/requests/2c7f/status/more", None),
    "a broken port": ("https://api.example.com:port/base/v2/requests/2c7f/status", None),
    "nothing": (None, None),
    "a blank": (" ", None),
    "a truth": (True, None),
    "a list": (["2c7f"], None),
}


@pytest.mark.parametrize(("value", "expected"), IDS.values(), ids=IDS)
def test_where_the_id_of_a_job_is_read_from(value: object, expected: str | None) -> None:
    """From an id, or from an address on the service's own host that has it where the document says."""
    assert id_in(value, REQUESTED, f"{SERVICE}/base", IMAGE_JOB.status) == expected


def test_a_refused_address_is_an_error_that_names_the_job(queue: Sandbox) -> None:
    """It says where the address stands, and that the image was billed."""
    with (
        relayed(queue, {"result": [At("http://images.example/a.jpg")]}) as (_, client),
        pytest.raises(InvalidImageError) as raised,
    ):
        client.submit_image(**SMALL).wait()
    assert "'http://images.example/a.jpg', without TLS, at /images/0/url; billed" in str(raised.value)
