"""A second service: three operations with parameters of every kind, nested responses, two keys, two servers."""

import datetime
import importlib
import json
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordingServer

DOCUMENT = "queue.yaml"

JOB = {
    "status": "COMPLETED",
    "created_at": "2024-05-01T10:00:00Z",
    "size": {"width": 4096},
    "metrics": {"cost": 0.25, "remaining_credits": None, "queue": "fast"},
    "output": {"any": ["thing"]},
    "images": [{"url": "https://x.example/1", "file_size": None}, {"url": "https://x.example/2", "file_size": "12"}],
}


@pytest.fixture
def client(documented: Any, connect: Connect) -> Any:
    """A client with one of the two keys."""
    return connect(documented, api_key="k")


@pytest.fixture
def get_status(documented: Any) -> Any:
    """The module of an operation, with its conventional functions."""
    return importlib.import_module(f"{documented.__name__}.api.jobs.get_status")


def faults(error: pytest.ExceptionInfo[Any]) -> list[str]:
    """The fields named by an error."""
    return [fault.field for fault in error.value.faults]


def test_a_request_is_sent_as_documented(documented: Any, client: Any, server: RecordingServer) -> None:
    """Properties composed by `allOf`, nested objects, dates and defaults become one JSON body."""
    server.respond_with({"request_id": "r", "status": "QUEUED", "poll_url": "/r"}, status=202)
    client.submit_job(
        name="a",
        prompt="p",
        sizes=[documented.Size(width=1), documented.Size(width=2, height=None)],
        not_before=datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC),
        day=datetime.date(2024, 5, 2),
        parent=UUID(int=7),
        callback=None,
    )
    assert (server.last.method, server.last.path) == ("POST", "/v2/flux-schnell")
    assert server.last.json == {
        "name": "a",
        "prompt": "p",
        "sizes": [{"width": 1}, {"width": 2, "height": None}],
        "not_before": "2024-05-01T00:00:00+00:00",
        "day": "2024-05-02",
        "parent": "00000000-0000-0000-0000-000000000007",
        "priority": "low",
        "callback": None,
    }


def test_one_error_has_all_faults_of_a_request(documented: Any, client: Any, server: RecordingServer) -> None:
    """The error names every fault, members of lists by their index, and nothing is sent."""
    with pytest.raises(documented.InvalidRequestError) as error:
        client.submit_job(name="x" * 11, labels=["a", ""], sizes=[3], priority="mid", promt="p", day="today")
    assert faults(error) == ["name", "prompt", "sizes[0]", "labels[1]", "day", "priority", "promt"]
    assert "did you mean 'prompt'?" in str(error.value)
    assert server.requests == []


def test_nested_objects_are_checked_when_they_are_made(documented: Any) -> None:
    """A nested object that breaks a rule cannot be made."""
    with pytest.raises(documented.InvalidRequestError) as error:
        documented.Size(width=101, height=0)
    assert faults(error) == ["width", "height"]
    with pytest.raises(documented.InvalidRequestError, match="depth: 5 is out of range"):
        documented.JobRequestOptions(depth=5)


def test_an_object_of_a_response_is_checked_before_it_is_sent(documented: Any, client: Any) -> None:
    """An object from a response may break rules; where it is sent back, each fault is named by its path."""
    lenient = documented.Size.from_dict({"width": 4096, "height": 0})
    with pytest.raises(documented.InvalidRequestError) as error:
        client.submit_job(name="a", prompt="p", sizes=[documented.Size(width=1), lenient], main_size=lenient)
    assert faults(error) == ["sizes[1].width", "sizes[1].height", "main_size.width", "main_size.height"]


def test_a_response_is_read_into_nested_objects(documented: Any, client: Any, server: RecordingServer) -> None:
    """Dates are dates, lists hold objects, null is None, and what is missing is UNSET."""
    server.respond_with(JOB)
    job = client.get_job(id="r")
    assert job.created_at == datetime.datetime(2024, 5, 1, 10, tzinfo=datetime.UTC)
    assert (job.metrics.cost, job.metrics.remaining_credits) == (0.25, None)
    assert [image.file_size for image in job.images] == [None, "12"]
    assert job.output == {"any": ["thing"]}
    assert job.error is documented.UNSET


def test_responses_are_read_tolerantly(client: Any, server: RecordingServer) -> None:
    """Unknown properties, unknown values of an enum and values out of range are accepted."""
    server.respond_with({**JOB, "status": "PAUSED", "more": 1})
    job = client.get_job(id="r")
    assert (job.status, job.size.width, job["more"], job.metrics["queue"]) == ("PAUSED", 4096, 1, "fast")


def test_parameters_go_to_their_places(client: Any, server: RecordingServer) -> None:
    """Path, query and header each have their parameters; a list in the query is repeated."""
    server.respond_with({"status": "QUEUED"})
    client.get_status(id="a/b c", verbose=True, fields=["metrics", "images"], x_trace=3)
    assert server.last.path == "/v2/requests/a%2Fb%20c/status"
    assert server.last.query == [("verbose", "true"), ("fields", "metrics"), ("fields", "images")]
    assert server.last.headers["x-trace"] == "3"


