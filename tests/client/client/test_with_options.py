"""Views of a client: other options over the same connections, and nothing that is paid for twice."""

import inspect
import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from segmind_flux_schnell import (
    UNSET,
    AsyncClient,
    AttemptEnded,
    Backoff,
    Batch,
    Budget,
    BudgetExhaustedError,
    Client,
    ConfigurationError,
    GenerateImageRequest,
    InvalidImageError,
    MismatchError,
    NotSentError,
    OutcomeUnknownError,
    RateLimit,
    RateLimitedError,
)
from segmind_flux_schnell._runtime.client.client_access import policy_of
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_SLOW
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import prompts
from tests.client.calling import Recorder
from tests.client.conftest import Make
from tests.client.faults.actions import Read, Send
from tests.client.faults.servers import fault_server
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, RespondingServer, http_response
from tests.waiting import PATIENCE

EITHER = Client | AsyncClient
IMAGE = http_response("200 OK", jpeg(), JPEG_TYPE, "x-cost: 0.008")


async def image_of(client: EITHER, **call: Any) -> Any:
    """The result of a call of either client."""
    result: Any = client.generate_image(**{"prompt": "a tiger", **call})
    return await result if inspect.isawaitable(result) else result


async def close(client: EITHER) -> None:
    """Close either client."""
    await client.aclose() if isinstance(client, AsyncClient) else client.close()


async def test_a_view_sends_over_the_connections_of_its_client(make: Make) -> None:
    """Four calls by three views of one client take one connection."""
    with fault_server((Read(), Send(IMAGE.replace(b"connection: close\r\n", b"")))) as service:
        client = make(api_key=KEY, base_url=service.url)
        view = client.with_options(timeout=20)
        for each in (client, view, view.with_options(retry=None), client):
            await image_of(each)
        await close(client)
    assert (type(view), view.base_url) == (type(client), client.base_url)
    assert (service.posts, service.connections) == (4, 1)


async def test_closing_a_view_closes_nothing(make: Make, recorder: Recorder) -> None:
    """A view can be used in a `with` block, or closed twice, and its client and itself go on."""
    client = make(api_key=KEY, transport=recorder.transport)
    view = client.with_options(timeout=20)
    if isinstance(view, AsyncClient):
        async with view as entered:
            await image_of(entered)
    else:
        with view as same:
            await image_of(same)
    await close(view)
    await image_of(view)
    await image_of(client)
    assert len(recorder.requests) == 3
    await close(client)


async def test_closing_the_client_closes_its_views(make: Make, recorder: Recorder) -> None:
    """Views of views too, and those that are made afterwards: each says so, and sends nothing."""
    client = make(api_key=KEY, transport=recorder.transport)
    view = client.with_options(timeout=20)
    await close(client)
    for each in (view, view.with_options(retry=None), client.with_options(timeout=5)):
        with pytest.raises(ConfigurationError, match="The client is closed"):
            await image_of(each)
    assert recorder.requests == []


async def test_a_timeout_is_that_of_the_view(make: Make, sandbox: Sandbox) -> None:
    """A service that takes too long ends a call of the view, by the time limit of the view."""
    client = make(api_key=KEY_SLOW, base_url=sandbox.url, timeout=None)
    with pytest.raises(OutcomeUnknownError, match=r"0\.2 seconds"):
        await image_of(client.with_options(timeout=httpx.Timeout(PATIENCE, read=0.2)))
    await close(client)


async def test_none_is_no_limit_and_unset_is_the_clients(make: Make, recorder: Recorder) -> None:
    """`UNSET` leaves an option as it is; None means what it means for the constructor."""
    budget, limit = Budget(max_images=5), RateLimit(1000, per=1)
    client = make(api_key=KEY, transport=recorder.transport, budget=budget, rate_limit=limit, timeout=7)
    same = client.with_options(
        timeout=UNSET, retry=UNSET, budget=UNSET, rate_limit=UNSET, hooks=UNSET, headers=UNSET, route=UNSET
    )
    assert policy_of(same) == policy_of(client)
    assert same._timeout == 7
    free = client.with_options(timeout=None, retry=None, budget=None, rate_limit=None)
    assert (free.budget, free._timeout) == (None, None)
    assert policy_of(free)[:2] == (None, None)
    assert policy_of(free).rate_limit is None
    await close(client)


