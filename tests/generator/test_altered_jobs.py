"""The real document with another `x-job`, or none: the handle follows, and nothing is left of it without one."""

import importlib
import inspect
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import generate
import pytest
from attrs import define, field

from tests.client.images import jpeg
from tests.generator.conftest import Generate
from tests.generator.generation import altered, docs
from tests.generator.queues import ImageHost, Queue, as_json
from tests.generator.recording_server import RecordedRequest, RecordingServer, Response, running

HOSTILE = ['it\'s """on"""', "back\\slash", "two\nlines", "{{ 7 * 7 }}", "{% raw %}", "#", "ünïcode", ""]
DONE, BROKEN = 'all "done"', "'''broken'''"


def change(document: Any) -> None:
    """Give the job other names, states, places and times."""
    components, paths = document["components"], document["paths"]
    paths["/v9/orders"] = paths.pop("/v2/flux-schnell")
    paths["/v9/orders"]["post"]["operationId"] = "placeOrder"
    components["parameters"]["RequestId"]["name"] = "ticket"
    paths["/v9/tickets/{ticket}"] = paths.pop("/v2/requests/{request_id}")
    paths["/v9/tickets/{ticket}/state"] = paths.pop("/v2/requests/{request_id}/status")
    queued = components["responses"]["Queued"]
    for link in queued["links"].values():
        link["parameters"] = {"ticket": "$response.body#/request_id"}
    for name in ("JobStatus", "JobResult"):
        properties = components["schemas"][name]["properties"]
        properties["phase"] = {**properties.pop("status"), "enum": [*HOSTILE, DONE, BROKEN]}
        components["schemas"][name]["required"] = ["phase"]
    queued["x-job"].update(
        {
            "name": "FluxOrder",
            "state": "/phase",
            "active": HOSTILE,
            "done": [DONE],
            "failed": [BROKEN],
            "gone": [404, 500],
            "poll-seconds": 0.05,
            "timeout-seconds": 45,
            "image": "/output",
            "image-key": True,
            "reports": {
                "cost": "/metrics/cost",
                "queue-time": "/metrics/queue_time",
                "starts": "/metrics/retry_count",
                "seed": "/seed",
            },
        }
    )
    del queued["x-job"]["record-seconds"], queued["x-job"]["image-seconds"]
    components["responses"]["Image"]["headers"]["x-report"] = {"schema": {"type": "string"}}


def without_job(document: Any) -> None:
    """Take the job out of the document, but not its operations and links."""
    del document["components"]["responses"]["Queued"]["x-job"]


@define
class Orders(Queue):
    """The service that the changed document describes."""

    states: list[Any] = field(factory=lambda: [*HOSTILE, DONE])

    def response_to(self, request: RecordedRequest) -> Response:
        """The response of the service."""
        if (request.method, request.path) == ("POST", "/v9/orders"):
            return as_json(200, {"request_id": "t-1", "status": "whatever"})
        if request.path == "/v9/tickets/t-1/state":
            state = self.moved_on()
            return as_json(422 if state == BROKEN else 200, {"phase": state, "error": "no brush"})
        metrics = {"cost": 0.016, "queue_time": 2.5, "retry_count": 3}
        return as_json(
            200, {"phase": DONE, "output": f"{self.host}/a?b=c", "seed": "-5", "metrics": metrics, "error": None}
        )


