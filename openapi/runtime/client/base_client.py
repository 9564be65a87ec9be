"""What both kinds of client do for a call, as flows: steps that one kind carries out by blocking, the other awaits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..base.errors import ConfigurationError
from ..base.unset import UNSET, Unset
from ..image.response_files import store_result
from ..spec.tunables import RESPONSE_SECONDS
from .call_flow import Call
from .client_settings import ClientSettings, usable_route
from .results import finished, refuses_mismatches

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from ..base.messages import Request, Response
    from ..base.spool import Spool
    from ..image.media import SavedFile
    from ..image.result_spec import ResultSpec
    from ..spec.job import JobSpec
    from ..spec.operation import Operation
    from ..transport.open_body import StreamRequest
    from ..transport.options import Timeout
    from .call_flow import CallFlow, CallPolicy, Flow
    from .client_settings import Route
    from .job_flow import JobFlow
    from .job_handle import J, Job
    from .job_record import JobRecord
    from .results import OnMismatch

T = TypeVar("T")
F = TypeVar("F", bound="SavedFile")


class BaseClient(ClientSettings):
    """Base of both kinds of client."""

    def _routes(self) -> Mapping[str, type[Job]]:
        """The handles of the operations that have another route, each under the name of its operation."""
        return {}

    def _handle_kind(self, operation: Operation[Any], route: Route | Unset = UNSET) -> type[Job] | None:
        chosen = self._route if isinstance(route, Unset) else usable_route(route)
        return self._routes().get(operation.name) if chosen == "queue" else None

    def _job(self, kind: type[J], job: object) -> J:
        """A handle of a job that is known by its id, or by another handle. It makes no request.

        Raises:
            InvalidRequestError: It is neither.
        """
        from .job_handle import handle_of

        return handle_of(kind, self, job)

    def _refuses(self, on_mismatch: OnMismatch | Unset) -> bool:
        return self._refuses_mismatches if isinstance(on_mismatch, Unset) else refuses_mismatches(on_mismatch)

    def _limit(self, timeout: Timeout | Unset) -> Timeout | Unset:
        return self._timeout if isinstance(timeout, Unset) else timeout

    def _flow(
        self,
        operation: Operation[Any],
        request: Request,
        timeout: Timeout | Unset,
        spool: Spool | None = None,
        policy: CallPolicy | None = None,
    ) -> CallFlow:
        """What leads to the response of a call, whatever it says.

        Raises:
            ConfigurationError: The client is closed, or the timeout is not usable.
            InvalidRequestError: The request cannot be written.
            MissingKeyError: The operation needs a key that is not there.
        """
        from ..transport.attempt import PreparedRequest
        from ..transport.timeouts import limits_of

        limits = limits_of(self._limit(timeout), operation.timeout)
        prepared = PreparedRequest(self._settings, operation, request, limits)
        self._check_open()
        return Call(prepared, policy or self._policy, spool).flow()

    def _result_flow(
        self,
        operation: Operation[T],
        request: Request,
        timeout: Timeout | Unset,
        refuses: bool,
        policy: CallPolicy | None,
        route: Route | Unset,
    ) -> Flow[T]:
        """What leads to the result of a call, by its route."""
        kind = self._handle_kind(operation, route)
        if kind is None:
            response = yield from self._flow(operation, request, timeout, policy=policy)
            return finished(operation, request, response, self._settings.provenance, refuses)
        from .job_handle import ordering, spec_of

        flow = self._job_flow(spec_of(kind), timeout, spec_of(kind).timeout, policy)
        record, download = yield from flow.bought(ordering(kind, request))
        return cast("T", flow.finished(record, download, refuses))

    def _file_flow(
        self,
        operation: Operation[Any],
        request: Request,
        kind: type[F],
        spec: ResultSpec,
        path: str | os.PathLike[str],
        spool: Spool,
        timeout: Timeout | Unset,
        refuses: bool,
    ) -> Flow[Callable[[], F]]:
        """What brings the result of a call into a spool. What is left to do is to judge it and move it into place."""
        handle = self._handle_kind(operation)
        if handle is None:
            response = yield from self._flow(operation, request, timeout, spool)
            embeds = self._settings.provenance
            return partial(store_result, kind, spec, operation, request, response, path, embeds, refuses)
        from .job_handle import ordering, spec_of

        flow = self._job_flow(spec_of(handle), timeout, spec_of(handle).timeout)
        record, download = yield from flow.bought(ordering(handle, request), spool)
        return partial(flow.stored, record, download, path, refuses)

    def _submit_flow(
        self, kind: type[Job], request: Request, timeout: Timeout | Unset, policy: CallPolicy | None
    ) -> Flow[JobRecord]:
        """What leads to a job."""
        from .job_handle import spec_of

        spec = spec_of(kind)
        return self._job_flow(spec, timeout, spec.submit.timeout or RESPONSE_SECONDS, policy).submitted(request)

    def _job_flow(
        self, spec: JobSpec, timeout: Timeout | Unset, default: float, policy: CallPolicy | None = None
    ) -> JobFlow:
        from .job_flow import JobFlow

        self._check_open()
        return JobFlow(spec, self._settings, policy or self._policy, timeout=self._limit(timeout), default=default)

    def _stream_flow(
        self, operation: Operation[Any], request: Request, timeout: Timeout | Unset, media_types: tuple[str, ...]
    ) -> tuple[StreamRequest, CallFlow]:
        from ..transport.open_body import StreamRequest
        from ..transport.timeouts import limits_of

        limits = limits_of(self._limit(timeout), operation.timeout)
        prepared = StreamRequest(self._settings, operation, request, limits, media_types)
        self._check_open()
        return prepared, Call(prepared, self._policy, None).flow()

    def _finished(self, operation: Operation[T], request: Request, response: Response) -> T:
        return finished(operation, request, response, self._settings.provenance, self._refuses_mismatches)

    def _check_open(self) -> None:
        if self._connection.is_closed:
            raise ConfigurationError("The client is closed.")
