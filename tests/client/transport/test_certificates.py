"""Whose certificates a client trusts: those of a company too, over each transport."""

import os
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import Backoff, Batch, Client, ConfigurationError, GenerateImageRequest, NotSentError
from segmind_flux_schnell._runtime.transport.certificates import VARIABLES, distrust_of
from tests.client.calling import Kind
from tests.client.conftest import Make
from tests.client.faults.responses import ASKED, SIDE, WHOLE, responding
from tests.client.faults.servers import FaultServer, fault_server
from tests.client.faults.sessions import session

AUTHORITY = Path(__file__).parent / "private_authority_for_tests_only.pem"
SIGNED = Path(__file__).parent / "signed_by_it_for_tests_only.pem"
"""The certificate of a service, and its key."""

KINDS: list[Kind] = ["sync", "async", "aiohttp"]

every_kind = pytest.mark.parametrize("kind", KINDS)
every_variable = pytest.mark.parametrize("variable", VARIABLES)


@pytest.fixture
def service() -> Iterator[FaultServer]:
    """A service inside a company, whose certificate a private authority has signed."""
    with fault_server(responding(WHOLE), certificate=SIGNED) as running:
        yield running


def called(kind: Kind, service: FaultServer, **options: Any) -> Any:
    """One call with a client of its own."""
    with session(kind, api_key="k", base_url=service.url, timeout=10, **options) as generate:
        return generate(**ASKED)


def folder_of(authority: Path, folder: Path) -> Path:
    """A folder as OpenSSL reads it: each file is named by the hash of its authority."""
    (folder / "3c2747f2.0").write_bytes(authority.read_bytes())
    return folder


@every_kind
@pytest.mark.parametrize("trusted", [AUTHORITY, str(AUTHORITY), ssl.create_default_context(cafile=AUTHORITY)], ids=type)
def test_an_authority_that_is_passed_is_trusted(kind: Kind, service: FaultServer, trusted: Any) -> None:
    """`ssl_context` takes the path of a certificate, or a context, on every transport."""
    assert called(kind, service, ssl_context=trusted).width == SIDE


@every_kind
@every_variable
def test_an_authority_of_the_environment_is_trusted(
    kind: Kind, service: FaultServer, monkeypatch: pytest.MonkeyPatch, variable: str, tmp_path: Path
) -> None:
    """The variables of OpenSSL, requests and curl hold on every transport."""
    is_folder = variable == "SSL_CERT_DIR"
    monkeypatch.setenv(variable, str(folder_of(AUTHORITY, tmp_path) if is_folder else AUTHORITY))
    assert called(kind, service).width == SIDE


