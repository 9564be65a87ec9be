# @generated from openapi/runtime/client/job_time.py by `make generate`. Do not edit: change that file.
"""The time that a job may take, and what of it an attempt may."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from ..base.deadlines import Deadline
from ..spec.tunables import RESPONSE_SECONDS
from ..transport.timeouts import limits_of

if TYPE_CHECKING:
    from ..base.unset import Unset
    from ..spec.operation import Operation
    from ..transport.options import Timeout


class JobTime:
    """The time that a job may take, from here on.

    Args:
        timeout: Limit of the whole, as the caller gives it.
        default: Seconds that it may take if the caller does not say.

    Attributes:
        limits: Those of each request.
        deadline: When the whole has to end.

    Raises:
        ConfigurationError: The timeout is not usable.
    """

    def __init__(self, timeout: Timeout | Unset, default: float) -> None:
        self.limits = limits_of(timeout, default)
        # Limits of phases hold for each attempt, and a job needs an end of its own.
        self._has_phases = self.limits.total is None and any(self.limits.phases.values())
        self.deadline = Deadline.after(default if self._has_phases else self.limits.total)
        self._began = time.monotonic()

    @property
    def passed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    def has_room(self, seconds: float) -> bool:
        """Whether something can be sent after so many seconds."""
        left = self.deadline.left
        return left is None or seconds < left

    def of_attempt(self, operation: Operation[Any]) -> float | None:
        """Most seconds of an attempt, or None: one that hangs must not take the time of those after it."""
        return None if self._has_phases else operation.timeout

    def of_download(self) -> float | None:
        """Most seconds of an attempt to fetch the image, or None: one that hangs leaves time for another."""
        left = self.deadline.left
        return None if left is None or self._has_phases else max(RESPONSE_SECONDS, left / 2)
