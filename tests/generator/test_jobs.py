"""Handles of jobs that follow from `links` and `x-job` alone: two other queues, driven over loopback."""

import copy
import importlib
import inspect
import pickle
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from tests.client.images import jpeg, png
from tests.generator.conftest import Generate
from tests.generator.generation import DOCUMENTS, docs
from tests.generator.queues import ImageHost, LocatedQueue, NumberedQueue, Queue
from tests.generator.recording_server import Response, running

Opened = Callable[..., Awaitable[Any]]
T = TypeVar("T")


async def settled(value: T | Awaitable[T]) -> T:
    """The result of a method: that of an asynchronous client is awaited."""
    return await cast("Awaitable[T]", value) if inspect.isawaitable(value) else value


@pytest.fixture(scope="module")
def numbered(generated: Generate) -> Any:
    """The package of a queue whose states are numbers."""
    return generated(DOCUMENTS / "numbered_jobs.yaml")


@pytest.fixture(scope="module")
def located(generated: Generate) -> Any:
    """The package of a queue that responds with an address."""
    return generated(DOCUMENTS / "located_jobs.yaml")


@pytest.fixture
def host() -> Iterator[ImageHost]:
    """The host of the images."""
    with running(ImageHost) as server:
        yield server


@pytest.fixture
def painter(host: ImageHost) -> Iterator[NumberedQueue]:
    """The queue whose states are numbers."""
    with running(NumberedQueue) as server:
        server.host = host.url
        yield server


@pytest.fixture
def draughtsman(host: ImageHost) -> Iterator[LocatedQueue]:
    """The queue that responds with an address."""
    host.image = Response(200, {"content-type": "image/png"}, png())
    with running(LocatedQueue) as server:
        server.host = host.url
        yield server


@pytest.fixture(params=["Client", "AsyncClient"])
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[Opened]:
    """Opens clients of both kinds, which are closed at the end."""
    with ExitStack() as blocking:
        async with AsyncExitStack() as asynchronous:

            async def client(package: Any, queue: Queue, **options: Any) -> Any:
                path = {"numbered_jobs_client": "/v2", "located_jobs_client": "/api/v1"}[package.__name__]
                made = getattr(package, request.param)(base_url=f"{queue.url}{path}", **options)
                if request.param == "Client":
                    return blocking.enter_context(made)
                return await asynchronous.enter_async_context(made)

            yield client


async def test_a_painting_is_ordered_and_collected(
    numbered: Any, opened: Opened, painter: NumberedQueue, host: ImageHost
) -> None:
    """Numbers as states and as id: the handle asks until the state is one of `done`, and fetches the image."""
    client = await opened(numbered, painter, token="t")
    job = await settled(client.order_painting(text="a fox", w=16, h=16))
    assert isinstance(job, (numbered.Painting, numbered.AsyncPainting))
    assert (job.request_id, job.record_expires_at) == ("17", None)
    image = await settled(job.wait())
    assert isinstance(image, numbered.PaintingResult)
    assert (image.content, image.width, image.warnings) == (jpeg(16, 16), 16, ())
    assert (image.cost, image.seed, image.minutes_waited) == (Decimal("0.125"), 2**53 + 1, Decimal("0.5"))
    assert (image.request_id, image.report.task.state, image.report.bill.amount) == ("17", 2, 0.125)
    assert painter.orders == [{"text": "a fox", "w": 16, "h": 16}]
    assert [request.target for request in painter.requests] == ["/v2/paintings", *["/v2/paintings/17"] * 3]
    (fetched,) = host.requests
    assert (fetched.method, fetched.target, fetched.headers.get("authorization")) == ("GET", "/a.jpg", None)


async def test_states_are_told_as_the_service_writes_them(
    numbered: Any, opened: Opened, painter: NumberedQueue
) -> None:
    """Numbers stay numbers, and a state of failure is told without an error."""
    painter.states = [0, 1, 5, 9]
    client = await opened(numbered, painter, token="t")
    job = client.painting("17")
    assert [await settled(job.status()) for _ in range(4)] == [0, 1, 5, 9]


