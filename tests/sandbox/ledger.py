"""What the sandbox has received, answered and billed."""

from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from decimal import Decimal
from threading import Lock

from attrs import field, frozen

from tests.sandbox.accounts import Account


@frozen
class LedgerEntry:
    """One request and its response; `billed` is in credits, `key` None if none was sent."""

    method: str
    path: str
    status: int
    billed: Decimal
    request_id: str
    key: str | None = field(repr=False)
    body: bytes = field(repr=False)


class InsufficientCredits(Exception):
    """A charge is larger than the balance; nothing was taken."""


class Ledger:
    """The entries and balances of one sandbox, in memory; safe to use from any thread."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        """Open the books with the accounts' first balances."""
        self._lock = Lock()
        self._balances = {account.key: account.credits for account in accounts}
        self._attempts = Counter[str]()
        self._entries: list[LedgerEntry] = []
        self._in_flight = 0
        self._peak_in_flight = 0

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """Every request answered so far, in the order of the responses."""
        with self._lock:
            return tuple(self._entries)

    @property
    def posts(self) -> tuple[LedgerEntry, ...]:
        """Every POST answered so far, in the order of the responses."""
        return tuple(entry for entry in self.entries if entry.method == "POST")

    @property
    def billed(self) -> Decimal:
        """All credits billed so far."""
        return sum((entry.billed for entry in self.entries), Decimal(0))

    @property
    def in_flight(self) -> int:
        """Requests received and not yet answered."""
        with self._lock:
            return self._in_flight

    @property
    def peak_in_flight(self) -> int:
        """The most requests ever in flight at once."""
        with self._lock:
            return self._peak_in_flight

    def balance(self, key: str) -> Decimal:
        """Return the credits left in the account of `key`."""
        with self._lock:
            return self._balances[key]

    def charge(self, key: str, amount: Decimal) -> Decimal:
        """Take `amount` credits at once or not at all, and return what is left."""
        with self._lock:
            if self._balances[key] < amount:
                raise InsufficientCredits
            self._balances[key] -= amount
            return self._balances[key]

    def attempt(self, key: str) -> int:
        """Count one more image asked for with `key`, and return its number, from 1."""
        with self._lock:
            self._attempts[key] += 1
            return self._attempts[key]

    @contextmanager
    def request(self) -> Generator[None, None, None]:
        """Count a request as in flight while the context lasts."""
        with self._lock:
            self._in_flight += 1
            self._peak_in_flight = max(self._peak_in_flight, self._in_flight)
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1

    def record(self, entry: LedgerEntry) -> None:
        """Add an answered request."""
        with self._lock:
            self._entries.append(entry)
