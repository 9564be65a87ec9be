"""The configuration of a client: base URL, headers, proxy, transport and limits."""

import asyncio
import ssl
import sys
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import SERVERS, AsyncClient, Client, ConfigurationError, InvalidImageError
from segmind_flux_schnell._runtime.transport.proxies import environment_proxy
from segmind_flux_schnell.api.images import generate_image
from tests.client.calling import Recorder
from tests.client.conftest import Calling, Make
from tests.client.documented import KEY_HEADER, TIMEOUT
from tests.client.forwarding_proxy import ForwardingProxy
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response


def test_the_default_base_url_is_the_documents(calling: Calling, recorder: Recorder, document: dict[str, Any]) -> None:
    """By default a client sends to the first server of the document."""
    calling(transport=recorder.transport)(prompt="a tiger")
    server = document["servers"][0]["url"]
    assert str(recorder.sent.url) == f"{server}/v1/flux-schnell"
    assert SERVERS[0].url == server


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("http://127.0.0.1:8901", "http://127.0.0.1:8901/v1/flux-schnell"),
        ("http://127.0.0.1:8901/", "http://127.0.0.1:8901/v1/flux-schnell"),
        (" http://localhost\n", "http://localhost/v1/flux-schnell"),
        ("https://gateway.example.com/segmind//", "https://gateway.example.com/segmind/v1/flux-schnell"),
        ("HTTPS://Example.COM", "https://example.com/v1/flux-schnell"),
        ("http://[::1]:8901", "http://[::1]:8901/v1/flux-schnell"),
        ("https://bücher.example", "https://xn--bcher-kva.example/v1/flux-schnell"),
    ],
)
def test_another_base_url(calling: Calling, recorder: Recorder, base_url: str, url: str) -> None:
    """Any origin can be set, with a path before that of the operation, and with or without a slash at its end."""
    calling(base_url=base_url, transport=recorder.transport)(prompt="a tiger")
    assert str(recorder.sent.url) == str(httpx.URL(url))


@pytest.mark.parametrize(
    "base_url",
    [
        "",
        "api.segmind.com",
        "ftp://api.segmind.com",
        "https://",
        "https:///v1",
        "http://[::1",
        "http://host:99999",
        "http://host:0",
        "http://host:http",
        "http://two words",
        "http://host\x00",
        "http://double..dot",
        f"http://{'a' * 64}.com",
    ],
)
def test_a_url_that_cannot_work_is_refused(make: Make, base_url: str) -> None:
    """A base URL that cannot work is refused when the client is made."""
    with pytest.raises(ConfigurationError, match="not a URL such as https://api"):
        make(api_key="k", base_url=base_url)


@pytest.mark.parametrize(
    ("base_url", "message"),
    [
        ("https://host/?", "base_url has a query or a fragment after 'https://host/'"),
        ("https://host?key=1", "base_url has a query or a fragment after 'https://host'"),
        ("https://host/#top", "base_url has a query or a fragment after 'https://host/'"),
        ("https://me:hidden@host", "base_url holds a user name or a password: send them in headers"),
        ("me:hidden@host", "base_url holds a user name or a password: send them in headers"),
        (b"https://host", "base_url is bytes, not str"),
        (httpx.URL("https://host"), "base_url is URL, not str"),
    ],
)
def test_a_base_url_is_an_origin_and_a_path(make: Make, base_url: Any, message: str) -> None:
    """A query, a fragment or a password is refused, and the password is not shown."""
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k", base_url=base_url)
    assert str(raised.value) == f"{message}. Nothing was sent."


def test_the_user_agent_has_name_and_version(calling: Calling, recorder: Recorder, document: dict[str, Any]) -> None:
    """The User-Agent has the name of the client and the version of the document."""
    calling(transport=recorder.transport)(prompt="a tiger")
    assert recorder.sent.headers["user-agent"] == f"segmind-flux-schnell/{document['info']['version']}"


def test_headers_are_added(calling: Calling, recorder: Recorder) -> None:
    """The caller's headers are sent with every request, and replace the User-Agent in any letter case."""
    calling(headers={"X-Trace": "t-1 ", "User-AGENT": "mine/2"}, transport=recorder.transport)(prompt="a tiger")
    assert recorder.sent.headers.get_list("x-trace") == ["t-1"]
    assert recorder.sent.headers.get_list("user-agent") == ["mine/2"]