async def test_the_budget_is_one_across_views(make: Make, recorder: Recorder) -> None:
    """What a view spends is spent for all: a limit cannot be passed by another view."""
    client = make(api_key=KEY, transport=recorder.transport, budget=Budget(max_images=2))
    view = client.with_options(timeout=20)
    assert view.budget is client.budget
    await image_of(client)
    await image_of(view)
    for each in (client, view, view.with_options(retry=None)):
        with pytest.raises(BudgetExhaustedError, match="max_images is 2"):
            await image_of(each)
    assert len(recorder.requests) == 2
    await close(client)


async def test_a_budget_of_its_own_takes_the_place_of_the_clients(make: Make, recorder: Recorder) -> None:
    """It counts what the view buys, and the budget of the client does not."""
    client = make(api_key=KEY, transport=recorder.transport, budget=Budget(max_images=1))
    view = client.with_options(budget=Budget(max_images=1))
    await image_of(view)
    with pytest.raises(BudgetExhaustedError):
        await image_of(view)
    await image_of(client)
    assert client.budget is not None
    assert view.budget is not None
    assert (client.budget.images, view.budget.images) == (1, 1)
    await close(client)


def test_threads_share_the_budget_of_many_views(sandbox: Sandbox) -> None:
    """Sixteen threads with a view each buy three images together, if three are allowed."""
    with Client(api_key=KEY, base_url=sandbox.url, budget=Budget(max_images=3)) as client:

        def bought(number: int) -> bool:
            try:
                client.with_options(timeout=30 + number).generate_image(prompt="a tiger", seed=number)
            except BudgetExhaustedError:
                return False
            return True

        before = sandbox.ledger.billed
        with ThreadPoolExecutor(16) as threads:
            assert sum(threads.map(bought, range(16))) == 3
        assert sandbox.ledger.billed - before == 3 * Decimal("0.008")


async def test_the_rate_limit_is_one_across_views(make: Make, recorder: Recorder) -> None:
    """A view takes its turn among the requests of its client, so that both together keep to the limit."""
    limit = RateLimit(1000, per=1, clock=lambda: 100.0)
    client = make(api_key=KEY, transport=recorder.transport, rate_limit=limit)
    for each in (client, client.with_options(timeout=20), client.with_options(retry=None)):
        await image_of(each)
    assert limit.delay == pytest.approx(3 * limit.interval)
    await image_of(client.with_options(rate_limit="10 a second"))
    assert limit.delay == pytest.approx(3 * limit.interval)
    await close(client)


async def test_retries_are_those_of_the_view(make: Make, server: RespondingServer) -> None:
    """A view gives up at the first 429 while its client would send twice."""
    server.response = http_response("429 ", b"{}")
    client = make(api_key=KEY, base_url=server.url, retry=Backoff(attempts=2, first=0.01))
    for each, attempts in ((client.with_options(retry=None), 1), (client, 2)):
        with pytest.raises(RateLimitedError) as caught:
            await image_of(each)
        assert caught.value.attempts == attempts
    await close(client)


async def test_hooks_are_added(make: Make, recorder: Recorder) -> None:
    """The hooks of the client see the calls of the view first, and those of the view see no others."""
    seen: list[str] = []

    def noting(name: str) -> Any:
        return lambda event: seen.append(name) if isinstance(event, AttemptEnded) else None

    client = make(api_key=KEY, transport=recorder.transport, hooks=[noting("client")])
    view = client.with_options(hooks=[noting("view")])
    await image_of(view.with_options(hooks=(noting("view of the view"),)))
    assert seen == ["client", "view", "view of the view"]
    await image_of(client)
    assert seen[3:] == ["client"]
    await close(client)


