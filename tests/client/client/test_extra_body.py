"""`extra_body`: fields that the document does not have."""

import math
from typing import Any

import pytest

from segmind_flux_schnell import UNSET, Client, InvalidRequestError
from tests.client.calling import Recorder
from tests.client.conftest import Calling


def circular() -> dict[str, Any]:
    """A dict that holds itself."""
    found: dict[str, Any] = {}
    found["itself"] = found
    return found


def nested(depth: int) -> dict[str, Any]:
    """A dict in a dict in a dict …"""
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"inner": found}
    return found


def test_a_field_that_is_not_documented_is_sent(recorder: Recorder, calling: Calling) -> None:
    """`extra_body` adds fields with any JSON value to the request."""
    calling(transport=recorder.transport)(prompt="a tiger", extra_body={"unlisted": 3.5, "loras": [{"scale": None}]})
    assert recorder.body["unlisted"] == 3.5
    assert recorder.body["loras"] == [{"scale": None}]
    assert recorder.body["prompt"] == "a tiger"


def test_extra_body_has_the_last_word(recorder: Recorder, calling: Calling) -> None:
    """A documented field in `extra_body` is sent without a check, even if the document does not allow its value."""
    calling(transport=recorder.transport)(prompt="a tiger", extra_body={"sampler_name": "res_2s", "steps": 40})
    assert (recorder.body["sampler_name"], recorder.body["steps"]) == ("res_2s", 40)


def test_extra_body_can_be_empty(recorder: Recorder, client: Client) -> None:
    """`extra_body={}` and `extra_body=None` add nothing."""
    client.generate_image(prompt="a tiger", extra_body={})
    client.generate_image(prompt="a tiger", extra_body=None)
    first, second = recorder.requests
    assert first.content == second.content


@pytest.mark.parametrize(
    ("extra", "field", "rule"),
    [
        pytest.param("unlisted", "extra_body", "is not a mapping of names to JSON values", id="text"),
        pytest.param([], "extra_body", "is not a mapping of names to JSON values", id="list"),
        pytest.param({7: 1}, "extra_body[7]", "has a name that is int, not str", id="number as name"),
        pytest.param({None: 1}, "extra_body[None]", "has a name that is NoneType, not str", id="None as name"),
        pytest.param({"a": b"x"}, "extra_body['a']", "Object of type bytes is not JSON serializable", id="bytes"),
        pytest.param({"a": UNSET}, "extra_body['a']", "Object of type Unset is not JSON serializable", id="UNSET"),
        pytest.param({"a": [math.nan]}, "extra_body['a']", "Out of range float values are not", id="NaN"),
        pytest.param({"a": circular()}, "extra_body['a']", "Circular reference detected", id="circular"),
        pytest.param({"a": nested(100_000)}, "extra_body['a']", "maximum recursion depth exceeded", id="deep"),
        pytest.param({"a": 10**5000}, "extra_body['a']", "Exceeds the limit (4300 digits)", id="digits"),
    ],
)
def test_extra_fields_have_to_be_json(calling: Calling, recorder: Recorder, extra: Any, field: str, rule: str) -> None:
    """The only rule for extra fields is that JSON can hold them."""
    with pytest.raises(InvalidRequestError) as raised:
        calling(transport=recorder.transport)(prompt="a tiger", extra_body=extra)
    (fault,) = raised.value.faults
    assert fault.field == field
    assert rule in fault.rule
    assert len(str(raised.value).splitlines()) == 2
    assert not recorder.requests