@pytest.mark.parametrize("state", [-1, 9])
async def test_a_failed_painting_says_why(
    numbered: Any, opened: Opened, painter: NumberedQueue, host: ImageHost, state: int
) -> None:
    """A failure is known by its state: the status of its response is 200."""
    painter.states = [1, state]
    budget = numbered.Budget(max_credits="1")
    client = await opened(numbered, painter, token="t", budget=budget)
    job = await settled(client.order_painting(text="a fox"))
    assert budget.credits == Decimal("0.25")
    with pytest.raises(numbered.JobFailedError, match="the paint has dried") as error:
        await settled(job.wait())
    assert (error.value.state, error.value.billed, error.value.request_id) == (state, False, "17")
    assert (budget.credits, host.requests) == (0, [])


async def test_a_painting_that_is_gone(numbered: Any, opened: Opened, painter: NumberedQueue) -> None:
    """The statuses of `gone` mean that the record has expired; another 404 is what the document says."""
    painter.is_gone = True
    client = await opened(numbered, painter, token="t")
    with pytest.raises(numbered.JobExpiredError) as error:
        await settled(client.painting("17").wait())
    assert (error.value.status_code, error.value.job_id, error.value.billed) == (410, "17", None)
    with pytest.raises(numbered.NotPaidError, match="no such painting") as unknown:
        await settled(client.painting("18").result())
    assert unknown.value.job_id == "18"


async def test_a_painting_that_takes_too_long(numbered: Any, opened: Opened, painter: NumberedQueue) -> None:
    """The error names state and id, and how to collect the image."""
    painter.states = [1]
    client = await opened(numbered, painter, token="t")
    job = await settled(client.order_painting(text="a fox"))
    with pytest.raises(numbered.JobTimeoutError) as error:
        await settled(job.wait(timeout=0.3))
    assert (error.value.state, error.value.job_id, error.value.billed) == (1, "17", None)
    assert "collect it with `client.painting('17')`" in str(error.value)
    assert "python -m" not in str(error.value)


async def test_a_painting_is_collected_elsewhere(
    numbered: Any, opened: Opened, painter: NumberedQueue, host: ImageHost
) -> None:
    """A handle is pickled without client and key, and collected by another client, once or twice."""
    first = await opened(numbered, painter, token="t")
    pickled = pickle.dumps(await settled(first.order_painting(text="a fox", w=16, h=16)))
    assert b"Bearer" not in pickled
    copied = pickle.loads(pickled)
    with pytest.raises(numbered.ConfigurationError, match=r"client\.painting\(job\)"):
        await settled(copied.wait())
    second = await opened(numbered, painter, token="t")
    image = await settled(second.painting(copied).wait())
    assert image.request.json["text"] == "a fox"
    assert (await settled(second.painting(copied.request_id).result())).content == image.content
    assert len(painter.orders) == 1


def test_a_queue_without_another_route_has_no_routes(numbered: Any) -> None:
    """A document without `instead-of` has clients without `route`."""
    for client in (numbered.Client, numbered.AsyncClient):
        assert "route" not in inspect.signature(client).parameters
        assert "route" not in docs(client)
        with pytest.raises(TypeError, match="route"):
            client(token="t", route="queue")


async def test_an_address_leads_to_the_job(
    located: Any, opened: Opened, draughtsman: LocatedQueue, host: ImageHost
) -> None:
    """Of an address in a header, the id is read by the path of the link; it stays as the service means it."""
    for number, location in enumerate(("/api/v1/orders/a%2Fb%20{number}", "{url}/api/v1/orders/a%2Fb%20{number}"), 1):
        draughtsman.location = location
        client = await opened(located, draughtsman, key="k")
        job = await settled(client.order_drawing(prompt="a fox", height=8))
        assert job.request_id == f"a/b {number}"
        assert job.record_expires_at is not None
        image = await settled(job.wait())
        assert isinstance(image, located.DrawingOrderResult)
        assert isinstance(image, located.DrawResult)
        assert (image.content, image.media_type, image.warnings) == (png(), "image/png", ())
        assert (image.charged, image.request_id, image.balance) == (Decimal("0.250"), f"a/b {number}", None)
        assert image.report.charged == "0.250"
    assert {request.headers.get("x-key") for request in host.requests} == {None}


