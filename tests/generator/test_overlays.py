"""Overlays mend a document that is someone else's: what they can do, and what they say where they cannot."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import generate
import pytest

from generator.document.document import Document, SpecError
from tests.generator.conftest import Connect
from tests.generator.generation import DOCUMENTS, imported, write_package
from tests.generator.recording_server import RecordingServer

FOREIGN = (DOCUMENTS / "painter" / "painter.yaml").read_text(encoding="utf-8")

MENDING = (DOCUMENTS / "painter" / "mending.yaml").read_text(encoding="utf-8")


def written(folder: Path, *overlays: str, document: str = FOREIGN) -> tuple[Path, list[Path]]:
    """Write a document and overlays, and return their paths."""
    spec = folder / "painter.yaml"
    spec.write_text(document, encoding="utf-8")
    paths = [folder / f"overlay{number}.yaml" for number in range(1, len(overlays) + 1)]
    for path, text in zip(paths, overlays, strict=True):
        path.write_text(text, encoding="utf-8")
    return spec, paths


def loaded(folder: Path, *overlays: str, document: str = FOREIGN) -> Document:
    """The document that overlays make of another."""
    spec, paths = written(folder, *overlays, document=document)
    return Document.load(spec, paths)


def overlay(*actions: dict[str, Any]) -> str:
    """The text of an overlay, with an action on each line."""
    head = 'overlay: 1.0.0\ninfo: {title: t, version: "1"}\nactions:\n'
    return head + "".join(f"- {json.dumps(action)}\n" for action in actions)


def options(spec: Path, output: Path, overlays: Sequence[Path]) -> list[str]:
    """What the command line takes."""
    further = [text for path in overlays for text in ("--overlay", str(path))]
    return ["--spec", str(spec), "--output", str(output), "--package", "painter_client", *further]


def test_a_foreign_document_gets_billing_retries_and_semantics(
    tmp_path: Path, server: RecordingServer, connect: Connect
) -> None:
    """All that our own document says by `x-` keywords, without an edit of theirs."""
    spec, overlays = written(tmp_path, MENDING)
    assert generate.main(options(spec, tmp_path / "generated", overlays)) == 0
    with imported(tmp_path / "generated", "painter_client") as package:
        client = connect(package, key="K", retry=package.Backoff(attempts=2, first=0.001, longest=0.001))
        assert not hasattr(client, "debug")
        server.respond_with({"error": "busy"}, status=429)
        with pytest.raises(package.TooManyRequestsError) as caught:
            client.paint(text="a fox", number=7)
        assert (caught.value.outcome, len(server.requests)) == ("retryable", 2)
        assert "not billed" in str(caught.value)
        server.respond_with({"url": "https://painter.example/1"}, headers={"x-cost": "0.02"})
        assert client.paint(text="a fox").url == "https://painter.example/1"
        assert server.last.headers["x-key"] == "K"
        # The property is a seed now, which can be drawn.
        client.paint(text="a fox", number="random")
        assert isinstance(server.last.json["number"], int)
        with pytest.raises(package.InvalidRequestError, match="number: -1 is out of range"):
            client.paint(text="a fox", number=-1)


def test_the_hash_covers_overlays_and_a_check_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file names the overlays, and an edit of one is found."""
    spec, overlays = written(tmp_path, MENDING)
    command = options(spec, tmp_path / "generated", overlays)
    assert generate.main(command) == 0
    assert generate.main([*command, "--check"]) == 0
    head = (tmp_path / "generated" / "painter_client" / "client.py").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("# @generated from openapi/painter.yaml with overlay1.yaml (SHA-256 ")
    overlays[0].write_text(f"{MENDING}# edited\n", encoding="utf-8")
    assert generate.main([*command, "--check"]) == 1
    assert "SHA-256" in capsys.readouterr().out


def test_overlays_are_applied_in_their_order(tmp_path: Path) -> None:
    """A later one sees what an earlier one has made."""
    first = overlay({"target": "$.info", "update": {"x-a": {"b": 1}}})
    second = overlay({"target": "$.info['x-a']", "update": {"b": 2, "c": 3}})
    assert loaded(tmp_path, first, second).at("/info/x-a") == {"b": 2, "c": 3}
    assert loaded(tmp_path, second, first).at("/info/x-a") == {"b": 1}