@pytest.fixture(scope="module")
def package(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the changed document."""
    return generated(altered(change, tmp_path_factory.mktemp("orders") / "orders.yaml"))


@pytest.fixture(scope="module")
def plain(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the document without its job."""
    return generated(altered(without_job, tmp_path_factory.mktemp("plain") / "plain.yaml"))


@pytest.fixture
def host() -> Iterator[ImageHost]:
    """The host of the images."""
    with running(ImageHost) as server:
        server.image = Response(200, {"content-type": "image/jpeg", "x-cost": "9"}, jpeg())
        yield server


@pytest.fixture
def orders(host: ImageHost) -> Iterator[Orders]:
    """The service."""
    with running(Orders) as server:
        server.host = host.url
        yield server


def test_the_handle_follows_the_document(package: Any, orders: Orders, host: ImageHost) -> None:
    """Names, paths, states, pointers and reports are those of the changed document, without a line of Python."""
    with package.Client(api_key="SG_0", base_url=orders.url) as client:
        job = client.place_order(prompt="a fox")
        assert isinstance(job, package.FluxOrder)
        image = job.wait()
    assert (image.report.metrics.queue_time, image.report_) == (2.5, None)
    assert [request.path for request in orders.requests[1:-1]] == ["/v9/tickets/t-1/state"] * (len(HOSTILE) + 1)
    assert orders.requests[-1].path == "/v9/tickets/t-1"
    assert isinstance(image, package.GenerateImageResult)
    assert (image.cost, image.seed, image.request_id) == (Decimal("0.016"), -5, "t-1")
    assert (image.queue_time, image.starts, image.generation_time) == (Decimal("2.5"), 3, None)
    assert (host.requests[0].target, host.requests[0].headers["x-api-key"]) == ("/a?b=c", "SG_0")


async def test_the_asynchronous_handle_follows_too(package: Any, orders: Orders) -> None:
    """A failure is known by its state, and a status of `gone` by the document."""
    orders.states = [HOSTILE[0], BROKEN]
    async with package.AsyncClient(api_key="SG_0", base_url=orders.url, route="queue") as client:
        with pytest.raises(package.JobFailedError, match="no brush") as error:
            await client.generate_image(prompt="a fox")
    assert (error.value.state, error.value.status_code, error.value.job_id) == (BROKEN, 422, "t-1")


def test_states_are_written_as_they_are(package: Any) -> None:
    """Quotes, backslashes, line ends and the signs of the templates are text."""
    spec = importlib.import_module(f"{package.__name__}.jobs").FLUX_ORDER
    assert (spec.active, spec.done, spec.failed) == (tuple(HOSTILE), (DONE,), (BROKEN,))
    assert (spec.poll, spec.timeout, spec.record_seconds, spec.gone) == (0.05, 45, None, (404, 500))
    assert "{{ 7 * 7 }}" in docs(package.FluxOrder)


def test_without_a_job_nothing_is_left_of_it(plain: Any, tmp_path: Path) -> None:
    """The operations stay, each a call by itself, and clients have no routes."""
    folder = Path(plain.__file__).parent
    assert not (folder / "jobs.py").exists()
    assert "JobResult" in plain.__all__
    assert not [name for name in plain.__all__ if name.endswith("ImageJob")]
    for client in (plain.Client, plain.AsyncClient):
        assert {"submit_image", "submit_many", "get_request_status", "get_request_result"} <= {*dir(client)}
        assert not hasattr(client, "image_job")
        assert "route" not in inspect.signature(client).parameters
    assert inspect.signature(plain.Client.submit_image).return_annotation == "QueuedJob"
    reference = (folder.parent / "API.md").read_text(encoding="utf-8")
    assert not [word for word in ("ImageJob", "route") if word in reference]


def test_without_a_job_an_order_gives_what_the_service_says(plain: Any, server: RecordingServer) -> None:
    """The body of the response is the result."""
    server.respond_with({"request_id": "r", "status": "QUEUED"})
    with plain.Client(api_key="SG_0", base_url=server.url) as client:
        assert client.submit_image(prompt="a fox").request_id == "r"


CLASHES = {
    "QueuedJob": "a class QueuedJob",
    "GenerateImageResult": "a class GenerateImageResult",
    "NotFoundError": "a class NotFoundError",
    "JobFailedError": "a class JobFailedError",
    "Budget": "a class Budget",
    "Client": "a class AsyncClient",
    "Batch": "a class Batch",
    "Warning": "a class Warning",
    "GenerateImage": "a method generate_image",
    "GenerateMany": "a method generate_many",
    "GenerateImageToFile": "a method generate_image_to_file",
    "Close": "a method close",
    "AsyncImageJob": "a class AsyncImageJob",
}
"""Names that a job cannot have, each with what the package has of that name already."""


def test_a_job_cannot_take_the_name_of_something_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All such names are refused at once, each with its place."""

    def turn(document: Any) -> None:
        for name in CLASHES:
            another_job(document, name)

    path = altered(turn, tmp_path / "clashes.yaml")
    assert generate.main(["--spec", str(path), "--output", str(tmp_path / "package"), "--strict"]) == 3
    problems = capsys.readouterr().err.splitlines()
    for name, taken in CLASHES.items():
        (found,) = [problem for problem in problems if f"the job '{name}' needs {taken}, " in problem]
        assert found.endswith(f"(at /paths/~1v3~1{name}/post/responses/200/x-job/name)")


def test_a_key_cannot_take_the_name_of_the_route(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where clients have a parameter for the route, no key can be called so."""

    def turn(document: Any) -> None:
        document["components"]["securitySchemes"]["route"] = {"type": "http", "scheme": "bearer"}

    path = altered(turn, tmp_path / "route.yaml")
    assert generate.main(["--spec", str(path), "--output", str(tmp_path / "package"), "--strict"]) == 3
    assert "the key 'route' has the name of the clients' parameter for the route" in capsys.readouterr().err


def another_job(document: Any, name: str) -> None:
    """Let a further operation start a job, of which no other operation knows."""
    queued = document["components"]["responses"]["Queued"]
    job = {key: value for key, value in queued["x-job"].items() if key != "instead-of"}
    operation = {**document["paths"]["/v2/flux-schnell"]["post"], "operationId": f"order{name}"}
    operation["responses"] = {**operation["responses"], "200": {**queued, "x-job": {**job, "name": name}}}
    document["paths"][f"/v3/{name}"] = {"post": operation}


def test_two_jobs_have_two_handles(generated: Generate, tmp_path: Path) -> None:
    """Each has its classes and its method, and only the one with `instead-of` has the results of another operation."""
    package = generated(altered(lambda document: another_job(document, "Draft"), tmp_path / "two.yaml"))
    assert {"ImageJob", "AsyncImageJob", "ImageJobResult", "Draft", "AsyncDraft", "DraftResult"} <= {*package.__all__}
    assert not issubclass(package.DraftResult, package.GenerateImageResult)
    assert package.DraftResult.remaining_credits.__doc__.startswith("Credits left in the account after the job.")
    assert {"image_job", "draft", "submit_image", "order_draft"} <= {*dir(package.Client)}
    jobs = importlib.import_module(f"{package.__name__}.jobs")
    assert (jobs.IMAGE_JOB.program, jobs.DRAFT.program) == ("python -m two_client collect", "")
