"""The accounts of a sandbox, one for each thing that a key can provoke."""

from decimal import Decimal

from attrs import frozen

from segmind_flux_schnell_sandbox.refusals import Reason

KEY = "sandbox-key"
KEY_NO_CREDITS = "sandbox-key-no-credits"
KEY_TEAM_LIMIT = "sandbox-key-team-limit"
KEY_CRASH = "sandbox-key-crash"
KEY_SLOW = "sandbox-key-slow"
KEY_FORBIDDEN = "sandbox-key-forbidden"
KEY_RETIRED = "sandbox-key-retired"
KEY_RATE_LIMITED = "sandbox-key-rate-limited"
KEY_COLD = "sandbox-key-cold"
KEY_STARTING = "sandbox-key-starting"
KEY_LIMITED = "sandbox-key-limited"

# Invented: enough for 125,000 images at the default price, more than any test buys.
PLENTY = Decimal(1000)


@frozen
class Window:
    """A rate limit: so many requests in a window of so many seconds, which starts with its first request."""

    requests: int
    seconds: float = 60.0


@frozen
class Account:
    """One key and what the service does for it.

    `credits` and `free_credits` are its first balances. An image takes at least `latency` seconds.
    Requests for images are refused for the reason `refusal`: all of them, or only the first
    `refused_first`. Its model starts with the first request, and is cold for `starts_in` seconds. Its
    `rate_limit` holds for requests that are not refused for another reason. With `crashes` every image
    ends in a server error.
    """

    key: str
    credits: Decimal = PLENTY
    free_credits: Decimal = Decimal(0)
    latency: float = 0.0
    refusal: Reason | None = None
    refused_first: int | None = None
    starts_in: float = 0.0
    rate_limit: Window | None = None
    crashes: bool = False

    def refusal_of(self, ordinal: int) -> Reason | None:
        """Return why image number `ordinal`, counted from 1, is refused; None if it is not."""
        spent = self.refused_first is not None and ordinal > self.refused_first
        return None if spent else self.refusal


ACCOUNTS = (
    Account(KEY),
    # Above zero, and less than an image costs.
    Account(KEY_NO_CREDITS, credits=Decimal("0.004")),
    Account(KEY_TEAM_LIMIT, refusal=Reason.TEAM_LIMIT),
    Account(KEY_CRASH, crashes=True),
    Account(KEY_SLOW, latency=3.0),
    Account(KEY_FORBIDDEN, refusal=Reason.MODEL_NOT_PERMITTED),
    Account(KEY_RETIRED, refusal=Reason.MODEL_RETIRED),
    Account(KEY_RATE_LIMITED, refusal=Reason.RATE_LIMITED),
    Account(KEY_COLD, refusal=Reason.MODEL_COLD, refused_first=2),
    Account(KEY_STARTING, starts_in=40.0),
    Account(KEY_LIMITED, rate_limit=Window(60)),
)
