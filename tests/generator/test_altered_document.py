"""The real document with a change: the YAML is the only file edited, and everything follows from it."""

import datetime
import importlib
import inspect
import typing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.client.images import jpeg
from tests.generator.conftest import Connect, Generate
from tests.generator.generation import altered, docs, real_document
from tests.generator.recording_server import RecordingServer

PATH = "/v1/flux-schnell"
SECRETS = {"api_key": "SG_0"}


def add(document: Any) -> None:
    """Let the service offer more than it does."""
    fields = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    fields["steps"].update({"minimum": 1, "maximum": 12})
    fields["guidance"] = {
        "type": "number",
        "description": "How closely to follow the prompt.",
        "default": 3.5,
        "minimum": 0,
        "exclusiveMaximum": 20,
        "x-mistaken-names": ["cfg_scale"],
    }
    fields["scheduler"]["enum"].insert(1, "made_up")
    responses = document["paths"][PATH]["post"]["responses"]
    responses["402"] = {
        "description": "Payment is due.",
        "x-billed": False,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
    }
    responses["503"] = {"description": "The model is being started."}
    document["components"]["responses"]["Image"]["headers"]["x-queue-seconds"] = {
        "description": "Seconds spent waiting.",
        "schema": {"type": "number"},
    }
    document["servers"].append({"url": "https://eu.api.segmind.com", "description": "In Europe."})
    document["components"]["securitySchemes"]["token"] = {"type": "http", "scheme": "bearer", "x-env": "SEGMIND_TOKEN"}
    document["paths"]["/v1/accounts/{account}/usage"] = {"get": _usage()}


def _usage() -> dict[str, Any]:
    return {
        "operationId": "getUsage",
        "tags": ["accounts"],
        "summary": "What an account has used.",
        "security": [{"token": []}],
        "parameters": [
            {"name": "account", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}},
            {"name": "day", "in": "query", "schema": {"type": "string", "format": "date"}},
            {"name": "X-Verbose", "in": "header", "schema": {"type": "boolean"}},
        ],
        "responses": {
            "200": {
                "description": "The usage.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "required": ["credits"],
                            "properties": {"credits": {"type": "number"}, "free-credits": {"type": "number"}},
                        }
                    }
                },
            }
        },
    }


def take_away(document: Any) -> None:
    """Let the service offer less than it does, under other names."""
    operation = document["paths"][PATH]["post"]
    document["paths"] = {"/v3/flux": {"put": operation}}
    operation["operationId"] = "drawImage"
    operation["tags"] = ["drawings"]
    operation["x-timeout-seconds"] = 0.5
    operation["responses"].pop("410", None)
    schemas = document["components"]["schemas"]
    fields = schemas["GenerateImageRequest"]["properties"]
    fields.pop("denoise", None)
    fields["steps"].update({"minimum": 1, "maximum": 6})
    fields["width"]["default"] = 512
    fields["sampler_name"]["enum"].pop()
    schemas["GenerateImageRequest"]["required"] = ["prompt", "seed"]
    del fields["seed"]["default"]
    schemas["Drawing"] = schemas.pop("GenerateImageRequest")
    operation["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/Drawing"}
    document["components"]["responses"]["Image"]["content"] = {"image/png": {}, "image/webp": {}}
    document["components"]["securitySchemes"]["apiKey"].update({"in": "query", "name": "key", "x-env": "FLUX_KEY"})
    document["servers"][0].update({"url": "https://flux.example/api", "x-env": "FLUX_URL"})
    document["info"]["version"] = "2.0.0"


