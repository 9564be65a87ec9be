"""Proxies that speak SOCKS, and proxies that want to know who comes."""

import base64

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