def test_the_content_type_follows_from_the_body(calling: Calling, recorder: Recorder) -> None:
    """A content type among the caller's headers does not change the one that is sent."""
    calling(headers={"CONTENT-type": "text/plain"}, transport=recorder.transport)(prompt="a tiger")
    assert recorder.sent.headers.get_list("content-type") == ["application/json"]


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (
            {KEY_HEADER.title(): "hidden"},
            f"headers has {KEY_HEADER.title()}, which holds the key: give that by its own parameter",
        ),
        ({"Content-Length": "1"}, "headers has Content-Length, which follows from the body"),
        ({"transfer-encoding": "chunked"}, "headers has transfer-encoding, which follows from the body"),
        ({"a b": "hidden"}, "headers has 'a b', which is not a header name"),
        ({"": "hidden"}, "headers has '', which is not a header name"),
        ({7: "hidden"}, "headers has 7, which is not a header name"),
        ({"x-a": "hidden\r\nx-b: c"}, "headers['x-a'] is not printable ASCII text"),
        ({"x-a": "hiddén"}, "headers['x-a'] is not printable ASCII text"),
        ({"x-a": None}, "headers['x-a'] is not printable ASCII text"),
        ({"x-a": 7}, "headers['x-a'] is not printable ASCII text"),
        ([("x-a", "hidden")], "headers is list, not a mapping of names to texts"),
        ("x-a: hidden", "headers is str, not a mapping of names to texts"),
    ],
)
def test_headers_that_cannot_be_sent_are_refused(make: Make, headers: Any, message: str) -> None:
    """A header that cannot be sent, or is not the caller's to set, is named; its value is never shown."""
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k", headers=headers)
    assert str(raised.value) == f"{message}. Nothing was sent."


def test_a_proxy_is_used(calling: Calling, server: RespondingServer, proxy: ForwardingProxy) -> None:
    """With `proxy=` the request and its response go through the proxy."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    image = calling(base_url=server.url, proxy=proxy.url, transport=None)(prompt="a tiger")
    assert image.width == 1024
    assert [request.line for request in proxy.forwarded] == [f"POST {server.url}/v1/flux-schnell HTTP/1.1"]
    assert len(server.received) == 1


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, proxy: ForwardingProxy) -> None:
    """The usual variables are obeyed, except for this machine, to which a client sends without TLS."""
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("NO_PROXY", "near.example")
    assert environment_proxy("http://service.example:80") == proxy.url
    assert environment_proxy("http://near.example") is None
    assert environment_proxy("https://service.example") is None
    assert environment_proxy("http://127.0.0.1:8901") is None


def test_no_proxy_is_used_on_this_machine(
    calling: Calling, server: RespondingServer, proxy: ForwardingProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sandbox on loopback gets its requests directly, so that the key does not leave the machine."""
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    calling(base_url=server.url, transport=None)(prompt="a tiger")
    assert (len(proxy.forwarded), len(server.received)) == (0, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"proxy": "proxy.example.com"}, "The proxy or the certificates cannot be used: ValueError: Unknown scheme"),
        ({"proxy": "foo://me:hidden@host"}, "Unknown scheme for proxy URL URL('foo://me:[secure]@host')"),
        ({"proxy": 7}, "proxy is int, not a URL"),
        ({"transport": 7}, "transport is int, without handle_"),
        ({"http_client": 7}, "http_client is int, not httpx."),
    ],
)
def test_a_proxy_or_transport_that_cannot_be_used_is_refused(make: Make, options: dict[str, Any], message: str) -> None:
    """A proxy, transport or HTTP client that cannot be used is refused when the client is made."""
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k", **options)
    assert message in str(raised.value)
    assert "hidden" not in str(raised.value)


