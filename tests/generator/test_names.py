"""Names and texts that Python, or the generated code, uses for something else."""

import datetime
import importlib
import inspect
import pkgutil
from typing import Any

import pytest

from generator.upstream.naming import error_class
from tests.generator.conftest import Connect
from tests.generator.generation import docs
from tests.generator.recording_server import RecordingServer

DOCUMENT = "names.yaml"

OWN = ("APIError", "AsyncClient", "Client", "DetailedResponse", "File", "StatusError", "Unset")


@pytest.fixture
def client(documented: Any, connect: Connect) -> Any:
    """A client of the service."""
    return connect(documented)


def test_every_module_can_be_imported(documented: Any) -> None:
    """No name and no text of the document breaks the code, and `__all__` has what is there, once."""
    for module in pkgutil.walk_packages(documented.__path__, f"{documented.__name__}."):
        importlib.import_module(module.name)
    assert all(hasattr(documented, name) for name in documented.__all__)
    assert len(set(documented.__all__)) == len(documented.__all__)


def test_texts_stay_as_they_are(documented: Any) -> None:
    """Docstrings and constants have quotes, backslashes, braces and non-ASCII letters as the document has them."""
    title = 'Names """ with \\ and {braces} {{ jinja }} {% if %} ☃'
    assert docs(documented).splitlines()[0] == title
    assert "And a backslash \\" in documented.__doc__
    assert docs(documented.Client).startswith(f"The blocking client of {title}.")
    assert documented.SERVERS[0].description == 'say "hi" \\ """'
    assert documented.__version__ == '2024-01-01 (beta) "x"'
    assert 'thing_id: A thing """ \\d (str' in docs(documented.Client.get_thing)


def test_an_odd_version_is_still_sent(client: Any, server: RecordingServer) -> None:
    """The version goes into the User-Agent, escaped where a header cannot hold it."""
    server.respond_with(status=204)
    client.aclose_operation()
    assert server.last.headers["user-agent"] == "names-client/2024-01-01%20%28beta%29%20%22x%22"


@pytest.mark.parametrize(
    ("argument", "place", "api_name"),
    [
        ("headers_query_", "query", "headers"),
        ("headers_query", "query", "headers_query"),
        ("params_query", "query", "params"),
        ("cookies_query", "query", "cookies"),
        ("body_query", "query", "body"),
        ("client_query", "query", "client"),
        ("url_query", "query", "url"),
        ("cast_query", "query", "cast"),
        ("json_dates_query", "query", "json_dates"),
        ("dates_item_query", "query", "dates_item"),
        ("same_query", "query", "same"),
        ("same_header", "headers", "same"),
        ("self_", "query", "self"),
        ("extra_body", "query", "extra_body"),
        ("request", "query", "request"),
        ("operation", "query", "operation"),
        ("errors", "query", "errors"),
        ("results", "query", "results"),
        ("from_", "query", "from"),
        ("id", "query", "id"),
        ("field_2fast", "query", "2fast"),
        ("größe", "query", "größe"),
        ("filtername", "query", "filter[name]"),
    ],
)
def test_a_parameter_keeps_its_name_in_the_request(
    client: Any, server: RecordingServer, argument: str, place: str, api_name: str
) -> None:
    """Keywords, builtins and names that the code needs are renamed in Python only."""
    server.respond_with({"thing": []})
    client.get_thing(thing_id="a", class_=1, **{argument: "v"})
    sent = dict(server.last.query) if place == "query" else server.last.headers
    assert sent[api_name] == "v"


def test_a_parameter_can_be_called_timeout(client: Any, server: RecordingServer) -> None:
    """The service's `timeout` is a parameter, and the client's option gets another name."""
    server.respond_with({"thing": []})
    moment = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
    client.get_thing(thing_id="a", class_=1, timeout=2.5, timeout_=5, datetime_=moment)
    assert dict(server.last.query) == {"timeout": "2.5", "datetime": "2024-05-01T00:00:00+00:00"}


def test_conventional_functions_take_odd_names_too(documented: Any, client: Any, server: RecordingServer) -> None:
    """A parameter of any name goes through `sync` and `sync_detailed`."""
    module = importlib.import_module(f"{documented.__name__}.api.things_more.get_thing")
    server.respond_with({"thing": ["t"]}, headers={"X-Limit": "1", "Limit": "2.5", "Status": "s", "X-Content": "c"})
    response = module.sync_detailed("a", 1, client=client, request="r", errors="e", results="x", headers_query_="h")
    assert response.parsed.thing == ["t"]
    assert dict(server.last.query) == {"headers": "h", "request": "r", "errors": "e", "results": "x"}


def test_headers_do_not_hide_what_a_response_has(documented: Any, client: Any, server: RecordingServer) -> None:
    """A header with the name of an attribute, or of another header, gets another name."""
    module = importlib.import_module(f"{documented.__name__}.api.things_more.get_thing")
    headers = {"X-Limit": "1", "Limit": "2.5", "Status": "s", "X-Content": "c", "X-Request-Id": "q", "Request-Id": "r"}
    server.respond_with({"thing": []}, headers=headers)
    response = module.sync_detailed("a", 1, client=client)
    assert (response.status_code, response.content, response.request_id) == (200, b'{"thing": []}', "q")
    assert (response.x_limit, response.limit, response.status_, response.content_, response.request_id_) == (
        1,
        2.5,
        "s",
        "c",
        "r",
    )


