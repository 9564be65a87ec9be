"""A case: one interaction, with what the document says about it."""

from collections.abc import Callable, Iterator

from attrs import frozen

from tests.contract.model.expectations import expectation
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.interactions import Interaction
from tests.contract.model.operation_contract import OperationContract


@frozen
class Case:
    """An interaction with what the document says about it.

    Args:
        contract: The document.
        interaction: The interaction.
    """

    contract: OperationContract
    interaction: Interaction

    @property
    def expected(self) -> str:
        """The expected outcome: `accepted`, `rejected`, or a status."""
        return expectation(self.contract, self.interaction.request).outcome

    @property
    def fact(self) -> str:
        """Pointer of the fact that says so."""
        return expectation(self.contract, self.interaction.request).fact

    @property
    def response(self) -> str | None:
        """Pointer of the response that is documented for the status, or None if there is none."""
        return self.contract.response(self.interaction.response.status_code)

    def finding(self, severity: Severity, pointer: str, expected: str, seen: str, oracle: str) -> Finding:
        """A finding on this interaction."""
        return Finding(
            severity=severity,
            pointer=pointer,
            expected=expected,
            seen=seen,
            probe=self.interaction.probe,
            oracle=oracle,
        )


Oracle = Callable[[Case], Iterator[Finding]]
