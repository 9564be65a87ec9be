# @generated from openapi/runtime/client/open_jobs.py by `make generate`. Do not edit: change that file.
"""The jobs of many calls at once: those that were ordered, and whose outcomes have not been taken yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .job_handle import how_to_collect

if TYPE_CHECKING:
    from ..spec.job import JobSpec


class OpenJobs:
    """The jobs that many calls have ordered. Threads and tasks can share it.

    Args:
        spec: What the document says of them.

    Attributes:
        is_left: Whether they are no longer waited for. They stay active, and can be collected by their ids.
    """

    def __init__(self, spec: JobSpec) -> None:
        self.is_left = False
        self._spec = spec
        # Each operation on a dictionary is one step for other threads.
        self._ids: dict[str, None] = {}

    def ordered(self, job_id: str) -> None:
        """A job was ordered."""
        self._ids[job_id] = None

    def taken(self, job_id: str | None) -> None:
        """The caller has the outcome of a job."""
        if job_id is not None:
            self._ids.pop(job_id, None)

    def leave(self) -> None:
        """Wait for them no longer than until they would be asked for again."""
        self.is_left = True

    def __str__(self) -> str:
        """How to collect them, a line each; empty if there are none."""
        lines = [how_to_collect(self._spec, job_id) for job_id in list(self._ids)]
        return "\n".join(f"{line[:1].upper()}{line[1:]}" for line in lines)
