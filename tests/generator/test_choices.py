"""Alternatives: `oneOf`, `anyOf`, several types, constants, in requests and in responses."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from tests.generator.conftest import Connect, Generate
from tests.generator.recording_server import RecordingServer

DOCUMENT = "choices.yaml"


@pytest.fixture
def client(documented: Any, connect: Connect) -> Any:
    """A client of the service."""
    return connect(documented)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"petType": "cat", "lives": 3}, "Cat"),
        ({"petType": "kitten"}, "Cat"),
        ({"petType": "dog", "tricks": ["sit"]}, "Dog"),
        ({"petType": "Fish", "legs": 0}, "Fish"),
    ],
)
def test_a_discriminator_distinguishes_objects(
    client: Any, server: RecordingServer, body: dict[str, Any], name: str
) -> None:
    """The mapping decides, or the name of the schema where the mapping has none, whatever else the objects have."""
    server.respond_with(body)
    assert type(client.get_pet()).__name__ == name


@pytest.mark.parametrize("form", ["round", "square"])
def test_a_discriminator_of_schemas_without_a_name_leaves_it_to_their_values(
    client: Any, server: RecordingServer, form: str
) -> None:
    """Where they stand among the alternatives is not a value."""
    server.respond_with({"form": form})
    assert client.get_inline().to_dict() == {"form": form}
    assert type(client.get_inline()).__name__.lower().endswith(form)


@pytest.mark.parametrize(("kind", "name"), [("started", "Started"), ("stopped", "Stopped"), ("killed", "Stopped")])
def test_values_distinguish_objects(client: Any, server: RecordingServer, kind: str, name: str) -> None:
    """Without a discriminator, a property whose values differ decides; others may have values that are newer."""
    server.respond_with({"kind": kind, "state": "tepid"})
    assert type(client.get_event()).__name__ == name


@pytest.mark.parametrize(
    ("body", "name"), [({"x": 1, "y": 2}, "Point"), ({"x": 1, "y": 2, "r": 3}, "Circle"), ("a", "str"), ([1], "list")]
)
def test_required_properties_distinguish_objects(client: Any, server: RecordingServer, body: object, name: str) -> None:
    """The alternative that requires most is tried first, and anything but an object is recognised by its type."""
    server.respond_with(body)
    assert type(client.get_shape()).__name__ == name


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("get_pet", {"petType": "bird", "wings": 2}),
        ("get_pet", {"name": "nobody"}),
        ("get_event", {"kind": "paused"}),
        ("get_shape", {"x": 1}),
    ],
)
def test_an_object_that_is_none_of_the_alternatives_is_an_unknown_one(
    documented: Any, client: Any, server: RecordingServer, call: str, body: dict[str, Any]
) -> None:
    """A value outside of the mapping of a discriminator, or an object that none fits, does not lose the response."""
    server.respond_with(body)
    found = getattr(client, call)()
    assert isinstance(found, documented.UnknownObject)
    assert (dict(found), found.to_dict()) == (body, body)


def test_the_reference_says_how_objects_are_told_apart(documented: Any) -> None:
    """API.md has the order in which it is decided, for those who find an `UnknownObject`."""
    text = (Path(documented.__file__).parents[1] / "API.md").read_text()
    assert "An object that is none of them is an `UnknownObject`" in " ".join(text.split())


@pytest.mark.parametrize(("call", "expected"), [("get_pet", r"an object \(Cat\)"), ("get_shape", "an array")])
def test_none_of_the_alternatives_is_an_invalid_response(
    documented: Any, client: Any, server: RecordingServer, call: str, expected: str
) -> None:
    """A response of another kind than all alternatives is not read as any."""
    server.respond_with(4)
    with pytest.raises(documented.InvalidResponseError, match=f"{expected}.* is expected, not 4"):
        getattr(client, call)()


def test_null_can_be_an_alternative(client: Any, server: RecordingServer) -> None:
    """A response of null is None."""
    server.respond_with(None)
    assert client.get_event() is None


def test_any_of_the_alternatives_can_be_sent(documented: Any, client: Any, server: RecordingServer) -> None:
    """A body that can be one of several objects takes each of them, and nothing else."""
    server.respond_with(status=204)
    client.put_pet(body=documented.Dog(pet_type="dog", tricks=["sit"]))
    assert server.last.json == {"petType": "dog", "tricks": ["sit"]}
    for wrong in (documented.Started(kind="started"), None, {"petType": "dog"}):
        with pytest.raises(documented.InvalidRequestError, match="Cat or Dog or Fish"):
            client.put_pet(body=wrong)


@pytest.mark.parametrize(
    "given",
    [
        {"input_": "a"},
        {"input_": ["a"]},
        {"input_": [1]},
        {"id": 1},
        {"id": "ab"},
        {"when": 7},
        {"level": "low"},
        {"mode": "auto"},
        {"mode": 3},
        {"tagged": "x"},
        {"flag": True},
        {"nothing": None},
        {"either": True},
        {"either": 4.5},
        {"colors": ["red", None]},
        {"loose": [1, "a"]},
        {"odd": None},
        {"odd": [1]},
        {"maybe_pet": None},
    ],
)
def test_what_one_alternative_allows_is_sent_and_read(
    client: Any, server: RecordingServer, given: dict[str, Any]
) -> None:
    """Alternative types, constants, lists and null are sent as they are given, and read as they were sent."""
    api_name = {name.rstrip("_"): value for name, value in given.items()}
    server.respond_with(api_name)
    assert client.post_holder(**given).to_dict() == api_name
    assert server.last.json == api_name


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"input_": ""}, "input_"),
        ({"input_": [1, "a"]}, "input_"),
        ({"input_": None}, "input_"),
        ({"id": 0}, "id"),
        ({"id": "a"}, "id"),
        ({"id": True}, "id"),
        ({"when": "later"}, "when"),
        ({"level": "mid"}, "level"),
        ({"mode": "manual"}, "mode"),
        ({"mode": -1}, "mode"),
        ({"tagged": 3}, "tagged"),
        ({"flag": False}, "flag"),
        ({"flag": 1}, "flag"),
        ({"nothing": 0}, "nothing"),
        ({"either": 6}, "either"),
        ({"colors": ["blue"]}, "colors[0]"),
        ({"loose": "a"}, "loose"),
        ({"odd": 2}, "odd"),
        ({"pets": [3]}, "pets[0]"),
    ],
)
def test_what_no_alternative_allows_is_refused(
    documented: Any, client: Any, server: RecordingServer, given: dict[str, Any], field: str
) -> None:
    """A value has to fit one alternative wholly; true is not 1."""
    with pytest.raises(documented.InvalidRequestError) as error:
        client.post_holder(**given)
    assert [fault.field for fault in error.value.faults] == [field]
    assert server.requests == []


def test_alternatives_are_read_at_any_depth(client: Any, server: RecordingServer) -> None:
    """In lists, maps and nested alternatives each object has its own class."""
    server.respond_with(
        {
            "pets": [{"petType": "cat"}, {"petType": "dog"}],
            "by_name": {"a": {"petType": "Fish"}},
            "maybe_pet": {"petType": "dog"},
            "tagged": {"a": 1},
        }
    )
    holder = client.post_holder()
    found = [*holder.pets, holder.by_name["a"], holder.maybe_pet]
    assert [type(pet).__name__ for pet in found] == ["Cat", "Dog", "Fish", "Dog"]
    assert holder.tagged.a == 1


def test_constants_can_change_in_responses(client: Any, server: RecordingServer) -> None:
    """A value that is newer than the document is accepted where one or several constants are documented."""
    server.respond_with({"level": "extreme", "flag": False})
    holder = client.post_holder()
    assert (holder.level, holder.flag) == ("extreme", False)


def test_recursion_goes_through_alternatives_and_maps(documented: Any, client: Any, server: RecordingServer) -> None:
    """A tree is sent and read, and a fault in it is named by its path."""
    tree = {"value": 1, "left": {"value": 2}, "links": {"a": {"value": 3}}, "other": None}
    server.respond_with(tree)
    assert client.post_tree(value=1).to_dict() == tree
    bad = documented.Tree.from_dict({"value": 1, "links": {"q": {"value": -3}}})
    with pytest.raises(documented.InvalidRequestError) as error:
        client.post_tree(value=0, other=bad)
    assert [fault.field for fault in error.value.faults] == ["other.links.additional_properties['q'].value"]


SHARED = """\
openapi: 3.1.0
info: {title: Shared, version: "1"}
servers: [{url: https://shared.example}]
paths:
  /a:
    post:
      operationId: swap
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Either"}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Either"}}}}
components:
  schemas:
    Either: {oneOf: [{$ref: "#/components/schemas/One"}, {$ref: "#/components/schemas/Other"}]}
    One: {type: object, required: [a], properties: {a: {type: string}}}
    Other: {type: object, required: [b], properties: {b: {type: string}}}
"""


def test_only_responses_hold_unknown_objects(generated: Generate, tmp_path: Path) -> None:
    """A request of the same alternatives does not take an `UnknownObject`."""
    document = tmp_path / "shared.yaml"
    document.write_text(SHARED, encoding="utf-8")
    swap = inspect.signature(generated(document).Client.swap)
    assert swap.parameters["body"].annotation == "One | Other"
    assert swap.return_annotation == "One | Other | UnknownObject"
