"""What a run may spend, whatever the service does: also one that charges for refusals.

The client's budget counts what the document says is billed. What a service charges beyond that shows only in the
balance of the account. It is asked for before a request that could pass the limit, if the document has such a call.
"""

from decimal import Decimal
from functools import cached_property

from attrs import define, field

from segmind_flux_schnell import APIError
from tests.contract.model.balances import balance_of, reported_balance, rounded
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.model.varying import Noise
from tests.contract.probing.sending import Sender


@define(slots=False)
class Spending:
    """The balance of the main account over a run.

    Args:
        contract: The document.
        sender: Sends to the service; its budget has the limit.
    """

    contract: Contract
    sender: Sender
    _limit: Decimal | None = field(init=False)
    _first: Decimal | None = field(default=None, init=False)
    _last: Decimal | None = field(default=None, init=False)
    _dearest: Decimal = field(default=Decimal(0), init=False)
    _known_at: int = field(default=0, init=False)
    _can_ask: bool = field(default=True, init=False)

    def __attrs_post_init__(self) -> None:
        self._limit = self.sender.budget.max_credits if self.sender.budget is not None else None

    def start(self) -> None:
        """Ask for the balance before anything is bought."""
        if self._limit is not None:
            self._ask()

    def refusal(self) -> str:
        """Why no request is sent any more; empty if it cannot pass the limit, as far as anybody can tell."""
        limit = self._limit
        if limit is None:
            return ""
        if self._unseen and self._spent + (self._unseen + 1) * self._price > limit:
            self._ask()
        if self._spent + self._price <= limit:
            return ""
        return f"the balance fell by ${self._spent:f} since the run began, which may not spend more than ${limit}"

    def affords(self, images: int) -> bool:
        """Whether so many images can still be bought, at the highest price that was seen."""
        budget = self.sender.budget
        if budget is None or budget.max_credits is None:
            return True
        return budget.max_credits - budget.credits - budget.reserved_credits >= images * self._price

    def note(self, interaction: Interaction) -> None:
        """Note the balance that a response reports, and that a refusal bought nothing as far as the balance says."""
        if interaction.refused and self._limit is not None and self._can_ask and balance_of(self.contract) is not None:
            self.sender.settle_refusal(interaction.request)
        balance = reported_balance(self.contract, self._noise, interaction)
        if balance is not None and interaction.request.account == "main":
            # Without a call that tells the balance, it is first known when an image has been paid for.
            self._saw(balance, before=balance + self.contract.price)

    @cached_property
    def _noise(self) -> Noise:
        return Noise.of_document(self.contract.document)

    @property
    def _spent(self) -> Decimal:
        if self._first is None or self._last is None:
            return Decimal(0)
        return rounded(self._first - self._last).normalize()

    @property
    def _price(self) -> Decimal:
        return max(self.contract.price, rounded(self._dearest))

    @property
    def _unseen(self) -> int:
        """How many requests were sent since the balance was last known, of which each may have been charged for."""
        return self.sender.requests - self._known_at

    def _ask(self) -> None:
        operation = balance_of(self.contract) if self._can_ask else None
        if operation is None:
            return
        request = ProbeRequest(operation=operation.name, method=operation.method, path=operation.path)
        try:
            interaction = self.sender.send("balance", request)
        except APIError:
            self._can_ask = False
            return
        balance = reported_balance(self.contract, self._noise, interaction)
        self._can_ask = balance is not None
        if balance is not None:
            self._saw(balance, before=balance)

    def _saw(self, balance: Decimal, *, before: Decimal) -> None:
        if self._last is not None and self._unseen:
            # Nobody knows which of them it was, so a request is expected to cost their average.
            self._dearest = max(self._dearest, (self._last - balance) / self._unseen)
        self._first = before if self._first is None else self._first
        # A job can report the balance as it was before what was bought since.
        self._last = balance if self._last is None else min(self._last, balance)
        self._known_at = self.sender.requests
