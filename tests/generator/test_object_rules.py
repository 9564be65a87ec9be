"""Rules of objects as a whole, and of the members of arrays: checked before anything is sent."""

from typing import Any

import pytest

from tests.generator.conftest import Connect
from tests.generator.recording_server import RecordingServer

DOCUMENT = "object-rules.yaml"

MADE = {"made_by": "me"}


@pytest.fixture
def client(documented: Any, connect: Connect, server: RecordingServer) -> Any:
    """A client of a service that has nothing to say."""
    server.respond_with(None, status=204)
    return connect(documented)


@pytest.mark.parametrize(
    ("given", "extra"),
    [({}, MADE), ({"name": "red"}, MADE), ({"rgb": "f00", "space": "srgb", "depth": None}, MADE)],
)
def test_an_object_that_fits_is_sent(
    documented: Any, client: Any, server: RecordingServer, given: dict[str, Any], extra: dict[str, str]
) -> None:
    """Fields, defaults and further fields count together."""
    given = {name: documented.UNSET if value is None else value for name, value in given.items()}
    client.put_flat(**given, extra_body=extra)
    assert server.last.json.items() >= extra.items()


@pytest.mark.parametrize(
    ("given", "extra", "rule"),
    [
        ({}, {}, "has no 'made_by', which is needed"),
        ({"rgb": "f00"}, MADE, "has rgb, and not space, which it needs then"),
        ({"rgb": "f00", "name": "red", "depth": None}, MADE, "must not have rgb and name together"),
        ({"name": "red", "space": "srgb"}, MADE, "has 4 properties, at most 3 are allowed"),
    ],
)
@pytest.mark.parametrize("how", ["flat", "nested"])
def test_an_object_that_does_not_fit_as_a_whole_is_not_sent(
    documented: Any,
    client: Any,
    server: RecordingServer,
    given: dict[str, Any],
    extra: dict[str, str],
    rule: str,
    how: str,
) -> None:
    """The rule is named in words, be the object the body or a part of it."""
    given = {name: documented.UNSET if value is None else value for name, value in given.items()}
    colour = documented.Colour(**given)
    colour.additional_properties.update(extra)
    method, arguments = (client.put_whole, {"colour": colour})
    if how == "flat":
        method, arguments = client.put_flat, {**given, "extra_body": extra}
    with pytest.raises(documented.InvalidRequestError) as error:
        method(**arguments)
    assert ("body" if how == "flat" else "colour", rule) in [(fault.field, fault.rule) for fault in error.value.faults]
    assert not server.requests


def test_a_request_of_the_functions_is_checked_as_a_whole(documented: Any, client: Any) -> None:
    """The functions that take the body as one object check it too."""
    from importlib import import_module

    put_flat = import_module(f"{documented.__name__}.api.default.put_flat")
    with pytest.raises(documented.InvalidRequestError, match="body: has no 'made_by'"):
        put_flat.sync(client=client, body=documented.Colour(name="red"))


def test_names_of_further_properties_are_checked(documented: Any, client: Any) -> None:
    """`propertyNames` holds for the names that the document does not know."""
    with pytest.raises(documented.InvalidRequestError, match="body, name 'Not this': 'Not this' does not match"):
        client.put_flat(name="red", extra_body={**MADE, "Not this": 1})


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"a": "x"}, None),
        ({"b": "x", "c": "x"}, None),
        ({"c": "x"}, "needs a or b"),
        ({"a": "x", "c": "x"}, "needs either a or c, and not more than one of them"),
        ({"b": "x"}, "needs either a or c, and not more than one of them"),
    ],
)
def test_alternatives_that_only_require_properties_are_checked(
    documented: Any, client: Any, given: dict[str, str], rule: str | None
) -> None:
    """`anyOf` and `oneOf` of `required` beside properties are no other types, and hold."""
    if rule is None:
        client.put_whole(choosing=documented.Choosing(**given))
    else:
        with pytest.raises(documented.InvalidRequestError) as error:
            client.put_whole(choosing=documented.Choosing(**given))
        assert [(fault.field, fault.rule) for fault in error.value.faults] == [("choosing", rule)]


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"kind": "big", "size": 1}, None),
        ({"kind": "small"}, None),
        ({}, None),
        ({"kind": "big"}, "has no size, which is needed with kind 'big'"),
    ],
)
def test_what_a_value_requires_is_checked(
    documented: Any, client: Any, given: dict[str, Any], rule: str | None
) -> None:
    """`if` compares properties with values, and `then` names what else is needed."""
    conditional = documented.WholeConditional(**given)
    if rule is None:
        client.put_whole(conditional=conditional)
    else:
        with pytest.raises(documented.InvalidRequestError) as error:
            client.put_whole(conditional=conditional)
        assert [(fault.field, fault.rule) for fault in error.value.faults] == [("conditional", rule)]