@pytest.fixture(scope="module")
def more(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the document with additions."""
    return generated(altered(add, tmp_path_factory.mktemp("altered") / "more.yaml"))


@pytest.fixture(scope="module")
def less(generated: Generate, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A package of the document with removals."""
    return generated(altered(take_away, tmp_path_factory.mktemp("altered") / "less.yaml"))


@pytest.fixture
def client(more: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client of the service that does more; its calls fail with 503."""
    server.respond_with(b"", status=503)
    return connect(more, **SECRETS)


def reference(package: Any) -> str:
    """API.md of a package."""
    return (Path(package.__file__).parents[1] / "API.md").read_text(encoding="utf-8")


def line_of(package: Any, name: str) -> str:
    """The first line of API.md that has a name in code."""
    return next(line for line in reference(package).splitlines() if line.startswith("|") and f"`{name}`" in line)


def fault_of(package: Any, call: Any, *arguments: Any, **named: Any) -> str:
    """The only fault of a call."""
    with pytest.raises(package.InvalidRequestError) as error:
        call(*arguments, **named)
    (fault,) = error.value.faults
    return str(fault)


def test_a_changed_bound_changes_checks_and_messages(more: Any, client: Any, server: RecordingServer) -> None:
    """Twelve steps are sent by method and class alike, thirteen are refused with the new bound."""
    with pytest.raises(more.StatusError):
        client.generate_image(prompt="p", steps=12)
    assert server.last.json["steps"] == 12
    assert more.GenerateImageRequest(prompt="p", steps=12).steps == 12
    for call in (client.generate_image, more.GenerateImageRequest):
        assert fault_of(more, call, prompt="p", steps=13) == "steps: 13 is out of range: int, 1 to 12"


def test_a_new_field_is_in_types_and_docs(more: Any) -> None:
    """The field is a parameter of both clients and of the class, with type, default and description."""
    sentence = "How closely to follow the prompt. (float, 0 or more, less than 20)"
    for owner in (more.Client.generate_image, more.AsyncClient.generate_image):
        parameter = inspect.signature(owner).parameters["guidance"]
        assert (parameter.annotation, parameter.default) == ("float | Unset", 3.5)
        assert f"guidance: {sentence} Default: 3.5." in " ".join(docs(owner).split())
    assert typing.get_type_hints(more.GenerateImageRequest)["guidance"] == float | more.Unset
    assert "float, 0 or more, less than 20" in line_of(more, "guidance")


def test_a_new_field_is_sent_and_checked(more: Any, client: Any, server: RecordingServer) -> None:
    """The field is sent with its default or as given, is checked, and is suggested for its mistaken name."""
    for given, sent in (({}, 3.5), ({"guidance": 7}, 7)):
        with pytest.raises(more.StatusError):
            client.generate_image(prompt="p", **given)
        assert server.last.json["guidance"] == sent
    fault = fault_of(more, client.generate_image, prompt="p", guidance=20)
    assert fault == "guidance: 20 is out of range: float, 0 or more, less than 20"
    assert "did you mean 'guidance'?" in fault_of(more, client.generate_image, prompt="p", cfg_scale=7)


def test_conventional_functions_follow_too(more: Any, client: Any, server: RecordingServer) -> None:
    """`sync_detailed` sends the new field and the new bound, and reads the new status."""
    module = importlib.import_module(f"{more.__name__}.api.images.generate_image")
    body = more.GenerateImageRequest(prompt="p", steps=12, guidance=1)
    response = module.sync_detailed(client=client, body=body)
    assert (response.status_code, response.parsed) == (503, None)
    assert (server.last.json["steps"], server.last.json["guidance"]) == (12, 1)


def test_a_new_value_of_an_enum_is_allowed(more: Any, client: Any, server: RecordingServer) -> None:
    """The value is in the type, in its place, and passes the checks."""
    assert typing.get_args(more.GenerateImageRequestScheduler)[1] == "made_up"
    with pytest.raises(more.StatusError):
        client.generate_image(prompt="p", scheduler="made_up")
    assert server.last.json["scheduler"] == "made_up"


def test_a_new_status_has_an_error(more: Any, client: Any, server: RecordingServer) -> None:
    """The status raises an exception class of its own, with its description."""
    with pytest.raises(more.ServiceUnavailableError, match="The model is being started"):
        client.generate_image(prompt="p")
    server.respond_with({"error": "pay up"}, status=402)
    with pytest.raises(more.PaymentRequiredError, match="Payment is due: the service says 'pay up'; not billed"):
        client.generate_image(prompt="p")
    assert "PaymentRequiredError" in more.__all__
    assert "Payment is due." in line_of(more, "PaymentRequiredError")


def test_a_new_header_is_a_property_of_the_result(more: Any, client: Any, server: RecordingServer) -> None:
    """The header is read by its schema."""
    server.respond_with(jpeg(), content_type="image/jpeg", headers={"x-queue-seconds": "1.5"})
    assert client.generate_image(prompt="p").queue_seconds == Decimal("1.5")
    assert "Seconds spent waiting." in more.GenerateImageResult.queue_seconds.__doc__


def test_a_second_server_is_known(more: Any) -> None:
    """The package lists the second server, and the first stays the default."""
    first = real_document()["servers"][0]["url"]
    assert [server.url for server in more.SERVERS] == [first, "https://eu.api.segmind.com"]
    with more.Client(**SECRETS) as client:
        assert client.base_url == first


def test_a_second_operation_has_a_method(
    more: Any, connect: Connect, server: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has parameters in path, query and header, its own result, and the second key, from the environment."""
    monkeypatch.setenv("SEGMIND_TOKEN", "t")
    server.respond_with({"credits": 1.5, "free-credits": 0.25})
    usage = connect(more).get_usage(account=7, day=datetime.date(2024, 5, 1), x_verbose=True)
    assert (usage.credits, usage.free_credits) == (1.5, 0.25)
    assert (server.last.path, server.last.query) == ("/v1/accounts/7/usage", [("day", "2024-05-01")])
    assert (server.last.headers["authorization"], server.last.headers["x-verbose"]) == ("Bearer t", "true")
    assert "x-api-key" not in server.last.headers


def test_a_removed_field_is_unknown(less: Any, connect: Connect, server: RecordingServer) -> None:
    """A field that the document no longer has is refused, and is in no signature and no docs."""
    client = connect(less, **SECRETS)
    assert "denoise" in fault_of(less, client.draw_image, prompt="p", seed=1, denoise=1)
    assert "denoise" not in inspect.signature(less.AsyncClient.draw_image).parameters
    assert "denoise" not in reference(less)


def test_a_renamed_operation_has_another_method(less: Any, connect: Connect, server: RecordingServer) -> None:
    """Operation, tag, path, method, schema and key follow the document everywhere."""
    server.respond_with(b"", status=400)
    with pytest.raises(less.BadRequestError, match=r"draw_image \(PUT /v3/flux\)"):
        connect(less, **SECRETS).draw_image(prompt="p", seed=1)
    assert (server.last.method, server.last.path) == ("PUT", "/v3/flux")
    assert server.last.query == [("key", "SG_0")]
    assert server.last.json["width"] == 512
    assert not hasattr(less.Client, "generate_image")
    assert importlib.import_module(f"{less.__name__}.api.drawings.draw_image").sync
    assert {"Drawing", "DrawImageResult", "DrawImageResponse"} <= {*less.__all__}


def test_narrower_rules_are_checked(less: Any, connect: Connect) -> None:
    """A value above a lower bound, a removed value of an enum and a missing required field are refused."""
    client = connect(less, **SECRETS)
    assert fault_of(less, client.draw_image, prompt="p", seed=1, steps=7) == "steps: 7 is out of range: int, 1 to 6"
    fields = real_document()["components"]["schemas"]["GenerateImageRequest"]["properties"]
    removed = fields["sampler_name"]["enum"][-1]
    fault = fault_of(less, client.draw_image, prompt="p", seed=1, sampler_name=removed)
    assert f"sampler_name: {removed!r}" in fault
    assert fault_of(less, client.draw_image, prompt="p") == "seed: is missing: int, within 64 bits, or 'random'"


def test_a_removed_status_is_undocumented(less: Any, connect: Connect, server: RecordingServer) -> None:
    """A status that the document no longer has raises the same error as any unknown status."""
    server.respond_with({"error": "gone"}, status=410)
    with pytest.raises(less.UndocumentedStatusError):
        connect(less, **SECRETS).draw_image(prompt="p", seed=1)
    assert not hasattr(less, "ModelRetiredError")


def test_another_image_is_expected(less: Any, connect: Connect, server: RecordingServer) -> None:
    """Where the document says PNG or WebP, a JPEG is kept with a warning, or refused by whoever wants that."""
    server.respond_with(jpeg(), content_type="image/jpeg")
    reason = "the image is image/jpeg, not image/png or image/webp as documented"
    warning = connect(less, **SECRETS).draw_image(prompt="p", seed=1).warnings[0]
    assert (type(warning), str(warning)) == (less.FormatMismatchWarning, reason)
    with pytest.raises(less.MismatchError, match=reason):
        connect(less, **SECRETS, on_mismatch="raise").draw_image(prompt="p", seed=1)
    server.respond_with(b"<html>", content_type="image/jpeg")
    with pytest.raises(less.InvalidImageError, match="image/png or image/webp was expected"):
        connect(less, **SECRETS).draw_image(prompt="p", seed=1)


def test_facts_of_the_service_follow(less: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Base URL, version, environment variable and timeout are those of the document."""
    monkeypatch.setenv("FLUX_KEY", "SG_1")
    monkeypatch.setenv("SEGMIND_BASE_URL", "http://127.0.0.1:1")
    with less.Client() as client:
        assert client.base_url == "https://flux.example/api"
    monkeypatch.setenv("FLUX_URL", "http://127.0.0.1:2")
    with less.Client() as client:
        assert repr(client) == "Client(base_url='http://127.0.0.1:2' from FLUX_URL)"
    assert less.__version__ == "2.0.0"
    assert "By default 0.5 seconds, of which 0.5 for a connection" in " ".join(docs(less.Client).split())
