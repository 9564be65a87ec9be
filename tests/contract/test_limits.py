"""Where a range ends: found in few images, with refusals that cost nothing."""

import pytest
from attrs import define, field

from tests.contract.probing.limits import LimitSearch


@define
class Service:
    """A service whose range ends somewhere.

    Args:
        limit: The last value that it accepts.
        is_maximum: Whether larger ones are refused, or smaller ones.
        images: How many images it sells before nothing more can be sent.
        tried: The values that were sent.
    """

    limit: int
    is_maximum: bool = True
    images: int = 40
    tried: list[int] = field(factory=list[int])

    def attempt(self, value: int) -> bool | None:
        """The response to a value."""
        if not self.images:
            return None
        self.tried.append(value)
        accepted = value <= self.limit if self.is_maximum else value >= self.limit
        self.images -= accepted
        return accepted


@pytest.mark.parametrize("limit", [1024, 1032, 1280, 1448, 1536, 1920, 2032])
@pytest.mark.parametrize("named", [True, False])
def test_a_maximum_is_found(limit: int, named: bool) -> None:
    """Each multiple of 8; one image is enough if the service names the limit, or if it is a round number."""
    service = Service(limit)
    said = f'{{"error": "width must be at most {limit}"}}' if named else "no"
    assert LimitSearch(1024, 2040, 8, service.attempt).run(said) == limit
    assert all(value % 8 == 0 and 1024 < value < 2040 for value in service.tried)
    if named or limit in (1280, 1536):
        assert 40 - service.images <= 1


@pytest.mark.parametrize(("limit", "steps"), [(768, 8), (640, 8), (520, 8), (3, 1), (2, 1)])
def test_a_minimum_is_found(limit: int, steps: int) -> None:
    """The same from below."""
    service = Service(limit, is_maximum=False)
    accepted, refused = (1024, 512) if steps == 8 else (4, 1)
    assert LimitSearch(accepted, refused, steps, service.attempt).run("no") == limit


def test_the_refusal_goes_first() -> None:
    """With a single image left, the limit is still proved: the value beyond it is refused for free."""
    service = Service(1536, images=1)
    assert LimitSearch(1024, 2040, 8, service.attempt).run("at most 1536") == 1536
    assert service.tried == [1544, 1536]


def test_without_images_it_ends() -> None:
    """What cannot be sent proves nothing, and the search returns what is known."""
    service = Service(1448, images=0)
    assert LimitSearch(1024, 2040, 8, service.attempt).run("no") == 1024


def test_numbers_that_cannot_be_the_limit_are_not_tried() -> None:
    """Those outside of the gap, and those that are not multiples."""
    service = Service(1448)
    assert LimitSearch(1024, 2040, 8, service.attempt).run("error 500 at 1.1536, line 1537, of 4096") == 1448
    assert 1537 not in service.tried
