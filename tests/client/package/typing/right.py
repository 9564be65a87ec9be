"""What a consumer writes, and type checkers have nothing to say against. It is checked, and never run."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, assert_type

import httpx
import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from segmind_flux_schnell import (
    UNSET,
    APIError,
    AsyncClient,
    AsyncImageJob,
    AttemptEnded,
    AttemptStarted,
    Backoff,
    Batch,
    BatchSummary,
    Budget,
    Client,
    ErrorBody,
    FailedOutcome,
    GenerateImageFile,
    GenerateImageRequest,
    GenerateImageRequestSamplerName,
    GenerateImageRequestScheduler,
    GenerateImageResult,
    ImageJob,
    ImageJobResult,
    InvalidRequestError,
    JobFailedError,
    JobResult,
    JobTimeoutError,
    NotEnoughCreditsError,
    Outcome,
    OutcomeUnknownError,
    RateLimitedError,
    ResponseError,
    Retry,
    SuccessfulOutcome,
    Unset,
)
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell.api.images import generate_image


def bought(prompt: str) -> Decimal | None:
    """The call of the README."""
    with Client() as client:
        image = client.generate_image(prompt=prompt, steps=4, seed=7, width=1024, height=768)
        assert_type(image, GenerateImageResult)
        assert_type(image.save("tiger.jpg"), Path)
        assert_type(image.content, bytes)
        assert_type(image.width, int | None)
        return image.remaining_credits


def guarded(prompt: str, log: list[float]) -> GenerateImageFile:
    """A call with all its guards."""
    budget = Budget(max_images=100, max_credits="2.50", keep_credits=1)

    def timed(event: AttemptStarted | AttemptEnded) -> None:
        if isinstance(event, AttemptEnded):
            log.append(event.seconds)

    with Client(budget=budget, retry=Backoff(attempts=2), hooks=[timed], timeout=30) as client:
        image = client.generate_image(prompt=prompt, seed="random")
        assert_type(image.seed, int | None)
        kept = client.generate_image_to_file(Path("tiger.jpg"), prompt=prompt, seed="random")
        assert_type(kept.path, Path)
        assert_type(kept.remaining_credits, Decimal | None)
        assert_type(GenerateImageRequest.from_image("tiger.jpg"), GenerateImageRequest)
        assert_type(budget.remaining_credits, Decimal | None)
        return kept


def pixels(image: GenerateImageResult, kept: GenerateImageFile) -> NDArray[np.float32]:
    """What other libraries take."""
    assert_type(image.to_pil(), Image)
    assert_type(kept.to_pil().resize((256, 256)), Image)
    assert_type(bytes(image), bytes)
    assert_type(image.__array__(), NDArray[np.uint8])
    assert_type(np.asarray(image), NDArray[np.uint8])
    return np.asarray(kept, dtype=np.float32)


class Studio(Client):
    """A client of the consumer's own."""


def viewed(studio: Studio, patient: bool) -> GenerateImageResult:
    """Views of a client, which have its class."""
    assert_type(studio.with_options(timeout=5), Studio)
    with studio.with_options(timeout=300 if patient else UNSET, retry=None, budget=None, route="queue") as view:
        assert_type(view, Studio)
        return view.with_options(headers={"x-trace": "t-1"}, hooks=[print]).generate_image(prompt="a tiger")


async def viewed_awaited(client: AsyncClient) -> GenerateImageResult:
    """The same, awaited."""
    view = client.with_options(budget=Budget(max_images=1), rate_limit="60 a minute", on_mismatch="raise")
    assert_type(view, AsyncClient)
    return await view.generate_image(prompt="a tiger")


class Never:
    """A policy of retries."""

    def wait(self, attempt: int, error: APIError, retry_after: float | None) -> float | None:
        """Give up."""
        return None


def with_a_policy(policy: Retry) -> Client:
    """What takes the place of `Backoff`."""
    Client(retry=None).close()
    Client(retry="unknown-too").close()
    Client(retry=Never()).close()
    return Client(retry=policy)


def outcomes(error: APIError) -> bool | None:
    """What an error tells of money."""
    if isinstance(error, OutcomeUnknownError):
        assert_type(error.request, Request)
    return error.billed


async def awaited(prompt: str) -> Decimal | None:
    """The same, awaited."""
    async with AsyncClient(api_key="…", base_url="http://127.0.0.1:8901") as client:
        image = await client.generate_image(prompt=prompt, sampler_name="euler", scheduler="karras", width=512)
        assert_type(image, GenerateImageResult)
        return image.cost


def chosen(fast: bool, seed: int | None) -> GenerateImageResult:
    """Values that are computed: an enum is a plain string, and UNSET leaves a parameter out."""
    sampler: GenerateImageRequestSamplerName = "lcm" if fast else "dpmpp_2m"
    scheduler: Literal["simple", "normal"] = "simple" if fast else "normal"
    steps: int | Unset = 1 if fast else UNSET
    with Client(timeout=None, headers={"x-trace": "t-1"}) as client:
        return client.generate_image(
            prompt="a tiger",
            steps=steps,
            seed=UNSET if seed is None else seed,
            sampler_name=sampler,
            scheduler=scheduler,
            extra_body={"unlisted": 3.5},
            timeout=httpx.Timeout(60, connect=5),
        )


