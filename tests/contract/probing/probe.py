"""What a probe is: a request that is sent to learn whether a fact of the document holds."""

import re
from decimal import Decimal

from attrs import field, frozen

from tests.contract.model.interactions import ProbeRequest
from tests.contract.model.operation_contract import OperationContract, path_pattern

MOST_IMAGES = 40
"""A run buys no more images than this, whatever is left to find out."""


@frozen(kw_only=True)
class JobStep:
    """What the request of a probe takes from the response to another one.

    Args:
        operation: The `operationId` of the operation that started the job.
        probe: The probe whose response has it.
        link: The link to follow, by name; empty for the address of the image.
        waits: Whether to wait first until the job has ended.
    """

    operation: str
    probe: str
    link: str
    waits: bool


@frozen(kw_only=True)
class Probe:
    """One request, and what it is for.

    Args:
        name: Name of the probe and of its cassette: lower-case letters, digits and dashes.
        fact: JSON pointer of the fact under test.
        purpose: What the request does, in a few words.
        expected: `accepted`, `rejected`, or the status that the fact promises.
        request: The request. What another response names is still in braces in its path.
        price: What it costs in US dollars if the document is right; 0 if it is free.
        billable: Whether it is billed if the document is right.
        after: What it takes from the response to another probe; None if nothing.
    """

    name: str
    fact: str
    purpose: str
    expected: str
    request: ProbeRequest
    price: Decimal = field(default=Decimal(0))
    billable: bool = False
    after: JobStep | None = None

    def is_sent_as(self, request: ProbeRequest | None) -> bool:
        """Whether a request is that of this probe, with what another response has named in it."""
        if self.after is None or request is None:
            return request == self.request
        own = self.request
        is_there = own.operation == "" or re.fullmatch(path_pattern(own.path), request.path) is not None
        return is_there and (own.operation, own.method, own.account) == (
            request.operation,
            request.method,
            request.account,
        )

    def __str__(self) -> str:
        cost = f"costs ${self.price}" if self.billable else "free"
        return f"{self.name}: {self.purpose}; expected {self.expected}; {cost}; tests {self.fact}"


def accepted(contract: OperationContract, name: str, fact: str, purpose: str, request: ProbeRequest) -> Probe:
    """A probe of an operation whose request is to be accepted, and paid for if the operation is billed."""
    return Probe(
        name=f"{contract.prefix}accepted-{name}",
        fact=fact,
        purpose=purpose,
        expected="accepted",
        request=request,
        price=contract.price if contract.is_billed else Decimal(0),
        billable=contract.is_billed,
    )


def rejected(contract: OperationContract, name: str, fact: str, purpose: str, request: ProbeRequest) -> Probe:
    """A probe of an operation whose request breaks one rule, and is to be refused."""
    return Probe(
        name=f"{contract.prefix}rejected-{name.replace('_', '-').lower()}",
        fact=fact,
        purpose=purpose,
        expected="rejected",
        request=request,
    )