async def test_headers_are_added(make: Make, recorder: Recorder) -> None:
    """One of the same name, in whatever letter case, takes the place of the client's."""
    client = make(api_key=KEY, transport=recorder.transport, headers={"x-team": "a", "X-Trace": "1"})
    await image_of(client.with_options(headers={"x-trace": "2", "x-more": "b"}))
    await image_of(client)
    of_view, of_client = (request.headers for request in recorder.requests)
    assert [of_view.get(name) for name in ("x-team", "x-trace", "x-more")] == ["a", "2", "b"]
    assert [of_client.get(name) for name in ("x-team", "x-trace", "x-more")] == ["a", "1", None]
    assert of_view["x-api-key"] == KEY
    await close(client)


async def test_what_becomes_of_an_image_is_said_by_the_view(
    make: Make, server: RespondingServer, tmp_path: Path
) -> None:
    """`on_mismatch`, `provenance` and `max_response_bytes` hold for the view alone."""
    server.response = IMAGE
    client = make(api_key=KEY, base_url=server.url)
    with pytest.raises(MismatchError):
        await image_of(client.with_options(on_mismatch="raise"), width=512)
    with pytest.raises(InvalidImageError):
        await image_of(client.with_options(max_response_bytes=10))
    bare = await image_of(client.with_options(provenance=False))
    whole = await image_of(client)
    saved = [image.save(tmp_path / name).read_bytes() for image, name in ((bare, "a.jpg"), (whole, "b.jpg"))]
    assert [b"a tiger" in content for content in saved] == [False, True]
    await close(client)


async def test_a_view_has_a_route_of_its_own(make: Make, queue: Sandbox) -> None:
    """The image is ordered over the queue by the view, and by a direct call by its client."""
    client = make(api_key=KEY, base_url=queue.url)
    before = len(queue.ledger.posts)
    await image_of(client.with_options(route="queue"))
    await image_of(client)
    assert [post.path[:3] for post in queue.ledger.posts[before:]] == ["/v2", "/v1"]
    await close(client)


def test_a_job_is_collected_by_the_view_that_made_its_handle(queue: Sandbox) -> None:
    """The hooks, the timeout and the budget of the view hold for the wait too; closing the view does not end it."""
    seen: list[str] = []
    with Client(api_key=KEY, base_url=queue.url, budget=Budget(max_images=1)) as client:
        with client.with_options(hooks=[lambda event: seen.append(event.request.method)]) as view:
            job = view.submit_image(prompt="a tiger", seed=1)
        image = job.wait()
        assert (image.request_id, client.budget and client.budget.images) == (job.request_id, 1)
        assert {"POST", "GET"} <= set(seen)
        with pytest.raises(BudgetExhaustedError):
            view.submit_image(prompt="a tiger", seed=2)


def test_many_calls_of_a_view_share_the_budget(recorder: Recorder) -> None:
    """`generate_many` of a view stops at the limit of its client."""
    with Client(api_key=KEY, transport=recorder.transport, budget=Budget(max_images=2)) as client:
        outcomes = list(client.with_options(retry=None).generate_many(prompts(4), in_flight=1))
    assert [outcome.error is None for outcome in outcomes] == [True, True, False, False]
    assert len(recorder.requests) == 2


def test_a_batch_runs_with_a_view(recorder: Recorder, tmp_path: Path) -> None:
    """It keeps to the budget of the view, and the next run, with the client, buys only what is missing."""
    requests: Sequence[GenerateImageRequest] = prompts(4)
    with Client(api_key=KEY, transport=recorder.transport) as client:
        view = client.with_options(budget=Budget(max_images=3))
        first = Batch(tmp_path).run(view, requests)
        second = Batch(tmp_path).run(client, requests)
    assert (first.done, second.done, len(recorder.requests)) == (3, 1, 4)