def test_a_proxy_that_speaks_socks_needs_a_library(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is named, when the client is made."""
    monkeypatch.setitem(sys.modules, "socksio", None)
    with pytest.raises(ConfigurationError, match="Using SOCKS proxy, but the 'socksio' package is not installed"):
        make(api_key="k", proxy="socks5://host")


def test_missing_certificates_are_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A missing file of certificates, named by the environment, is an error when the client is made."""
    missing = ssl.get_default_verify_paths().openssl_cafile_env
    monkeypatch.setenv(missing, str(tmp_path_factory.getbasetemp() / "missing.pem"))
    with pytest.raises(ConfigurationError, match=f"{missing} is .*missing.pem': there is no such file or folder"):
        make(api_key="k")


def test_the_two_kinds_of_httpx_are_not_mixed_up(recorder: Recorder) -> None:
    """An asynchronous client of httpx cannot serve a blocking one, nor the other way round."""
    blocking: Any = httpx.Client(transport=recorder.transport)
    awaited: Any = httpx.AsyncClient(transport=recorder.transport)
    with pytest.raises(ConfigurationError, match=r"http_client is AsyncClient, not httpx\.Client"):
        Client(api_key="k", http_client=awaited)
    with pytest.raises(ConfigurationError, match=r"http_client is Client, not httpx\.AsyncClient"):
        AsyncClient(api_key="k", http_client=blocking)
    sync_transport: Any = httpx.HTTPTransport(verify=False)
    with pytest.raises(ConfigurationError, match="transport is HTTPTransport, without handle_async_request"):
        AsyncClient(api_key="k", transport=sync_transport)


def test_an_http_client_of_the_caller_is_used_and_stays_open(recorder: Recorder) -> None:
    """A client of httpx that the caller passes in is used as it is, and is not closed."""
    with httpx.Client(transport=recorder.transport, headers={"x-own": "1", KEY_HEADER: "another"}, timeout=1) as http:
        with Client(api_key="k", http_client=http) as client:
            client.generate_image(prompt="a tiger")
        assert not http.is_closed
    assert recorder.sent.headers["x-own"] == "1"
    assert recorder.sent.headers.get_list(KEY_HEADER) == ["k"]
    assert recorder.sent.extensions["timeout"]["read"] == pytest.approx(TIMEOUT, abs=5)


async def test_an_asynchronous_http_client_of_the_caller_stays_open(recorder: Recorder) -> None:
    """The same holds for an asynchronous client."""
    async with httpx.AsyncClient(transport=recorder.transport) as http:
        async with AsyncClient(api_key="k", http_client=http) as client:
            await client.generate_image(prompt="a tiger")
        assert not http.is_closed


@pytest.mark.parametrize("further", [{"proxy": "http://127.0.0.1:1"}, {"transport": httpx.HTTPTransport(verify=False)}])
def test_an_http_client_excludes_a_proxy_and_a_transport(further: dict[str, Any]) -> None:
    """A client of httpx has a transport and proxies of its own."""
    with httpx.Client(verify=False) as http, pytest.raises(ConfigurationError, match="pass it without"):
        Client(api_key="k", http_client=http, **further)


def test_a_closed_client_says_so(client: Client, recorder: Recorder) -> None:
    """A client that was closed, once or twice, sends nothing."""
    client.close()
    client.close()
    with pytest.raises(ConfigurationError, match=r"The client is closed\. Nothing was sent\."):
        client.generate_image(prompt="a tiger")
    assert not recorder.requests


async def test_a_closed_asynchronous_client_says_so(recorder: Recorder) -> None:
    """The same holds for an asynchronous client."""
    async with AsyncClient(api_key="k", transport=recorder.transport) as client:
        pass
    with pytest.raises(ConfigurationError, match="The client is closed"):
        await client.generate_image(prompt="a tiger")
    assert not recorder.requests


async def test_a_cancelled_call_is_cancelled(recorder: Recorder) -> None:
    """A cancelled task raises CancelledError through the client, as asyncio's own timeouts need it."""
    started = asyncio.Event()

    async def forever(request: httpx.Request) -> httpx.Response:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with AsyncClient(api_key="k", transport=httpx.MockTransport(forever)) as client:
        task = asyncio.create_task(client.generate_image(prompt="a tiger"))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_a_client_shows_where_it_sends(make: Make) -> None:
    """The repr of a client has its base URL, and nothing else."""
    client = make(api_key="k", base_url="http://127.0.0.1:8901/")
    assert repr(client) == f"{type(client).__name__}(base_url='http://127.0.0.1:8901')"
    assert client.base_url == "http://127.0.0.1:8901"


def test_the_base_url_of_the_environment_is_used(
    make: Make, monkeypatch: pytest.MonkeyPatch, document: dict[str, Any]
) -> None:
    """The variable that the document names replaces its server, and the repr says where the URL comes from."""
    variable = document["servers"][0]["x-env"]
    monkeypatch.setenv(variable, " http://127.0.0.1:8901/\n")
    client = make(api_key="k")
    assert client.base_url == "http://127.0.0.1:8901"
    assert repr(client) == f"{type(client).__name__}(base_url='http://127.0.0.1:8901' from SEGMIND_BASE_URL)"


def test_an_argument_wins_over_the_environment(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base URL that is passed holds, also where the variable has one that cannot be used."""
    monkeypatch.setenv("SEGMIND_BASE_URL", "nowhere")
    client = make(api_key="k", base_url="http://127.0.0.1:8901")
    assert repr(client) == f"{type(client).__name__}(base_url='http://127.0.0.1:8901')"


def test_an_empty_variable_is_a_missing_one(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a script can clear it."""
    monkeypatch.setenv("SEGMIND_BASE_URL", "")
    assert make(api_key="k").base_url == SERVERS[0].url


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("nowhere", "is 'nowhere', not a URL such as https://api.example.com."),
        (" ", "is ' ', not a URL such as https://api.example.com."),
        ("https://me:hidden@host", "holds a user name or a password: send them in headers."),
        ("https://host?key=1", "has a query or a fragment after 'https://host'."),
        ("http://host", "is 'http://host': without TLS anybody on the way reads the key and the prompts; use"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named(
    make: Make, monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    """The base URL of the environment is checked like an argument, and the message names the variable."""
    monkeypatch.setenv("SEGMIND_BASE_URL", value)
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k")
    assert str(raised.value).startswith(f"The environment variable SEGMIND_BASE_URL {message}")


@pytest.mark.parametrize("url", ["http://api.segmind.com", "http://10.0.0.7:8080/v", "http://localhost.example"])
def test_a_key_is_not_sent_in_the_clear(make: Make, url: str) -> None:
    """A client sends to another machine without TLS only with `allow_http=True`."""
    with pytest.raises(ConfigurationError, match=r"without TLS anybody on the way reads the key .* allow_http=True"):
        make(api_key="k", base_url=url)
    assert make(api_key="k", base_url=url, allow_http=True).base_url == url


@pytest.mark.parametrize("url", ["http://localhost:1", "http://127.8.9.1", "http://[::1]:1", "http://a.localhost"])
def test_this_machine_needs_no_tls(make: Make, url: str) -> None:
    """A sandbox on loopback can be used over plain HTTP."""
    assert make(api_key="k", base_url=url).base_url == url


def test_the_largest_response_can_be_set(calling: Calling, server: RespondingServer) -> None:
    """Nothing is read beyond the limit; the image was paid for, so the error has the bytes up to it."""
    server.response = http_response("200 OK", jpeg(), JPEG_TYPE)
    with pytest.raises(InvalidImageError, match="the body is longer than 1000 bytes, the most that is taken") as raised:
        calling(base_url=server.url, max_response_bytes=1000)(prompt="a tiger")
    assert raised.value.content == jpeg()[:1000]
    assert calling(base_url=server.url, max_response_bytes=len(jpeg()))(prompt="a tiger").width == 1024


def test_the_largest_response_holds_the_largest_image(document: dict[str, Any]) -> None:
    """The default limit is the size of the largest documented image without compression: four bytes per pixel."""
    sides = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    assert generate_image.OPERATION.largest == 4 * sides["width"]["maximum"] * sides["height"]["maximum"]


@pytest.mark.parametrize("size", [0, -1, 1.5, True, "1"])
def test_a_wrong_size_is_refused(make: Make, size: Any) -> None:
    """The largest response is a number of bytes above 0."""
    with pytest.raises(
        ConfigurationError, match=r"max_response_bytes is .*: it takes a number of bytes above 0, or None"
    ):
        make(api_key="k", max_response_bytes=size)
