"""Proxies that speak SOCKS, and proxies that want to know who comes."""

import base64
import pickle
import traceback
from urllib.parse import unquote

import pytest

from segmind_flux_schnell import NotSentError
from tests.client.calling import Kind
from tests.client.faults.responses import ASKED, IMAGE, SIDE, WHOLE, responding
from tests.client.faults.servers import fault_server
from tests.client.faults.sessions import session
from tests.client.forwarding_proxy import forwarding_proxy
from tests.client.responding_server import JPEG_TYPE, http_response
from tests.client.socks_proxy import PASSWORD, USER, socks_proxy

KINDS: list[Kind] = ["sync", "async"]

every_kind = pytest.mark.parametrize("kind", KINDS)


def with_credentials(url: str, password: str = PASSWORD) -> str:
    """The URL of a proxy for somebody."""
    return url.replace("://", f"://{USER}:{password}@")


@every_kind
def test_a_proxy_that_speaks_socks(kind: Kind) -> None:
    """The connection is opened by the proxy, with the password of its URL; none is used twice."""
    with (
        socks_proxy() as proxy,
        fault_server(responding(WHOLE)) as service,
        session(kind, api_key="k", base_url=service.url, timeout=10, proxy=with_credentials(proxy.url)) as generate,
    ):
        assert [generate(**ASKED).width for _ in range(2)] == [SIDE, SIDE]
        assert [f"{host}:{port}" for host, port in proxy.opened] == [service.origin] * 2
    assert service.posts == 2


@every_kind
def test_a_proxy_that_refuses_the_password_leaves_the_request_unsent(kind: Kind) -> None:
    """Nothing was sent, so nothing was billed."""
    with (
        socks_proxy() as proxy,
        fault_server(responding(WHOLE)) as service,
        session(
            kind, api_key="k", base_url=service.url, timeout=10, retry=None, proxy=with_credentials(proxy.url, "wrong")
        ) as generate,
        pytest.raises(NotSentError, match="not sent, so not billed") as raised,
    ):
        generate(**ASKED)
    assert "wrong" not in str(raised.value)
    assert service.posts == 0


@every_kind
def test_a_proxy_is_told_who_comes(kind: Kind) -> None:
    """User name and password of its URL go to the proxy, and to nobody else."""
    response = http_response("200 OK", IMAGE, JPEG_TYPE)
    with (
        forwarding_proxy() as proxy,
        fault_server(responding(response)) as service,
        session(kind, api_key="k", base_url=service.url, timeout=10, proxy=with_credentials(proxy.url)) as generate,
    ):
        assert generate(**ASKED).width == SIDE
    (request,) = proxy.forwarded
    credentials = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    assert request.headers["proxy-authorization"] == f"Basic {credentials}"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("password", [PASSWORD, "wr%40ng-pass"])
@every_kind
def test_the_password_of_a_proxy_is_in_no_log_and_no_error(
    kind: Kind, scheme: str, password: str, caplog: pytest.LogCaptureFixture
) -> None:
    """With all logs at their lowest level, whether the proxy takes it or not; the key is there as little."""
    with (
        socks_proxy() if scheme == "socks5" else forwarding_proxy() as proxy,
        fault_server(responding(http_response("200 OK", IMAGE, JPEG_TYPE))) as service,
        session(
            kind,
            api_key=CANARY,
            base_url=service.url,
            timeout=10,
            retry=None,
            proxy=with_credentials(proxy.url, password),
        ) as generate,
        caplog.at_level(1),
    ):
        for name in ("httpx", "httpcore", "asyncio", "segmind_flux_schnell"):
            caplog.set_level(1, name)
        seen: list[object] = []
        try:
            seen.append(generate(**ASKED))
        except NotSentError as error:
            trace = traceback.TracebackException.from_exception(error, capture_locals=True)
            seen += [
                error,
                vars(error),
                pickle.dumps(error),
                *[frame.locals for frame in trace.stack if OURS in frame.filename],
            ]
    assert caplog.records
    texts = [f"{record.getMessage()} {vars(record)}" for record in caplog.records] + [
        f"{one!s} {one!r}" for one in seen
    ]
    encoded = base64.b64encode(f"{USER}:{unquote(password)}".encode()).decode()
    assert not [text for text in texts for secret in (password, unquote(password), encoded, CANARY) if secret in text]


CANARY = "canary-of-a-key"
OURS = "segmind_flux_schnell"
