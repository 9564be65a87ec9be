"""A service on loopback for one client: it keeps the last request, and responds as it is told."""

import email
import json
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import frozen

from tests.generator.public_documents.wire import Part
from tests.generator.recording_server import RecordedRequest, RecordingServer, recording_server


@frozen
class Received:
    """A request as it has arrived, decoded.

    Args:
        request: The request.
        base: The path of the base URL.
    """

    request: RecordedRequest
    base: str

    @property
    def segments(self) -> list[str]:
        """The segments of the path behind the base URL."""
        path = self.request.path
        if not path.startswith(self.base):
            return [f"not below {self.base}: {path}"]
        return [unquote(segment) for segment in path[len(self.base) :].split("/")]

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query."""
        return self.request.query

    @property
    def cookies(self) -> list[tuple[str, str]]:
        """The cookies."""
        text = self.request.headers.get("cookie", "")
        found = (one.partition("=") for one in text.split("; ") if one)
        return [(unquote(name), unquote(value)) for name, _, value in found]

    @property
    def content_type(self) -> str:
        """The media type of the body, in lower case and without parameters."""
        return self.request.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.request.body)

    @property
    def form(self) -> list[tuple[str, str]]:
        """The body as a form."""
        return parse_qsl(self.request.body.decode(), keep_blank_values=True)

    @property
    def parts(self) -> list[Part]:
        """The body as a multipart body."""
        head = f"content-type: {self.request.headers['content-type']}\r\n\r\n".encode()
        message = email.message_from_bytes(head + self.request.body)
        return [_part(part) for part in message.get_payload()] if message.is_multipart() else []  # type: ignore[arg-type]


def _part(part: Message) -> Part:
    raw = part.get_payload(decode=True)
    kind = "json" if "json" in part.get_content_type() else "file" if part.get_filename() is not None else "text"
    name = str(part.get_param("name", header="content-disposition"))
    return Part(name, raw.decode(errors="replace") if isinstance(raw, bytes) else str(raw), kind)


def urlpath(url: str) -> str:
    """The path of a URL."""
    return urlsplit(url).path


@contextmanager
def service() -> Iterator[RecordingServer]:
    """Run the service while the context lasts."""
    with recording_server() as server:
        yield server
