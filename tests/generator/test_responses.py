"""Responses: the meaning of statuses, and how content types and headers are read."""

import datetime
import importlib
from decimal import Decimal
from typing import Any

import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordingServer

DOCUMENT = "responses.yaml"


@pytest.fixture
def client(documented: Any, connect: Connect) -> Any:
    """A client of the service."""
    return connect(documented)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (404, "NotFoundError"),
        (418, "RefusedError"),
        (499, "RefusedError"),
        (206, "OtherStatusError"),
        (204, "OtherStatusError"),
        (302, "OtherStatusError"),
    ],
)
def test_the_most_specific_description_of_a_status_counts(
    documented: Any, client: Any, server: RecordingServer, status: int, name: str
) -> None:
    """A status has precedence over its range, and both over the default."""
    server.respond_with(b"", status=status)
    with pytest.raises(documented.StatusError) as error:
        client.list_items()
    assert type(error.value).__name__ == name


def test_what_is_not_described_is_undocumented(documented: Any, client: Any, server: RecordingServer) -> None:
    """Without a default, a status that is not described raises `UndocumentedStatusError`."""
    server.respond_with(b"", status=400)
    with pytest.raises(documented.UndocumentedStatusError):
        client.make_item()


def test_errors_know_what_the_document_says(documented: Any, client: Any, server: RecordingServer) -> None:
    """An error has body, message and meaning, and says whether the call was billed."""
    server.respond_with({"title": "full"}, status=418)
    with pytest.raises(documented.RefusedError, match="Refused: the service says 'full'; not billed") as error:
        client.list_items()
    assert (error.value.body.title, error.value.documented) == ("full", ("4XX",))


def test_a_failure_of_another_shape_is_still_its_error(documented: Any, client: Any, server: RecordingServer) -> None:
    """A page in place of the documented JSON is kept as text."""
    server.respond_with(b"<h1>no</h1>", status=303, content_type="text/html")
    with pytest.raises(documented.OtherStatusError) as error:
        client.list_items()
    assert (error.value.body, error.value.text) == (None, "<h1>no</h1>")


def test_a_failure_that_is_not_as_documented_leaves_the_outcome_unknown(
    documented: Any, client: Any, server: RecordingServer
) -> None:
    """A 5xx with a page in place of the documented JSON is from a gateway."""
    server.respond_with(b"<h1>down</h1>", status=503, content_type="text/html")
    with pytest.raises(documented.GatewayError) as error:
        client.list_items()
    assert (error.value.billed, error.value.text) == (None, "<h1>down</h1>")


def test_several_successes_have_results_of_their_own(documented: Any, client: Any, server: RecordingServer) -> None:
    """One success has an object, another has nothing."""
    server.respond_with({"name": "x"}, status=201)
    assert client.make_item().name == "x"
    server.respond_with(b"", status=202)
    assert client.make_item() is None


def test_one_component_is_one_error(documented: Any, client: Any, server: RecordingServer) -> None:
    """Two statuses that refer to one component raise one class, which names both."""
    for status in (409, 420):
        server.respond_with({"name": "x"}, status=status, headers={"retry-after": "5"})
        with pytest.raises(documented.TakenError) as error:
            client.make_item()
        assert (error.value.body.name, error.value.retry_after) == ("x", 5)
    assert documented.TakenError.documented == ("409", "420")


def test_an_inline_response_is_named_for_its_status(documented: Any, client: Any, server: RecordingServer) -> None:
    """A failure without a component is named for its status, and may share it with others."""
    server.respond_with({"title": "yours"}, status=409)
    with pytest.raises(documented.ConflictError, match="Taken by you: the service says 'yours'"):
        client.success_range()


def test_a_range_of_failures_has_one_error(documented: Any, client: Any, server: RecordingServer) -> None:
    """A text is read as one, for any status of the range."""
    server.respond_with(b"maintenance", status=502, content_type="text/plain")
    with pytest.raises(documented.Status5XXError) as error:
        client.make_item()
    assert error.value.body == "maintenance"


def test_the_default_is_a_success_where_no_other_is(documented: Any, client: Any, server: RecordingServer) -> None:
    """A default alone describes both: 2XX gives the result, anything else is an error with the same body."""
    server.respond_with({"name": "x"}, status=203)
    assert client.only_default().name == "x"
    server.respond_with({"name": "y"}, status=500)
    with pytest.raises(documented.OtherStatusError) as error:
        client.only_default()
    assert error.value.body.name == "y"


def test_a_range_of_successes_is_a_success(client: Any, server: RecordingServer) -> None:
    """Any status of `2XX` gives the result, and a text is a text, whatever its schema says."""
    server.respond_with(b"7", status=207, content_type="text/plain")
    assert client.success_range() == "7"


def test_head_has_no_body(documented: Any, client: Any, server: RecordingServer) -> None:
    """The body of a response to HEAD is not read; its headers are."""
    server.respond_with({"name": "x"}, headers={"X-Size": "12"})
    assert client.is_there() is None
    module = importlib.import_module(f"{documented.__name__}.api.default.is_there")
    assert module.sync_detailed(client=client).size == 12