def test_updates_merge(tmp_path: Path) -> None:
    """Objects are merged, arrays are joined, an array gets an entry, and a plain value is replaced."""
    document = loaded(
        tmp_path,
        overlay(
            {"target": "$.paths['/paint'].post", "update": {"tags": ["new"], "x-price-usd": 1, "deprecated": True}},
            {"target": "$.components.schemas.Order.required", "update": "number"},
            {"target": "$.info.title", "update": "Fox painter"},
            {"target": "$.components.schemas.*", "update": {"x-all": [1]}},
        ),
    )
    operation = document.at("/paths/~1paint/post")
    assert (operation["tags"], operation["deprecated"]) == (["art", "internal", "new"], True)
    assert document.at("/components/schemas/Order/required") == ["text", "number"]
    assert document.at("/info/title") == "Fox painter"
    assert document.at("/components/schemas/Painting/x-all") == [1]
    assert document.at("/components/schemas/Order/x-all") is not document.at("/components/schemas/Painting/x-all")


def test_targets_are_json_paths(tmp_path: Path) -> None:
    """Filters and descendants of RFC 9535, and what is removed from an array leaves no gap."""
    document = loaded(
        tmp_path,
        overlay(
            {"target": "$.paths.*[?@.operationId == 'paint'].tags[0]", "remove": True},
            {"target": "$..[?@.description == 'x']", "update": {"description": "All is well."}},
        ),
    )
    assert document.at("/paths/~1paint/post/tags") == ["internal"]
    assert document.at("/paths/~1debug/get/responses/200/description") == "All is well."
    assert str(document.place("/paths/~1paint/post/tags/0")).startswith("painter.yaml:7")


def test_places_lead_into_the_overlay(tmp_path: Path) -> None:
    """For what it has added or replaced, and nothing else."""
    document = loaded(tmp_path, MENDING)
    places = {
        "/servers/0/url": "overlay1.yaml:8",
        "/components/securitySchemes/key": "overlay1.yaml:11",
        "/paths/~1paint/post/x-price-usd": "overlay1.yaml:15",
        "/paths/~1paint/post/responses/200/headers/x-cost": "overlay1.yaml:18",
        "/paths/~1paint/post/responses/200/description": "painter.yaml:14",
        "/components/schemas/Order/properties/number/minimum": "overlay1.yaml:21",
        "/components/schemas/Order/properties/number/type": "painter.yaml:28",
    }
    assert {pointer: re.match(r"[^:]+:\d+", str(document.place(pointer)))[0] for pointer in places} == places  # type: ignore[index]


def test_a_problem_in_an_overlay_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As one in the document does."""
    spec, overlays = written(
        tmp_path, overlay({"target": "$", "update": {"servers": [{"url": "https://a.example"}]}}, _MISSING)
    )
    assert generate.main([*options(spec, tmp_path / "generated", overlays), "--strict"]) == 3
    assert re.search(r"overlay1\.yaml:5:\d+: \$ref 'no.yaml': there is no such file", capsys.readouterr().err)


_MISSING = {"target": "$.components.schemas.Order.properties.text", "update": {"$ref": "no.yaml"}}


def test_what_an_overlay_adds_can_be_in_other_files(tmp_path: Path) -> None:
    """A reference with a path starts from the overlay's folder, and one without is about the document."""
    (tmp_path / "size.yaml").write_text("{type: integer, maximum: 3}")
    document = loaded(
        tmp_path,
        overlay(
            {
                "target": "$.components.schemas.Order.properties",
                "update": {"size": {"$ref": "size.yaml"}, "after": {"$ref": "#/components/schemas/Painting"}},
            }
        ),
    )
    assert document.at("/components/schemas/Order/properties/size") == {"$ref": "#/components/schemas/size"}
    assert document.at("/components/schemas/Order/properties/after") == {"$ref": "#/components/schemas/Painting"}
    assert str(document.place("/components/schemas/size/maximum")).startswith("size.yaml:1")


