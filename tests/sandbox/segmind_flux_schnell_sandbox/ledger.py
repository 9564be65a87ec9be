"""The ledger: requests that the sandbox received, its responses, and what it billed."""

import json
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from decimal import Decimal
from threading import Lock
from typing import Any

from attrs import frozen

from segmind_flux_schnell_sandbox.accounts import Account

# Bytes of a request's body that the repr of its entry shows.
EXCERPT = 400


@frozen(repr=False)
class LedgerEntry:
    """One request and its response.

    Args:
        method: The request's method.
        path: The request's path.
        status: The response's status; None if the connection was dropped before the response.
        billed: What was billed for it, in credits.
        request_id: What the response says in `x-request-id`.
        key: The key that was sent; None if none was.
        body: The request's body.
        response_type: The response's media type.
        response_body: The response's body. Of an image, it is empty unless the sandbox keeps images.
        dropped: Whether the connection was dropped, before the response or halfway through it.
    """

    method: str
    path: str
    status: int | None
    billed: Decimal
    request_id: str
    key: str | None
    body: bytes
    response_type: str = ""
    response_body: bytes = b""
    dropped: bool = False

    @property
    def json(self) -> Any:
        """The request's body as parsed JSON; None if it is not JSON."""
        return _parsed(self.body)

    @property
    def response_json(self) -> Any:
        """The response's body as parsed JSON; None if it is not JSON."""
        return _parsed(self.response_body) if self.response_type == "application/json" else None

    def __repr__(self) -> str:
        """Show what was asked and billed, and neither the key nor the body of the response."""
        body = self.body.replace(self.key.encode(), b"<key>") if self.key else self.body
        excerpt = f"{body[:EXCERPT]!r}{'…' if len(body) > EXCERPT else ''}"
        return (
            f"LedgerEntry(method={self.method!r}, path={self.path!r}, status={self.status!r}, billed={self.billed!r}, "
            f"body={excerpt}, dropped={self.dropped!r})"
        )


class InsufficientCredits(Exception):
    """A charge exceeds the balance; nothing was charged."""


class Ledger:
    """The entries and balances of one sandbox, in memory; safe to use from any thread."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        """Start with the accounts' first balances."""
        self._lock = Lock()
        self._balances = {account.key: account.credits for account in accounts}
        self._entries: list[LedgerEntry] = []
        self._in_flight = 0
        self._peak_in_flight = 0

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """Every request with a response so far, in the order of the responses."""
        with self._lock:
            return tuple(self._entries)

    @property
    def posts(self) -> tuple[LedgerEntry, ...]:
        """Every POST with a response so far, in the order of the responses."""
        return tuple(entry for entry in self.entries if entry.method == "POST")

    @property
    def billed(self) -> Decimal:
        """All credits billed so far."""
        return sum((entry.billed for entry in self.entries), Decimal(0))

    @property
    def summary(self) -> str:
        """How many requests there were, and what was billed for them, in words."""
        number = len(self.entries)
        return f"{number} request{'' if number == 1 else 's'}, {self.billed} credits billed"

    @property
    def in_flight(self) -> int:
        """The number of requests without a response yet."""
        with self._lock:
            return self._in_flight

    @property
    def peak_in_flight(self) -> int:
        """The largest number of requests in flight at once so far."""
        with self._lock:
            return self._peak_in_flight

    def balance(self, key: str) -> Decimal:
        """Return the credits left in the account of `key`."""
        with self._lock:
            return self._balances[key]

    def charge(self, key: str, amount: Decimal) -> Decimal:
        """Charge `amount` credits, all or nothing, and return the remaining balance."""
        with self._lock:
            if self._balances[key] < amount:
                raise InsufficientCredits
            self._balances[key] -= amount
            return self._balances[key]

    def set_balance(self, key: str, amount: Decimal) -> None:
        """Let the account of `key` have `amount` credits."""
        with self._lock:
            self._balances[key] = amount

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
        """Add a request with its response."""
        with self._lock:
            self._entries.append(entry)

    def __repr__(self) -> str:
        """Show how many requests there were, and what was billed for them."""
        return f"<Ledger: {self.summary}, at most {self.peak_in_flight} in flight at once>"


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
