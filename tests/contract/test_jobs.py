"""Jobs: a service whose queue has changed is found at the fact that no longer holds."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.image import draw
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.server import Served, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.judging.judge import judge
from tests.contract.model.contract import Contract
from tests.contract.model.findings import Finding
from tests.contract.mutants.rewiring import Intercepted, Response, ResponseChange, Rewired
from tests.contract.probing import following
from tests.contract.probing.measurement import measure
from tests.contract.probing.probes import derived_probes
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target

JOB = "/components/responses/Queued/x-job"
Fields = dict[str, Any]


def _judged(contract: Contract, app: Served) -> list[Finding]:
    """The findings of the probes of jobs, beside the image of the same request over the other route."""
    main, ordered = contract.main, _ordered(contract)
    probes = [
        probe
        for probe in derived_probes(contract)
        if probe.request.operation != main.name
        or (probe.billable and main.effective(probe.request.json()) == ordered)
        or probe.name == "accepted-base"
    ]
    with running_sandbox(app) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        done = measure(contract, probes, sender, sender.send, exact=True)
        assert sender.images <= 8
    return judge(contract, done.all)


def _body(path: str, change: Callable[[Fields], Fields]) -> ResponseChange:
    """Change the fields of the successes whose path has this in it."""

    def changed(intercepted: Intercepted) -> Response:
        response, request = intercepted.response, intercepted.request
        if path not in request.path or response.status not in (200, 422) or response.is_image:
            return response
        return response.with_body(json.dumps(change(json.loads(response.body))).encode())

    return changed


def _when(state: str, change: Callable[[Fields], Fields], path: str = "/v2/requests/") -> ResponseChange:
    return _body(path, lambda body: change(body) if body.get("status") == state else body)


def _metrics(**values: Any) -> Callable[[Fields], Fields]:
    return lambda body: {**body, "metrics": {**body["metrics"], **values}}


def _status(status: int, instead_of: int) -> ResponseChange:
    def changed(intercepted: Intercepted) -> Response:
        response = intercepted.response
        return evolve(response, status=status) if response.status == instead_of else response

    return changed


def _at_the_host(change: Callable[[Response], Response]) -> ResponseChange:
    """Change what the host of the images responds."""

    def changed(intercepted: Intercepted) -> Response:
        return change(intercepted.response) if intercepted.request.path.endswith(".jpg") else intercepted.response

    return changed


def _rewired(change: ResponseChange) -> Callable[[], Served]:
    return lambda: Rewired(create_app(), response=change)


def _half(response: Response) -> Response:
    return response.with_body(response.body[: len(response.body) // 2])


def _drawn(**changes: str | int | float) -> bytes:
    """The image of the job with some parameters changed."""
    contract = Contract.load()
    return draw({**_ordered(contract), **changes}, "JPEG")


def _ordered(contract: Contract) -> Fields:
    """What the job is ordered with, defaults included."""
    body = next(probe.request.json() for probe in derived_probes(contract) if probe.name == "submit-image-accepted-job")
    return contract.main.effective(body)


def _address(url: str) -> Callable[[Fields], Fields]:
    return lambda body: {**body, "images": [{**one, "url": url} for one in body.get("images", ())]}


def _without_end(state: str) -> ResponseChange:
    """A cost that is too large for a float, and valid JSON all the same."""

    def changed(intercepted: Intercepted) -> Response:
        response = _when(state, _metrics(cost="(cost)"))(intercepted)
        return response.with_body(response.body.replace(b'"(cost)"', b"1e999")) if not response.is_image else response

    return changed


def _nested(path: str) -> ResponseChange:
    """JSON of so many levels that Python's own parser gives up."""

    def changed(intercepted: Intercepted) -> Response:
        body = b"[" * 100_000 + b"]" * 100_000
        return intercepted.response.with_body(body) if path in intercepted.request.path else intercepted.response

    return changed


def _gone_for_good() -> Served:
    return create_app(evolve(DOCUMENTED, queue=Queue(record_seconds=-1)))