@pytest.mark.parametrize(
    "location",
    [
        None,
        "https://elsewhere.example/api/v1/orders/1",
        "{url}/api/v1/orders/1/drawing",
        "{url}/api/v2/orders/1",
        "//elsewhere.example/api/v1/orders/1",
        "/api/v1/orders/",
    ],
)
async def test_an_address_that_leads_elsewhere_is_not_followed(
    located: Any, opened: Opened, draughtsman: LocatedQueue, location: str | None
) -> None:
    """The order may be billed, and the error says where its id was expected: nothing else is requested."""
    draughtsman.location = location
    client = await opened(located, draughtsman, key="k")
    with pytest.raises(located.InvalidResponseError, match=r"\$response.header.Location") as error:
        await settled(client.order_drawing(prompt="a fox"))
    assert error.value.billed is True
    assert [request.path for request in draughtsman.requests] == ["/api/v1/orders"]


async def test_a_broken_drawing(located: Any, opened: Opened, draughtsman: LocatedQueue) -> None:
    """A state of failure ends the job; states with quotes in them are states like any others."""
    draughtsman.states = ["it's waiting", "broken"]
    client = await opened(located, draughtsman, key="k")
    job = await settled(client.order_drawing(prompt="a fox"))
    assert await settled(job.status()) == "it's waiting"
    with pytest.raises(located.JobFailedError, match="out of ink"):
        await settled(job.wait())


async def test_the_call_goes_over_the_queue(
    located: Any, opened: Opened, draughtsman: LocatedQueue, tmp_path: Path
) -> None:
    """With `route="queue"` the operation that the job stands in for has the same methods and results."""
    budget = located.Budget(max_credits="5")
    client = await opened(located, draughtsman, key="k", route="queue", budget=budget)
    image = await settled(client.draw(prompt="a fox", height=8))
    assert isinstance(image, located.DrawResult)
    assert (image.charged, image.request_id) == (Decimal("0.250"), "a/b 1")
    assert image.request.operation == "order_drawing"
    saved = await settled(client.draw_to_file(tmp_path / "a.png", prompt="a fox", height=8))
    assert isinstance(saved, located.DrawFile)
    assert (saved.charged, (tmp_path / "a.png").is_file()) == (Decimal("0.250"), True)
    outcomes = client.draw_many([located.Drawing(prompt=f"{at}", height=8) for at in range(3)], in_flight=2)
    listed = [one async for one in outcomes] if hasattr(outcomes, "__aiter__") else list(outcomes)
    assert [type(outcome.result).__name__ for outcome in listed] == ["DrawingOrderResult"] * 3
    assert len(draughtsman.orders) == 5
    assert not [request for request in draughtsman.requests if request.path == "/api/v1/drawings"]
    assert budget.credits == 5 * Decimal("0.25")


async def test_a_batch_goes_over_the_queue(
    located: Any, opened: Opened, draughtsman: LocatedQueue, tmp_path: Path
) -> None:
    """The batches of any document with another route can take it; a second run finds all images on disk."""
    client = await opened(located, draughtsman, key="k")
    requests = [located.Drawing(prompt=f"{at}", height=8) for at in range(3)]
    for bought in (3, 0):
        batch = located.Batch(tmp_path / "drawings")
        run = batch.run if isinstance(client, located.Client) else batch.run_async
        summary = await settled(run(client, requests, route="queue"))
        assert (summary.done, summary.failed, len(draughtsman.orders)) == (bought, 0, 3)


async def test_the_direct_route_is_the_default(located: Any, opened: Opened, draughtsman: LocatedQueue) -> None:
    """Without `route`, the call is sent to its own address."""
    client = await opened(located, draughtsman, key="k")
    image = await settled(client.draw(prompt="a fox", height=8))
    assert (type(image), image.charged) == (located.DrawResult, Decimal("0.5"))
    assert [request.path for request in draughtsman.requests] == ["/api/v1/drawings"]
    with pytest.raises(located.ConfigurationError, match="route"):
        await opened(located, draughtsman, key="k", route="fast")


