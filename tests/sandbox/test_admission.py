"""A model that has to be started, and a limit on the requests in a window."""

from attrs import define

from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY_LIMITED, KEY_STARTING, Account, Window
from segmind_flux_schnell_sandbox.admission import Admission
from segmind_flux_schnell_sandbox.refusals import Reason


@define
class Clock:
    """A clock that stands still until it is set."""

    now: float = 1000.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


def refused(admission: Admission, account: Account, requests: int) -> list[object]:
    """The refusals of some requests at once."""
    return [admission.refusal(account) for _ in range(requests)]


def test_a_model_starts_with_the_first_request() -> None:
    """Until it has started, every request is refused without a moment when it would not be."""
    clock = Clock()
    admission, account = Admission(clock), Account("k", starts_in=40.0)
    clock.now += 500
    assert refused(admission, account, 2) == [(Reason.MODEL_COLD, None)] * 2
    clock.now += 39.9
    assert refused(admission, account, 1) == [(Reason.MODEL_COLD, None)]
    clock.now += 0.1
    assert refused(admission, account, 2) == [None, None]


def test_a_window_has_room_for_so_many_requests() -> None:
    """One more is refused until the window ends; the next window starts with its first request."""
    clock = Clock()
    admission, account = Admission(clock), Account("k", rate_limit=Window(2, 60.0))
    assert refused(admission, account, 2) == [None, None]
    clock.now += 20
    assert refused(admission, account, 2) == [(Reason.RATE_LIMITED, 40.0)] * 2
    clock.now += 100
    assert refused(admission, account, 3) == [None, None, (Reason.RATE_LIMITED, 60.0)]


def test_what_is_refused_for_another_reason_takes_no_room() -> None:
    """Requests to a cold model do not count."""
    clock = Clock()
    admission, account = Admission(clock), Account("k", starts_in=10.0, rate_limit=Window(1, 60.0))
    refused(admission, account, 5)
    clock.now += 10
    assert refused(admission, account, 2) == [None, (Reason.RATE_LIMITED, 60.0)]


def test_accounts_do_not_share_a_limit() -> None:
    """Each has windows of its own."""
    admission, limit = Admission(Clock()), Window(1)
    assert refused(admission, Account("a", rate_limit=limit), 1) == [None]
    assert refused(admission, Account("b", rate_limit=limit), 1) == [None]


def test_the_keys_for_patience() -> None:
    """One model takes 40 seconds to start, and one account has 60 requests a minute."""
    accounts = {account.key: account for account in ACCOUNTS}
    assert accounts[KEY_STARTING].starts_in == 40.0
    assert accounts[KEY_LIMITED].rate_limit == Window(60, 60.0)
