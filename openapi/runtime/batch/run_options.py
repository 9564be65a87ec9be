"""How one run of a batch sends, and when it ends: what a caller of `run` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ..base.errors import ConfigurationError
from ..base.unset import Unset
from ..base.wording import shown
from ..client.many import check_in_flight
from ..client.results import refuses_mismatches

if TYPE_CHECKING:
    from ..client.job_handle import Job
    from ..client.results import OnMismatch
    from ..transport.options import Timeout


@frozen
class RunOptions:
    """The options of a run, as `Batch.run` has them.

    Args:
        in_flight: Most requests in flight at once.
        timeout: As in the methods of the client.
        on_mismatch: What to do with an image that differs from the request, or UNSET for the client's choice.
        max_wait: Seconds without any request that the service takes, after which it ends.
        grace_period: Seconds that requests in flight have after a signal; None for no limit.
        kind: The class of the handles of its jobs, or None for direct calls.
    """

    in_flight: int
    timeout: Timeout | Unset
    on_mismatch: OnMismatch | Unset
    max_wait: float
    grace_period: float | None
    kind: type[Job] | None

    def check(self) -> None:
        """Check them.

        Raises:
            ConfigurationError: One of them cannot be used.
        """
        check_in_flight(self.in_flight)
        if not isinstance(self.on_mismatch, Unset):
            refuses_mismatches(self.on_mismatch)
        _check_seconds("max_wait", self.max_wait)
        _check_seconds("grace_period", 0 if self.grace_period is None else self.grace_period)


def _check_seconds(name: str, value: object) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < float("inf"):
        raise ConfigurationError(f"{name} is {shown(value)}, not a number of seconds from 0.")
