"""How fast a batch sends: slower where the service says "not now", and then slowly faster again."""

import time
from collections.abc import Callable

from attrs import define, field

from ..client.client_access import policy_of
from ..client.clients import AsyncClient, SyncClient
from ..client.rate_limit import RateLimit
from ..client.retrying import Backoff
from .pace import LearnedPace
from .tunables import FIRST_PAUSE, LONGEST_BACKOFF, LONGEST_PAUSE


@define
class Throttle:
    """How many requests may be in flight, and when the next one may be sent.

    After a rejection that names no end, half as many are in flight, and one more after each round: additive increase,
    multiplicative decrease. Where the end of the window is named, the requests are spread over the next one. A service
    that cannot be reached, or is just starting, gets one request at a time until it takes one, and then as many as
    before.

    Args:
        most: Most requests in flight.
        clock: Gives the time in seconds.
        rate_limit: The limit of the client, or None.
        first_pause: Seconds without a new request after the first rejection; each further one doubles them.
        longest_pause: Most seconds that it comes to in this way.
    """

    most: int
    clock: Callable[[], float] = time.monotonic
    rate_limit: RateLimit | None = None
    first_pause: float = FIRST_PAUSE
    longest_pause: float = LONGEST_BACKOFF
    _pace: LearnedPace = field(init=False)
    _allowed: float = field(init=False)
    _allowed_before: float | None = field(default=None, init=False)
    _pause: float = field(init=False)
    _slowed_at: float = field(default=float("-inf"), init=False)
    _resume_at: float = field(default=float("-inf"), init=False)
    _rejected_since: float | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._pace = LearnedPace(self.clock)
        self._allowed = float(self.most)
        self._pause = self.first_pause

    @property
    def allowed(self) -> int:
        """How many requests may be in flight, at least 1."""
        return 1 if self._allowed_before is not None else int(self._allowed)

    @property
    def hold(self) -> float:
        """Seconds until a new request may be sent after a rejection; 0 if none holds it up."""
        return max(0.0, self._resume_at - self.clock())

    @property
    def pause(self) -> float:
        """Seconds until a new request may be sent; 0 if one may be sent now."""
        return max(self.hold, self._pace.delay, self.rate_limit.delay if self.rate_limit is not None else 0.0)

    @property
    def interval(self) -> float:
        """Seconds between two requests on average, as far as the client or refusals say; 0 if nothing limits them."""
        return max(self._pace.average, self.rate_limit.interval if self.rate_limit is not None else 0.0)

    @property
    def is_unavailable(self) -> bool:
        """Whether the service cannot be reached or is starting: one request at a time is sent until it takes one."""
        return self._allowed_before is not None

    @property
    def is_closed(self) -> bool:
        """Whether it takes nothing for now, whatever the number in flight: an outage, or the rest of a window."""
        return self.is_unavailable or self._pace.is_full

    @property
    def outage(self) -> float:
        """Seconds since the service has rejected requests and taken none."""
        return 0.0 if self._rejected_since is None else self.clock() - self._rejected_since

    def sent(self) -> None:
        """A request is sent."""
        self._pace.sent()
        if self.rate_limit is not None:
            self.rate_limit.reserve()

    def accepted(self) -> None:
        """The service accepted a request: allow one more in flight for each round of them."""
        if self._allowed_before is not None:
            self._allowed, self._allowed_before = self._allowed_before, None
        self._allowed = min(float(self.most), self._allowed + 1 / self._allowed)
        self._pause = self.first_pause
        self._rejected_since = None
        self._pace.accepted()

    def rejected(self, sent_at: float, retry_after: float | None) -> None:
        """The service rejected a request since there are too many.

        Args:
            sent_at: When it was sent. Rejections of requests that were in flight together count as one.
            retry_after: Seconds that the service asks to wait, or None if it does not say.
        """
        is_learned = bool(retry_after) and self._pace.refused(min(retry_after or 0.0, LONGEST_PAUSE))
        if self._is_new(sent_at) and not is_learned:
            self._allowed = max(1.0, self._allowed / 2)
        self._hold(sent_at, retry_after, doubles=not is_learned)

    def unavailable(self, sent_at: float, retry_after: float | None) -> None:
        """The service cannot be reached, or cannot take any request yet. The arguments are those of `rejected`."""
        if self._allowed_before is None:
            self._allowed_before = self._allowed
        self._hold(sent_at, retry_after, doubles=True)

    def _is_new(self, sent_at: float) -> bool:
        return sent_at > self._slowed_at

    def _hold(self, sent_at: float, retry_after: float | None, *, doubles: bool) -> None:
        now = self.clock()
        if self._rejected_since is None:
            self._rejected_since = now
        if self._is_new(sent_at):
            self._slowed_at = now
            if doubles:
                self._resume_at = max(self._resume_at, now + self._pause)
                self._pause = min(self.longest_pause, self._pause * 2)
        self._resume_at = max(self._resume_at, now + min(retry_after or 0.0, LONGEST_PAUSE))


def throttle_of(client: SyncClient | AsyncClient, most: int) -> Throttle:
    """The throttle of a batch that a client sends: with the client's rate limit, and the waits of its `Backoff`."""
    policy = policy_of(client)
    if not isinstance(policy.retry, Backoff):
        return Throttle(most, rate_limit=policy.rate_limit)
    first, longest = policy.retry.first, policy.retry.longest
    return Throttle(most, rate_limit=policy.rate_limit, first_pause=first, longest_pause=longest)
