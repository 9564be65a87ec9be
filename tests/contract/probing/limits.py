"""Where a range ends, if a service refuses a documented bound: found in as few images as possible.

A refusal costs nothing and an accepted value costs an image, so values are tried from the refused end on, rough ones
first: services end their ranges at round numbers.
"""

import re
from collections.abc import Callable, Iterator

from attrs import define

Try = Callable[[int], bool | None]
"""Sends a value: whether it was accepted, or None if nothing more can be sent."""


@define
class LimitSearch:
    """The gap between an accepted value and a refused one, in steps of the field.

    Args:
        accepted: The outermost value that is accepted.
        refused: The innermost value beyond it that is refused.
        step: By how much values of the field differ.
        attempt: Sends a value.
    """

    accepted: int
    refused: int
    step: int
    attempt: Try

    def run(self, said: str) -> int:
        """Close the gap as far as possible, and return the outermost value that is accepted.

        Args:
            said: What the service said when it refused, which may name the limit.
        """
        for limit in self._named(said):
            # The refusal is free, so it goes first.
            if not (self._narrow(self._beyond(limit)) and self._narrow(limit)):
                return self.accepted
        self._halve()
        return self.accepted

    def _halve(self) -> None:
        stride = self.step
        while 2 * stride < self._gap:
            stride *= 2
        while stride >= self.step:
            for value in self._towards(stride):
                known = self.accepted
                if not self._narrow(value):
                    return
                if self.accepted != known:
                    break
            stride //= 2

    def _towards(self, stride: int) -> Iterator[int]:
        """The multiples of a stride within the gap, from the refused end to the accepted one."""
        is_maximum = self.refused > self.accepted
        value = (self.refused - 1) // stride * stride if is_maximum else -((-self.refused - 1) // stride * stride)
        while self._is_within(value):
            yield value
            value -= stride if is_maximum else -stride

    def _narrow(self, value: int) -> bool:
        """Try a value; False if nothing more can be sent."""
        if not self._is_within(value):
            return True
        fine = self.attempt(value)
        if fine is None:
            return False
        if fine:
            self.accepted = value
        else:
            self.refused = value
        return True

    def _named(self, said: str) -> Iterator[int]:
        for number in map(int, re.findall(r"(?<![\d.])\d{1,9}(?![\d.])", said)):
            if number % self.step == 0 and self._is_within(number):
                yield number

    def _beyond(self, limit: int) -> int:
        return limit + (self.step if self.refused > self.accepted else -self.step)

    def _is_within(self, value: int) -> bool:
        return min(self.accepted, self.refused) < value < max(self.accepted, self.refused)

    @property
    def _gap(self) -> int:
        return abs(self.refused - self.accepted)
