"""What the document says is billed counts against a budget, whatever the response holds; nothing else does."""

import copy
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.client.images import jpeg
from tests.generator.conftest import Connect, Generate
from tests.generator.generation import altered
from tests.generator.recording_server import RecordingServer

PATH = "/v1/flux-schnell"
JSON = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}


def change(document: Any) -> None:
    """Add a queue, whose submit is billed, its free download, a billed text, and a dearer image."""
    image = document["paths"][PATH]["post"]
    paths = document["paths"] = {PATH: {"post": image}}
    image["x-price-usd"] = 0.008
    submit = paths["/v2/submit"] = {"post": copy.deepcopy(image)}
    submit["post"]["operationId"] = "submitImage"
    submit["post"]["responses"]["200"] = {"description": "Queued.", "x-billed": True, "content": JSON}
    paths["/v2/download"] = {"get": {"operationId": "downloadImage", "responses": copy.deepcopy(image["responses"])}}
    jpeg_content = document["components"]["responses"]["Image"]["content"]
    free = {"description": "The image.", "x-billed": False, "content": jpeg_content}
    paths["/v2/download"]["get"]["responses"]["200"] = free
    text = paths["/v2/caption"] = {"post": {"operationId": "captionImage", "x-price-usd": 0.005}}
    text["post"]["responses"] = {"200": {"description": "What it shows.", "x-billed": True, "content": JSON}}
    dear = paths["/v2/large"] = {"post": copy.deepcopy(image)}
    dear["post"].update({"operationId": "enlargeImage", "x-price-usd": 0.5})


@pytest.fixture(scope="module")
def package(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the changed document."""
    return generated(altered(change, tmp_path_factory.mktemp("money") / "money.yaml"))


def bought_until_refused(package: Any, call: Callable[[], object]) -> int:
    """How many calls a budget allows."""
    for count in range(100):
        try:
            call()
        except package.BudgetExhaustedError:
            return count
    raise AssertionError("the budget allows everything")


def test_a_submit_that_is_billed_counts(package: Any, connect: Connect, server: RecordingServer) -> None:
    """Its response is JSON, and what it orders is an image: two of 0.008 fit into 0.02, and no third."""
    server.respond_with({"error": "no, this is the id"})
    budget = package.Budget(max_credits="0.02")
    client = connect(package, api_key="k", budget=budget)
    assert bought_until_refused(package, lambda: client.submit_image(prompt="p")) == 2
    assert (budget.images, budget.credits) == (2, Decimal("0.016"))
    with pytest.raises(package.BudgetExhaustedError):
        connect(package, api_key="k", budget=package.Budget(max_images=2)).submit_image(prompt="p", samples=3)


def test_a_download_that_is_free_does_not(package: Any, connect: Connect, server: RecordingServer) -> None:
    """Its response is an image that was paid for before."""
    server.respond_with(jpeg(), content_type="image/jpeg")
    budget = package.Budget(max_images=1, max_credits=0)
    client = connect(package, api_key="k", budget=budget)
    for _ in range(3):
        client.download_image()
    assert (budget.images, budget.credits) == (0, 0)


def test_what_is_billed_without_an_image_counts_as_credits(
    package: Any, connect: Connect, server: RecordingServer
) -> None:
    """It spends credits, and no image."""
    server.respond_with({"error": "a fox"})
    budget = package.Budget(max_credits="0.018", max_images=0)
    client = connect(package, api_key="k", budget=budget)
    assert bought_until_refused(package, client.caption_image) == 3
    assert (budget.images, budget.credits) == (0, Decimal("0.015"))


def test_a_price_that_was_learned_does_not_stand_for_a_dearer_operation(
    package: Any, connect: Connect, server: RecordingServer
) -> None:
    """A budget that several operations share counts each with the price that the document gives it, or a higher one."""
    server.respond_with(jpeg(), content_type="image/jpeg", headers={"x-cost": "0.008"})
    budget = package.Budget(max_credits="0.4")
    client = connect(package, api_key="k", budget=budget)
    client.generate_image(prompt="p")
    with pytest.raises(package.BudgetExhaustedError):
        client.enlarge_image(prompt="p")
    assert budget.credits == Decimal("0.008")