def test_an_overlay_mends_a_reference_that_leads_nowhere(tmp_path: Path) -> None:
    """What it has replaced or removed is not missed."""
    broken = FOREIGN.replace('{$ref: "#/components/schemas/Order"}', "{$ref: order.yaml}")
    assert [problem.instead for problem in loaded(tmp_path, document=broken).remarks] == [None]
    schema = "$.paths['/paint'].post.requestBody.content['application/json'].schema"
    mended = overlay({"target": schema, "update": {"$ref": "#/components/schemas/Order"}})
    assert loaded(tmp_path, mended, document=broken).remarks == ()


def test_what_has_no_effect_is_reported(tmp_path: Path) -> None:
    """A target that matches nothing, and an overlay of another document."""
    text = overlay({"target": "$.paths['/pant'].post", "update": {}}).replace("actions", "extends: other.yaml\nactions")
    document = loaded(tmp_path, text)
    assert [(str(one.place), one.message, one.instead) for one in document.remarks] == [
        ("overlay1.yaml:3", "the overlay extends 'other.yaml'", "it is applied to painter.yaml"),
        (
            "overlay1.yaml:5:4",
            """the target "$.paths['/pant'].post" matches nothing in the document""",
            "the action changes nothing",
        ),
    ]


WRONG = {
    "a document": (FOREIGN, "1: not an overlay: a mapping with `overlay: 1.0.0` is expected"),
    "a list": ("- a", "1: not an overlay"),
    "another version": (overlay().replace("1.0.0", "2.0.0"), "1: not an overlay"),
    "no actions": ("overlay: 1.0.0\nactions: []", "2: an overlay has a list of `actions`"),
    "no target": (overlay({"update": {}}), "4: an action has a `target`"),
    "no change": (overlay({"target": "$.info"}), "4: an action has an `update`, or `remove: true`"),
    "a misspelt keyword": (
        overlay({"target": "$.info", "updat": {}}),
        "4:24: 'updat' is not a keyword of an action; did you mean 'update'?",
    ),
    "not a path": (
        overlay({"target": "paths./paint", "update": {}}),
        "4:4: the target 'paths./paint' is not a JSONPath of RFC 9535",
    ),
    "an unclosed path": (overlay({"target": "$.paths[", "update": {}}), "4:4: the target '$.paths[' is not a JSONPath"),
    "a list for an object": (
        overlay({"target": "$.info", "update": []}),
        "4:24: '$.info' is an object: `update` has to be one too",
    ),
    "the whole document": (overlay({"target": "$", "remove": True}), "4:4: the whole document cannot be removed"),
    "a remove that is a text": (
        overlay({"target": "$", "remove": "yes"}),
        "4:19: `remove` is true or false, not 'yes'",
    ),
    "no YAML": ("overlay: [", "1: not YAML"),
    "without end": (
        overlay(
            {"target": "$.info", "update": {"x-large": [0] * 700_000}}, {"target": "$", "update": {"x": [0] * 400_000}}
        ),
        "5: the overlay adds more than 1,000,000 values",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_wrong_overlay_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """With its file, line and what is expected."""
    with pytest.raises(SpecError, match=f"^{re.escape(f'overlay1.yaml:{message}')}"):
        loaded(tmp_path, text)


def test_a_missing_overlay_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a missing document is."""
    spec, _ = written(tmp_path)
    assert generate.main(options(spec, tmp_path / "generated", [tmp_path / "no.yaml"])) == 2
    assert "no.yaml" in capsys.readouterr().err


def test_write_package_takes_no_overlay_by_default(tmp_path: Path) -> None:
    """A document alone is named alone."""
    spec, _ = written(tmp_path, document=FOREIGN.replace("paths:", 'servers: [{url: "https://a.example"}]\npaths:', 1))
    write_package(spec, tmp_path / "generated", "painter_client")
    head = (tmp_path / "generated" / "painter_client" / "client.py").read_text(encoding="utf-8").splitlines()[0]
    assert head.startswith("# @generated from openapi/painter.yaml (SHA-256 ")
