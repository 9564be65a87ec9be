"""The checks when a request is changed."""

import copy
import traceback
from typing import Any

import attrs
import pytest

from segmind_flux_schnell import UNSET, GenerateImageRequest, InvalidRequestError
from tests.client.validation.test_plain_values import Steps
from tests.client.wrong_values import WRONG_VALUES


@pytest.fixture
def request_() -> GenerateImageRequest:
    """A request that fits the document."""
    return GenerateImageRequest(prompt="a tiger", steps=2)


@pytest.mark.parametrize(("field", "value", "rule"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_a_wrong_value_cannot_be_assigned(request_: GenerateImageRequest, field: str, value: Any, rule: str) -> None:
    """An assignment that breaks a rule raises, and the field keeps its former value."""
    before = getattr(request_, field)
    with pytest.raises(InvalidRequestError) as raised:
        setattr(request_, field, value)
    assert [(fault.field, fault.rule) for fault in raised.value.faults] == [(field, rule)]
    assert raised.value.subject == "GenerateImageRequest"
    assert getattr(request_, field) == before


def test_a_right_value_is_assigned(request_: GenerateImageRequest) -> None:
    """An assignment within the rules is made; a member of an enum becomes a plain value."""
    request_.steps = Steps.FEW
    assert type(request_.steps) is int
    request_.sampler_name = "heun"
    request_.seed = UNSET
    assert request_ == GenerateImageRequest(prompt="a tiger", steps=2, sampler_name="heun", seed=UNSET)


def test_further_properties_are_a_mapping(request_: GenerateImageRequest) -> None:
    """Fields that the document does not have are in a mapping, which nothing but a mapping can replace."""
    wrong: Any = None
    with pytest.raises(InvalidRequestError, match="additional_properties: None is not a mapping"):
        request_.additional_properties = wrong
    request_.additional_properties = {"unlisted": 3.5}
    assert request_["unlisted"] == 3.5


def test_a_copy_is_a_request_of_its_own(request_: GenerateImageRequest) -> None:
    """Copies are equal to their original, independent of it, and checked like it."""
    request_["loras"] = ["a"]
    deep = copy.deepcopy(request_)
    assert deep == request_ == copy.copy(request_)
    deep["loras"].append("b")
    assert request_["loras"] == ["a"]
    with pytest.raises(InvalidRequestError, match="steps: 99 is out of range"):
        deep.steps = 99


def test_an_evolved_request_is_checked(request_: GenerateImageRequest) -> None:
    """`attrs.evolve` makes a changed copy, and checks it."""
    assert attrs.evolve(request_, steps=3).steps == 3
    with pytest.raises(InvalidRequestError, match="steps: 99 is out of range"):
        attrs.evolve(request_, steps=99)


def test_a_subclass_is_checked_as_well() -> None:
    """A subclass of a request inherits its checks."""

    class Portrait(GenerateImageRequest):
        """A request of a subclass."""

    portrait = Portrait(prompt="a tiger", width=768)
    with pytest.raises(InvalidRequestError, match="width: 1001 is not a multiple of 8"):
        portrait.width = 1001
    with pytest.raises(InvalidRequestError, match="prompt: is missing"):
        Portrait.from_dict({})
    assert isinstance(Portrait.from_dict({"prompt": "a lion"}), Portrait)


def test_a_request_has_no_hash(request_: GenerateImageRequest) -> None:
    """Requests are mutable and compared by value, so they cannot be keys of a dict."""
    assert request_ != GenerateImageRequest(prompt="a tiger", steps=3)
    with pytest.raises(TypeError, match="unhashable"):
        hash(request_)


def test_a_traceback_with_local_variables_can_be_printed() -> None:
    """Tools that show the local variables of an error do not fail at a request without values."""
    with pytest.raises(InvalidRequestError) as raised:
        GenerateImageRequest(prompt="")
    trace = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    assert "prompt: '' is empty" in "".join(trace.format())
