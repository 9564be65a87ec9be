# @generated from openapi/runtime/cli/queued_call.py by `make generate`. Do not edit: change that file.
"""One image over the queue: what is known of its job, whatever ends the command."""

import time
from typing import Any

from attrs import define, field

from ..base.wording import one_line
from ..client.job_handle import Job, command_to_collect, record_of
from ..client.tunables import LONGEST_ID
from ..spec.job import JobSpec
from .output import say
from .program import Program
from .shell_commands import as_started
from .tunables import SHORTEST_TIMEOUT


@define
class QueuedCall:
    """A call that submits a job and waits for its image. It says the id of the job as soon as it is known.

    Args:
        client: A client.
        job: What the document says of such jobs.
        timeout: Most seconds from the submit to the image.

    Attributes:
        job_id: The id of the job; None until it was submitted.
    """

    client: Any
    job: JobSpec
    timeout: float
    job_id: str | None = field(default=None, init=False)
    _handle: Any = field(default=None, init=False)

    def __call__(self, **values: Any) -> Any:
        """The image.

        Raises:
            APIError: See the errors of the package.
        """
        ends = time.monotonic() + self.timeout
        handle = getattr(self.client, self.job.submit.name)(**values)
        self.job_id, self._handle = str(handle.request_id), handle
        say(f"Submitted as {one_line(self.job_id, LONGEST_ID)}")
        # What the submit has taken counts too, as it does for a client whose route is the queue.
        return handle.wait(max(ends - time.monotonic(), SHORTEST_TIMEOUT))

    @property
    def state(self) -> str:
        """The state of the job, as the service last said it; empty if it has not yet."""
        return "" if self._handle is None else state_of(self._handle)

    @property
    def goes_on(self) -> str:
        """How to collect the job, as the end of a sentence; empty if there is none yet."""
        if self.job_id is None:
            return ""
        return as_started(f"the job is still active: collect it with `{command_to_collect(self.job, self.job_id)}`")


def state_of(job: Job) -> str:
    """The state of a job, as the service last said it; empty if it has not yet."""
    found = record_of(job).state
    return "" if found is None else str(found)


def call_of(program: Program, client: Any, method: str, options: dict[str, Any]) -> Any:
    """What makes the call that a command asks for: the method of the client, or `QueuedCall`."""
    if program.job is None or not options.get("queue"):
        return getattr(client, method)
    return QueuedCall(client, program.job, options["timeout"] or program.job.timeout)
