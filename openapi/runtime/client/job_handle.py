"""The handle of a job, apart from its client: what was ordered, and when its record expires."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from attrs import evolve

from ..base.errors import ConfigurationError, InvalidRequestError
from ..base.rules import Fault
from ..base.wording import one_line
from .job_address import is_job_id
from .job_record import JobRecord
from .tunables import LONGEST_ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..base.html_table import Row
    from ..base.messages import Request
    from ..spec.job import JobSpec

J = TypeVar("J", bound="Job")


class Job:
    """What both kinds of handles have in common.

    Clients make handles. One is pickled without its client and without a key: give it to another client to collect it.

    Args:
        record: What this side knows of the job.
        client: The client to collect it with, or None.
    """

    _spec: ClassVar[JobSpec]
    _awaits: ClassVar[str] = ""

    def __init__(self, record: Any, client: Any = None) -> None:
        self._record: JobRecord = record
        self._client = client

    @property
    def request_id(self) -> str:
        """The id of the job: what must not get lost."""
        return self._record.job_id

    @property
    def request(self) -> Request | None:
        """The request that ordered it, without the key; None if only the id is known."""
        return self._record.request

    @property
    def submitted_at(self) -> datetime | None:
        """When it was ordered, in UTC; None if only the id is known."""
        return self._record.submitted_at

    @property
    def record_expires_at(self) -> datetime | None:
        """When its record expires, in UTC; None if only the id is known, or the document does not say."""
        start, seconds = self._record.submitted_at, self._spec.record_seconds
        return None if start is None or seconds is None else start + timedelta(seconds=seconds)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.request_id!r})"

    def _repr_html_(self) -> str:
        """What a notebook shows: a small table. Nothing is sent for it, so it does not have the state of the job."""
        from ..base.html_table import html_table

        return html_table(type(self).__name__, self._rows())

    def _rows(self) -> Iterator[Row]:
        spec, job_id = self._spec, self.request_id
        description = spec.result_spec.semantics.description(self.request) if self.request is not None else None
        yield "id", (one_line(job_id, LONGEST_ID),)
        yield "prompt", (one_line(description),) if description else ()
        yield "submitted", _moment(self.submitted_at)
        yield "kept until", _moment(self.record_expires_at)
        call = f"{self._awaits}client.{spec.method}({job_id!r}).wait()"
        yield "to collect it", tuple(filter(None, (call, command_to_collect(spec, job_id))))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Job):
            return NotImplemented
        return (self._spec.name, self.request_id) == (other._spec.name, other.request_id)

    def __hash__(self) -> int:
        return hash(self.request_id)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (evolve(self._record, asked_at=None, state=None, was_reached=False),)

    def _connected(self) -> Any:
        """The client that the handle was made by.

        Raises:
            ConfigurationError: There is none: the handle was pickled.
        """
        if self._client is None:
            method = f"client.{self._spec.method}(job)"
            raise ConfigurationError(f"The job {self.request_id} has no client: collect it with `{method}`.")
        return self._client


def spec_of(kind: type[Job]) -> JobSpec:
    """What the document says of the jobs of a class of handles."""
    return kind._spec  # pyright: ignore[reportPrivateUsage]


def record_of(job: Job) -> JobRecord:
    """What this side knows of a job."""
    return job._record  # pyright: ignore[reportPrivateUsage]


def handle_of(kind: type[J], client: object, job: object) -> J:
    """A handle of a job that is known by its id, or by another handle. It makes no request.

    Args:
        kind: Its class.
        client: The client to collect it with.
        job: The id, or a handle of such a job from any client.

    Raises:
        InvalidRequestError: It is neither.
    """
    spec = spec_of(kind)
    if isinstance(job, Job) and spec_of(type(job)).name == spec.name:
        return kind(evolve(record_of(job), was_reached=False), client)
    if isinstance(job, str) and is_job_id(job.strip()):
        return kind(JobRecord(job_id=job.strip()), client)
    fault = Fault("job", job, f"is neither the id of a job nor an {spec.name}")
    raise InvalidRequestError(spec.method, (fault,))


def command_to_collect(spec: JobSpec, job_id: str) -> str:
    """The command that collects a job, or empty: quoted for a shell, since the id may be anything."""
    import shlex

    end = "-- " if job_id.startswith("-") else ""
    return one_line(f"{spec.program} {end}{shlex.quote(job_id)}", _LONGEST_COMMAND) if spec.program else ""


def how_to_collect(spec: JobSpec, job_id: str, *, is_done: bool = False) -> str:
    """How to collect a job, as the end of a sentence.

    Args:
        spec: What the document says of such jobs.
        job_id: Its id.
        is_done: Whether it is known to have its result.
    """
    billed = " and billed" if spec.result_spec.billed else ""
    state = f"is done{billed}" if is_done else "may still be active, and be billed"
    command = command_to_collect(spec, job_id)
    method = one_line(f"client.{spec.method}({job_id!r})", _LONGEST_COMMAND)
    ways = f"`{method}` or `{command}`" if command else f"`{method}`"
    return f"the job {one_line(job_id, _LONGEST_COMMAND)} {state}: collect it with {ways}"


def submit_request(spec: JobSpec, request: Request) -> Request:
    """The same by what the document says of the jobs."""
    return evolve(request, operation=spec.submit.name, method=spec.submit_method, path=spec.submit_path)


def ordering(kind: type[Job], request: Request) -> Request:
    """The request that orders a job, from that of the direct call: the same but for operation, method and path."""
    return submit_request(spec_of(kind), request)


def _moment(moment: datetime | None) -> tuple[str, ...]:
    return () if moment is None else (f"{moment:%Y-%m-%d %H:%M:%S} UTC",)


_LONGEST_COMMAND = 20 * LONGEST_ID
"""Characters that an id and what is around it have at most once they are quoted: it is never shown in part."""