def _map(documented: Any, name: str, members: dict[str, Any]) -> Any:
    made = getattr(documented, name)()
    made.additional_properties.update(members)
    return made


@pytest.mark.parametrize(
    ("field", "kind", "members", "fault"),
    [
        ("settings", "WholeSettings", {"a": 1}, None),
        ("settings", "WholeSettings", {}, "settings: has 0 properties, at least 1 is needed"),
        ("settings", "WholeSettings", {"a": 1, "b": 2, "c": 3}, "settings: has 3 properties, at most 2 are allowed"),
        ("settings", "WholeSettings", {"a": 10}, "settings.additional_properties['a']: 10 is out of range"),
        ("patterned", "WholePatterned", {"n_a": 1}, None),
        ("patterned", "WholePatterned", {"a": 1}, "patterned: has 'a', and no property of that name is allowed"),
        ("patterned", "WholePatterned", {"n_a": "x"}, "patterned.additional_properties['n_a']: 'x' is a str"),
        ("partly_patterned", "WholePartlyPatterned", {"any": [], "n_a": 1, "a_s": "x"}, None),
        ("partly_patterned", "WholePartlyPatterned", {"n_a": "x"}, "['n_a']: 'x' is a str, not an int"),
        ("partly_patterned", "WholePartlyPatterned", {"n_a_s": 1}, "['n_a_s']: 1 is an int, not a str"),
        ("sealed", "WholeSealed", {}, None),
        ("sealed", "WholeSealed", {"x": 1}, "sealed: has 'x', and no property of that name is allowed"),
    ],
)
def test_further_properties_are_checked_by_their_number_and_names(
    documented: Any, client: Any, field: str, kind: str, members: dict[str, Any], fault: str | None
) -> None:
    """`minProperties`, `maxProperties`, `patternProperties` and `unevaluatedProperties` hold for maps."""
    given = {field: _map(documented, kind, members)}
    if fault is None:
        client.put_whole(**given)
    else:
        with pytest.raises(documented.InvalidRequestError) as error:
            client.put_whole(**given)
        assert fault in str(error.value)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("contained", [7, 1], None),
        ("contained", [1], "contained: [1] has 0 members that are one of 7: 1 to 2 members"),
        ("contained", [7, 7, 7], "contained: [7, 7, 7] has 3 members that are one of 7: 1 to 2 members"),
        ("pair", ["a", 1], None),
        ("pair", ["a", 10], "pair[1]: 10 is out of range: int, 9 or less"),
        ("pair", ["a", 1, 1], "pair: ['a', 1, 1] has 3 members, at most 2 are allowed"),
        ("pair", [1, 1], "pair[0]: 1 is an int, not a str"),
        ("labelled", ["abc", 1, 2], None),
        ("labelled", ["abcd"], "labelled[0]: 'abcd' has 4 characters"),
        ("labelled", ["abc", "d"], "labelled[1]: 'd' is a str, not an int"),
        ("not_zero", 1, None),
        ("not_zero", 0, "not_zero: 0 is what is not allowed: one of 0"),
        ("not_reserved", "con", "not_reserved: 'con' is what is not allowed: one of con, nul"),
        ("nested", [["a", "b"]], None),
        ("nested", [["a"]], "nested[0]: ['a'] has 1 members, at least 2 are needed"),
        ("unique", [[1], [True], {"a": 1}, {"a": True}, 1, True, "1"], None),
        ("unique", [{"a": [1]}, {"a": [1]}], "has the same member twice"),
    ],
)
def test_members_of_arrays_and_excluded_values_are_checked(
    documented: Any, client: Any, field: str, value: object, fault: str | None
) -> None:
    """`contains`, `prefixItems`, `not`, nested `minItems` and `uniqueItems` hold; true is not 1."""
    if fault is None:
        client.put_whole(**{field: value})
    else:
        with pytest.raises(documented.InvalidRequestError) as error:
            client.put_whole(**{field: value})
        assert fault in str(error.value)