async def test_an_order_that_was_not_accepted_is_sent_again(
    located: Any, opened: Opened, draughtsman: LocatedQueue
) -> None:
    """A 429 is an invitation to send again, for the order as for the questions after it."""
    draughtsman.busy = 2
    client = await opened(located, draughtsman, key="k")
    job = await settled(client.order_drawing(prompt="a fox", height=8))
    draughtsman.busy = 2
    assert (await settled(job.wait())).content == png()
    assert len(draughtsman.orders) == 1


@pytest.mark.parametrize("name", ["numbered", "located"])
def test_what_starts_a_job_has_a_handle_and_nothing_else(request: pytest.FixtureRequest, name: str) -> None:
    """No method for many calls, no batch and no command is made of it: a handle waits for each of its jobs."""
    package = request.getfixturevalue(name)
    submit = {"numbered": "order_painting", "located": "order_drawing"}[name]
    line = importlib.import_module(f"{package.__name__}.cli")
    assert submit not in [one.name for one in line.OPERATIONS]
    assert not [method for method in dir(package.Client) if method.startswith("order_") and method != submit]
    assert [one for one in package.__all__ if "Batch" in one] == (
        ["Batch", "BatchSummary"] if name == "located" else []
    )
    assert not hasattr(importlib.import_module(f"{package.__name__}.api.{LAST[name]}"), "call_template")


def test_the_commands_know_the_queue_of_their_images(numbered: Any, located: Any) -> None:
    """`collect` is for jobs that stand in for the operation of the other commands."""
    found = [importlib.import_module(f"{package.__name__}.cli").PROGRAM.job for package in (numbered, located)]
    assert found == [None, importlib.import_module(f"{located.__name__}.jobs").DRAWING_ORDER]


LAST = {"numbered": "paintings.order_painting", "located": "orders.order_drawing"}


def test_the_conventional_functions_give_what_the_service_says(numbered: Any, painter: NumberedQueue) -> None:
    """`sync` of an operation that starts a job gives the body of its response, as ever."""
    module = importlib.import_module(f"{numbered.__name__}.api.paintings.order_painting")
    with numbered.Client(token="t", base_url=f"{painter.url}/v2") as client:
        assert module.sync(client=client, body=numbered.Order(text="a fox")).task.number == 17


def test_handles_are_described(numbered: Any, located: Any) -> None:
    """Docstrings and API.md have the states, the times and the methods of a handle."""
    text = " ".join(docs(located.DrawingOrder).split())
    assert "`it's waiting`, `drawing` (it is still active)" in text
    assert '; `"done"` (it has its image); `broken` (it has failed)' in text
    assert "The service keeps its record for 1 min 30 s" in text
    reference = (Path(located.__file__).parents[1] / "API.md").read_text(encoding="utf-8")
    assert "client.drawing_order(job: DrawingOrder | AsyncDrawingOrder | str) -> DrawingOrder" in reference
    assert 'Client(route="queue")` makes `draw` start a job and wait for it' in reference
    assert '| `"done"` | The job has its image. |' in reference
    assert "-> DrawingOrder\n" in reference.partition("client.order_drawing(")[2].partition("```")[0] + "\n"
    assert "| `.charged` | `/charged` |" in " ".join(reference.split())
    assert "JobTimeoutError" in reference
    assert "route" in docs(located.Client)
    assert "`draw` by `order_drawing`" in " ".join(docs(located.AsyncClient).split())
    assert "Minutes on the list." in (numbered.PaintingResult.minutes_waited.__doc__ or "")
    for package in (numbered, located):
        assert {"JobFailedError", "JobExpiredError", "JobTimeoutError"} <= {*package.__all__}


def test_specs_are_data(numbered: Any) -> None:
    """A handle's facts are those of the document, and a copy of them is equal."""
    spec = importlib.import_module(f"{numbered.__name__}.jobs").PAINTING
    assert (spec.active, spec.done, spec.failed, spec.gone) == ((0, 1), (2,), (-1, 9), (410,))
    assert copy.copy(spec) == spec
