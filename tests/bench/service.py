"""A loopback service in a process of its own, too plain to be what a measurement waits for.

The path of a request says how it is answered: `/512x512/1000/0.5/…` is a JPEG of that size in pixels, of 1,000 bytes,
after half a second. `/count` tells how many such requests there were. `/queue/…` is a queue whose jobs go on for ever.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial

from attrs import define, field

from tests.bench.images import Padded, padded

LISTENING = "listening on "
LONGEST_SECONDS = 900.0
"""The service ends by itself after this long, should nobody end it."""


@define
class Counter:
    """How many images were asked for."""

    requests: int = 0
    jobs: int = 0


@define(eq=False)
class Connection(asyncio.Protocol):
    """One connection: requests with a body of announced length, one after another."""

    counter: Counter
    transport: asyncio.Transport | None = None
    received: bytearray = field(factory=bytearray)
    rest: Iterator[bytes] | None = None
    writable: bool = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self.transport = self.rest = None

    def data_received(self, data: bytes) -> None:
        """Response as soon as a request is whole."""
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if found and len(body) >= _announced(head):
            self.received.clear()
            self._response(head.split(b" ", 2)[1].decode())

    def pause_writing(self) -> None:
        """Wait until the client has read some."""
        self.writable = False

    def resume_writing(self) -> None:
        """Go on."""
        self.writable = True
        self._write_rest()

    def _response(self, path: str) -> None:
        if path.startswith("/queue/"):
            self._job(path)
            return
        if path.startswith("/count"):
            self._write(_head(b"text/plain", len(str(self.counter.requests))), [b"%d" % self.counter.requests])
            return
        self.counter.requests += 1
        _, size, length, seconds, *_ = path.split("/")
        image = _image(size, int(length))
        response = partial(self._write, _head(b"image/jpeg", image.length), image.parts)
        if float(seconds):
            asyncio.get_running_loop().call_later(float(seconds), response)
        else:
            response()

    def _job(self, path: str) -> None:
        if path.endswith("/status"):
            body = b'{"status": "PROCESSING", "request_id": "%s", "metrics": {}}' % path.split("/")[-2].encode()
        else:
            self.counter.jobs += 1
            body = b'{"request_id": "job-%d", "status": "QUEUED"}' % self.counter.jobs
        self._write(_head(b"application/json", len(body)), [body])

    def _write(self, head: bytes, parts: list[bytes]) -> None:
        if self.transport is None:
            return
        if len(parts) == 1:
            self.transport.write(head + parts[0])
            return
        self.transport.write(head)
        self.rest = iter(parts)
        self._write_rest()

    def _write_rest(self) -> None:
        while self.writable and self.rest is not None and self.transport is not None:
            part = next(self.rest, None)
            if part is None:
                self.rest = None
            else:
                self.transport.write(part)


@cache
def _image(size: str, length: int) -> Padded:
    width, _, height = size.partition("x")
    return padded(int(width), int(height), length)


def _announced(head: bytes | bytearray) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


def _head(media_type: bytes, length: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %d\r\n%s\r\n" % (media_type, length, _FACTS)


_FACTS = b"x-remaining-credits: 12.5\r\nx-request-id: 0123456789abcdef\r\n"


async def serve(seconds: float) -> None:
    """Serve until standard input ends, but no longer than that many seconds."""
    loop = asyncio.get_running_loop()
    counter = Counter()
    server = await loop.create_server(lambda: Connection(counter), "127.0.0.1", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    print(f"{LISTENING}http://127.0.0.1:{port}", flush=True)
    over = asyncio.Event()
    # The parent's end of the pipe closes however the parent ends.
    loop.add_reader(sys.stdin, over.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=LONGEST_SECONDS)
    asyncio.run(serve(parser.parse_args().seconds))
