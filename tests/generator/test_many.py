"""Methods for many requests, and batches: which operations have them, and how they are called."""

import copy
import importlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from tests.client.images import jpeg
from tests.generator.conftest import Connect, Generate
from tests.generator.generation import altered, docs
from tests.generator.recording_server import RecordingServer

PATH = "/v1/flux-schnell"


def another(document: Any, path: str, name: str, *parameters: dict[str, Any]) -> Any:
    """Give the document a second operation like the one it has."""
    operation = copy.deepcopy(document["paths"][PATH]["post"])
    operation.update(operationId=name, parameters=list(parameters))
    document["paths"][path] = {"post": operation}
    return operation


def several(document: Any) -> None:
    """Add operations with the same verb, with a parameter, without an image, and with the name of a method."""
    alone(document)
    another(document, "/v1/flux-dev", "generateDraft")
    model = {"name": "model", "in": "path", "required": True, "schema": {"type": "string"}}
    another(document, "/v1/{model}/upscale", "upscaleImage", model)
    described = another(document, "/v1/describe", "describeImage")
    described["responses"]["200"] = {
        "description": "What it shows.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
    }
    another(document, "/v1/many", "upscaleMany")


def renamed(document: Any) -> None:
    """Let the operation have parameters with the names of options."""
    alone(document)
    document["paths"][PATH]["post"]["parameters"] = [
        {"name": "in_flight", "in": "query", "schema": {"type": "integer"}},
        {"name": "requests", "in": "query", "schema": {"type": "integer"}},
    ]


def alone(document: Any) -> None:
    """Leave the operation at `PATH` alone in the document."""
    document["paths"] = {PATH: document["paths"][PATH]}


@pytest.fixture(scope="module")
def package(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package with several operations."""
    return generated(altered(several, tmp_path_factory.mktemp("several") / "several.yaml"))


def names(package: Any, ending: str) -> set[str]:
    """The attributes of a client with an ending."""
    return {name for name in dir(package.Client) if name.endswith(ending)}


def test_the_verb_names_the_method_of_the_first_operation_that_has_it(package: Any) -> None:
    """Other operations with the verb have their whole names in it, and no operation is replaced."""
    assert names(package, "_many") | names(package, "_many_") == {
        "generate_many",
        "generate_draft_many",
        "upscale_image_many",
        "describe_many",
        "upscale_many",
        "upscale_many_many",
    }
    assert docs(package.Client.generate_draft_many).startswith("Call `generate_draft` for many requests")


def test_batches_are_for_operations_that_give_files(package: Any) -> None:
    """Each has a class, unless it needs more than the object, or gives no file; that of the first is `Batch`."""
    batch = importlib.import_module(f"{package.__name__}.batch")
    classes = {name for name in batch.__all__ if name.endswith("Batch")}
    assert classes == {"Batch", "GenerateDraftBatch", "UpscaleManyBatch"}
    assert classes <= set(package.__all__)


def test_what_is_not_a_property_of_the_objects_is_given_once(
    package: Any, connect: Connect, server: RecordingServer
) -> None:
    """A parameter of the path is a keyword of the method, and the same for all calls."""
    server.respond_with(jpeg(), headers={"content-type": "image/jpeg"})
    client = connect(package, api_key="k")
    requests = [package.GenerateImageRequest(prompt=prompt) for prompt in ("a", "b")]
    outcomes = list(client.upscale_image_many(requests, model="x y", in_flight=1))
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert server.last.path == "/v1/x%20y/upscale"


def test_its_options_make_room_for_parameters_of_the_same_name(generated: Generate, tmp_path: Path) -> None:
    """The option gets a longer name, as `timeout` does."""
    package = generated(altered(renamed, tmp_path / "renamed.yaml"))
    parameters = list(inspect.signature(package.Client.generate_many).parameters)
    assert parameters == ["self", "requests_", "in_flight", "requests", "in_flight_", "timeout"]


def test_without_such_an_operation_there_are_no_methods_and_classes(generated: Generate, tmp_path: Path) -> None:
    """Where no operation takes an object there is no method, no `Outcome` and no batch."""

    def without(document: Any) -> None:
        alone(document)
        del document["paths"][PATH]["post"]["requestBody"]

    package = generated(altered(without, tmp_path / "without.yaml"))
    assert not names(package, "_many")
    assert not {"Outcome", "Batch", "BatchSummary"} & set(package.__all__)


@pytest.mark.parametrize("name", ["Batch", "Outcome", "BatchPlan"])
def test_a_schema_of_the_same_name_makes_room(name: str, generated: Generate, tmp_path: Path) -> None:
    """A class of the document with the name of one of the package gets another name."""

    def add(document: Any) -> None:
        document["components"]["schemas"][name] = copy.deepcopy(document["components"]["schemas"]["ErrorBody"])
        document["paths"][PATH]["post"]["responses"]["400"] = {
            "description": "Wrong.",
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }

    package = generated(altered(add, tmp_path / f"{name.lower()}.yaml"))
    assert hasattr(package, f"{name}Model")
    assert package.Batch.__module__.endswith("._batch")


def test_the_document_says_what_stops_a_batch(generated: Generate, tmp_path: Path) -> None:
    """`x-stops-batch` of a response, or of the cause that its text names, decides, and nothing else."""

    stopping: list[int] = []

    def turn(document: Any) -> None:
        responses = document["components"]["responses"]
        del responses["NotFound"]["x-stops-batch"]
        responses["BadRequest"]["x-stops-batch"] = True
        causes = {cause["name"]: cause for cause in responses["NotAcceptable"]["x-causes"]}
        del causes["NotEnoughCredits"]["x-stops-batch"]
        causes["ParameterRefused"]["x-stops-batch"] = True
        for status, response in document["paths"][PATH]["post"]["responses"].items():
            if responses.get(response.get("$ref", "").rpartition("/")[2], response).get("x-stops-batch"):
                stopping.append(int(status))

    package = generated(altered(turn, tmp_path / "stopping.yaml"))
    operation = importlib.import_module(f"{package.__name__}.api.images.generate_image").OPERATION
    messages = importlib.import_module(f"{package.__name__}._runtime.base.messages")
    request = messages.Request(operation="generate_image", method="POST", path=PATH)

    def stops(status: int, text: str) -> bool:
        body = json.dumps({"error": text}).encode()
        response = messages.Response(status, messages.Headers((("content-type", "application/json"),)), body)
        return bool(operation.stops_batch(operation.failure(request, response)))

    assert [status for status in range(300, 600) if stops(status, "no")] == stopping
    assert 400 in stopping
    assert 404 not in stopping
    assert (stops(404, "No credits found for the user"), stops(404, "request id unknown")) == (True, False)
    assert (stops(406, "steps must be 4"), stops(406, "Insufficient credits"), stops(406, "?")) == (True, False, False)
