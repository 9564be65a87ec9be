# @generated from openapi/runtime/client/budget.py by `make generate`. Do not edit: change that file.
"""A limit on spending: each request reserves what it may cost before it is sent, and is settled afterwards."""

from decimal import Decimal
from threading import Lock

from attrs import define, field, frozen

from ..base.amounts import amount
from ..base.errors import BudgetExhaustedError, ConfigurationError
from ..base.wording import shown
from .tunables import EXPECTED_JOBS

Credits = Decimal | float | str | None
"""A number of credits as a caller gives it."""


@define(kw_only=True, eq=False)
class Reservation:
    """What a budget reserves for one request.

    Args:
        images: Number of images that the request orders.
        credits: Credits that they are expected to cost.

    Attributes:
        booked: Credits that were booked for it, or None if nothing was, or not yet.
    """

    images: int
    credits: Decimal
    booked: Decimal | None = field(default=None, init=False)


@frozen
class _Pending:
    """A reservation whose request is in flight, or whose job is active.

    Args:
        reservation: The reservation.
        balance: Number of the last balance that the service had reported before; the first is 1.
    """

    reservation: Reservation
    balance: int


def _count(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise ConfigurationError(f"max_images is {shown(value)}: it takes a number of images, or None.")


def _credits(name: str, value: Credits) -> Decimal | None:
    number = amount(value)
    if number is None and value is not None:
        raise ConfigurationError(f"{name} is {shown(value)}: it takes a number of credits from 0, or None.")
    return number


# Functions of their own, since type checkers read the types of parameters from converters.
def _max_credits(value: Credits) -> Decimal | None:
    return _credits("max_credits", value)


def _keep_credits(value: Credits) -> Decimal | None:
    return _credits("keep_credits", value)


def _image_credits(value: Credits) -> Decimal | None:
    return _credits("image_credits", value)


@define(kw_only=True)
class Budget:
    """A limit on what its clients spend. Clients, threads and tasks can share it.

    Each request reserves what it may cost before it is sent. A request that would break a limit is refused with a
    `BudgetExhaustedError`. After its response, a request is booked with the cost that the service reports, or with
    nothing if it was not billed. If nobody can know whether it was billed, its cost stays reserved.

    Only the first response shows that a service charges more than expected, and how much is left in the account. Until
    then, requests in flight can pass `max_credits` and `keep_credits`: set `image_credits` to the highest price that
    you expect.

    Clients call `reserve` and `settle` around each request. A subclass can override both, for a budget that several
    processes share. A job is booked with its expected cost when it is ordered: clients call `expect` then, and
    `correct` once its cost is known. Only this process knows the expected cost of a job.

    Args:
        max_images: Most images to buy, or None for no limit.
        max_credits: Most credits to spend, or None for no limit.
        keep_credits: Credits to leave in the account, or None. The balance is known after the first response.
        image_credits: Expected cost of an image in credits; by default the price in the document. A higher cost that
            the service reports replaces it.

    Raises:
        ConfigurationError: `max_images` is not a whole number from 0, or another limit is not a number from 0.
    """

    max_images: int | None = field(default=None, converter=_count)
    max_credits: Decimal | None = field(default=None, converter=_max_credits)
    keep_credits: Decimal | None = field(default=None, converter=_keep_credits)
    image_credits: Decimal | None = field(default=None, converter=_image_credits)
    _images: int = field(default=0, init=False, repr=False)
    _highest_cost: Decimal | None = field(default=None, init=False, repr=False)
    _spent: Decimal = field(default=Decimal(0), init=False, repr=False)
    _on_their_way: dict[int, _Pending] = field(factory=dict[int, _Pending], init=False, repr=False)
    _unknown: list[Reservation] = field(factory=list[Reservation], init=False, repr=False)
    _remaining: Decimal | None = field(default=None, init=False, repr=False)
    _balances: dict[int, Decimal] = field(factory=dict[int, Decimal], init=False, repr=False)
    _balance: int = field(default=0, init=False, repr=False)
    _jobs: dict[str, _Pending] = field(factory=dict[str, _Pending], init=False, repr=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False, eq=False)

    @property
    def images(self) -> int:
        """Number of images bought so far."""
        return self._images

    @property
    def credits(self) -> Decimal:
        """Credits spent so far. An image without a reported price counts with its expected price."""
        return self._spent

    @property
    def reserved_images(self) -> int:
        """Number of images in flight, or whose outcome is unknown."""
        return sum(one.images for one in self._held())

    @property
    def reserved_credits(self) -> Decimal:
        """Credits reserved for images in flight, or whose outcome is unknown."""
        return sum((one.credits for one in self._held()), Decimal(0))

    @property
    def remaining_credits(self) -> Decimal | None:
        """Credits left in the account, as the service last reported; None before its first report."""
        return self._remaining

    def reserve(self, images: int, price: Decimal | None) -> Reservation:
        """Reserve what a request may cost, before it is sent.

        Args:
            images: Number of images that the request orders; 0 if it orders something else.
            price: Price in the document, in credits: of one image, or of the whole request if it orders no image; None
                if the document has no price.

        Raises:
            BudgetExhaustedError: The request would break a limit. It is not sent.
            ConfigurationError: `max_credits` cannot be kept, because the price of an image is not known.
        """
        with self._lock:
            expected = self._expected(images, price)
            if expected is None and self.max_credits is not None:
                raise ConfigurationError(
                    f"max_credits is {self.max_credits}, and the document has no price to count with: "
                    "set image_credits."
                )
            wanted = Reservation(images=images, credits=expected or Decimal(0))
            self._refuse(wanted)
            self._on_their_way[id(wanted)] = _Pending(wanted, self._balance)
            return wanted

    def settle(
        self, reservation: Reservation, *, billed: bool | None, cost: Decimal | None, remaining: Decimal | None
    ) -> None:
        """Book the outcome of a request.

        Args:
            reservation: What `reserve` returned for it.
            billed: Whether it was charged for; None if unknown: then it stays reserved.
            cost: Credits that it cost, as the service reports; None if it does not say: then the fall of the balance
                counts, if no other request is on its way.
            remaining: Credits that are left in the account, as the service reports, or None if it does not say.
        """
        with self._lock:
            if billed and cost is None:
                cost = self._fall(reservation, remaining)
            if remaining is not None:
                self._note_balance(remaining, since=self._on_their_way[id(reservation)].balance)
            del self._on_their_way[id(reservation)]
            if billed:
                self._book(reservation, cost)
            elif billed is None:
                self._unknown.append(reservation)

    def expect(self, job_id: str, reservation: Reservation) -> None:
        """Note what was booked for a job, until its cost is known.

        Args:
            job_id: The id of the job.
            reservation: What `reserve` returned for the request that ordered it, settled by now.
        """
        with self._lock:
            self._jobs[job_id] = _Pending(reservation, self._balance)
            if len(self._jobs) > EXPECTED_JOBS:
                # The oldest was collected elsewhere, if at all, and stays booked as expected.
                del self._jobs[next(iter(self._jobs))]

    def correct(self, job_id: str, *, billed: bool, cost: Decimal | None, remaining: Decimal | None) -> None:
        """Book a job anew, now that it has ended. Only the first time counts, and only for a job that is expected.

        Args:
            job_id: The id of the job.
            billed: Whether it was charged for: a job that failed gives back what was booked.
            cost: Credits that it cost, as the service reports, or None if it does not say.
            remaining: Credits that are left in the account, as the service reports, or None if it does not say.
        """
        with self._lock:
            expected = self._jobs.get(job_id)
            if remaining is not None and (expected is not None or self._remaining is None):
                self._note_balance(remaining, since=self._balance if expected is None else expected.balance)
            if expected is None:
                return
            del self._jobs[job_id]
            reservation = expected.reservation
            if reservation.booked is None or (billed and cost is None):
                return
            self._images -= reservation.images
            self._spent -= reservation.booked
            if billed:
                self._book(reservation, cost)

    def _expected(self, images: int, price: Decimal | None) -> Decimal | None:
        """Credits that a request is expected to cost; None if unknown."""
        if not images:
            return price
        prices = (price if self.image_credits is None else self.image_credits, self._highest_cost)
        known = [one for one in prices if one is not None]
        return images * max(known) if known else None

    def _fall(self, reservation: Reservation, remaining: Decimal | None) -> Decimal | None:
        """What a request cost, by the fall of the balance; None if others may have changed it meanwhile."""
        is_alone = len(self._on_their_way) == 1 and self._on_their_way[id(reservation)].balance == self._balance
        if remaining is None or self._remaining is None or not is_alone:
            return None
        return max(self._remaining - remaining, Decimal(0)) or None

    def _held(self) -> list[Reservation]:
        return [*(one.reservation for one in self._on_their_way.values()), *self._unknown]

    def _note_balance(self, remaining: Decimal, since: int) -> None:
        """Note a balance. Responses overtake each other: the lowest balance since the request was sent counts."""
        self._balance += 1
        # A higher one before it is never the lowest.
        lower = {number: balance for number, balance in self._balances.items() if balance < remaining}
        self._balances = {**lower, self._balance: remaining}
        self._remaining = min(balance for number, balance in self._balances.items() if number > since)
        pending = (*self._on_their_way.values(), *self._jobs.values())
        oldest = min((one.balance for one in pending), default=self._balance)
        self._balances = {number: balance for number, balance in self._balances.items() if number > oldest}

    def _book(self, reservation: Reservation, cost: Decimal | None) -> None:
        known = cost if cost is not None and cost >= 0 else None
        reservation.booked = reservation.credits if known is None else known
        self._images += reservation.images
        self._spent += reservation.booked
        if known is not None and reservation.images:
            self._highest_cost = max(known / reservation.images, self._highest_cost or Decimal(0))

    def _refuse(self, wanted: Reservation) -> None:
        waiting = f"{self.reserved_images} images for {self.reserved_credits} credits on their way or unknown"
        images = self._images + self.reserved_images + wanted.images
        if self.max_images is not None and images > self.max_images:
            raise BudgetExhaustedError("max_images", self.max_images, f"{self._images} bought, {waiting}")
        spent = self._spent + self.reserved_credits + wanted.credits
        if self.max_credits is not None and spent > self.max_credits:
            state = f"{self._spent} spent, {waiting}, {wanted.credits} more requested"
            raise BudgetExhaustedError("max_credits", self.max_credits, state)
        if self.keep_credits is None or self._remaining is None:
            return
        if self._remaining - self.reserved_credits - wanted.credits < self.keep_credits:
            state = f"{self._remaining} left in the account, {waiting}, {wanted.credits} more requested"
            raise BudgetExhaustedError("keep_credits", self.keep_credits, state)


def usable_budget(budget: object) -> Budget | None:
    """The budget of a client, or None for no limit.

    Raises:
        ConfigurationError: It is not a `Budget`.
    """
    if budget is None or isinstance(budget, Budget):
        return budget
    raise ConfigurationError(f"budget is {shown(budget)}, not a Budget.")
