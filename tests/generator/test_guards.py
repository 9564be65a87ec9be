"""What guards money follows from the document: an edit of the YAML is enough to change it."""

import logging
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.generator.conftest import Connect, Generate
from tests.generator.generation import altered
from tests.generator.recording_server import RecordingServer


def change(document: Any) -> None:
    """Let other statuses be sent again, other names have the same semantics, and prices and limits differ."""
    document["info"]["x-log-env"] = "FLUX_LOG"
    operation = document["paths"]["/v1/flux-schnell"]["post"]
    operation["x-price-usd"] = 0.25
    responses = document["components"]["responses"]
    responses["BadRequest"]["x-retry"] = True
    del responses["RateLimited"]["x-retry"]
    properties = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    for old, new in (("width", "columns"), ("height", "rows"), ("samples", "copies"), ("seed", "start")):
        properties[new] = properties.pop(old)
    properties["columns"]["maximum"] = 1024
    properties["start"].update({"minimum": 10, "maximum": 12, "default": 10})


@pytest.fixture(scope="module")
def package(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the changed document."""
    return generated(altered(change, tmp_path_factory.mktemp("altered") / "guards.yaml"))


@pytest.mark.parametrize(("status", "sent"), [(400, 2), (429, 1), (503, 2), (401, 1)])
def test_the_document_says_which_statuses_are_sent_again(
    package: Any, connect: Connect, server: RecordingServer, status: int, sent: int
) -> None:
    """`x-retry` decides, and nothing is billed."""
    server.respond_with({"error": "no"}, status=status)
    retry = package.Backoff(attempts=2, first=0.01)
    with pytest.raises(package.StatusError) as raised:
        connect(package, api_key="k", retry=retry).generate_image(prompt="p")
    assert (raised.value.attempts, raised.value.billed) == (sent, False)


def test_properties_have_the_same_semantics_under_other_names(
    package: Any, connect: Connect, server: RecordingServer
) -> None:
    """Size, number and seed of the images are recognised by `x-semantics`, whatever their names are."""
    budget = package.Budget(max_images=3)
    client = connect(package, api_key="k", budget=budget)
    server.respond_with(_image(1024, 512), content_type="image/jpeg")
    image = client.generate_image(prompt="p", rows=512, start="random")
    assert (image.width, image.height) == (1024, 512)
    assert image.seed == image.request.json["start"]
    assert image.seed in (10, 11, 12)
    with pytest.raises(package.MismatchError, match="the image is 1024 x 512 pixels, not 512 x 512"):
        client.generate_image(prompt="p", columns=512, rows=512, on_mismatch="raise")
    with pytest.raises(package.BudgetExhaustedError):
        client.generate_image(prompt="p", copies=2)


def test_the_document_says_price_and_limits(package: Any, connect: Connect, server: RecordingServer) -> None:
    """An image counts with the documented price, and the largest response follows from the largest image."""
    budget = package.Budget(max_credits=1)
    server.respond_with(_image(1024, 1024), content_type="image/jpeg")
    connect(package, api_key="k", budget=budget).generate_image(prompt="p")
    assert budget.credits == Decimal("0.25")
    server.respond_with(bytes(4 * 1024 * 2048 + 1), content_type="image/jpeg")
    with pytest.raises(package.InvalidImageError, match="the body is longer than 8388608 bytes"):
        connect(package, api_key="k").generate_image(prompt="p")


def test_the_document_names_the_variable_for_the_log(
    package: Any, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is `x-log-env`; the log has the name of the package."""
    monkeypatch.setenv("FLUX_LOG", "debug")
    connect(package, api_key="k")
    log = logging.getLogger(package.__name__)
    assert log.level == logging.DEBUG
    log.setLevel(logging.NOTSET)


def _image(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height)).save(file, "JPEG")
    return file.getvalue()
