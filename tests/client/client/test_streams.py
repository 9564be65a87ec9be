"""Responses that are read event by event while they are received, over every transport."""

import asyncio
import gzip
import json
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

from tests.client.streaming_server import StreamingServer, streaming_server
from tests.generator.generation import DOCUMENTS, imported, write_package
from tests.waiting import PATIENCE, with_time_enough

Way = Literal["sync", "sync transport", "sync client", "async", "aiohttp", "async transport", "async client"]
"""A kind of client with what it sends through: a transport of ours, one of httpx, or the caller's own client."""

WAYS: tuple[Way, ...] = (
    *("sync", "sync transport", "sync client"),
    *("async", "aiohttp", "async transport", "async client"),
)

KEY = "sk-1234567890abcdef"

WHOLE_THEN_HALF = (b'data: {"delta": "a"}\n\n', b'data: {"del')


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The package of a document with streams of every kind."""
    folder = tmp_path_factory.mktemp("streams") / "generated"
    write_package(DOCUMENTS / "streams.yaml", folder, "streams_client")
    with imported(folder, "streams_client") as found:
        yield found


@pytest.fixture
def server() -> Iterator[StreamingServer]:
    """A service that sends piece by piece."""
    with streaming_server() as running:
        yield running


Run = Callable[..., Any]


@pytest.fixture(params=WAYS)
def run(request: pytest.FixtureRequest, package: Any, server: StreamingServer) -> Run:
    """Opens a stream with each kind of client, and does something with it: `run(method, use, **arguments)`.

    `use` gets what makes the next event, as a function that the test calls until it raises `StopIteration`.
    """
    way: Way = request.param
    return lambda method, use=list, options=None, **call: _run(way, package, server, method, use, options or {}, call)


def _run(way: Way, package: Any, server: StreamingServer, method: str, use: Any, options: Any, call: Any) -> Any:
    settings = {"key": KEY, "base_url": server.url, "retry": None, **options}
    if way.startswith("sync"):
        with ExitStack() as stack:
            if way == "sync transport":
                settings["transport"] = httpx.HTTPTransport(verify=False)
            if way == "sync client":
                settings["http_client"] = stack.enter_context(httpx.Client(verify=False))
            client = stack.enter_context(package.Client(**settings))
            with getattr(client, method)(**call) as stream:
                return use(_Blocking(stream))
    return asyncio.run(_run_async(way, package, settings, method, use, call))


async def _run_async(way: Way, package: Any, settings: Any, method: str, use: Any, call: Any) -> Any:
    if way == "async client":
        settings["http_client"] = httpx.AsyncClient(verify=False)
    elif way == "async transport":
        settings["transport"] = httpx.AsyncHTTPTransport(verify=False)
    else:
        settings["transport"] = "httpx" if way == "async" else "aiohttp"
    async with package.AsyncClient(**settings) as client, await getattr(client, method)(**call) as stream:
        loop = asyncio.get_running_loop()
        # What a test does with a stream is written once, as blocking code: it runs beside the event loop.
        return await asyncio.to_thread(use, _Beside(stream, loop))


class _Blocking:
    """A stream of the blocking client, as tests use it."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self._events = stream.events()

    def __iter__(self) -> Any:
        return self.stream

    def event(self) -> Any:
        return next(self._events)

    def close(self) -> None:
        self.stream.close()


