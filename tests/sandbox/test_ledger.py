"""The ledger: what is billed, to whom, and that threads cannot confuse it."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from segmind_flux_schnell_sandbox.accounts import Account
from segmind_flux_schnell_sandbox.ledger import InsufficientCredits, Ledger, LedgerEntry


def ledger_with(credits: str) -> Ledger:
    """Return a ledger with one account."""
    return Ledger([Account("key", credits=Decimal(credits))])


def test_a_charge_lowers_the_balance() -> None:
    """A charge lowers the balance by the exact amount, and returns the rest."""
    ledger = ledger_with("1")
    assert ledger.charge("key", Decimal("0.008")) == Decimal("0.992")
    assert ledger.balance("key") == Decimal("0.992")


def test_a_charge_beyond_the_balance_charges_nothing() -> None:
    """An account is never overdrawn."""
    ledger = ledger_with("0.007")
    with pytest.raises(InsufficientCredits):
        ledger.charge("key", Decimal("0.008"))
    assert ledger.balance("key") == Decimal("0.007")


def test_threads_cannot_spend_the_same_credits() -> None:
    """Of a thousand concurrent charges, exactly those that the account can pay succeed."""
    ledger = ledger_with("0.8")

    def paid(_: int) -> bool:
        try:
            ledger.charge("key", Decimal("0.008"))
        except InsufficientCredits:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(paid, range(1000))) == 100
    assert ledger.balance("key") == 0


def test_entries_keep_secrets_out_of_their_representation() -> None:
    """A printed entry has the request, without the key wherever it stands, and without what was answered."""
    body = b'{"prompt": "a fox", "key": "sandbox-key"}'
    entry = LedgerEntry("POST", "/", 200, Decimal(0), "id", key="sandbox-key", body=body, response_body=b"an image")
    assert "a fox" in repr(entry)
    assert "sandbox-key" not in repr(entry)
    assert "an image" not in repr(entry)


def test_a_long_request_is_cut_in_the_representation_of_its_entry() -> None:
    """Of a request that is longer than a page, the beginning is shown."""
    entry = LedgerEntry("POST", "/", 400, Decimal(0), "id", key=None, body=b"fox" * 10_000)
    assert "foxfox" in repr(entry)
    assert len(repr(entry)) < 600


def test_the_ledger_sums_itself_up() -> None:
    """In a failing assertion, it says how much there was."""
    assert repr(ledger_with("0")) == "<Ledger: 0 requests, 0 credits billed, at most 0 in flight at once>"


def test_requests_in_flight_are_counted() -> None:
    """The ledger knows how many requests are in flight, and the largest number so far."""
    ledger = ledger_with("0")
    with ledger.request(), ledger.request():
        assert ledger.in_flight == 2
    assert (ledger.in_flight, ledger.peak_in_flight) == (0, 2)
