"""The cross-oracle for jobs: how they end, what their results report, and whether their image is the one ordered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from generator.document.document import child
from tests.contract.model.contract import Contract
from tests.contract.model.expectations import UNKNOWN_ID, provoking_words
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.grades import is_documented
from tests.contract.model.images import image_of
from tests.contract.model.interactions import Interaction
from tests.contract.model.links import at, body_of, filled, linked_values, split_address
from tests.contract.model.operation_contract import JSON, OperationContract, Provoked

_SIDES = {"image-width": 0, "image-height": 1}


def jobs_agree(contract: Contract, interactions: Sequence[Interaction], *, exact: bool) -> Iterator[Finding]:
    """A job ends as the document says for its request, and its result is that of the operation that it stands in for.

    Args:
        contract: The document.
        interactions: All interactions, in the order of sending.
        exact: Whether equal images have equal pixels.
    """
    for operation in contract.operations:
        if operation.job is not None:
            for started in contract.own(operation, interactions):
                if started.accepted:
                    job = _Job(contract, operation, operation.job, started, interactions, exact)
                    yield from job.findings()
            yield from _gone(contract, operation, operation.job, interactions)


def _gone(
    contract: Contract, operation: OperationContract, job: dict[str, Any], interactions: Sequence[Interaction]
) -> Iterator[Finding]:
    """An id that the service does not know gets one of the statuses that say so."""
    names = dict.fromkeys(link.get("operationId", "") for link in operation.links.values())
    for linked in (found for name in names if (found := contract.operation(name)) is not None):
        for one in contract.own(linked, interactions):
            status = one.response.status_code
            if UNKNOWN_ID in provoking_words(linked, one.request) and status not in job.get("gone", [status]):
                yield Finding(
                    severity="breaking",
                    pointer=child(operation.success, "x-job", "gone"),
                    expected=f"status {' or '.join(str(known) for known in job['gone'])} for an unknown id",
                    seen=f"status {status}",
                    probe=one.probe,
                    oracle="job",
                )


def asked_for(
    contract: Contract,
    operation: OperationContract,
    link: str,
    started: Interaction,
    interactions: Sequence[Interaction],
) -> Iterator[Interaction]:
    """The interactions that follow a link of a response, in the order of sending.

    Args:
        contract: The document.
        operation: The operation of the response.
        link: The name of the link.
        started: The interaction with the response.
        interactions: All interactions.
    """
    linked = contract.operation(operation.links[link].get("operationId", ""))
    values = linked_values(operation, link, started)
    if linked is None or values is None:
        return
    for one in contract.own(linked, interactions):
        sent = {name: str(value) for name, value in linked.parameter_values(one.request).items()}
        if all(sent.get(name) == filled(linked.path, name, value) for name, value in values.items()):
            yield one


@frozen
class _Job:
    contract: Contract
    operation: OperationContract
    job: dict[str, Any]
    started: Interaction
    interactions: Sequence[Interaction]
    exact: bool

    def findings(self) -> Iterator[Finding]:
        words = [
            one for one in provoking_words(self.operation, self.started.request) if one in self.operation.job_words
        ]
        if at(body_of(self.started), self.job["state"]) is not None:
            yield from self._state(self.operation, self.started)
        named = {str(name): str(self.job[name]) for name in ("status", "result") if name in self.job}
        links = [link for link in named.values() if link in self.operation.links]
        yield from self._lost(named)
        for link in dict.fromkeys(links):
            linked = self.contract.operation(self.operation.links[link].get("operationId", ""))
            asked = list(asked_for(self.contract, self.operation, link, self.started, self.interactions))
            if linked is None or not asked:
                continue
            for one in asked:
                yield from self._state(linked, one)
                yield from self._name(linked, link, one)
            provoked = [found for word in words for found in linked.provoked(word)]
            if provoked:
                yield from self._failure(linked, asked[-1], provoked[0])
            elif not self._is_done(asked[-1]):
                yield self._unfinished(linked, asked[-1])
            elif link == links[-1]:
                yield from self._result(asked[-1])

    def _lost(self, named: Mapping[str, str]) -> Iterator[Finding]:
        """A link that the document does not have, or that needs what the response does not have."""
        for name, link in named.items():
            if link not in self.operation.links:
                yield self._finding(self._fact(name), "the name of a link", link, self.started)
            elif linked_values(self.operation, link, self.started) is None:
                pointer = child(self.operation.success, "links", link, "parameters")
                yield self._finding(pointer, "a response with what the link needs", "none of it", self.started)

    def _state_of(self, one: Interaction) -> Any:
        return at(body_of(one), self.job["state"])

    def _is_done(self, one: Interaction) -> bool:
        return one.accepted and self._state_of(one) in self.job["done"]

    def _state(self, linked: OperationContract, one: Interaction) -> Iterator[Finding]:
        known = [*self.job["active"], *self.job["done"], *self.job["failed"]]
        state = self._state_of(one)
        documented = linked.response(one.response.status_code) is not None
        if state not in known and (one.accepted or documented):
            listed = ", ".join(str(value) for value in known)
            yield self._finding(self._fact("state"), f"one of the states {listed}", f"{state!r}", one)

    def _name(self, linked: OperationContract, link: str, one: Interaction) -> Iterator[Finding]:
        """A response that names the job names the one that was asked for."""
        response = linked.response(one.response.status_code)
        schema = child(response or "", "content", JSON, "schema")
        body = body_of(one)
        if not isinstance(body, dict) or not self.contract.document.has(schema):
            return
        known = self.contract.document.resolved_at(schema).get("properties", {})
        for name, value in (linked_values(self.operation, link, self.started) or {}).items():
            if name in known and name in body and str(body[name]) != filled(linked.path, name, value):
                pointer = child(self.contract.document.resolved(schema), "properties", name)
                yield self._finding(pointer, f"{name}: {value}", f"{name}: {body[name]}", one)

    def _failure(self, linked: OperationContract, one: Interaction, provoked: Provoked) -> Iterator[Finding]:
        """The request makes the job fail: with the documented status, a state that says so, and a reason."""
        status, document = str(one.response.status_code), self.contract.document
        if self._is_done(one):
            broken = self.operation.broken_by(self.started.request)
            pointer = broken[0].pointer if broken else provoked.place
            yield self._finding(pointer, "the job fails", f"it is {self._state_of(one)}", one, "acceptance")
            return
        if status != provoked.status:
            severity: Severity = "breaking" if is_documented(document.grade(provoked.place)) else "unknown"
            expected = f"status {provoked.status}"
            yield self._finding(provoked.place, expected, f"status {status}", one, "status", severity)
            return
        if self._state_of(one) not in self.job["failed"]:
            listed = ", ".join(str(value) for value in self.job["failed"])
            yield self._finding(self._fact("failed"), f"the state {listed}", f"{self._state_of(one)!r}", one)
        if "error" in self.job and not isinstance(at(body_of(one), self.job["error"]), str):
            yield self._finding(self._fact("error"), "the reason why the job failed", "none", one)

    def _unfinished(self, linked: OperationContract, one: Interaction) -> Finding:
        seen = f"{one.response.status_code}, state {self._state_of(one)!r}"
        return self._finding(linked.success, "the job of a valid request is done in the end", seen, one, "acceptance")

    def _result(self, ended: Interaction) -> Iterator[Finding]:
        yield from self._reports(ended)
        if "image" not in self.job:
            return
        address = at(body_of(ended), self.job["image"])
        url = split_address(address) if isinstance(address, str) else None
        if url is None or not (url.scheme and url.netloc):
            yield self._finding(self._fact("image"), "the address of the image", f"{address!r}", ended)
            return
        path = url.path or "/"
        for one in self.interactions:
            if one.request.operation == "" and one.request.path == path:
                yield from self._image(one)

    def _reports(self, ended: Interaction) -> Iterator[Finding]:
        body, requested = body_of(ended), self.operation.effective(self.started.body or {})
        for semantics, pointer in self.job.get("reports", {}).items():
            value, fact = at(body, pointer), self._fact("reports", semantics)
            if value is None:
                yield self._finding(fact, f"the {semantics} at {pointer}", "none", ended)
            elif not _is_number(value):
                yield self._finding(fact, f"the {semantics} as a number", repr(value), ended)
            elif semantics == "seed":
                yield from self._seed(fact, value, requested, ended)

    def _seed(self, fact: str, value: Any, requested: dict[str, Any], ended: Interaction) -> Iterator[Finding]:
        name = next((one for one, node in self.operation.properties.items() if node.get("x-semantics") == "seed"), "")
        seed = requested.get(name)
        if isinstance(seed, int) and seed >= 0 and float(value) != seed:
            yield self._finding(fact, f"seed: {seed}", f"seed: {value}", ended, "seed")

    def _image(self, one: Interaction) -> Iterator[Finding]:
        """The download is a whole image of the requested size, and the one that the other route gives."""
        fact = self._fact("image")
        if not one.accepted:
            refused = one.response.status_code in (401, 403) and "image-key" in self.job
            place = self._fact("image-key") if refused else fact
            seen = f"status {one.response.status_code}" if one.response.status_code else one.response.text.strip()
            yield self._finding(place, "the image, without a key", seen, one, "image")
            return
        if self.job.get("image-key"):
            seen = f"{one.response.status_code} without a key"
            yield self._finding(self._fact("image-key"), "a key is needed", seen, one, "image")
        shown, other = image_of(one.response.content), self.contract.operation(self.job.get("instead-of", ""))
        declared = [] if other is None else list(self.contract.document.at(other.success).get("content", {}))
        if declared and one.response.media_type not in declared:
            yield self._finding(fact, " or ".join(declared), f"{one.response.media_type}", one, "content type")
        if declared and shown.media_type not in declared:
            yield self._finding(fact, f"bytes of {' or '.join(declared)}", f"bytes of {shown.media_type}", one, "image")
        elif not shown.whole or shown.opened is None:
            yield self._finding(fact, "a whole image", "an image that is cut off", one, "image")
        else:
            yield from self._same(one, other)

    def _same(self, one: Interaction, other: OperationContract | None) -> Iterator[Finding]:
        requested, shown = self.operation.effective(self.started.body or {}), image_of(one.response.content)
        for name, node in self.operation.properties.items():
            side = _SIDES.get(node.get("x-semantics", ""))
            if side is not None and shown.size is not None and requested.get(name) not in (None, shown.size[side]):
                seen = f"{name} {shown.size[side]}"
                yield self._finding(self.operation.fact(name), f"{name} {requested[name]}", seen, one, "image size")
                return
        if other is None:
            return
        for twin in self.contract.own(other, self.interactions):
            is_twin = twin.accepted and isinstance(twin.body, dict) and not set(twin.body) - set(other.properties)
            if is_twin and other.effective(twin.body) == requested:
                if not shown.same_as(image_of(twin.response.content), exact=self.exact):
                    place, seen = self._fact("instead-of"), f"a different image from that of {twin.probe}"
                    yield self._finding(place, f"the image that {other.name} gives", seen, one, "same image")
                return

    def _fact(self, *keywords: str) -> str:
        return child(self.operation.success, "x-job", *keywords)

    def _finding(
        self,
        pointer: str,
        expected: str,
        seen: str,
        interaction: Interaction,
        oracle: str = "job",
        severity: Severity | None = None,
    ) -> Finding:
        grade = self.contract.document.grade(pointer) if self.contract.document.has(pointer) else None
        return Finding(
            severity=severity or ("breaking" if grade is None or is_documented(grade) else "unknown"),
            pointer=pointer,
            expected=expected,
            seen=seen,
            probe=interaction.probe,
            oracle=oracle,
        )


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and float(value) == float(value)
    except (TypeError, ValueError):
        return False
