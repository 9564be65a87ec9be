"""The handles of jobs: what was ordered can be collected until its record expires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from ..base.errors import ConfigurationError, JobFailedError
from ..base.unset import UNSET, Unset
from ..spec.tunables import RESPONSE_SECONDS
from .client_access import driven, driven_async, job_flow, refuses
from .job_handle import Job, how_to_collect, record_of, spec_of

if TYPE_CHECKING:
    from ..spec.job import JobState
    from ..transport.options import Timeout
    from .base_client import BaseClient
    from .call_flow import CallPolicy
    from .clients import AsyncClient, SyncClient
    from .job_flow import JobFlow
    from .results import OnMismatch

Result = TypeVar("Result")
State = TypeVar("State")


class SyncJob(Job, Generic[Result, State]):
    """Base of the blocking handles."""

    def status(self, *, timeout: Timeout | Unset = UNSET) -> State:
        """Ask the service for the state of the job. A failed job has a state, too.

        Args:
            timeout: Time limit; default: the client's. GETs that fail are repeated until then.

        Raises:
            JobExpiredError: The service has no record of the job, or has deleted it.
            APIError: The state could not be learned.
        """
        client: SyncClient = self._connected()
        try:
            return cast("State", state_of(client, self, timeout=timeout))
        except JobFailedError as error:
            return cast("State", error.state)

    def result(self, *, timeout: Timeout | Unset = UNSET, on_mismatch: OnMismatch | Unset = UNSET) -> Result:
        """Fetch the image of a job that is done.

        Args:
            timeout: Time limit; default: the client's. GETs that fail are repeated until then.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or has deleted it.
            JobTimeoutError: The job is not done.
            InvalidImageError: The job is done, but its image is missing or not whole.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            APIError: The image could not be fetched. It can be collected again.
        """
        client: SyncClient = self._connected()
        return cast("Result", collect(client, self, timeout=timeout, on_mismatch=on_mismatch))

    def wait(self, timeout: Timeout | Unset = UNSET, *, on_mismatch: OnMismatch | Unset = UNSET) -> Result:
        """Wait until the job is done, and fetch its image.

        Args:
            timeout: Time limit in seconds, the download included. Defaults to the client's, or else to what the
                document says about such jobs. An `httpx.Timeout` limits each attempt; the document's limit still holds.
                GETs that fail are repeated until then, whatever the client's `retry` is. Only its `max_connect_wait`
                counts: it limits the wait for a service that has never been reached.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or has deleted it.
            JobTimeoutError: The job was still active when the time was up.
            InvalidImageError: The job is done, but its image is missing or not whole.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            APIError: The service could not be reached, or the image could not be fetched. The job can be collected
                later.
        """
        client: SyncClient = self._connected()
        flow = _flow_of(client, self, timeout, self._spec.timeout)
        download = driven(client, flow.waited(self._record))
        return cast("Result", flow.finished(self._record, download, refuses(client, on_mismatch)))


class AsyncJob(Job, Generic[Result, State]):
    """Base of the asynchronous handles."""

    _awaits = "await "

    async def status(self, *, timeout: Timeout | Unset = UNSET) -> State:
        """Ask the service for the state of the job. A failed job has a state, too.

        Args:
            timeout: Time limit; default: the client's. GETs that fail are repeated until then.

        Raises:
            JobExpiredError: The service has no record of the job, or has deleted it.
            APIError: The state could not be learned.
        """
        client: AsyncClient = self._connected()
        try:
            return cast("State", await state_of_async(client, self, timeout=timeout))
        except JobFailedError as error:
            return cast("State", error.state)

    async def result(self, *, timeout: Timeout | Unset = UNSET, on_mismatch: OnMismatch | Unset = UNSET) -> Result:
        """Fetch the image of a job that is done.

        Args:
            timeout: Time limit; default: the client's. GETs that fail are repeated until then.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or has deleted it.
            JobTimeoutError: The job is not done.
            InvalidImageError: The job is done, but its image is missing or not whole.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            APIError: The image could not be fetched. It can be collected again.
        """
        client: AsyncClient = self._connected()
        return cast("Result", await collect_async(client, self, timeout=timeout, on_mismatch=on_mismatch))

    async def wait(self, timeout: Timeout | Unset = UNSET, *, on_mismatch: OnMismatch | Unset = UNSET) -> Result:
        """Wait until the job is done, and fetch its image.

        Args:
            timeout: Time limit in seconds, the download included. Defaults to the client's, or else to what the
                document says about such jobs. An `httpx.Timeout` limits each attempt; the document's limit still holds.
                GETs that fail are repeated until then, whatever the client's `retry` is. Only its `max_connect_wait`
                counts: it limits the wait for a service that has never been reached.
            on_mismatch: What to do with an image that differs from the request; default: the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or has deleted it.
            JobTimeoutError: The job was still active when the time was up.
            InvalidImageError: The job is done, but its image is missing or not whole.
            MismatchError: The image differs from the request, and `on_mismatch` is "raise".
            APIError: The service could not be reached, or the image could not be fetched. The job can be collected
                later.
        """
        client: AsyncClient = self._connected()
        flow = _flow_of(client, self, timeout, self._spec.timeout)
        download = await driven_async(client, flow.waited(self._record))
        return cast("Result", flow.finished(self._record, download, refuses(client, on_mismatch)))


def _flow_of(
    client: BaseClient, job: Job, timeout: Timeout | Unset, default: float, policy: CallPolicy | None = None
) -> JobFlow:
    """What is sent for a job that was ordered.

    Raises:
        ConfigurationError: The client is closed, or the timeout is not usable; the error names the job.
    """
    spec = spec_of(type(job))
    try:
        return job_flow(client, spec, timeout, default, policy)
    except ConfigurationError as error:
        error.job_id, error.billed = job.request_id, None
        error.collecting = how_to_collect(spec, job.request_id)
        raise


# For code that is handed a client, such as a batch, which asks for all of its jobs in one loop.


def state_of(
    client: SyncClient, job: Job, *, timeout: Timeout | Unset = UNSET, policy: CallPolicy | None = None
) -> JobState:
    """The state of a job that has not failed, as the service says it.

    Args:
        client: The client.
        job: The job.
        timeout: As in the methods of the client.
        policy: Other rules than those of the client, or None. With rules that do not wait, a GET is sent once.

    Raises:
        JobFailedError: The job has failed: the error has its state, and why.
        JobExpiredError: The service has no record of the job, or has deleted it.
        APIError: The state could not be learned; the error names the job.
    """
    spec = spec_of(type(job))
    flow = _flow_of(client, job, timeout, spec.status.operation.timeout or RESPONSE_SECONDS, policy)
    return driven(client, flow.state(record_of(job)))


def collect(
    client: SyncClient,
    job: Job,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
    on_mismatch: OnMismatch | Unset = UNSET,
) -> Any:
    """The image of a job that is done.

    Args:
        client: The client.
        job: The job.
        timeout: As in the methods of the client.
        policy: Other rules than those of the client, or None. With rules that do not wait, a GET is sent once.
        on_mismatch: What to do with an image that differs from the request; default: the client's.

    Raises:
        JobFailedError: The job has failed, and was not billed.
        JobTimeoutError: It is still active.
        APIError: See `SyncJob.result`; the error names the job.
    """
    spec, record = spec_of(type(job)), record_of(job)
    flow = _flow_of(client, job, timeout, spec.timeout, policy)
    download = driven(client, flow.result(record))
    return flow.finished(record, download, refuses(client, on_mismatch))


async def state_of_async(
    client: AsyncClient, job: Job, *, timeout: Timeout | Unset = UNSET, policy: CallPolicy | None = None
) -> JobState:
    """`state_of` for an asynchronous client."""
    spec = spec_of(type(job))
    flow = _flow_of(client, job, timeout, spec.status.operation.timeout or RESPONSE_SECONDS, policy)
    return await driven_async(client, flow.state(record_of(job)))


async def collect_async(
    client: AsyncClient,
    job: Job,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
    on_mismatch: OnMismatch | Unset = UNSET,
) -> Any:
    """`collect` for an asynchronous client."""
    spec, record = spec_of(type(job)), record_of(job)
    flow = _flow_of(client, job, timeout, spec.timeout, policy)
    download = await driven_async(client, flow.result(record))
    return flow.finished(record, download, refuses(client, on_mismatch))