def as_objects(scheduler: GenerateImageRequestScheduler) -> int:
    """Requests as objects, and the conventional functions."""
    request = GenerateImageRequest(prompt="a tiger", scheduler=scheduler)
    request.steps = 8
    request.seed = UNSET
    request["unlisted"] = 3.5
    with Client() as client:
        assert_type(generate_image.sync(client=client, body=request), GenerateImageResult)
        response = generate_image.sync_detailed(client=client, body=request)
        assert_type(response.parsed, GenerateImageResult | ErrorBody | None)
        assert_type(response.remaining_credits, Decimal | None)
        assert_type(response.headers.get("x-thing"), str | None)
        return response.status_code


async def as_objects_awaited(source: Mapping[str, Any]) -> str:
    """The conventional functions that are awaited, and a request that was read."""
    async with AsyncClient(http_client=httpx.AsyncClient()) as client:
        request = GenerateImageRequest.from_dict(source)
        assert_type(await generate_image.asyncio(client=client, body=request), GenerateImageResult)
        response = await generate_image.asyncio_detailed(client=client, body=request)
        return response.parsed.error if isinstance(response.parsed, ErrorBody) else ""


def ordered(prompt: str) -> GenerateImageResult | None:
    """A job, its handle and its result, which is one of the direct call too."""
    with Client(route="queue") as client:
        assert_type(client.generate_image(prompt=prompt), GenerateImageResult)
        job = client.submit_image(prompt=prompt, seed="random", extra_body={"guidance": 3.5})
        assert_type(job, ImageJob)
        assert_type(job.request_id, str)
        assert_type(job.status(), str)
        try:
            image = job.wait(timeout=60)
        except JobTimeoutError as error:
            assert_type(error.job_id, str | None)
            return client.image_job(job.request_id).result()
        except JobFailedError:
            return None
        assert_type(image, ImageJobResult)
        assert_type(image.report, JobResult | None)
        assert_type(image.cost, Decimal | None)
        return image


async def ordered_elsewhere(job: ImageJob | str) -> Path:
    """The handle of another client, or an id."""
    async with AsyncClient(route="direct") as client:
        assert_type(await client.submit_image(prompt="a tiger"), AsyncImageJob)
        handle = client.image_job(job)
        assert_type(handle, AsyncImageJob)
        return (await handle.wait()).save("tiger.jpg")


def many_at_once(client: Client, requests: list[GenerateImageRequest]) -> list[GenerateImageResult]:
    """Outcomes: each way to ask tells what the other attribute is."""
    for outcome in client.generate_many(requests):
        assert_type(outcome, Outcome[GenerateImageRequest, GenerateImageResult])
        assert_type(outcome.unwrap(), GenerateImageResult)
        if outcome.result is None:
            assert_type(outcome, FailedOutcome[GenerateImageRequest])
            raise outcome.error
        assert_type(outcome.result, GenerateImageResult)
    for outcome in client.generate_many(requests):
        if outcome.error is not None:
            assert_type(outcome.error, APIError)
            assert_type(outcome.error.billed, bool | None)
        else:
            assert_type(outcome, SuccessfulOutcome[GenerateImageRequest, GenerateImageResult])
            assert_type(outcome.result.save("tiger.jpg"), Path)
    return [outcome.result for outcome in client.generate_many(requests) if outcome.error is None]


async def many_awaited(client: AsyncClient, requests: list[GenerateImageRequest]) -> list[APIError]:
    """The same, as they arrive."""
    failures = list[APIError]()
    async for outcome in client.generate_many(requests):
        if outcome.result is not None:
            assert_type(outcome.result, GenerateImageResult)
        else:
            failures.append(outcome.error)
    return failures


def matched(outcome: Outcome[GenerateImageRequest, GenerateImageResult]) -> bool | None:
    """By its class, and by a pattern."""
    match outcome:
        case FailedOutcome(error=error):
            return error.billed
        case SuccessfulOutcome(result=image):
            assert_type(image, GenerateImageResult)
            return True


def unpacked(outcome: Outcome[GenerateImageRequest, GenerateImageResult]) -> GenerateImageResult:
    """In the other order: an outcome is of one of the classes, and of no third one that is both."""
    match outcome:
        case SuccessfulOutcome(result=image):
            assert_type(image, GenerateImageResult)
            return image
        case FailedOutcome(error=error):
            raise error


def of_any_result(outcome: Outcome[GenerateImageRequest, Any]) -> str:
    """Where nobody says what the result is, the error is known all the same."""
    return "" if outcome.error is None else outcome.error.outcome


def summed_up(client: Client, requests: list[GenerateImageRequest]) -> list[bool | None]:
    """The failures of a batch have errors."""
    summary = Batch("tigers").run(client, requests)
    assert_type(summary, BatchSummary[GenerateImageRequest])
    return [failure.error.billed for failure in summary.failures]


def told() -> str:
    """What can be read from errors."""
    try:
        Client(transport=httpx.HTTPTransport(), proxy=None).generate_image(prompt="a tiger")
    except InvalidRequestError as error:
        return ", ".join(fault.suggestion or fault.rule for fault in error.faults)
    except NotEnoughCreditsError as error:
        assert_type(error.body, ErrorBody | None)
        assert_type(error.billed, bool | None)
        return error.message or error.text
    except RateLimitedError as error:
        return error.rate_limit_reset_at_utc or ""
    except ResponseError as error:
        return f"{error.status_code} {error.request_id} {error.headers.get('content-type')} {len(error.content)}"
    except APIError as error:
        return f"{error.billed}"
    return ""