@pytest.mark.parametrize(
    "option",
    [
        {"timeout": -1},
        {"retry": "always"},
        {"budget": 5},
        {"on_mismatch": "ignore"},
        {"rate_limit": "fast"},
        {"hooks": print},
        {"headers": {"x-api-key": "another"}},
        {"headers": {"content-length": "5"}},
        {"max_response_bytes": 0},
        {"route": "fast"},
    ],
    ids=str,
)
def test_a_wrong_value_is_refused_like_the_constructors(option: dict[str, Any], make: Make, recorder: Recorder) -> None:
    """With the same sentence, and the client stays as it was."""
    with pytest.raises(ConfigurationError) as expected:
        make(api_key=KEY, transport=recorder.transport, **option)
    client = make(api_key=KEY, transport=recorder.transport)
    before = dict(vars(client))
    with pytest.raises(ConfigurationError) as caught:
        client.with_options(**option)
    assert str(caught.value) == str(expected.value)
    assert vars(client) == before


@pytest.mark.parametrize("name", ["timout", "api_key", "base_url", "transport", "http_client", "proxy", "ssl_context"])
def test_what_is_of_the_connection_or_the_key_is_not_an_option(name: str, make: Make, recorder: Recorder) -> None:
    """Neither a misspelt name nor one that would need another connection is taken."""
    client = make(api_key=KEY, transport=recorder.transport)
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
        client.with_options(**{name: None})  # type: ignore[arg-type]


def test_each_option_is_one_of_the_constructor(make: Make) -> None:
    """The names are those of the constructor, without those of the connection and of the key."""
    of_constructor, of_view = (
        set(inspect.signature(function).parameters) - {"self"}
        for function in (make, make.with_options)  # type: ignore[attr-defined]
    )
    connection = {"api_key", "base_url", "allow_http", "proxy", "ssl_context", "transport", "http_client"}
    assert of_view == of_constructor - connection


def test_a_view_says_that_it_is_one_and_no_secret(make: Make, recorder: Recorder) -> None:
    """The repr shows neither the key nor the headers."""
    view = make(api_key=KEY, transport=recorder.transport, base_url="http://127.0.0.1:1").with_options(
        headers={"x-token": "secret"}
    )
    assert repr(view) == f"{make.__name__}(base_url='http://127.0.0.1:1').with_options(…)"


def test_a_view_is_not_pickled(make: Make, recorder: Recorder) -> None:
    """No more than its client is."""
    with pytest.raises(TypeError, match="is not pickled"):
        pickle.dumps(make(api_key=KEY, transport=recorder.transport).with_options(timeout=5))


def test_a_view_outlives_the_name_of_its_client(server: RespondingServer) -> None:
    """The connections stay open while a view is used, even if nothing else refers to the client."""
    server.response = IMAGE
    view = Client(api_key=KEY, base_url=server.url).with_options(timeout=20)
    assert view.generate_image(prompt="a tiger").width == 1024
    view._connection.close()


def test_a_subclass_keeps_what_it_adds(recorder: Recorder) -> None:
    """The view of a subclass has its class and its attributes, and does not run its constructor again."""
    made: list[str] = []

    class Studio(Client):
        """A client with a name."""

        def __init__(self, name: str, **options: Any) -> None:
            super().__init__(**options)
            self.name = name
            made.append(name)

    with Studio("tigers", api_key=KEY, transport=recorder.transport) as client:
        view = client.with_options(timeout=5)
        assert (type(view), view.name, made) == (Studio, "tigers", ["tigers"])


def test_an_unreachable_service_is_named_by_the_view() -> None:
    """A failure of a view is that of any client: its class, its text, and that nothing was billed."""
    view = Client(api_key=KEY, base_url="http://127.0.0.1:1").with_options(retry=None)
    with pytest.raises(NotSentError) as caught:
        view.generate_image(prompt="a tiger")
    assert caught.value.billed is False
