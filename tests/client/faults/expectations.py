"""What a call is expected to come to, in the few forms that there are."""

from collections.abc import Iterator

from attrs import evolve, fields, frozen

from segmind_flux_schnell import (
    APIError,
    ConfigurationError,
    GatewayError,
    InvalidImageError,
    MismatchError,
    NotSentError,
    OutcomeUnknownError,
    RedirectRefusedError,
    UndocumentedStatusError,
)


@frozen(kw_only=True)
class ExpectedResult:
    """The end of a call.

    Args:
        error: The class of what is raised, or None for an image.
        billed: What the error says of the bill.
        outcome: What it says became of the call.
        attempts: How often it says that the call was sent, or tried to.
        posts: How many POSTs the server counts.
        bought: Images that the budget has bought afterwards.
        reserved: Images that it still keeps reserved.
    """

    error: type[APIError] | None
    billed: bool | None
    outcome: str
    attempts: int = 1
    posts: int = 1
    bought: int = 0
    reserved: int = 0

    def differences(self, expected: "ExpectedResult") -> Iterator[str]:
        """Where it is not as expected, in words."""
        for attribute in fields(ExpectedResult):
            found, wanted = getattr(self, attribute.name), getattr(expected, attribute.name)
            if found != wanted:
                yield f"{attribute.name} is {_named(found)}, not {_named(wanted)}"

    def after(self, attempts: int) -> "ExpectedResult":
        """The same after attempts that were each received by the server, and of which none was billed but the last."""
        return evolve(self, attempts=attempts, posts=attempts)


def _named(value: object) -> str:
    return value.__name__ if isinstance(value, type) else repr(value)


IMAGE = ExpectedResult(error=None, billed=True, outcome="billed", bought=1)
# Four attempts, as the policy of the table makes where nothing can have been bought.
NOT_SENT = ExpectedResult(error=NotSentError, billed=False, outcome="never_sent", posts=0, attempts=4)
NOT_SENT_IN_TIME = evolve(NOT_SENT, attempts=1)
# What stays as it is is not tried again.
NOT_SENT_FOR_GOOD = evolve(NOT_SENT, attempts=1)
REFUSED_AT_ONCE = evolve(NOT_SENT, error=ConfigurationError, attempts=0)
UNKNOWN = ExpectedResult(error=OutcomeUnknownError, billed=None, outcome="unknown", reserved=1)
GATEWAY = evolve(UNKNOWN, error=GatewayError)
UNDOCUMENTED = evolve(UNKNOWN, error=UndocumentedStatusError)
REDIRECT = evolve(UNKNOWN, error=RedirectRefusedError)
MISMATCH = ExpectedResult(error=MismatchError, billed=True, outcome="billed", bought=1)
NO_IMAGE = ExpectedResult(error=InvalidImageError, billed=True, outcome="billed", bought=1)


def rejected(error: type[APIError]) -> ExpectedResult:
    """The service said no, and sending again would not help."""
    return ExpectedResult(error=error, billed=False, outcome="rejected")


def rejected_for_now(error: type[APIError], attempts: int = 4) -> ExpectedResult:
    """The service said no every time, and later it might say yes."""
    return ExpectedResult(error=error, billed=False, outcome="retryable", attempts=attempts, posts=attempts)
