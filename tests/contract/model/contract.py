"""The contract: what a document promises, operation by operation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from attrs import define, evolve

from generator.document.document import Document
from generator.document.traversal import operations
from tests.contract import SPEC
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.model.operation_contract import OperationContract

Sent = TypeVar("Sent", Interaction, ProbeRequest)


@define(slots=False, eq=False)
class Contract:
    """A document, with a contract for each of its operations.

    Args:
        document: The document.
    """

    document: Document

    @classmethod
    def load(cls, path: Path = SPEC) -> "Contract":
        """Read the contract from a YAML file."""
        return cls.of(Document.load(path))

    @classmethod
    def of(cls, document: Document) -> "Contract":
        """The contract of a document."""
        return cls(document)

    @cached_property
    def operations(self) -> Sequence[OperationContract]:
        """The operations, in document order. The names of their probes begin with their names, but for the main one."""
        found = [OperationContract(self.document, node.pointer) for node in operations(self.document)]
        main, by_name = _main(found), {one.name: one for one in found}
        return [
            evolve(
                one,
                prefix="" if one is main else f"{_dashed(one.name)}-",
                linked=frozenset(_linked(one, found)),
                job_words=frozenset(_job_words(one, by_name)),
                endings=frozenset(response for other in found for response in _endings(one, other)),
            )
            for one in found
        ]

    @cached_property
    def main(self) -> OperationContract:
        """The operation that the document is about: the first one that turns a JSON body into an image.

        In a document without images, it is the first one with a JSON body, or the first of all.

        Raises:
            LookupError: The document has no operation.
        """
        found = _main(self.operations)
        if found is None:
            raise LookupError(f"{self.document.name} has no operation")
        return found

    @cached_property
    def price(self) -> Decimal:
        """Price of the dearest call in US dollars; 0 if the document names none."""
        return max((one.price for one in self.operations if one.is_billed), default=Decimal(0))

    def operation(self, name: str) -> OperationContract | None:
        """The operation with this `operationId`, or None if the document does not have it."""
        return self._by_name.get(name)

    def contract_of(self, sent: Interaction | ProbeRequest) -> OperationContract | None:
        """The operation that a request was sent for, or None if the document does not have it."""
        return self.operation(sent.request.operation if isinstance(sent, Interaction) else sent.operation)

    def own(self, operation: OperationContract, interactions: Sequence[Interaction]) -> list[Interaction]:
        """The interactions that were sent for an operation."""
        return [one for one in interactions if one.request.operation == operation.name]

    @cached_property
    def _by_name(self) -> dict[str, OperationContract]:
        return {one.name: one for one in self.operations}


def _main(found: Sequence[OperationContract]) -> OperationContract | None:
    with_body = [one for one in found if one.has_json_body]
    return next((one for one in with_body if one.gives_images), next(iter([*with_body, *found]), None))


def _linked(operation: OperationContract, others: Sequence[OperationContract]) -> Iterator[str]:
    """The parameters of an operation that links of others fill."""
    for link in (link for other in others for link in other.links.values()):
        if link.get("operationId") == operation.name:
            yield from link.get("parameters", {})


def _job_words(operation: OperationContract, by_name: Mapping[str, OperationContract]) -> Iterator[str]:
    """What makes the job fail that an operation starts: what its links say to provoke a status of their own."""
    if operation.job is None:
        return
    for link in operation.links.values():
        linked = by_name.get(link.get("operationId", ""))
        if linked is not None:
            endings = list(_endings(linked, operation))
            yield from (word for word, provoked in linked.provocations if provoked.response in endings)


def _endings(linked: OperationContract, starting: OperationContract) -> Iterator[str]:
    """The responses that a link of a job leads to, and that the call which starts it does not have."""
    if starting.job is not None and linked.name in [one.get("operationId") for one in starting.links.values()]:
        yield from (one for one in linked.statuses.values() if one not in starting.statuses.values())


def _dashed(name: str) -> str:
    """A name in lower case, its words joined by dashes: valid as the name of a file."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")
