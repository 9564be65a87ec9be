"""What the sandbox checks in a request's body."""

import json

import pytest
from attrs import evolve

from segmind_flux_schnell_sandbox.attributes import ATTRIBUTES, SAMPLERS_INFERRED, SAMPLERS_SHOWN, Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.checking import check_request, run_model
from segmind_flux_schnell_sandbox.refusals import Reason, Refused


def checked(fields: dict[str, object], behaviour: Behaviour = DOCUMENTED) -> Parameters:
    """Check a JSON body with a prompt and `fields`."""
    body = json.dumps({"prompt": "a fox", **fields}).encode()
    return check_request("application/json", body, behaviour)


def reason_for(body: bytes, content_type: str = "application/json") -> Reason:
    """Return why a body is refused."""
    with pytest.raises(Refused) as caught:
        check_request(content_type, body, DOCUMENTED)
    return caught.value.reason


def test_defaults_are_filled_in() -> None:
    """A prompt alone gets the defaults of the page."""
    assert checked({}) == {
        "prompt": "a fox",
        "steps": 4,
        "seed": 123456789,
        "sampler_name": "euler",
        "scheduler": "normal",
        "samples": 1,
        "width": 1024,
        "height": 1024,
        "denoise": 1.0,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 1),
        ("steps", 8),
        ("width", 512),
        ("width", 2048),
        ("height", 520),
        ("denoise", 0),
        ("denoise", 0.5),
        ("samples", 3),
        ("seed", 0),
        ("seed", -1),
        ("seed", 2**63 - 1),
        ("seed", -(2**63)),
        ("prompt", " "),
    ],
)
def test_values_within_the_rules_are_accepted(name: str, value: object) -> None:
    """A value at or within its limits is kept as it is."""
    assert checked({name: value})[name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sampler_name", "Euler"),
        ("sampler_name", ""),
        ("scheduler", "linear"),
    ],
)
def test_values_outside_their_lists_are_rejected(name: str, value: object) -> None:
    """Lists are checked before the model runs, and the message names the field."""
    with pytest.raises(Refused) as caught:
        checked({name: value})
    assert caught.value.reason is Reason.VALUE_REJECTED
    assert caught.value.detail is not None
    assert caught.value.detail.startswith(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("steps", 0),
        ("steps", 9),
        ("width", 504),
        ("width", 2056),
        ("width", 1023),
        ("height", 504),
        ("height", 2056),
        ("height", 1028.0),
        ("denoise", -0.01),
        ("denoise", 1.01),
        ("denoise", 10**400),
        ("samples", 0),
        ("seed", 2**63),
    ],
)
def test_numbers_outside_the_rules_fail_in_the_model(name: str, value: object) -> None:
    """A number that breaks a bound or a multiple passes the first checks; the model fails, and names the field."""
    with pytest.raises(Refused) as caught:
        run_model(checked({name: value}), DOCUMENTED)
    assert caught.value.reason is Reason.VALUE_FAILED
    assert caught.value.detail is not None
    assert caught.value.detail.startswith(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prompt", 7),
        ("prompt", None),
        ("steps", "4"),
        ("steps", 4.5),
        ("steps", True),
        ("steps", None),
        ("seed", []),
        ("denoise", False),
        ("denoise", "1"),
        ("sampler_name", None),
        ("scheduler", 1),
        ("width", {}),
    ],
)
def test_values_of_another_type_are_refused(name: str, value: object) -> None:
    """A string is not a number, true is not an integer, and null is neither."""
    with pytest.raises(Refused) as caught:
        checked({name: value})
    assert caught.value.reason is Reason.WRONG_TYPE


def test_a_whole_float_is_an_integer() -> None:
    """4.0 is the integer 4, as in JSON Schema."""
    steps = checked({"steps": 4.0})["steps"]
    assert (steps, type(steps)) == (4, int)


@pytest.mark.parametrize("body", [b'{"steps": 4}', b"{}", b'{"prompt": ""}'])
def test_the_prompt_is_required(body: bytes) -> None:
    """A body without a prompt, or with an empty one, lacks a field."""
    assert reason_for(body) is Reason.MISSING_FIELD


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"prompt=fox",
        b'{"prompt": "fox"',
        b'["fox"]',
        b"null",
        b'{"prompt": "fox", "denoise": NaN}',
        b'{"prompt": "\xff"}',
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_not_a_json_object_is_malformed(body: bytes) -> None:
    """Broken JSON, JSON other than an object, and Python's extensions of JSON are malformed."""
    assert reason_for(body) is Reason.MALFORMED_BODY


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x"])
def test_another_content_type_is_refused(content_type: str) -> None:
    """Only JSON is accepted."""
    assert reason_for(b'{"prompt": "fox"}', content_type) is Reason.WRONG_CONTENT_TYPE


def test_a_content_type_may_have_parameters() -> None:
    """`application/json; charset=utf-8` is JSON, in any letter case."""
    assert check_request("Application/JSON; charset=utf-8", b'{"prompt": "fox"}', DOCUMENTED)


def test_unknown_fields_are_ignored() -> None:
    """Fields that the model does not have change nothing and are not reported."""
    assert checked({"num_inference_steps": 25, "base64": True}) == checked({})


def test_a_drifted_service_may_refuse_unknown_fields() -> None:
    """With `unknown_fields_refused` the same request is refused."""
    strict = evolve(DOCUMENTED, unknown_fields_refused=True)
    with pytest.raises(Refused, match="num_inference_steps"):
        checked({"num_inference_steps": 25}, strict)


def test_the_documented_lists_are_complete() -> None:
    """The page's nine attributes and twenty-seven samplers are all present, each once."""
    assert len({row.name for row in ATTRIBUTES}) == 9
    assert len(SAMPLERS_SHOWN) == 10
    assert len({*SAMPLERS_SHOWN, *SAMPLERS_INFERRED}) == 27
