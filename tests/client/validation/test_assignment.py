"""What is checked when a request that exists is changed."""

import copy
import traceback
from typing import Any

import attrs
import pytest

from segmind_flux_schnell import UNSET, GenerateImageRequest, InvalidRequestError
from tests.client.validation.test_plain_values import CallFlow
from tests.client.wrong_values import WRONG_VALUES


@pytest.fixture
def request_() -> GenerateImageRequest:
    """A request that fits the document."""
    return GenerateImageRequest(prompt="a tiger", steps=2)


@pytest.mark.parametrize(("field", "value", "rule"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_a_wrong_value_cannot_be_assigned(request_: GenerateImageRequest, field: str, value: Any, rule: str) -> None:
    """An assignment that breaks a rule raises, and the field keeps what it had."""
    before = getattr(request_, field)
    with pytest.raises(InvalidRequestError) as raised:
        setattr(request_, field, value)
    assert [(fault.field, fault.rule) for fault in raised.value.faults] == [(field, rule)]
    assert raised.value.subject == "GenerateImageRequest"
    assert getattr(request_, field) == before


def test_a_right_value_is_assigned(request_: GenerateImageRequest) -> None:
    """An assignment within the rules holds; other libraries' values become plain ones."""
    request_.steps = CallFlow.FEW
    assert type(request_.steps) is int
    request_.sampler_name = "heun"
    request_.seed = UNSET
    assert request_ == GenerateImageRequest(prompt="a tiger", steps=2, sampler_name="heun", seed=UNSET)


def test_further_properties_are_a_mapping(request_: GenerateImageRequest) -> None:
    """What the document does not know is held in a mapping, and nothing else can take its place."""
    wrong: Any = None
    with pytest.raises(InvalidRequestError, match="additional_properties: None is not a mapping"):
        request_.additional_properties = wrong
    request_.additional_properties = {"guidance": 3.5}
    assert request_["guidance"] == 3.5


def test_a_copy_is_a_request_of_its_own(request_: GenerateImageRequest) -> None:
    """Copies equal their original, and are checked like it."""
    request_["loras"] = ["a"]
    deep = copy.deepcopy(request_)
    assert deep == request_ == copy.copy(request_)
    deep["loras"].append("b")
    assert request_["loras"] == ["a"]
    with pytest.raises(InvalidRequestError, match="steps: 9 is out of range"):
        deep.steps = 9


def test_an_evolved_request_is_checked(request_: GenerateImageRequest) -> None:
    """`attrs.evolve` makes a changed copy, and checks it."""
    assert attrs.evolve(request_, steps=8).steps == 8
    with pytest.raises(InvalidRequestError, match="steps: 9 is out of range"):
        attrs.evolve(request_, steps=9)


def test_a_subclass_is_checked_as_well() -> None:
    """A class of one's own below a request inherits its checks."""

    class Portrait(GenerateImageRequest):
        """A request with another shape by default."""

    portrait = Portrait(prompt="a tiger", width=768)
    with pytest.raises(InvalidRequestError, match="width: 1001 is not a multiple of 8"):
        portrait.width = 1001
    with pytest.raises(InvalidRequestError, match="prompt: is missing"):
        Portrait.from_dict({})
    assert isinstance(Portrait.from_dict({"prompt": "a lion"}), Portrait)


def test_a_request_changes_and_so_has_no_hash(request_: GenerateImageRequest) -> None:
    """Requests are compared by value, and are no keys of a dict."""
    assert request_ != GenerateImageRequest(prompt="a tiger", steps=3)
    with pytest.raises(TypeError, match="unhashable"):
        hash(request_)


def test_a_traceback_with_local_variables_can_be_printed() -> None:
    """Tools that show the local variables of an error meet no request that is half made."""
    with pytest.raises(InvalidRequestError) as raised:
        GenerateImageRequest(prompt="")
    told = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    assert "prompt: '' is empty" in "".join(told.format())
