"""A guard on spending: a call reserves before it is sent, and settles when its outcome is known."""

from decimal import Decimal, InvalidOperation
from threading import Lock

from attrs import define, field, frozen

from ..base.errors import BudgetExhaustedError, ConfigurationError
from ..base.wording import shown


@frozen(kw_only=True)
class Reservation:
    """What a request that is on its way may cost.

    Args:
        images: How many images it asks for.
        credits: What they will probably cost, in credits.
        told: How many balances the service had told when it was made.
    """

    images: int
    credits: Decimal
    told: int


def _count(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise ConfigurationError(f"max_images is {shown(value)}: it takes a number of images, or None.")


def _exact(value: Decimal | float | str | None) -> Decimal | None:
    if value is None:
        return None
    try:
        # By way of its text: 0.1 is meant as 0.1, not as the float nearest to it.
        number = Decimal("nan") if isinstance(value, bool) else Decimal(str(value))
    except InvalidOperation:
        number = Decimal("nan")
    if number.is_finite() and number >= 0:
        return number
    raise ConfigurationError(f"a budget takes credits from 0, or None, not {shown(value)}.")


@define(kw_only=True)
class Budget:
    """How much the clients that share it may spend. Threads and tasks can share it too.

    Each request reserves what it may cost before it is sent, and is refused if that would break a limit. Afterwards it
    is settled: with what the service says that it cost; with nothing where it was not billed; and where nobody knows
    whether it was, it stays reserved.

    Args:
        max_images: Most images to buy, or None for no limit.
        max_credits: Most credits to spend, or None for no limit.
        keep_credits: Credits that have to be left in the account, or None. Known from the first image on.
        image_credits: Credits that an image is expected to cost until the service has named its price; by default
            the price in the document.

    Raises:
        ConfigurationError: One of them is no such number.
    """

    max_images: int | None = field(default=None, converter=_count)
    max_credits: Decimal | None = field(default=None, converter=_exact)
    keep_credits: Decimal | None = field(default=None, converter=_exact)
    image_credits: Decimal | None = field(default=None, converter=_exact)
    _images: int = field(default=0, init=False, repr=False)
    _spent: Decimal = field(default=Decimal(0), init=False, repr=False)
    _on_their_way: dict[int, Reservation] = field(factory=dict[int, Reservation], init=False, repr=False)
    _unknown: list[Reservation] = field(factory=list[Reservation], init=False, repr=False)
    _remaining: Decimal | None = field(default=None, init=False, repr=False)
    _told: dict[int, Decimal] = field(factory=dict[int, Decimal], init=False, repr=False)
    _told_count: int = field(default=0, init=False, repr=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False, eq=False)

    @property
    def images(self) -> int:
        """Images bought so far."""
        return self._images

    @property
    def credits(self) -> Decimal:
        """Credits spent so far. An image whose price the service did not name counts with the price expected of it."""
        return self._spent

    @property
    def reserved_images(self) -> int:
        """Images that are on their way, or whose outcome is unknown."""
        return sum(one.images for one in self._held())

    @property
    def reserved_credits(self) -> Decimal:
        """Credits for the images that are on their way, or whose outcome is unknown."""
        return sum((one.credits for one in self._held()), Decimal(0))

    @property
    def remaining_credits(self) -> Decimal | None:
        """Credits left in the account, as the service last said; None before it did."""
        return self._remaining

    def reserve(self, images: int, price: Decimal | None) -> Reservation:
        """Set aside what a request may cost.

        Args:
            images: How many images it asks for.
            price: What the document expects one to cost, in credits, or None.

        Raises:
            BudgetExhaustedError: That would break a limit. Nothing was sent.
        """
        with self._lock:
            if self.image_credits is None:
                self.image_credits = price
            expected = images * (self.image_credits or Decimal(0))
            wanted = Reservation(images=images, credits=expected, told=self._told_count)
            self._refuse(wanted)
            self._on_their_way[id(wanted)] = wanted
            return wanted

    def settle(
        self, reservation: Reservation, *, billed: bool | None, cost: Decimal | None, remaining: Decimal | None
    ) -> None:
        """Book what came of a request.

        Args:
            reservation: What was set aside for it.
            billed: Whether it was charged for; None where nobody knows: then it stays reserved.
            cost: The credits that the service says it cost, or None where it does not say.
            remaining: The credits that the service says are left, or None where it does not say.
        """
        with self._lock:
            if remaining is not None:
                self._learn(reservation, remaining)
            del self._on_their_way[id(reservation)]
            if billed:
                self._book(reservation, cost)
            elif billed is None:
                self._unknown.append(reservation)

    def _held(self) -> list[Reservation]:
        return [*self._on_their_way.values(), *self._unknown]

    def _learn(self, reservation: Reservation, remaining: Decimal) -> None:
        """Take note of a balance. Responses overtake each other: the least of all since the request left holds."""
        self._told_count += 1
        self._told[self._told_count] = remaining
        self._remaining = min(told for number, told in self._told.items() if number > reservation.told)
        oldest = min((one.told for one in self._on_their_way.values()), default=self._told_count)
        self._told = {number: told for number, told in self._told.items() if number > oldest}

    def _book(self, reservation: Reservation, cost: Decimal | None) -> None:
        known = cost if cost is not None and cost >= 0 else None
        self._images += reservation.images
        self._spent += reservation.credits if known is None else known
        if known is not None and reservation.images:
            self.image_credits = max(known / reservation.images, self.image_credits or Decimal(0))

    def _refuse(self, wanted: Reservation) -> None:
        waiting = f"{self.reserved_images} images for {self.reserved_credits} credits on their way or unknown"
        images = self._images + self.reserved_images + wanted.images
        if self.max_images is not None and images > self.max_images:
            raise BudgetExhaustedError("max_images", self.max_images, f"{self._images} bought, {waiting}")
        spent = self._spent + self.reserved_credits + wanted.credits
        if self.max_credits is not None and spent > self.max_credits:
            state = f"{self._spent} spent, {waiting}, {wanted.credits} more asked for"
            raise BudgetExhaustedError("max_credits", self.max_credits, state)
        if self.keep_credits is None or self._remaining is None:
            return
        if self._remaining - self.reserved_credits - wanted.credits < self.keep_credits:
            state = f"{self._remaining} left in the account, {waiting}, {wanted.credits} more asked for"
            raise BudgetExhaustedError("keep_credits", self.keep_credits, state)


def usable_budget(budget: object) -> Budget | None:
    """The budget that a client is given.

    Raises:
        ConfigurationError: It is something else.
    """
    if budget is None or isinstance(budget, Budget):
        return budget
    raise ConfigurationError(f"budget is {shown(budget)}, not a Budget.")