class _Beside:
    """A stream of the asynchronous client, as tests use it."""

    def __init__(self, stream: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.stream = stream
        self._events = stream.events()
        self._loop = loop

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return self._awaited(self.stream.__anext__())

    def event(self) -> Any:
        return self._awaited(self._events.__anext__())

    def close(self) -> None:
        self._awaited(self.stream.aclose())

    def _awaited(self, awaitable: Any) -> Any:
        async def caught() -> tuple[Any, bool]:
            try:
                return await awaitable, False
            except StopAsyncIteration:
                return None, True

        result, is_over = asyncio.run_coroutine_threadsafe(caught(), self._loop).result(20)
        if is_over:
            raise StopIteration
        return result


def deltas(stream: Any) -> list[str]:
    """The texts of all chunks."""
    return [chunk.delta for chunk in stream]


def test_each_event_is_there_as_soon_as_it_is_sent(run: Run, server: StreamingServer) -> None:
    """The second event is sent only after the first was read. The request asks for the stream."""
    server.pieces = [b'data: {"delta": "Hel"}\n\n', b'data: {"delta": "lo"}\n\ndata: [DONE]\n\n']
    server.waits = True

    def use(stream: Any) -> list[str]:
        first = next(iter(stream)).delta
        server.go_on.release()
        return [first, *deltas(stream)]

    assert run("create_chat_stream", use, text="Hi") == ["Hel", "lo"]
    (request,) = server.received
    assert json.loads(request.body) == {"text": "Hi", "stream": True}
    assert request.headers["accept"] == "text/event-stream"
    assert request.headers["x-key"] == KEY


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_line_ends_and_characters_may_be_cut_anywhere(run: Run, server: StreamingServer, end: bytes) -> None:
    """A body with a byte order mark comes a byte at a time: line ends, UTF-8 and the mark are cut apart."""
    lines = ["\ufeffdata: {", 'data: "delta": "ä€😀"}', "", ": a comment", "", 'data:{"delta":"b"}', "", ""]
    body = end.join(line.encode() for line in lines)
    server.pieces = [bytes([byte]) for byte in body]
    assert run("create_chat_stream", deltas, text="Hi") == ["ä€😀", "b"]


def test_fields_of_events_are_kept(run: Run, server: StreamingServer) -> None:
    """Name, id and retry are those of the event; an id holds for the events that follow, a name does not."""
    server.pieces = [
        b'id: 1\nevent: delta\nretry: 2500\ndata: {"delta": "a"}\n\n',
        b': ping\n\nevent: lost\n\ndata\n\nunknown: 1\nretry: soon\nid: x\0y\ndata: {"delta": "b"}\n\n',
    ]

    def use(stream: Any) -> list[Any]:
        return [stream.event(), stream.event()]

    one, other = run("list_fields", use)
    assert (one.data.delta, one.event, one.id, one.retry) == ("a", "delta", "1", 2500)
    assert (other.data.delta, other.event, other.id, other.retry) == ("b", "message", "1", 2500)


def test_what_follows_the_sentinel_is_not_read(run: Run, server: StreamingServer) -> None:
    """`[DONE]` ends the stream, also where the service leaves the connection open."""
    server.pieces, server.ending = [b'data: {"delta": "a"}\n\ndata: [DONE]\n\ndata: never\n\n'], "stall"
    assert run("create_chat_stream", deltas, text="Hi") == ["a"]
    assert server.left.wait(PATIENCE)


def test_the_end_of_the_body_ends_the_last_event(run: Run, server: StreamingServer) -> None:
    """A service that leaves out the last empty line has sent its event."""
    server.pieces = [b'data: {"delta": "a"}\n\ndata: {"delta": "b"}']
    assert run("create_chat_stream", deltas, text="Hi") == ["a", "b"]


@pytest.mark.parametrize("method", ["generate_stream", "list_lines"])
def test_lines_of_json(run: Run, server: StreamingServer, method: str) -> None:
    """Empty lines keep the connection alive; the last line may lack its end."""
    server.content_type = "application/x-ndjson" if method == "generate_stream" else "application/jsonl; charset=utf-8"
    server.pieces = [b'{"delta": "a"}\n\n\r\n{"del', b'ta": "\xc3', b'\xa4"}\r\n', b'{"delta": "c"}']
    assert run(method, deltas) == ["a", "ä", "c"]
    if method == "generate_stream":
        assert json.loads(server.received[0].body) == {"stream": True}


def test_sequences_of_json(run: Run, server: StreamingServer) -> None:
    """A text counts as soon as its line ends, one of several lines when the next begins, and blank ones not at all."""
    server.content_type = "application/json-seq"
    server.pieces = [b'\x1e{"delta": "a"}\n', b'\x1e{\n"delta":\n', b'"b"\n}\n\x1e\x1e', b'{"delta": "c"}\n']
    server.waits = True

    def use(stream: Any) -> list[str]:
        first = next(iter(stream)).delta
        for _ in server.pieces:
            server.go_on.release()
        return [first, *deltas(stream)]

    assert run("list_sequence", use) == ["a", "b", "c"]


def test_texts(run: Run, server: StreamingServer) -> None:
    """Data that the document describes as a text is one, also if it is empty or looks like JSON."""
    server.pieces = [b"data: one\ndata:  two\n\n", b'data\n\ndata: {"a": 1}\n\ndata: [DONE]\n\n']
    assert run("list_texts", list) == ["one\n two", "", '{"a": 1}']


def test_events_of_several_names(run: Run, server: StreamingServer, package: Any) -> None:
    """Where the document describes alternatives, each event is read into the one that it is."""
    server.pieces = [
        b'event: delta\ndata: {"delta": "a"}\n\n',
        b'event: failure\ndata: {"message": "no"}\n\ndata: [DONE]\n\n',
    ]
    assert run("list_alternatives", list) == [package.Chunk(delta="a"), package.Problem(message="no")]


@pytest.mark.parametrize("ending", ["cut", "reset"])
def test_a_stream_that_breaks_off_may_be_billed(
    run: Run, server: StreamingServer, package: Any, ending: Literal["cut", "reset"]
) -> None:
    """The events before are there, and the error says that the call may have been billed. Nothing is sent again."""
    server.pieces, server.ending, server.waits = WHOLE_THEN_HALF, ending, True
    seen: list[str] = []

    def use(stream: Any) -> None:
        for chunk in stream:
            seen.append(chunk.delta)
            server.go_on.release()

    with pytest.raises(package.InvalidResponseError, match=r"after 1 event: .*it may have been billed") as caught:
        run("create_chat_stream", use, text="Hi")
    assert seen == ["a"]
    assert (caught.value.broke_off, caught.value.outcome, caught.value.status_code) == (True, "unknown", 200)
    assert len(server.received) == 1
    assert pickle.loads(pickle.dumps(caught.value)).broke_off


def test_what_the_document_bills_is_billed_if_it_breaks_off(run: Run, server: StreamingServer, package: Any) -> None:
    """A response with `x-billed` has been paid for, however much of it was received."""
    server.pieces, server.ending, server.content_type = [b'{"del'], "cut", "application/jsonl"
    with pytest.raises(package.InvalidResponseError, match=r"after 0 events: .*; billed") as caught:
        run("list_lines", deltas)
    assert caught.value.outcome == "billed"


def test_a_stream_without_its_documented_end_has_broken_off(run: Run, server: StreamingServer, package: Any) -> None:
    """With `x-stream: {end: …}` a stream that ends otherwise is not whole."""
    server.pieces = [b'data: {"delta": "a"}\n\ndata: <end>\n\n']
    assert run("run_turn_stream", deltas, turn=7, text="Hi") == ["a"]
    assert server.received[0].line == "POST /turns/7 HTTP/1.1"
    assert json.loads(server.received[0].body) == {"live": True, "text": "Hi"}
    server.pieces = [b'data: {"delta": "a"}\n\n']
    with pytest.raises(package.InvalidResponseError, match="broke off after 1 event: it ended without <end>"):
        run("run_turn_stream", deltas, turn=7, text="Hi")


@pytest.mark.parametrize("timeout", [float, httpx.Timeout])
def test_a_service_that_falls_silent(run: Run, server: StreamingServer, package: Any, timeout: Any) -> None:
    """The timeout of a call holds again for each event."""
    server.pieces, server.ending = [b'data: {"delta": "a"}\n\n'], "stall"

    def failure(seconds: float) -> tuple[str, Any]:
        server.left.clear()
        with pytest.raises(package.APIError) as raised:
            run("create_chat_stream", deltas, text="Hi", timeout=timeout(seconds))
        return f"after 1 event: no event came within {seconds:g} seconds", raised.value

    said, error = with_time_enough(failure, lambda found: found[0] in str(found[1]), 0.3)
    assert isinstance(error, package.InvalidResponseError)
    assert said in str(error)
    assert server.left.wait(PATIENCE)


def test_comments_do_not_stand_in_for_events(run: Run, server: StreamingServer, package: Any) -> None:
    """A service that sends nothing but comments has fallen silent too."""
    server.pieces, server.waits = [b'data: {"delta": "a"}\n\n', *[b": alive\n\n"] * 5000], True
    began: list[float] = []

    def use(stream: Any) -> None:
        next(iter(stream))
        began.append(time.monotonic())
        over = threading.Event()

        def feed() -> None:
            while not over.wait(0.02):
                server.go_on.release()

        feeding = threading.Thread(target=feed)
        feeding.start()
        try:
            next(iter(stream))
        finally:
            over.set()
            feeding.join()
            server.go_on.release(len(server.pieces))

    def failure(seconds: float) -> tuple[float, str]:
        with pytest.raises(package.APIError) as raised:
            run("create_chat_stream", use, text="Hi", timeout=seconds)
        return seconds, str(raised.value)

    seconds, said = with_time_enough(failure, lambda _: began, 0.3)
    assert f"no event came within {seconds:g} seconds" in said


@pytest.mark.parametrize(
    "body", [b"data: " + b"x" * 5000, b"data: x\n" * 2000, b"data\n" * 2000], ids=["line", "lines", "empty lines"]
)
def test_an_event_has_a_largest_size(run: Run, server: StreamingServer, package: Any, body: bytes) -> None:
    """An event never takes more memory than `max_response_bytes`, however it is divided."""
    server.pieces, server.ending = [body[at : at + 100] for at in range(0, len(body), 100)], "stall"
    with pytest.raises(package.InvalidResponseError, match="longer than 1000 bytes") as caught:
        run("list_texts", list, options={"max_response_bytes": 1000})
    assert not caught.value.broke_off
    assert server.left.wait(PATIENCE)


def test_a_stream_can_be_longer_than_any_event(run: Run, server: StreamingServer) -> None:
    """The limit is that of one event: many of them may be longer together."""
    server.pieces = [b"data: %b\n\n" % (b"x" * 900)] * 20
    assert len(run("list_texts", list, options={"max_response_bytes": 1000})) == 20


def test_a_documented_failure_is_raised_before_there_is_a_stream(
    run: Run, server: StreamingServer, package: Any
) -> None:
    """The status decides: a failure is what it is for any other call."""
    server.status, server.content_type, server.pieces = "429 Slow Down", "application/json", [b'{"message": "later"}']
    with pytest.raises(package.TooManyRequestsError, match="later") as caught:
        run("create_chat_stream", text="Hi")
    assert caught.value.body == package.Problem(message="later")


def test_another_content_type_is_not_a_stream(run: Run, server: StreamingServer, package: Any) -> None:
    """What was received instead is read as a whole, and comes with the error: it may have been paid for."""
    server.content_type, server.pieces = "application/json", [b'{"text": "all of it"}']
    with pytest.raises(package.InvalidResponseError, match="application/json, not a stream") as caught:
        run("create_chat_stream", text="Hi")
    assert caught.value.content == b'{"text": "all of it"}'


@pytest.mark.parametrize("content_type", ["", "text/plain; charset=utf-8", "application/octet-stream"])
def test_a_content_type_that_says_nothing(run: Run, server: StreamingServer, content_type: str) -> None:
    """Then the stream is what the document says."""
    server.content_type, server.pieces = content_type, [b'{"delta": "a"}\n']
    assert run("list_lines", deltas) == ["a"]


def test_an_event_that_is_not_as_documented(run: Run, server: StreamingServer, package: Any) -> None:
    """The error has the event, and those that follow can still be read."""
    server.pieces = [b'data: {"error": "overloaded"}\n\ndata: {"delta": "b"}\n\n']

    def use(stream: Any) -> Any:
        with pytest.raises(package.InvalidResponseError) as caught:
            next(iter(stream))
        return caught.value.content, deltas(stream)

    assert run("create_chat_stream", use, text="Hi") == (b'{"error": "overloaded"}', ["b"])


def test_closing_early_closes_the_connection(run: Run, server: StreamingServer) -> None:
    """The service notices that nobody listens any more; the stream says so when it is asked for more."""
    server.pieces, server.ending = [b'data: {"delta": "a"}\n\n'], "stall"

    def use(stream: Any) -> None:
        assert next(iter(stream)).delta == "a"
        stream.close()
        assert server.left.wait(PATIENCE)
        assert stream.stream.is_closed
        with pytest.raises(ValueError, match="the stream is closed"):
            next(iter(stream))

    run("create_chat_stream", use, text="Hi")


def test_a_stream_shows_no_key(run: Run, server: StreamingServer) -> None:
    """Neither its repr nor what it gives has the key, even if the service repeats it."""
    server.headers = (f"x-echo: {KEY}",)
    server.pieces = [f"data: you are {KEY}\n\n".encode()]

    def use(stream: Any) -> tuple[str, str, str]:
        (text,) = stream
        return repr(stream.stream), text, str(stream.stream.headers)

    shown = run("list_texts", use)
    assert shown[0].endswith("Stream of list_texts (GET /texts): 200, closed, 1 events read>")
    assert KEY not in "".join(shown)
    assert shown[1].startswith("you are ")


def test_a_packed_stream(run: Run, server: StreamingServer) -> None:
    """A body that is packed is unpacked as it comes; without its end it has broken off."""
    packed = gzip.compress(b'data: {"delta": "a"}\n\n')
    server.headers = ("content-encoding: gzip",)
    server.pieces = [packed[:20], packed[20:]]
    assert run("create_chat_stream", deltas, text="Hi") == ["a"]


def test_the_conventional_functions(package: Any, server: StreamingServer) -> None:
    """`sync` gives back the stream, and `sync_detailed` the whole response with all events."""
    from streams_client.api.default import create_chat_stream  # type: ignore[import-not-found]

    server.pieces = [b'data: {"delta": "a"}\n\ndata: {"delta": "b"}\n\ndata: [DONE]\n\n']
    with package.Client(key=KEY, base_url=server.url) as client:
        body = package.ChatRequest(text="Hi")
        with create_chat_stream.sync(client=client, body=body) as stream:
            assert deltas(stream) == ["a", "b"]
        detailed = create_chat_stream.sync_detailed(client=client, body=body)
    assert [chunk.delta for chunk in detailed.parsed] == ["a", "b"]
    assert detailed.content == b"".join(server.pieces)


def test_the_plain_method_stays(package: Any, server: StreamingServer) -> None:
    """It asks for one response, and where the document streams by default it says so."""
    server.content_type, server.pieces = "application/json", [b'{"text": "all of it"}']
    with package.Client(key=KEY, base_url=server.url) as client:
        assert client.create_chat(text="Hi") == package.Chat(text="all of it")
        assert client.generate() == package.Chat(text="all of it")
    first, second = server.received
    assert (json.loads(first.body), first.headers["accept"]) == ({"text": "Hi", "stream": False}, "application/json")
    assert (json.loads(second.body), second.headers["accept"]) == ({"stream": False}, "application/json")


def test_a_stream_that_nobody_closes(package: Any, server: StreamingServer) -> None:
    """One that is dropped closes its connection."""
    server.pieces, server.ending = [b'data: {"delta": "a"}\n\n'], "stall"
    with package.Client(key=KEY, base_url=server.url) as client:
        first = next(client.create_chat_stream(text="Hi"))
        assert first.delta == "a"
        assert server.left.wait(PATIENCE)


def test_a_stream_is_not_imported_before_it_is_used(package: Any, tmp_path: Path) -> None:
    """What reads streams takes no time where there are none."""
    import subprocess
    import sys

    code = "import sys; from segmind_flux_schnell import Client; Client(api_key='k'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "segmind_flux_schnell._runtime.client.clients" in done.stdout.split()
    ours = [name for name in done.stdout.split() if name.startswith("segmind_flux_schnell.")]
    assert not {name for name in ours if name.endswith(("streams", "open_body", "framing"))}
