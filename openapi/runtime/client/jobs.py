"""Jobs as their user has them: what was ordered, and can be collected as long as its record lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from ..base.errors import ConfigurationError, JobFailedError
from ..base.unset import UNSET, Unset
from ..spec.tunables import RESPONSE_SECONDS
from .clients import AsyncClient, SyncClient, driven, driven_async, job_flow, refuses
from .job_handle import J, Job, how_to_collect, record_of, spec_of

if TYPE_CHECKING:
    from ..base.messages import Request
    from ..spec.job import JobState
    from ..transport.options import Timeout
    from .call_flow import CallPolicy
    from .client_settings import ClientSettings
    from .job_flow import JobFlow
    from .results import OnMismatch

Result = TypeVar("Result")
State = TypeVar("State")


class SyncJob(Job, Generic[Result, State]):
    """Base of the blocking handles."""

    def status(self, *, timeout: Timeout | Unset = UNSET) -> State:
        """Ask for the state of the job. One that has failed has a state too.

        Args:
            timeout: Time limit, instead of the client's. GETs that fail are repeated until then.

        Raises:
            JobExpiredError: The service has no record of the job, or no longer.
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
            timeout: Time limit, instead of the client's. GETs that fail are repeated until then.
            on_mismatch: What becomes of an image other than requested, instead of the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or no longer.
            JobTimeoutError: The job is not done.
            InvalidImageError: The job is done, and its image is not whole or not there.
            MismatchError: The image is another one than requested, and `on_mismatch` is "raise".
            APIError: The image could not be fetched. It can be collected again.
        """
        client: SyncClient = self._connected()
        return cast("Result", collect(client, self, timeout=timeout, on_mismatch=on_mismatch))

    def wait(self, timeout: Timeout | Unset = UNSET, *, on_mismatch: OnMismatch | Unset = UNSET) -> Result:
        """Wait until the job is done, and fetch its image.

        Args:
            timeout: Time limit in seconds, the download included. Defaults to the client's, or else to what the
                document says of such jobs. An `httpx.Timeout` limits each attempt, beside the limit of the document.
                GETs that fail are repeated until then, whatever the client's `retry`, of which only `max_connect_wait`
                counts: it limits how long a service is tried that has never been reached.
            on_mismatch: What becomes of an image other than requested, instead of the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or no longer.
            JobTimeoutError: The job goes on at the end of the time.
            InvalidImageError: The job is done, and its image is not whole or not there.
            MismatchError: The image is another one than requested, and `on_mismatch` is "raise".
            APIError: The service could not be asked, or the image not be fetched. The job can be collected again.
        """
        client: SyncClient = self._connected()
        flow = _flow_of(client, self, timeout, self._spec.timeout)
        download = driven(client, flow.waited(self._record))
        return cast("Result", flow.finished(self._record, download, refuses(client, on_mismatch)))


class AsyncJob(Job, Generic[Result, State]):
    """Base of the asynchronous handles."""

    _awaits = "await "

    async def status(self, *, timeout: Timeout | Unset = UNSET) -> State:
        """Ask for the state of the job. One that has failed has a state too.

        Args:
            timeout: Time limit, instead of the client's. GETs that fail are repeated until then.

        Raises:
            JobExpiredError: The service has no record of the job, or no longer.
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
            timeout: Time limit, instead of the client's. GETs that fail are repeated until then.
            on_mismatch: What becomes of an image other than requested, instead of the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or no longer.
            JobTimeoutError: The job is not done.
            InvalidImageError: The job is done, and its image is not whole or not there.
            MismatchError: The image is another one than requested, and `on_mismatch` is "raise".
            APIError: The image could not be fetched. It can be collected again.
        """
        client: AsyncClient = self._connected()
        return cast("Result", await collect_async(client, self, timeout=timeout, on_mismatch=on_mismatch))

    async def wait(self, timeout: Timeout | Unset = UNSET, *, on_mismatch: OnMismatch | Unset = UNSET) -> Result:
        """Wait until the job is done, and fetch its image.

        Args:
            timeout: Time limit in seconds, the download included. Defaults to the client's, or else to what the
                document says of such jobs. An `httpx.Timeout` limits each attempt, beside the limit of the document.
                GETs that fail are repeated until then, whatever the client's `retry`, of which only `max_connect_wait`
                counts: it limits how long a service is tried that has never been reached.
            on_mismatch: What becomes of an image other than requested, instead of the client's.

        Raises:
            JobFailedError: The job has failed, and was not billed.
            JobExpiredError: The service has no record of the job, or no longer.
            JobTimeoutError: The job goes on at the end of the time.
            InvalidImageError: The job is done, and its image is not whole or not there.
            MismatchError: The image is another one than requested, and `on_mismatch` is "raise".
            APIError: The service could not be asked, or the image not be fetched. The job can be collected again.
        """
        client: AsyncClient = self._connected()
        flow = _flow_of(client, self, timeout, self._spec.timeout)
        download = await driven_async(client, flow.waited(self._record))
        return cast("Result", flow.finished(self._record, download, refuses(client, on_mismatch)))


def _flow_of(
    client: ClientSettings, job: Job, timeout: Timeout | Unset, default: float, policy: CallPolicy | None = None
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


def submit(
    client: SyncClient,
    kind: type[J],
    request: Request,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
) -> J:
    """Order a job, as the method of a client does.

    Args:
        client: The client.
        kind: The class of the handle, such as `handle_kind(client, operation)` gives.
        request: What is ordered: the request of the submit.
        timeout: As in the methods of the client, for the submit alone.
        policy: Other rules than those of the client, or None.

    Raises:
        APIError: As for any call. An outcome that is unknown is not tried again, unless the client's `retry` says so.
    """
    spec = spec_of(kind)
    flow = job_flow(client, spec, timeout, spec.submit.timeout or RESPONSE_SECONDS, policy)
    return kind(driven(client, flow.submitted(request)), client)


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
        JobExpiredError: The service has no record of the job, or no longer.
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
        on_mismatch: What becomes of an image other than requested, instead of the client's.

    Raises:
        JobFailedError: The job has failed, and was not billed.
        JobTimeoutError: It goes on.
        APIError: See `SyncJob.result`; the error names the job.
    """
    spec, record = spec_of(type(job)), record_of(job)
    flow = _flow_of(client, job, timeout, spec.timeout, policy)
    download = driven(client, flow.result(record))
    return flow.finished(record, download, refuses(client, on_mismatch))


async def submit_async(
    client: AsyncClient,
    kind: type[J],
    request: Request,
    *,
    timeout: Timeout | Unset = UNSET,
    policy: CallPolicy | None = None,
) -> J:
    """`submit` for an asynchronous client."""
    spec = spec_of(kind)
    flow = job_flow(client, spec, timeout, spec.submit.timeout or RESPONSE_SECONDS, policy)
    return kind(await driven_async(client, flow.submitted(request)), client)


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
