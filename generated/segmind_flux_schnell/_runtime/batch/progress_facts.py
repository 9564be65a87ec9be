# @generated from openapi/runtime/batch/progress_facts.py by `make generate`. Do not edit: change that file.
"""How far a batch is, in words: for terminals and notebooks alike."""

import math

from ..base.wording import duration
from .report import Progress


def finished(progress: Progress) -> int:
    """How many requests are finished: those that failed, or whose images cannot be had, are too."""
    unavailable = progress.failed + progress.unknown + progress.missing + progress.expired
    return progress.done + progress.from_disk + unavailable


def facts(progress: Progress) -> str:
    """What is waited for, failures, rate and credits, in one line; without the time that is left."""
    # First, since a line may be cut off at its end.
    found = [progress.wait_notice] if progress.wait_notice else []
    found += [f"{progress.failed} failed"] if progress.failed else []
    found += [f"{progress.unknown} of unknown outcome"] if progress.unknown else []
    found += [f"{progress.missing} no longer on disk"] if progress.missing else []
    found += [f"{progress.expired} expired"] if progress.expired else []
    found += [rate(progress)] if rate(progress) else []
    found += [f"{progress.spent} spent"]
    found += [f"{progress.remaining_credits} left"] if progress.remaining_credits is not None else []
    found += [f"{progress.submitted} submitted"] if progress.submitted else []
    return ", ".join(found)


def rate(progress: Progress) -> str:
    """Images a second, or a minute if that is less than one a second; empty before the first image."""
    if not progress.done or progress.seconds <= 0:
        return ""
    a_second = progress.done / progress.seconds
    return f"{a_second:.1f}/s" if a_second >= 1 else f"{a_second * 60:.2g}/min"


def time_left(seconds: float | None) -> str:
    """How long the rest takes, as `about 4 min left`: as exact as such an estimate is. Empty if that is not known."""
    if seconds is None:
        return ""
    step = next((step for below, step in _STEPS if seconds < below), 60)
    return f"about {duration(max(1, math.ceil(seconds / step)) * step)} left"


_STEPS = ((10, 1), (60, 5), (600, 30))
"""Below so many seconds, a time that is left is shown in steps of so many."""
