"""Servers of a document: none, some that a client cannot use as they stand, and those of single operations."""

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.checks.servers import unusable_servers
from generator.document.document import Document
from tests.generator.conftest import Generate
from tests.generator.generation import altered, docs
from tests.generator.recording_server import RecordingServer, recording_server

PATHS = """
paths:
  /a: {get: {operationId: a, responses: {"204": {description: Done.}}}}
"""


def text_of(servers: str, paths: str = PATHS) -> str:
    """A document with these servers."""
    return f'openapi: 3.0.3\ninfo: {{title: Things, version: "1"}}\n{servers}\n{paths}'


def problems(servers: str, paths: str = PATHS) -> list[tuple[int, str, str | None]]:
    """What is said of the servers: line, message, and what the client does instead."""
    document = Document.parse("things.yaml", text_of(servers, paths))
    return [(document.line(one.pointer), one.message, one.instead) for one in unusable_servers(document)]


@pytest.fixture(scope="module")
def package(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Generates the package of a document with some servers."""

    def make(name: str, servers: str, paths: str = PATHS) -> Any:
        path = tmp_path_factory.mktemp(name) / f"{name}.yaml"
        path.write_text(text_of(servers, paths), encoding="utf-8")
        return generated(path)

    return make


REQUIRED = "`base_url` is a required argument of the clients"
UNUSABLE = {
    "no servers": ("", 1, "there are no servers"),
    "an empty list": ("servers: []", 3, "there are no servers"),
    "a relative one": ("servers: [{url: /v1}]", 3, "the server '/v1' is not a base URL"),
    "an empty one": ("servers: [{url: ''}]", 3, "the server '' is not a base URL"),
    "one without a scheme": ("servers: [{url: //a.example}]", 3, "the server '//a.example' is not a base URL"),
    "a query": ("servers: [{url: 'https://a.example/?a=b'}]", 3, "is not a base URL"),
    "a variable that is not described": ("servers: [{url: '{protocol}://a.example'}]", 3, "no variable 'protocol'"),
    "a variable without default": (
        "servers: [{url: 'https://{a}.example', variables: {a: {description: A.}}}]",
        3,
        "is not a base URL",
    ),
}


@pytest.mark.parametrize(("servers", "line", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_server_that_is_not_whole_makes_the_base_url_a_required_argument(
    servers: str, line: int, message: str
) -> None:
    """The place is named, with what the client does instead."""
    (found,) = problems(servers)
    assert (found[0], found[2]) == (line, REQUIRED)
    assert message in found[1]


def test_a_required_base_url_is_typed_so(package: Any, server: RecordingServer) -> None:
    """The constructors demand it by name, and say why; with it they send there."""
    things = package("nowhere", "")
    for kind in (things.Client, things.AsyncClient):
        parameter = inspect.signature(kind).parameters["base_url"]
        assert (parameter.annotation, parameter.default, parameter.kind) == (
            "str",
            parameter.empty,
            parameter.KEYWORD_ONLY,
        )
        assert "base_url: Base URL of the service. The document names no server." in docs(kind)
    with pytest.raises(TypeError, match="base_url"):
        things.Client()
    with pytest.raises(things.ConfigurationError, match="base_url is missing: the document of the service names no"):
        things.Client(base_url=None)
    server.respond_with(status=204)
    with things.Client(base_url=f"{server.url}/v1") as client:
        client.a()
    assert (server.last.target, things.SERVERS) == ("/v1/a", ())
    reference = Path(things.__file__).parents[1] / "API.md"
    assert "The document names no server: give its address as `base_url`." in reference.read_text(encoding="utf-8")


def test_the_environment_can_hold_the_base_url(
    package: Any, server: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`x-env` names the variable, of a relative server too; without it the error does."""
    things = package("variable", "servers: [{url: /v1, x-env: THINGS_URL}]")
    monkeypatch.delenv("THINGS_URL", raising=False)
    with pytest.raises(things.ConfigurationError, match="the environment variable THINGS_URL is not set"):
        things.Client()
    monkeypatch.setenv("THINGS_URL", server.url)
    server.respond_with(status=204)
    with things.Client() as client:
        client.a()
    assert server.last.target == "/a"


def test_a_command_takes_the_base_url(
    generated: Generate, tmp_path: Path, server: RecordingServer, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """`--base-url` is required where nothing else names a server."""
    things = generated(altered(lambda document: document.pop("servers"), tmp_path / "commanded.yaml"))
    monkeypatch.setenv("SEGMIND_API_KEY", "key")
    cli = importlib.import_module(f"{things.__name__}.cli")
    start = importlib.import_module(f"{things.__name__}._runtime.cli.start").start
    server.respond_with({"credits": 3})
    assert start(cli.PROGRAM, ["credits", "--base-url", server.url]) == 0
    assert len(server.requests) == 1
    capsys.readouterr()
    assert start(cli.PROGRAM, ["credits"]) == 2
    assert "Missing option '--base-url'" in capsys.readouterr().err


def test_the_first_server_that_is_whole_is_used(package: Any) -> None:
    """A relative one before it is not, and that is said."""
    servers = "servers: [{url: /}, {url: 'https://a.example'}, {url: 'https://b.example'}]"
    assert problems(servers) == [
        (
            3,
            "the server '/' is not a base URL: https:// and a host, with or without a path",
            "the client uses 'https://a.example'",
        )
    ]
    assert [one.url for one in package("several", servers).SERVERS] == ["https://a.example", "https://b.example"]


def test_a_default_that_is_not_one_of_the_values_is_used() -> None:
    """A variable of a server can contradict itself."""
    (found,) = problems("servers: [{url: 'https://{a}.example', variables: {a: {default: x, enum: [y]}}}]")
    assert found[1:] == ("the default 'x' is not one of the values of the variable", "it is used")


OWN = """
paths:
  /a: {get: {operationId: a, responses: {"204": {description: Done.}}}}
  /b:
    servers: [{url: PATH_SERVER}]
    get: {operationId: b, responses: {"204": {description: Done.}}}
    put: {operationId: c, servers: [{url: OPERATION_SERVER}], responses: {"204": {description: Done.}}}
    post: {operationId: d, servers: [{url: /relative}], responses: {"204": {description: Done.}}}
"""


@pytest.fixture
def servers() -> Iterator[list[RecordingServer]]:
    """Three services."""
    with recording_server() as one, recording_server() as two, recording_server() as three:
        for service in (one, two, three):
            service.respond_with(status=204)
        yield [one, two, three]


def own(servers: list[RecordingServer]) -> str:
    """Paths with servers of their own."""
    return OWN.replace("PATH_SERVER", servers[1].url).replace("OPERATION_SERVER", f"{servers[2].url}/v2")


def test_an_operation_goes_to_its_own_server(package: Any, servers: list[RecordingServer]) -> None:
    """Servers of an operation win over those of its path, and these over those of the document."""
    things = package("own", f"servers: [{{url: {servers[0].url}}}]", own(servers))
    with things.Client() as client:
        for call in (client.a, client.b, client.c, client.d):
            call()
    assert [[request.target for request in one.requests] for one in servers] == [
        ["/a", "/relative/b"],
        ["/b"],
        ["/v2/b"],
    ]


async def test_so_does_an_asynchronous_client(package: Any, servers: list[RecordingServer]) -> None:
    """Both clients choose alike."""
    things = package("own_async", f"servers: [{{url: {servers[0].url}}}]", own(servers))
    async with things.AsyncClient() as client:
        await client.c()
    assert [request.target for request in servers[2].requests] == ["/v2/b"]


def test_the_base_url_of_the_caller_wins_over_all_servers(package: Any, servers: list[RecordingServer]) -> None:
    """Whoever gives one means it for every operation; the docstring says so."""
    things = package("own_given", f"servers: [{{url: {servers[0].url}}}]", own(servers))
    with things.Client(base_url=servers[1].url) as client:
        for call in (client.a, client.b, client.c, client.d):
            call()
    assert [request.target for request in servers[1].requests] == ["/a", "/b", "/b", "/b"]
    assert "It wins over the servers of single operations." in " ".join(docs(things.Client).split())


def test_a_key_goes_to_no_server_without_tls(package: Any) -> None:
    """A server of an operation is checked like any other."""
    paths = PATHS.replace("operationId: a", "operationId: a, servers: [{url: 'http://b.example'}]")
    things = package("open", "servers: [{url: 'https://a.example'}]", paths)
    with things.Client() as client, pytest.raises(things.ConfigurationError, match=r"The server of a .*without TLS"):
        client.a()


def test_where_each_operation_has_a_server_none_is_needed(package: Any, servers: list[RecordingServer]) -> None:
    """The base URL is that of the first."""
    paths = PATHS.replace("operationId: a", f"operationId: a, servers: [{{url: '{servers[0].url}'}}]")
    assert problems("", paths) == []
    with package("own_only", "", paths).Client() as client:
        client.a()
    assert [request.target for request in servers[0].requests] == ["/a"]


def test_a_required_base_url_is_for_all_operations() -> None:
    """Where only some operations have a server, the client cannot know of the others: one address serves all."""
    paths = f"{PATHS}  /b: {{get: {{servers: [{{url: 'https://b.example'}}], responses: {{}}}}}}"
    assert [one[1:] for one in problems("", paths)] == [
        ("there are no servers", REQUIRED),
        ("there is no server for the other operations", "all use the `base_url` of the client"),
    ]


def test_a_server_of_an_operation_that_is_not_whole_is_not_used() -> None:
    """It uses that of the document."""
    paths = PATHS.replace("operationId: a", "operationId: a, servers: [{url: 'https://{x}.example'}]")
    (found,) = problems("servers: [{url: 'https://a.example'}]", paths)
    assert found[1:] == ("the server has no variable 'x'", "the operation uses the server of the client")