@every_kind
def test_an_argument_wins_over_the_environment(
    kind: Kind, service: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong variable does no harm to a client that is given its authority."""
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    assert called(kind, service, ssl_context=AUTHORITY).width == SIDE


@every_variable
def test_a_variable_that_names_nothing_is_named(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    """A path where nothing is: the error names the variable and the path."""
    missing = tmp_path / "nowhere.pem"
    monkeypatch.setenv(variable, str(missing))
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k")
    message = f"The environment variable {variable} is {str(missing)!r}: there is no such file or folder."
    assert str(raised.value) == f"{message} Nothing was sent."


@every_variable
def test_a_file_without_certificates_is_named(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    """A file of another kind is not silently no authority at all."""
    other = tmp_path / "tiger.jpg"
    other.write_bytes(b"no certificates")
    monkeypatch.setenv(variable, str(other))
    with pytest.raises(ConfigurationError, match=f"{variable} is .*: the file holds no certificates in PEM format"):
        make(api_key="k")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@every_variable
def test_a_device_or_a_pipe_is_named(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    """Neither is read: it might never end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in ("/dev/zero", str(pipe)):
        monkeypatch.setenv(variable, path)
        with pytest.raises(ConfigurationError, match=f"{variable} is '{path}': it is not a file or a folder. Nothing"):
            make(api_key="k")


@every_variable
def test_a_folder_without_certificates_is_named(
    make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    """Empty, or with certificates under names that OpenSSL does not look for: no authority would be trusted."""
    monkeypatch.setenv(variable, str(tmp_path))
    with pytest.raises(ConfigurationError, match=f"{variable} is .*: the folder is empty. Nothing"):
        make(api_key="k")
    (tmp_path / "company.pem").write_bytes(AUTHORITY.read_bytes())
    with pytest.raises(ConfigurationError, match=r"no certificates under the names .* run `openssl rehash` on it\."):
        make(api_key="k")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ssl_context": "/nowhere.pem"}, "ssl_context is '/nowhere.pem': there is no such file or folder."),
        ({"ssl_context": False}, "ssl_context is False: it takes an ssl.SSLContext, or the path of certificates"),
        (
            {"ssl_context": AUTHORITY, "transport": httpx.MockTransport(lambda _: httpx.Response(200))},
            "transport has its own certificates: pass transport or ssl_context, not both.",
        ),
    ],
)
def test_a_context_that_cannot_be_used_is_refused(make: Make, options: dict[str, Any], message: str) -> None:
    """Certificates are always checked: without that, the key would go to whoever responds."""
    with pytest.raises(ConfigurationError) as raised:
        make(api_key="k", **options)
    assert message in str(raised.value)


@every_kind
def test_a_certificate_that_is_not_trusted_is_tried_once(kind: Kind, service: FaultServer) -> None:
    """Another attempt would fail in the same way; the error says what to do about it."""
    with pytest.raises(NotSentError) as raised:
        called(kind, service, retry=Backoff(draw=lambda: 0.0))
    error = raised.value
    assert (error.permanent, error.attempts, error.billed, service.posts) == (True, 1, False, 0)
    assert all(name in str(error) for name in ("ssl_context=", *VARIABLES))
    assert service.connections == 1


def test_a_client_of_the_caller_is_understood_too(service: FaultServer) -> None:
    """The advice is the same, whoever speaks TLS."""
    with (
        httpx.Client() as http,
        Client(api_key="k", base_url=service.url, http_client=http) as client,
        pytest.raises(NotSentError, match="The authority of the certificate is not trusted") as raised,
    ):
        client.generate_image(**ASKED)
    assert (raised.value.permanent, raised.value.attempts) == (True, 1)


@every_kind
def test_a_certificate_of_another_host_is_not_a_question_of_trust(kind: Kind, service: FaultServer) -> None:
    """Its authority is trusted, so that the advice is another one."""
    elsewhere = service.url.replace("127.0.0.1", "localhost")
    with (
        session(kind, api_key="k", base_url=elsewhere, timeout=10, ssl_context=AUTHORITY) as generate,
        pytest.raises(NotSentError, match="The certificate is not valid for this service: check base_url") as raised,
    ):
        generate(**ASKED)
    assert raised.value.permanent


def test_other_failures_are_not_permanent() -> None:
    """A connection that is refused may be taken the next time."""
    assert distrust_of(httpx.ConnectError("[Errno 111] Connection refused")) == ""


def test_a_batch_ends_at_a_certificate_that_is_not_trusted(service: FaultServer, tmp_path: Path) -> None:
    """Every further request would fail in the same way: the rest is left for a run with the right authority."""
    requests = [GenerateImageRequest(**{**ASKED, "seed": seed}) for seed in range(30)]
    with Client(api_key="k", base_url=service.url, timeout=10) as client:
        summary = Batch(tmp_path).run(client, requests, in_flight=2)
    assert (summary.done, service.posts) == (0, 0)
    assert "pass its file as ssl_context=, or name it in SSL_CERT_FILE" in str(summary.stopped)
    assert service.connections <= 4
    with Client(api_key="k", base_url=service.url, timeout=10, ssl_context=AUTHORITY) as client:
        assert Batch(tmp_path).run(client, requests, in_flight=4).done == 30
