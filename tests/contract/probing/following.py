"""Follows a job: fills in what a response names, and waits until the job has ended."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve, field, frozen

from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.model.links import at, body_of, filled, linked_values, split_address
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.probe import JobStep, Probe

_LOCAL_POLL, _LOCAL_TIMEOUT = 0.05, 5.0


class NotFollowedError(Exception):
    """What a probe is to follow was not started, or its response does not name what comes next."""


@frozen
class Follower:
    """Makes the requests of probes that follow others.

    Args:
        contract: The document.
        ask: Sends a request that is not recorded.
        is_local: Whether the service is on this machine, where waiting is short.
    """

    contract: Contract
    ask: Callable[[ProbeRequest], Interaction]
    is_local: bool
    _endless: set[str] = field(factory=set[str], init=False, repr=False)

    def request(self, probe: Probe, step: JobStep, sent: Mapping[str, Interaction]) -> ProbeRequest:
        """The request of a probe.

        Args:
            probe: The probe.
            step: What it follows.
            sent: The interactions so far, by probe.

        Raises:
            NotFollowedError: There is nothing to follow.
        """
        started, operation = sent.get(step.probe), self.contract.operation(step.operation)
        if started is None or operation is None or not started.accepted:
            raise NotFollowedError(f"{step.probe} was not accepted, so that there is nothing to follow")
        if not step.link:
            return _of_address(probe, operation, started)
        if step.waits:
            self._wait(operation, started)
        return self._linked(operation, step.link, started)

    def _linked(self, operation: OperationContract, link: str, started: Interaction) -> ProbeRequest:
        linked = self.contract.operation(operation.links[link]["operationId"])
        values = linked_values(operation, link, started)
        if linked is None or values is None:
            raise NotFollowedError(f"the response to {started.probe} does not name what the link {link} needs")
        request = ProbeRequest(
            operation=linked.name, method=linked.method, path=linked.path, account=started.request.account
        )
        for name, value in values.items():
            request = linked.parameters[name].placed(request, filled(linked.path, name, value))
        return request

    def _wait(self, operation: OperationContract, started: Interaction) -> None:
        """Ask for the state until it is one of the last, or once for as long as the document allows."""
        if started.probe in self._endless:
            return
        job: dict[str, Any] = operation.job or {}
        pause = _LOCAL_POLL if self.is_local else float(job.get("poll-seconds", 1))
        limit = _LOCAL_TIMEOUT if self.is_local else float(job.get("timeout-seconds", 600))
        end = time.monotonic() + limit
        request = self._linked(operation, job["status"], started)
        while self._goes_on(job, self.ask(request)):
            if time.monotonic() >= end:
                self._endless.add(started.probe)
                return
            time.sleep(pause)

    @staticmethod
    def _goes_on(job: dict[str, Any], response: Interaction) -> bool:
        """Whether a response says that a job has not ended: by any state but those that say so."""
        return response.accepted and at(body_of(response), job["state"]) not in [*job["done"], *job["failed"]]


def _of_address(probe: Probe, operation: OperationContract, ended: Interaction) -> ProbeRequest:
    address = at(body_of(ended), (operation.job or {})["image"])
    url = split_address(address) if isinstance(address, str) else None
    if url is None or not (url.scheme and url.netloc):
        raise NotFollowedError(f"the response to {ended.probe} does not have the address of an image")
    query = tuple(pair.partition("=")[::2] for pair in url.query.split("&")) if url.query else ()
    return evolve(probe.request, path=url.path or "/", query=query, origin=f"{url.scheme}://{url.netloc}")
