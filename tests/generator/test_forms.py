"""Forms and uploads with an `encoding`, texts, files, several media types, and operations without responses."""

import io
from typing import Any
from urllib.parse import parse_qsl

import pytest

from generator.checks.validation import selected
from generator.document.document import Document, tokens
from generator.document.simplification import simplified
from tests.generator.conftest import Connect
from tests.generator.generation import DOCUMENTS
from tests.generator.recording_server import RecordingServer
from tests.generator.test_bodies import content, parts

DOCUMENT = "forms.yaml"


@pytest.fixture
def client(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client whose calls succeed."""
    server.respond_with(status=204)
    return connect(documented)


def test_fields_of_a_form_are_written_by_their_encoding(documented: Any, client: Any, server: RecordingServer) -> None:
    """An object is JSON, or a deepObject where the document says so; lists are repeated, joined or JSON."""
    address = documented.Address(city="Ulm & Co", zip_=None)
    client.post_form(
        name="a b",
        address=address,
        people=[address],
        filter_=documented.PostFormBodyFilter(from_=documented.Address(city="x"), ids=[1, 2]),
        ids=[1, 2],
        tags=["a", "b"],
        labels=["c", "d"],
    )
    assert server.last.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qsl(server.last.body.decode()) == [
        ("name", "a b"),
        ("address", '{"city":"Ulm & Co","zip":null}'),
        ("people", '{"city":"Ulm & Co","zip":null}'),
        ("filter[from][city]", "x"),
        ("filter[ids][0]", "1"),
        ("filter[ids][1]", "2"),
        ("ids", "1,2"),
        ("tags", "a|b"),
        ("labels", '["c","d"]'),
    ]


def test_a_field_that_could_not_be_read_back_is_refused(documented: Any, client: Any, server: RecordingServer) -> None:
    """A member that holds the separator is named, and nothing is sent."""
    with pytest.raises(documented.InvalidRequestError) as error:
        client.post_form(name="a", tags=["a|b"])
    assert [(fault.field, fault.rule) for fault in error.value.faults] == [
        ("tags[0]", "holds '|', which separates the members")
    ]
    assert server.requests == []


def test_further_fields_of_a_form_are_written_as_usual(client: Any, server: RecordingServer) -> None:
    """Lists are repeated, objects are JSON, and null is left out."""
    client.post_form(name="a", extra_body={"ids": [3, 4], "more": {"x": True}, "none": None})
    assert parse_qsl(server.last.body.decode()) == [("name", "a"), ("ids", "3"), ("ids", "4"), ("more", '{"x":true}')]


def test_parts_are_written_by_their_encoding(documented: Any, client: Any, server: RecordingServer) -> None:
    """A part has the media type and the headers of the document; each file of a list is a part."""
    address = documented.Address(city="x")
    client.post_upload(
        body=documented.PostUploadBody(
            files=[documented.File(io.BytesIO(b"1"), "1.txt", "text/plain"), documented.File(io.BytesIO(b"2"))],
            scan=documented.File(io.BytesIO(b"png"), "a.png"),
            about=address,
            people=[address, address],
            ids=[1, 2],
            title="t",
            data=address,
        )
    )
    assert [content(part) for part in parts(server.last)] == [
        ("files", "1.txt", "text/plain", b"1"),
        ("files", "file", "application/octet-stream", b"2"),
        ("scan", "a.png", "image/png", b"png"),
        ("about", None, "application/vnd.about+json", b'{"city": "x"}'),
        ("people", None, "application/json", b'{"city": "x"}'),
        ("people", None, "application/json", b'{"city": "x"}'),
        ("ids", None, "application/json", b"[1, 2]"),
        ("title", None, "text/markdown", b"t"),
        ("data[city]", None, "text/plain", b"x"),
    ]
    assert [part["x-kind"] for part in parts(server.last)] == [None, None, "scan", *[None] * 6]


def test_the_first_of_several_media_types_of_one_type_is_sent(
    documented: Any, client: Any, server: RecordingServer
) -> None:
    """Nothing tells them apart, and that is said."""
    client.post_shared(body=documented.Address(city="x"))
    assert (server.last.headers["content-type"], server.last.json) == ("application/json", {"city": "x"})


@pytest.mark.parametrize(("text", "sent"), [("abc", "text/plain"), ("ü", "text/plain; charset=utf-8")])
def test_a_text_is_a_body_of_its_own(client: Any, server: RecordingServer, text: str, sent: str) -> None:
    """It is sent in UTF-8, which is named where it matters."""
    client.post_text(body=text)
    assert (server.last.headers["content-type"], server.last.body.decode()) == (sent, text)


@pytest.mark.parametrize(
    ("operation", "media_type"),
    [
        ("post_xml", "application/xml"),
        ("post_lines", "application/x-ndjson"),
        ("post_bytes", "application/octet-stream"),
    ],
)
def test_what_the_client_does_not_write_is_sent_as_it_is(
    documented: Any, client: Any, server: RecordingServer, operation: str, media_type: str
) -> None:
    """The caller gives the bytes."""
    getattr(client, operation)(body=documented.File(io.BytesIO(b"<a/>")))
    assert (server.last.headers["content-type"], server.last.body) == (media_type, b"<a/>")


@pytest.mark.parametrize(
    ("operation", "media_type"),
    [("post_any", "application/json"), ("post_charset", "application/json; charset=utf-8")],
)
def test_json_under_other_names_is_json(
    documented: Any, client: Any, server: RecordingServer, operation: str, media_type: str
) -> None:
    """`*/*` with an object is JSON, and parameters of a media type are sent with it."""
    getattr(client, operation)(city="x")
    assert (server.last.headers["content-type"], server.last.json) == (media_type, {"city": "x"})


def test_null_is_a_body(client: Any, server: RecordingServer) -> None:
    """Where JSON can be null, None is sent as null."""
    client.post_nullable(body=None)
    assert (server.last.headers["content-type"], server.last.body) == ("application/json", b"null")


def test_any_method_can_have_a_body(documented: Any, client: Any, server: RecordingServer) -> None:
    """A GET sends one, if it is given."""
    client.search()
    client.search(body=documented.Address(city="x"))
    assert [(one.method, one.body) for one in server.requests] == [("GET", b""), ("GET", b'{"city":"x"}')]


def test_without_a_described_success_any_2xx_is_one(documented: Any, client: Any, server: RecordingServer) -> None:
    """It has no result; its body is in the whole response."""
    server.respond_with({"a": 1}, status=202)
    assert client.silent() is None
    whole = documented.api.default.silent.sync_detailed(client=client)
    assert (whole.status_code, whole.content, whole.parsed) == (202, b'{"a": 1}', None)
    assert client.failing() is None
    server.respond_with(status=404)
    with pytest.raises(documented.NotFoundError):
        client.failing()


def test_what_is_done_instead_is_said() -> None:
    """Each place where the client decides, or does otherwise than the document says."""
    document = Document.load(DOCUMENTS / DOCUMENT)
    found = [*selected(document).approximated, *simplified(document)[1]]
    assert {tokens(problem.pointer)[-1]: (problem.message, problem.instead) for problem in found} == {
        "filter": (
            "OpenAPI does not define members of a deepObject that are lists or objects",
            "they are written as `name[a][b]` and `name[a][0]`",
        ),
        "X-Rate": ("a part cannot be given the header 'X-Rate'", "it is not sent"),
        "application/xml": ("the client cannot encode 'application/xml'", "the caller gives the body already encoded"),
        "application/x-ndjson": (
            "the client cannot encode 'application/x-ndjson'",
            "the caller gives the body already encoded",
        ),
        "get": ("no response for a success is described", "any 2xx is one, without a result"),
        "put": ("no response for a success is described", "any 2xx is one, without a result"),
    }
