"""A schema with a discriminator that others extend by `allOf`: what refers to it holds any of them."""

from typing import Any

import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordingServer

DOCUMENT = "inheritance.yaml"


@pytest.fixture
def client(documented: Any, connect: Connect) -> Any:
    """A client of the service."""
    return connect(documented)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"kind": "cat", "lives": 9}, "Cat"),
        ({"kind": "dog", "friend": {"kind": "cat"}}, "Dog"),
        ({"kind": "Puppy", "weeks": 7}, "Puppy"),
        ({"kind": "Pet", "name": "Rex"}, "Pet"),
        ({"kind": "wolf"}, "Pet"),
    ],
)
def test_an_object_is_read_as_its_own_class(
    client: Any, server: RecordingServer, body: dict[str, Any], name: str
) -> None:
    """By the mapping or its schema's name, and as the extended one where its kind is not documented."""
    server.respond_with({"star": body, "pets": [body], "by_name": {"x": body}, "guest": body, "house": body})
    zoo = client.get_zoo()
    read = [zoo.star, *zoo.pets, zoo.by_name["x"], zoo.guest, zoo.house]
    assert [type(one).__name__ for one in read] == [name] * 5
    assert zoo.star.to_dict() == body


def test_kinds_of_kinds_are_kinds(client: Any, server: RecordingServer) -> None:
    """A reference to one that extends another stands for those that extend it, and for no others."""
    server.respond_with({"guard": {"kind": "Puppy", "weeks": 7}, "guest": None})
    zoo = client.get_zoo()
    assert (type(zoo.guard).__name__, zoo.guard.weeks, zoo.guest) == ("Puppy", 7, None)
    server.respond_with({"guard": {"kind": "dog", "friend": {"kind": "cat", "lives": 1}}})
    assert client.get_zoo().guard.friend.lives == 1


def test_a_schema_that_none_extends_is_itself(documented: Any, client: Any, server: RecordingServer) -> None:
    """Its discriminator is that of the extended schema: it tells nothing here."""
    server.respond_with({"kind": "cat", "lives": 2})
    assert client.get_crowd() == documented.models.Cat(kind="cat", lives=2)


def test_any_kind_can_be_sent(documented: Any, client: Any, server: RecordingServer) -> None:
    """And comes back as what it is."""
    sent = documented.models.Cat(kind="cat", name="Tom", lives=7)
    server.respond_with(sent.to_dict())
    assert client.put_pet(body=sent) == sent
    assert server.requests[-1].json == {"kind": "cat", "name": "Tom", "lives": 7}
