"""The outcomes of many calls: a result or an error, and never both."""

import copy
import pickle
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from segmind_flux_schnell import (
    APIError,
    Client,
    FailedOutcome,
    GenerateImageRequest,
    GenerateImageResult,
    InvalidRequestError,
    Outcome,
    SuccessfulOutcome,
)
from tests.client.calling import Recorder

TIGER = GenerateImageRequest(prompt="a bengal tiger")
ERROR = APIError("no image")


@pytest.fixture
def outcomes(client: Client) -> list[Outcome[GenerateImageRequest, GenerateImageResult]]:
    """A result and an error, as a client gives them."""
    broken = GenerateImageRequest(prompt="an owl")
    broken.additional_properties = {"steps": 9}
    return sorted(client.generate_many([TIGER, broken]), key=lambda outcome: outcome.index)


def test_unwrap_returns_the_result_or_raises_the_error(
    outcomes: list[Outcome[GenerateImageRequest, GenerateImageResult]], recorder: Recorder
) -> None:
    """The error is the very one of the call, and whatever it says of money is in it."""
    brought, refused = outcomes
    assert brought.unwrap() is brought.result
    assert brought.unwrap().content
    with pytest.raises(InvalidRequestError, match="steps") as raised:
        refused.unwrap()
    assert raised.value is refused.error
    assert len(recorder.requests) == 1


def test_each_is_of_one_of_two_classes(outcomes: list[Outcome[GenerateImageRequest, GenerateImageResult]]) -> None:
    """And `Outcome` is the name of both."""
    brought, refused = outcomes
    assert type(brought) is SuccessfulOutcome
    assert type(refused) is FailedOutcome
    assert (brought.error, refused.result) == (None, None)
    common: Any = Outcome
    assert all(isinstance(outcome, common) for outcome in outcomes)


def test_it_is_made_with_keywords_by_its_common_name_too() -> None:
    """`Outcome` makes the one that fits, for tests of programs that take outcomes."""
    common: Any = Outcome
    assert common(index=0, request=TIGER, result=7) == SuccessfulOutcome(index=0, request=TIGER, result=7)
    assert common[GenerateImageRequest, int](index=0, request=TIGER, result=7).unwrap() == 7
    assert common(index=1, request=TIGER, error=ERROR) == FailedOutcome(index=1, request=TIGER, error=ERROR)
    with pytest.raises(TypeError, match="result"):
        common(index=0, request=TIGER)
    with pytest.raises(TypeError):
        common(0, TIGER, 7)


@pytest.mark.parametrize(
    "outcome",
    [SuccessfulOutcome(index=0, request=TIGER, result=7), FailedOutcome(index=1, request=TIGER, error=ERROR)],
    ids=lambda outcome: type(outcome).__name__,
)
def test_it_travels_and_does_not_change(outcome: Any) -> None:
    """It is the same after a copy and in another process, and nothing of it can be set."""
    for other in (copy.copy(outcome), copy.deepcopy(outcome), pickle.loads(pickle.dumps(outcome))):
        assert type(other) is type(outcome)
        assert repr(other) == repr(outcome)
    with pytest.raises(FrozenInstanceError):
        outcome.index = 5


def test_a_list_of_them_is_readable(outcomes: list[Outcome[GenerateImageRequest, GenerateImageResult]]) -> None:
    """No bytes of images, and no attribute that is None anyway."""
    brought, refused = map(repr, outcomes)
    assert brought.startswith("SuccessfulOutcome(index=0, request=GenerateImageRequest(prompt='a bengal tiger'")
    assert refused.startswith("FailedOutcome(index=1, ")
    assert "None" not in brought + refused
    assert len(brought) < 400