def test_conventional_functions_do_the_same(get_status: Any, client: Any, server: RecordingServer) -> None:
    """`sync` and `sync_detailed` take parameters of the path by position, and send what the method sends."""
    server.respond_with({"status": "FAILED", "error": "broken"}, status=422)
    response = get_status.sync_detailed("r", client=client, x_trace=1)
    assert (response.status_code, response.parsed.error) == (422, "broken")
    server.respond_with({"status": "QUEUED"})
    assert get_status.sync("r", client=client).status == "QUEUED"
    assert {request.path for request in server.requests} == {"/v2/requests/r/status"}


async def test_asynchronous_functions_do_the_same(documented: Any, get_status: Any, server: RecordingServer) -> None:
    """`asyncio` and `asyncio_detailed` send and read the same with the other client."""
    server.respond_with({"status": "QUEUED"})
    transport = httpx.AsyncHTTPTransport(verify=False)
    async with documented.AsyncClient(api_key="k", base_url=server.url, transport=transport) as client:
        assert (await get_status.asyncio("r", client=client, x_trace=1)).status == "QUEUED"
        assert (await get_status.asyncio_detailed("r", client=client)).parsed.status == "QUEUED"
        assert (await client.get_status(id="r")).status == "QUEUED"
    assert [request.path for request in server.requests] == ["/v2/requests/r/status"] * 3


def test_conventional_functions_check_as_well(documented: Any, get_status: Any, client: Any) -> None:
    """A conventional function names all faults as well."""
    with pytest.raises(documented.InvalidRequestError) as error:
        get_status.sync("", client=client, fields=["metrics", "images", "logs"], x_trace=-1)
    assert faults(error) == ["id", "fields", "fields[2]", "x_trace"]


def test_a_status_has_an_error_for_each_of_its_meanings(documented: Any, client: Any, server: RecordingServer) -> None:
    """The same status raises another error where another component describes it."""
    server.respond_with({"error": "no"}, status=422)
    with pytest.raises(documented.UnprocessableError, match="the service says 'no'"):
        client.submit_job(name="a", prompt="p", sizes=[])
    server.respond_with({"status": "FAILED", "error": "broken"}, status=422)
    with pytest.raises(documented.UnprocessableEntityError) as error:
        client.get_status(id="r")
    assert (error.value.body.status, error.value.message, error.value.billed) == ("FAILED", "broken", False)


def test_headers_of_responses_are_typed(documented: Any, client: Any, server: RecordingServer) -> None:
    """A detailed response has typed headers, and an error the ID of the request."""
    submit = importlib.import_module(f"{documented.__name__}.api.jobs.submit_job")
    body = documented.JobRequest(name="a", prompt="p", sizes=[])
    queued = {"request_id": "r", "status": "QUEUED", "poll_url": "/r"}
    server.respond_with(queued, status=202, headers={"x-request-id": "q-1", "retry-after": "7"})
    response = submit.sync_detailed(client=client, body=body)
    assert (response.request_id, response.retry_after) == ("q-1", 7)
    server.respond_with({"error": "no"}, status=422, headers={"x-request-id": "q-2"})
    with pytest.raises(documented.UnprocessableError) as error:
        submit.sync(client=client, body=body)
    assert error.value.request_id == "q-2"


def test_either_key_will_do(
    documented: Any, connect: Connect, server: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two alternative keys, the first that the client has is sent; one of them can be in the environment."""
    server.respond_with({"status": "QUEUED"})
    connect(documented, bearer="b").get_status(id="r")
    assert (server.last.headers["authorization"], server.last.headers.get("x-api-key")) == ("Bearer b", None)
    monkeypatch.setenv("QUEUE_API_KEY", "e")
    connect(documented, bearer="b").get_status(id="r")
    assert (server.last.headers.get("authorization"), server.last.headers["x-api-key"]) == (None, "e")


def test_servers_are_listed(documented: Any) -> None:
    """Each server has its base URL, with the defaults of its variables."""
    assert [(one.url, one.description) for one in documented.SERVERS] == [
        ("https://api.example.com", "Production."),
        ("https://eu.example.com/base/", "Near you."),
    ]
    with documented.Client(api_key="k", base_url=documented.SERVERS[1].url) as client:
        assert client.base_url == "https://eu.example.com/base"


def test_a_request_survives_being_written_and_read(documented: Any) -> None:
    """`to_dict` and `from_dict` are each other's inverse, past JSON."""
    request = documented.JobRequest(name="a", prompt="p", sizes=[documented.Size(width=1)], parent=UUID(int=1))
    assert documented.JobRequest.from_dict(json.loads(json.dumps(request.to_dict()))) == request
