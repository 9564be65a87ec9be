"""Bodies of requests: JSON, forms, uploads, files."""

import datetime
import email
import io
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import httpx
import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordedRequest, RecordingServer

DOCUMENT = "bodies.yaml"


@pytest.fixture
def client(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client whose calls succeed."""
    server.respond_with(status=204)
    return connect(documented)


def parts(request: RecordedRequest) -> list[Message]:
    """The parts of a multipart body."""
    head = f"content-type: {request.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + request.body)
    assert message.is_multipart()
    return [part for part in message.walk() if not part.is_multipart()]


def content(part: Message) -> tuple[str, str | None, str, bytes]:
    """Name, file name, media type and bytes of a part."""
    name = str(part.get_param("name", header="content-disposition"))
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return name, part.get_filename(), part.get_content_type(), payload


def test_an_upload_has_a_part_for_each_field(documented: Any, client: Any, server: RecordingServer) -> None:
    """Files have names and types, lists a part for each member, objects are JSON, and the rest is text."""
    client.post_upload(
        body=documented.PostUploadBody(
            file=documented.File(io.BytesIO(b"abc"), "a.txt", "text/plain"),
            scan=documented.File(io.BytesIO(b"png")),
            more=[documented.File(io.BytesIO(b"1"), "one.bin")],
            title="tt",
            mood="good",
            public=True,
            count=2,
            fixed=7,
            about=documented.Note(text="x"),
            day=datetime.date(2024, 5, 1),
            types_=["a", "b"],
        )
    )
    assert sorted(content(part) for part in parts(server.last)) == [
        ("about", None, "application/json", b'{"text": "x"}'),
        ("count", None, "text/plain", b"2"),
        ("day", None, "text/plain", b"2024-05-01"),
        ("file", "a.txt", "text/plain", b"abc"),
        ("fixed", None, "text/plain", b"7"),
        ("mood", None, "text/plain", b"good"),
        ("more", "one.bin", "application/octet-stream", b"1"),
        ("public", None, "text/plain", b"true"),
        ("scan", "file", "application/octet-stream", b"png"),
        ("title", None, "text/plain", b"tt"),
        ("types", None, "text/plain", b"a"),
        ("types", None, "text/plain", b"b"),
    ]


def test_a_file_that_may_be_null_is_a_file(documented: Any, client: Any, server: RecordingServer) -> None:
    """As FastAPI describes an optional upload: a `contentMediaType` or null, in a component."""
    client.post_sketch(body=documented.Sketch(image=documented.File(io.BytesIO(b"abc"), "a.png")))
    assert [content(part) for part in parts(server.last)] == [("image", "a.png", "image/png", b"abc")]


def test_further_fields_of_an_upload_are_parts(documented: Any, client: Any, server: RecordingServer) -> None:
    """Fields that the document does not name are sent by the schema that it has for them."""
    client.post_labels(body=documented.PostLabelsBody.from_dict({"title": "t", "red": ["a", "b"]}))
    assert sorted(content(part) for part in parts(server.last)) == [
        ("red", None, "text/plain", b"a"),
        ("red", None, "text/plain", b"b"),
        ("title", None, "text/plain", b"t"),
    ]


def test_an_upload_is_checked(documented: Any) -> None:
    """Bytes are not a file, a form has no null, and rules hold for parts as for JSON."""
    with pytest.raises(documented.InvalidRequestError) as error:
        documented.PostUploadBody(file=b"abc", title="t", note=None, mood=None, count=4, fixed=8, more=[b"x"])
    assert [fault.field for fault in error.value.faults] == [
        "file",
        "title",
        "more[0]",
        "note",
        "mood",
        "count",
        "fixed",
    ]


def test_a_form_is_encoded(documented: Any, client: Any, server: RecordingServer) -> None:
    """A form takes its fields as keywords, repeats lists and writes booleans and dates as JSON does."""
    when = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
    client.post_form(grant_type="password", remember=True, scopes=["a", "b"], when=when)
    assert server.last.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(server.last.body.decode()) == [
        ("grant_type", "password"),
        ("remember", "true"),
        ("scopes", "a"),
        ("scopes", "b"),
        ("when", "2024-05-01T00:00:00+00:00"),
    ]
    with pytest.raises(documented.InvalidRequestError, match="grant_type"):
        client.post_form(grant_type="guess")


@pytest.mark.parametrize(("given", "sent"), [("image/webp", "image/webp"), (None, "image/png")])
def test_a_file_is_sent_as_it_is(
    documented: Any, client: Any, server: RecordingServer, given: str | None, sent: str
) -> None:
    """The content type is that of the file, or the first that the document has."""
    client.put_raw(body=documented.File(io.BytesIO(b"raw"), mime_type=given))
    assert (server.last.headers["content-type"], server.last.body) == (sent, b"raw")


async def test_an_asynchronous_client_sends_files_too(documented: Any, server: RecordingServer) -> None:
    """Files and uploads are read for a client that does not block."""
    server.respond_with(status=204)
    transport = httpx.AsyncHTTPTransport(verify=False)
    async with documented.AsyncClient(base_url=server.url, transport=transport) as client:
        await client.put_raw(body=documented.File(io.BytesIO(b"raw")))
        upload = documented.PostUploadBody(file=documented.File(io.BytesIO(b"abc"), "a"), title="tt")
        await client.post_upload(body=upload)
    assert server.requests[0].body == b"raw"
    assert [content(part)[0] for part in parts(server.last)] == ["file", "title"]


def test_a_body_that_may_be_left_out_is(client: Any, server: RecordingServer) -> None:
    """A request without a body has no content type."""
    client.put_raw()
    assert ("content-type" in server.last.headers, server.last.body) == (False, b"")


def test_the_class_of_a_body_decides_how_it_is_sent(documented: Any, client: Any, server: RecordingServer) -> None:
    """Of several content types, each class is sent with its own."""
    for body in (documented.Item(name="x"), documented.Note(text="y"), documented.File(io.BytesIO(b"<z/>"))):
        client.post_either(body=body)
    assert [(request.headers["content-type"], request.body) for request in server.requests] == [
        ("application/json", b'{"name":"x"}'),
        ("application/x-www-form-urlencoded", b"text=y"),
        ("application/xml", b"<z/>"),
    ]
    with pytest.raises(documented.InvalidRequestError, match="Item or Note or File"):
        client.post_either(body="x")


def test_json_has_the_content_type_of_the_document(client: Any, server: RecordingServer) -> None:
    """A type such as `application/merge-patch+json` is JSON, and is sent under its own name."""
    client.patch_patch(name="x")
    assert (server.last.headers["content-type"], server.last.json) == ("application/merge-patch+json", {"name": "x"})


def test_a_list_is_a_body(documented: Any, client: Any, server: RecordingServer) -> None:
    """A list of objects is sent and checked as one."""
    client.post_list(body=[documented.Item(name="x")])
    assert server.last.json == [{"name": "x"}]
    for wrong, field in (([], "body"), ([3], "body[0]")):
        with pytest.raises(documented.InvalidRequestError) as error:
            client.post_list(body=wrong)
        assert [fault.field for fault in error.value.faults] == [field]


def test_a_plain_text_is_sent_as_it_is(client: Any, server: RecordingServer) -> None:
    """Whatever type the document gives it: nobody says how another one would be written."""
    client.put_flag(body="true")
    assert (server.last.headers["content-type"], server.last.body) == ("text/plain", b"true")


def test_a_text_is_a_body(documented: Any, client: Any, server: RecordingServer) -> None:
    """A JSON string is sent and checked as one, and null is not one."""
    client.post_text(body="abc")
    assert server.last.body == b'"abc"'
    for wrong in ("abcd", None, 3):
        with pytest.raises(documented.InvalidRequestError, match="body"):
            client.post_text(body=wrong)


def test_the_values_of_a_map_are_checked(documented: Any, client: Any, server: RecordingServer) -> None:
    """`additionalProperties` with a schema is a rule for each value, which a fault names by its key."""
    numbers = documented.PostMapBody.from_dict({"a": 1})
    client.post_map(body=numbers)
    assert server.last.json == {"a": 1}
    numbers["b"], numbers["c"] = -1, "x"
    with pytest.raises(documented.InvalidRequestError) as error:
        client.post_map(body=numbers)
    names = [fault.field for fault in error.value.faults]
    assert names == ["body.additional_properties['b']", "body.additional_properties['c']"]


def test_any_json_can_be_sent_where_there_is_no_schema(documented: Any, client: Any, server: RecordingServer) -> None:
    """An object without properties holds any, and a body without a schema is any JSON."""
    client.post_free(body=documented.PostFreeBody.from_dict({"z": [1]}))
    client.post_anything(body=[1, {"a": None}])
    assert [request.json for request in server.requests] == [{"z": [1]}, [1, {"a": None}]]


def test_bodies_can_be_referred_to(client: Any, server: RecordingServer) -> None:
    """A request body is found behind two references."""
    client.delete_referred(name="x")
    assert (server.last.method, server.last.json) == ("DELETE", {"name": "x"})


def test_what_is_a_text_on_the_wire_only_is_sent_as_one(client: Any, server: RecordingServer) -> None:
    """A UUID, for instance."""
    server.respond_with(b"", status=204)
    client.put_identifier(body=UUID(int=3))
    assert server.last.body == b"00000000-0000-0000-0000-000000000003"