def test_headers_have_types(documented: Any, client: Any, server: RecordingServer) -> None:
    """A header is read by its schema, and is None where it is missing or has a value of another type."""
    module = importlib.import_module(f"{documented.__name__}.api.default.list_items")
    server.respond_with([], headers={"X-Total": "3", "X-Ratio": "0.50", "X-Cached": "true", "X-Next": "abc"})
    response = module.sync_detailed(client=client)
    assert (response.total, response.ratio, response.cached, response.next_) == (3, Decimal("0.50"), True, "abc")
    server.respond_with([], headers={"X-Total": "many"})
    response = module.sync_detailed(client=client)
    assert (response.total, response.ratio, response.cached, response.next_) == (None, None, None, None)


def test_json_is_requested_where_the_service_has_more(client: Any, server: RecordingServer) -> None:
    """Of several content types the first is requested and read; a single one need not be requested."""
    server.respond_with([{"name": "x"}])
    assert [item.name for item in client.list_items()] == ["x"]
    assert server.last.headers["accept"] == "application/json"
    server.respond_with([])
    client.get_nested()
    assert server.last.headers["accept"] == "*/*"


def test_another_content_type_is_an_invalid_response(documented: Any, client: Any, server: RecordingServer) -> None:
    """A success that the client cannot read is an error with the bytes."""
    server.respond_with(b"<items/>", content_type="application/xml")
    with pytest.raises(documented.InvalidResponseError) as error:
        client.list_items()
    assert error.value.content == b"<items/>"


@pytest.mark.parametrize("body", [{"name": "x"}, ["x"], [{}], 3, None])
def test_json_of_another_shape_is_an_invalid_response(
    documented: Any, client: Any, server: RecordingServer, body: object
) -> None:
    """Anything but a list of objects with names is an error."""
    server.respond_with(body)
    with pytest.raises(documented.InvalidResponseError):
        client.list_items()


def test_files_are_results_with_their_bytes(documented: Any, client: Any, server: RecordingServer) -> None:
    """Each success with a file has a class; a range such as `image/*` is obeyed, and another type is an error."""
    for kind in ("application/pdf", "image/tiff"):
        server.respond_with(b"bytes", content_type=f"{kind}; q=1")
        result = client.get_file()
        assert (type(result).__name__, result.content, result.media_type) == ("GetFileResult", b"bytes", kind)
    server.respond_with(b"part", status=206, content_type="application/octet-stream")
    assert type(client.get_file()).__name__ == "GetFile206Result"
    server.respond_with(b"text", content_type="text/plain")
    with pytest.raises(documented.InvalidResponseError):
        client.get_file()


def test_a_failure_can_have_a_file(documented: Any, client: Any, server: RecordingServer) -> None:
    """The body of a documented failure is read as a file as well."""
    server.respond_with(b"why", status=400, content_type="application/octet-stream")
    with pytest.raises(documented.BadRequestError) as error:
        client.get_file()
    assert error.value.body.payload.read() == b"why"


def test_an_image_that_the_client_cannot_check_is_a_file(client: Any, server: RecordingServer) -> None:
    """An image in a format that the client does not know is not checked."""
    server.respond_with(b"<svg/>", content_type="image/svg+xml")
    assert client.get_image().content == b"<svg/>"


def test_json_need_not_be_an_object(client: Any, server: RecordingServer) -> None:
    """Strings, nested lists, dates in them and JSON without a schema are read by their types."""
    server.respond_with("text")
    assert client.get_string() == "text"
    server.respond_with([["2024-05-01"], []])
    assert client.get_nested() == [[datetime.date(2024, 5, 1)], []]
    server.respond_with({"any": [1, None]})
    assert client.get_anything() == {"any": [1, None]}


def test_any_content_type_with_an_object_is_json(client: Any, server: RecordingServer) -> None:
    """`*/*` with the schema of an object is read as JSON."""
    server.respond_with({"name": "x"})
    assert client.get_spring().name == "x"


def test_maps_hold_objects(client: Any, server: RecordingServer) -> None:
    """`additionalProperties` are read by their schema."""
    server.respond_with({"a": {"name": "x"}})
    assert client.get_map()["a"].name == "x"


def test_responses_are_not_checked(documented: Any, client: Any, server: RecordingServer) -> None:
    """Unknown values of an enum or a constant, broken bounds and unknown properties are accepted."""
    server.respond_with({"name": "x", "state": "lost", "version": 2, "note": "too long", "extra": [1]})
    item = client.get_spring()
    assert (item.state, item.version, item.note, item["extra"], item.made) == (
        "lost",
        2,
        "too long",
        [1],
        documented.UNSET,
    )


def test_what_http_gives_no_body_has_none(documented: Any, client: Any, server: RecordingServer) -> None:
    """A 204, whatever the document describes there: no service can send it."""
    server.respond_with(b"", status=204)
    assert client.get_bodiless() is None
    server.respond_with({"name": "a"})
    assert client.get_bodiless() == documented.models.Item(name="a")
