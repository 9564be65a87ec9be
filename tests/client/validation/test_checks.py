"""The checks before a call is sent, and their messages."""

import asyncio
import inspect
import json
from typing import Any

import pytest

from segmind_flux_schnell import (
    APIError,
    AsyncClient,
    Client,
    GenerateImageRequest,
    GenerateImageResult,
    InvalidRequestError,
)
from segmind_flux_schnell_sandbox.accounts import KEY
from tests.client.calling import Recorder
from tests.client.conftest import Calling
from tests.client.documented import DEFAULTS, RULES, allowed, most, step
from tests.client.wrong_values import A_NEAR_MISS, SCHEDULERS, WRONG_VALUES


@pytest.mark.parametrize(("field", "value", "rule"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_a_wrong_value_is_named_with_its_rule_and_not_sent(
    calling: Calling, recorder: Recorder, field: str, value: Any, rule: str
) -> None:
    """The error has the field, the value and the rule in one line."""
    with pytest.raises(InvalidRequestError) as raised:
        calling(transport=recorder.transport)(**{"prompt": "a tiger", field: value})
    (fault,) = raised.value.faults
    assert (fault.field, fault.rule, fault.suggestion) == (field, rule, None)
    assert fault.value is value or fault.value == value
    _, line = str(raised.value).splitlines()
    assert line.startswith(f"  {field}: ")
    assert line.endswith(rule)
    assert raised.value.billed is False
    assert not recorder.requests


@pytest.mark.parametrize(("field", "value", "rule"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_a_request_cannot_be_constructed_with_a_wrong_value(field: str, value: Any, rule: str) -> None:
    """The same rules hold when a request is constructed."""
    with pytest.raises(InvalidRequestError) as raised:
        GenerateImageRequest(**{"prompt": "a tiger", field: value})
    assert [(fault.field, fault.rule) for fault in raised.value.faults] == [(field, rule)]
    assert raised.value.subject == "GenerateImageRequest"


def test_all_faults_are_named_at_once(client: Client, recorder: Recorder) -> None:
    """One error lists everything that is wrong with a call: values, names and further fields."""
    wrong: dict[str, Any] = {
        "steps": 99,
        "sampler_name": "eulr",
        "width": 1001,
        "num_inference_steps": 25,
        "extra_body": {"steps": 4, "when": {1, 2}},
    }
    with pytest.raises(InvalidRequestError) as raised:
        client.generate_image(**wrong)
    assert str(raised.value) == (
        "generate_image: 7 faults, nothing was sent and nothing was billed\n"
        f"  prompt: is missing: {allowed('prompt')}\n"
        f"  steps: 99 is out of range: {allowed('steps')}\n"
        f"  sampler_name: 'eulr' {A_NEAR_MISS}; did you mean 'euler'?\n"
        f"  width: 1001 is not a multiple of {step('width')}: {allowed('width')}\n"
        "  num_inference_steps: 25 is given, but generate_image has no such parameter; did you mean 'steps'?\n"
        "  extra_body['when']: {1, 2} cannot be written as JSON: Object of type set is not JSON serializable\n"
        "  extra_body['steps']: 4 is given as steps too"
    )
    assert not recorder.requests


def test_an_error_is_caught_as_what_it_is(client: Client) -> None:
    """The error is an APIError like all errors of the package, and a ValueError as Python has it."""
    for kind in (APIError, ValueError, InvalidRequestError):
        with pytest.raises(kind):
            client.generate_image(prompt="")


@pytest.mark.parametrize(
    ("given", "suggestion"),
    [
        ("eulr", "euler"),
        ("Euler", "euler"),
        ("EULER_ANCESTRAL", "euler_ancestral"),
        ("euler ancestral", "euler_ancestral"),
        ("dpmpp-2m", "dpmpp_2m"),
    ],
)
def test_a_similar_sampler_is_suggested(client: Client, given: str, suggestion: str) -> None:
    """For a value that resembles an allowed one, the error suggests that."""
    call: dict[str, Any] = {"prompt": "a tiger", "sampler_name": given}
    with pytest.raises(InvalidRequestError, match=f"did you mean '{suggestion}'") as raised:
        client.generate_image(**call)
    (fault,) = raised.value.faults
    assert (fault.rule, fault.suggestion) == (A_NEAR_MISS, suggestion)


@pytest.mark.parametrize(
    ("given", "suggestion"),
    [
        ("num_inference_steps", "steps"),
        ("sampler", "sampler_name"),
        ("smapler", "sampler_name"),
        ("widht", "width"),
        ("samplerName", "sampler_name"),
        ("num_images", "samples"),
        ("hieght", "height"),
        ("promt", "prompt"),
        ("extra_boddy", "extra_body"),
        ("time_out", "timeout"),
    ],
)
def test_a_similar_name_is_suggested(client: Client, recorder: Recorder, given: str, suggestion: str) -> None:
    """For a misspelt name, or the name of another service, the error suggests the right one, be it an option."""
    call: dict[str, Any] = {"prompt": "a tiger", given: 4}
    with pytest.raises(InvalidRequestError) as raised:
        client.generate_image(**call)
    (fault,) = raised.value.faults
    assert (fault.field, fault.value, fault.suggestion) == (given, 4, suggestion)
    assert not recorder.requests


def test_a_name_without_a_similar_one_gets_the_list(client: Client) -> None:
    """For a name that resembles none, the error lists all names."""
    call: dict[str, Any] = {"prompt": "a tiger", "negative\nquality": "blurry"}
    with pytest.raises(InvalidRequestError) as raised:
        client.generate_image(**call)
    assert str(raised.value).splitlines()[1] == (
        "  negative\\nquality: 'blurry' is given, but generate_image has no such parameter, only "
        f"{', '.join(RULES)}, extra_body, timeout, on_mismatch"
    )


def test_names_of_python_are_names_like_others(client: Client) -> None:
    """An argument called `self` is a wrong name like any other, not a TypeError of Python."""
    call: dict[str, Any] = {"prompt": "a tiger", "self": 1}
    with pytest.raises(InvalidRequestError, match="self: 1 is given, but generate_image has no such parameter"):
        client.generate_image(**call)
    with pytest.raises(InvalidRequestError, match="self: 1 is given, but GenerateImageRequest has no such parameter"):
        GenerateImageRequest(**call)


def test_long_values_are_shortened_in_a_message(client: Client) -> None:
    """A message shows the start and the end of a long value; the fault has all of it."""
    call: dict[str, Any] = {"prompt": "a tiger", "scheduler": "a" * 5000 + "z"}
    with pytest.raises(InvalidRequestError) as raised:
        client.generate_image(**call)
    assert str(raised.value).splitlines()[1] == f"  scheduler: '{'a' * 39}…{'a' * 38}z' {SCHEDULERS}"
    assert raised.value.faults[0].value == call["scheduler"]


@pytest.mark.parametrize("positional", [("a tiger",), ("a tiger", 4)])
def test_values_need_their_names(client: Client, recorder: Recorder, positional: tuple[Any, ...]) -> None:
    """The method takes keywords only, and the error says which to write."""
    generate_image: Any = client.generate_image
    with pytest.raises(InvalidRequestError) as raised:
        generate_image(*positional)
    rules = ["is given without its name: write prompt=…", "is given without its name: write steps=…"]
    assert [fault.rule for fault in raised.value.faults] == rules[: len(positional)]
    assert not recorder.requests


def test_a_constructor_takes_positional_values_too() -> None:
    """The constructor takes values in the order of its fields, and checks them in the same way."""
    beyond = most("steps") + 1
    assert GenerateImageRequest("a tiger", 2) == GenerateImageRequest(prompt="a tiger", steps=2)
    with pytest.raises(InvalidRequestError, match=f"steps: {beyond} is out of range"):
        GenerateImageRequest("a tiger", int(beyond))


def test_a_value_is_given_once() -> None:
    """A value both by position and by name is a fault, and so is a surplus position."""
    twice: dict[str, Any] = {"prompt": "a lion"}
    with pytest.raises(InvalidRequestError, match="prompt: 'a lion' is given twice"):
        GenerateImageRequest("a tiger", **twice)
    surplus: list[Any] = ["a tiger", *list(DEFAULTS.values())[1:], "surplus"]
    place = f"argument {len(surplus)}: 'surplus' is given, but GenerateImageRequest has no"
    with pytest.raises(InvalidRequestError, match=place):
        GenerateImageRequest(*surplus)


def test_a_request_is_checked_when_it_is_read_from_json() -> None:
    """`from_dict` names all faults as the constructor does, those of missing fields included."""
    with pytest.raises(InvalidRequestError) as raised:
        GenerateImageRequest.from_dict({"steps": most("steps") + 1, "scheduler": "karas"})
    assert [(fault.field, fault.suggestion) for fault in raised.value.faults] == [
        ("prompt", None),
        ("steps", None),
        ("scheduler", "karras"),
    ]


@pytest.mark.parametrize("source", [None, "prompt", [("prompt", "a tiger")]])
def test_a_request_is_read_from_an_object_of_json(source: Any) -> None:
    """`from_dict` takes a mapping, and refuses anything else with a fault."""
    with pytest.raises(InvalidRequestError, match="is not a mapping of names to values"):
        GenerateImageRequest.from_dict(source)


def test_a_number_that_json_cannot_write_is_not_sent(client: Client, recorder: Recorder) -> None:
    """JSON has to be able to hold a number even if the document does not limit it."""
    with pytest.raises(InvalidRequestError, match=r"samples: <int> cannot be written as JSON: Exceeds the limit"):
        client.generate_image(prompt="a tiger", samples=10**5000)
    assert not recorder.requests


def test_a_request_has_no_further_attributes() -> None:
    """An assignment to a misspelt field is an AttributeError of Python."""
    request: Any = GenerateImageRequest(prompt="a tiger")
    with pytest.raises(AttributeError):
        request.num_inference_steps = 25


async def test_an_asynchronous_call_is_checked_when_it_is_awaited(recorder: Recorder) -> None:
    """A wrong call in a `gather` does not stop the others from being awaited."""
    async with AsyncClient(api_key=KEY, transport=recorder.transport) as client:
        wrong = client.generate_image(prompt="")
        assert inspect.iscoroutine(wrong)
        calls = [client.generate_image(prompt="a tiger"), wrong, client.generate_image(prompt="a lion")]
        first, refused, second = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(first, GenerateImageResult)
    assert isinstance(refused, InvalidRequestError)
    assert isinstance(second, GenerateImageResult)
    assert sorted(json.loads(request.content)["prompt"] for request in recorder.requests) == ["a lion", "a tiger"]
