# @generated from openapi/runtime/transport/timeouts.py by `make generate`. Do not edit: change that file.
"""How long a call may take: as a whole, and in each of its phases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

from ..base.deadlines import Deadline
from ..base.errors import ConfigurationError
from ..base.unset import Unset
from ..base.wording import shown
from ..spec.tunables import CONNECT_SECONDS, LONGEST_SECONDS, RESPONSE_SECONDS
from .options import Timeout


class Limits(NamedTuple):
    """The limits of one call, in seconds; None is no limit.

    Args:
        total: For the whole call with its retries.
        phases: For each `connect`, `read`, `write` and `pool` of an attempt.
    """

    total: float | None
    phases: Mapping[str, float | None]

    def within(self, deadline: Deadline) -> dict[str, float | None]:
        """The limits of the phases, cut down to what is left of the call."""
        left = deadline.left
        if left is None:
            return dict(self.phases)
        return {name: left if limit is None else min(left, limit) for name, limit in self.phases.items()}

    def of_phases(self, deadline: Deadline) -> dict[str, float | None]:
        """The limits that a transport of ours must know: the limit of the whole call is enforced outside it."""
        if self.total is None:
            return dict(self.phases)
        return {"connect": deadline.within(self.phases["connect"])}


def limits_of(asked: Timeout | Unset, documented: float | None) -> Limits:
    """The limits of one call.

    Args:
        asked: What the caller asked for: seconds for the whole call, or limits for each phase; None is no limit at all.
        documented: How long the operation can take.

    Raises:
        ConfigurationError: The caller asked for something else.
    """
    if isinstance(asked, httpx.Timeout):
        phases: dict[str, Any] = asked.as_dict()
        for limit in phases.values():
            _check_seconds(limit)
        return Limits(total=None, phases=phases)
    total = (documented or RESPONSE_SECONDS) if isinstance(asked, Unset) else asked
    _check_seconds(total)
    connect = None if total is None else min(total, CONNECT_SECONDS)
    return Limits(total=total, phases={"connect": connect, "read": total, "write": total, "pool": total})


def _check_seconds(limit: object) -> None:
    if limit is None:
        return
    number = limit if isinstance(limit, (int, float)) and not isinstance(limit, bool) else 0
    if not 0 < number <= LONGEST_SECONDS:
        raise ConfigurationError(
            f"timeout is {shown(limit)}: it takes seconds above 0, a httpx.Timeout, or None for no limit."
        )
