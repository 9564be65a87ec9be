"""What a test has arranged for the requests of a sandbox, beyond what its behaviour and its accounts do."""

from collections.abc import Iterable
from typing import Literal, get_args

from attrs import evolve, frozen

from segmind_flux_schnell_sandbox.accounts import Account, Window
from segmind_flux_schnell_sandbox.refusals import Reason
from segmind_flux_schnell_sandbox.schedule import Schedule

Subject = Literal["images", "jobs", "files", "credits"]
"""What a request is about: an order of an image (the direct call, or the submit to the queue), a question about a job,
the download of a job's image, or the balance."""

# The reason that stands for a status if a test names no text. 422 is missing: it is the state of a job.
_USUAL = {
    400: Reason.MALFORMED_BODY,
    401: Reason.KEY_UNKNOWN,
    403: Reason.MODEL_NOT_PERMITTED,
    404: Reason.UNKNOWN_PATH,
    405: Reason.WRONG_METHOD,
    406: Reason.NO_CREDITS,
    410: Reason.MODEL_RETIRED,
    429: Reason.RATE_LIMITED,
    500: Reason.CRASH,
    503: Reason.MODEL_COLD,
}

# Seconds until a 429 says that the next request is let in. The service's windows are of a minute, too long for a test.
RETRY_AFTER = 1.0


@frozen
class Failing:
    """A request is refused for `reason`, with `text` in place of the usual message.

    A 429 names a moment `retry_after` seconds later as the end of the rate limit.
    """

    reason: Reason
    text: str | None = None
    retry_after: float = RETRY_AFTER


@frozen
class Dropping:
    """The connection ends after the request has arrived: before the response, or, with `mid_body`, halfway through it.

    With `billed`, all that the request asks for is done, and billed as usual. Otherwise nothing is.
    """

    billed: bool = True
    mid_body: bool = False


Disruption = Failing | Dropping


class Conditions:
    """What the requests of one sandbox meet, whatever their account; safe to use from any thread.

    Attributes:
        latencies: Seconds that images take, in addition to those of their account.
        job_failures: Why jobs fail.
    """

    def __init__(self) -> None:
        """Start without any."""
        self.latencies = Schedule[float]()
        self.job_failures = Schedule[str]()
        self._disruptions = dict[str, Schedule[Disruption]](
            (subject, Schedule[Disruption]()) for subject in get_args(Subject)
        )
        self._starts_in = 0.0
        self._rate_limit: Window | None = None

    def disrupt(self, disruption: Disruption, at: Subject, times: int | None) -> None:
        """Let the next `times` requests about `at` meet a disruption, or, for None, all of them.

        Raises:
            ValueError: `at` is not a subject.
        """
        if at not in self._disruptions:
            raise ValueError(f"at is {at!r}: it takes {_listed(map(repr, self._disruptions))}.")
        self._disruptions[at].add(disruption, times)

    def disruption(self, subject: Subject) -> Disruption | None:
        """Return what one more request meets in place of its response, or None."""
        return self._disruptions[subject].next()

    def start_in(self, seconds: float) -> None:
        """Let the model start with the next request, and be cold for so many seconds."""
        self._starts_in = seconds

    def limit_rate(self, window: Window) -> None:
        """Let each account have a rate limit."""
        self._rate_limit = window

    def applied_to(self, account: Account) -> Account:
        """Return the account as it is under these conditions."""
        return evolve(
            account,
            starts_in=self._starts_in or account.starts_in,
            rate_limit=self._rate_limit or account.rate_limit,
        )

    def clear(self) -> None:
        """Let requests meet nothing from now on."""
        self.latencies.clear()
        self.job_failures.clear()
        for disruptions in self._disruptions.values():
            disruptions.clear()
        self._starts_in, self._rate_limit = 0.0, None


def failing(status: int, text: str | None, retry_after: float | None) -> Failing:
    """Return the disruption that is a response with a status of the documentation.

    Raises:
        ValueError: The documentation has no such status for a failure, or none that says when to try again.
    """
    reason = _USUAL.get(status)
    if reason is None:
        hint = " A job that fails is a 422: use jobs_fail()." if status == 422 else ""
        raise ValueError(
            f"fails_with({status!r}): the service's documentation has no failure of this status. "
            f"Allowed: {_listed(map(str, _USUAL))}.{hint}"
        )
    if retry_after is None:
        return Failing(reason, text)
    if reason is not Reason.RATE_LIMITED:
        raise ValueError(f"fails_with({status}, retry_after=…): only a 429 says when to try again.")
    return Failing(reason, text, retry_after)


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}"