SAMPLE: dict[str, tuple[Callable[[], Served], str]] = {
    "a state that is not documented": (
        _rewired(_when("QUEUED", lambda body: {**body, "status": "WAITING"})),
        f"{JOB}/state",
    ),
    "another word for done": (
        _rewired(_when("COMPLETED", lambda body: {**body, "status": "SUCCEEDED"})),
        "/components/schemas/JobStatus/properties/status/enum",
    ),
    "a failed job responds with 200": (_rewired(_status(200, 422)), "/components/responses/Unprocessable"),
    "a failed job without a reason": (
        _rewired(_when("FAILED", lambda body: {name: value for name, value in body.items() if name != "error"})),
        f"{JOB}/error",
    ),
    "no id": (
        _rewired(_body("/v2/flux", lambda body: {"status": "QUEUED"})),
        "/components/schemas/QueuedJob/required",
    ),
    "records that are gone at once": (_gone_for_good, "/components/responses/JobStatus"),
    "no address of the image": (_rewired(_when("COMPLETED", lambda body: {**body, "images": []})), f"{JOB}/image"),
    "an image at a host that does not respond": (
        _rewired(_when("COMPLETED", _address("http://127.0.0.1:1/image.jpg"))),
        f"{JOB}/image",
    ),
    "an image at an address that is not one": (
        _rewired(_when("COMPLETED", _address("http://[::1/image.jpg"))),
        f"{JOB}/image",
    ),
    "an image at a port that no host has": (
        _rewired(_when("COMPLETED", _address("http://127.0.0.1:99999/image.jpg"))),
        f"{JOB}/image",
    ),
    "an id that no path can have": (
        _rewired(_body("/v2/flux", lambda body: {**body, "request_id": "\ud800"})),
        "/components/responses/JobStatus",
    ),
    "an id that is an address which is not one": (
        _rewired(_body("/v2/flux", lambda body: {**body, "request_id": "http://[::1/v2/requests/1"})),
        "/components/responses/JobStatus",
    ),
    "a cost that JSON does not have": (
        _rewired(_when("COMPLETED", _metrics(cost=float("nan")))),
        "/components/schemas/JobResult",
    ),
    "a cost without end": (_rewired(_without_end("COMPLETED")), f"{JOB}/reports/cost"),
    "a balance that JSON does not have": (
        _rewired(_body("credits", lambda body: {**body, "credits": float("inf")})),
        "/components/schemas/UserCredits",
    ),
    "a balance nested without end": (_rewired(_nested("credits")), "/components/schemas/UserCredits"),
    "another seed": (_rewired(_when("COMPLETED", lambda body: {**body, "seed": "7"})), f"{JOB}/reports/seed"),
    "another cost": (_rewired(_when("COMPLETED", _metrics(cost=0.5))), f"{JOB}/reports/cost"),
    "no cost": (_rewired(_when("COMPLETED", _metrics(cost=None))), f"{JOB}/reports/cost"),
    "an image that is cut off": (_rewired(_at_the_host(_half)), f"{JOB}/image"),
    "images that need a key": (
        _rewired(_at_the_host(lambda response: evolve(response, status=401))),
        f"{JOB}/image-key",
    ),
    "a bound that moved": (
        lambda: create_app(DOCUMENTED.with_attribute("steps", maximum=9)),
        "/components/schemas/GenerateImageRequest/properties/steps/maximum",
    ),
    "another size": (
        _rewired(_at_the_host(lambda response: response.with_body(_drawn(width=1000)))),
        "/components/schemas/GenerateImageRequest/properties/width",
    ),
    "another image than over the other route": (
        _rewired(_at_the_host(lambda response: response.with_body(_drawn(seed=7)))),
        f"{JOB}/instead-of",
    ),
    "a call that costs nothing": (
        lambda: create_app(evolve(DOCUMENTED, price=Decimal(0))),
        "/components/responses/Queued/x-billed",
    ),
}


def test_a_queue_that_does_as_documented(contract: Contract) -> None:
    """The job is done, its image is that of the other route, and what it reports is what was charged."""
    assert [str(one) for one in _judged(contract, create_app())] == []


@pytest.mark.parametrize(("make", "fact"), SAMPLE.values(), ids=SAMPLE)
def test_drift_of_the_queue_is_named(make: Callable[[], Served], fact: str, contract: Contract) -> None:
    """Each change of the queue breaks callers, and is found at the fact that no longer holds."""
    found = _judged(contract, make())
    named = [one for one in found if one.pointer == fact or one.pointer.startswith(f"{fact}/")]
    assert [one for one in named if one.severity == "breaking"], found


def test_a_job_that_never_ends_is_waited_for_once(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the document allows, and not again for each probe that follows the same job."""
    monkeypatch.setattr(following, "_LOCAL_TIMEOUT", 0)
    asked: list[str] = []

    def note(intercepted: Intercepted) -> Response:
        asked.append(intercepted.request.path.rpartition("/")[2])
        return _when("COMPLETED", lambda body: {**body, "status": "PROCESSING"})(intercepted)

    names = ("submit-image-accepted-job", "get-request-status-done", "get-request-result-done")
    probes = [one for one in derived_probes(contract) if one.name in names]
    with running_sandbox(_rewired(note)()) as sandbox, Sender(Target.sandbox(sandbox.url)) as sender:
        measure(contract, probes, sender, sender.send, exact=True)
    assert asked.count("status") == 2