def test_a_property_keeps_its_name_in_json(documented: Any, client: Any, server: RecordingServer) -> None:
    """Each property of an object with odd names is sent and read under the document's name."""
    fields = {field.name: field.api_name for field in documented.models.close.FIELDS}
    texts = {
        name: api_name
        for name, api_name in fields.items()
        if api_name not in ("cast", "tags", "timeout", "datetime", "uuid")
    }
    server.respond_with({api_name: api_name for api_name in texts.values()})
    response = client.close_operation(**texts, timeout=3, tags=[])
    assert server.last.json == {**{api_name: api_name for api_name in texts.values()}, "timeout": 3, "tags": []}
    assert all(getattr(response, name) == api_name for name, api_name in texts.items())
    assert {"d", "cls", "self", "class", "with-dash", "名前", 'quo"te', "back\\slash", "_private", "1st"} <= {
        *texts.values()
    }


def test_variables_of_the_code_do_not_mix_with_properties(documented: Any) -> None:
    """A list and a property with the name of its loop variable are both kept."""
    close = documented.Close(tags=[documented.ClientModel(id=1)], tags_item_="t", cast_=["c"])
    sent = {"tags": [{"id": 1}], "tags_item": "t", "cast": ["c"]}
    assert close.to_dict() == sent
    assert documented.Close.from_dict(sent) == close


def test_operations_do_not_replace_what_a_client_does(documented: Any) -> None:
    """An operation with the name of a method of all clients gets another name."""
    assert documented.AsyncClient.aclose_operation is not documented.AsyncClient.aclose
    with documented.Client(base_url="http://127.0.0.1:1") as client:
        assert client.close() is None
        assert type(client.with_options(timeout=5)) is type(client)
    assert documented.Client.with_options_operation is not documented.Client.with_options


def test_schemas_do_not_replace_what_a_package_has(documented: Any) -> None:
    """A schema with a name that the package uses gets another one; all others keep theirs."""
    assert all(hasattr(documented, f"{name}Model") for name in OWN if name not in ("AsyncClient",))
    assert all(inspect.isclass(getattr(documented, name)) for name in OWN)
    assert {"Image", "Request", "Headers", "Error", "Response", "Settings", "Operation"} <= {*documented.__all__}
    assert isinstance(documented.Everything(client=documented.ClientModel(id=1)), documented.Everything)


def test_a_result_does_not_replace_a_schema(documented: Any, client: Any, server: RecordingServer) -> None:
    """Where a schema has the name of the result of an operation, the result gets another name."""
    server.respond_with(b"no image", content_type="image/png")
    with pytest.raises(documented.InvalidImageError):
        client.create_user(name="x")
    assert {"CreateUserResult", "CreateUserResult_", "CreateUserResponse_"} <= {*documented.__all__}


def test_a_schema_does_not_replace_what_a_module_uses(documented: Any, client: Any, server: RecordingServer) -> None:
    """A schema `Result` is read by a function of its own, which is not the one that reads files."""
    server.respond_with({"ok": True})
    assert client.list_results() == documented.Result(ok=True)


def test_an_error_does_not_replace_a_schema(documented: Any, client: Any, server: RecordingServer) -> None:
    """Where a schema has the name of the error of a response, the error gets another name."""
    server.respond_with({"message": "gone"}, status=404)
    with pytest.raises(documented.NotFoundStatusError, match="the service says 'gone'") as error:
        client.get_thing(thing_id="a", class_=1)
    assert isinstance(error.value.body, documented.NotFoundError)
    server.respond_with({"error": {"message": "m", "code": None}}, status=409)
    with pytest.raises(documented.ConflictError) as conflict:
        client.get_thing(thing_id="a", class_=1)
    assert isinstance(conflict.value.body, documented.Error)


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("413", "RequestEntityTooLargeError"),
        ("414", "RequestURITooLongError"),
        ("416", "RequestedRangeNotSatisfiableError"),
        ("422", "UnprocessableEntityError"),
    ],
)
def test_an_error_has_the_same_name_on_each_python(status: str, name: str) -> None:
    """Python 3.13 calls some statuses otherwise than 3.11: a package does not depend on which of them generates it."""
    assert error_class(None, status, ()) == name


@pytest.mark.parametrize("value", ["a b", "c-d", 'e"f', "g\\h", "{i}", "☃", "", "1", "x\ny"])
def test_an_enum_can_have_any_value(documented: Any, client: Any, server: RecordingServer, value: str) -> None:
    """Spaces, quotes, backslashes, braces, line ends and the empty text are values like any other."""
    server.respond_with({"odd": value})
    assert client.import_(odd=value).odd == value
    assert server.last.json["odd"] == value
    with pytest.raises(documented.InvalidRequestError, match="odd"):
        client.import_(odd=f"{value}!")


def test_a_default_and_a_constant_can_be_any_text(client: Any, server: RecordingServer) -> None:
    """Quotes and backslashes are sent as the document has them."""
    server.respond_with({})
    client.import_(fixed='it\'s "x" \\')
    assert (server.last.json["said"], server.last.json["fixed"]) == ('it\'s "x" \\ {y}', 'it\'s "x" \\')


def test_enums_keep_the_order_of_the_document(documented: Any) -> None:
    """The values of a type are in the order of the document."""
    assert documented.EverythingNumber.__args__ == (3, 1, 2)
