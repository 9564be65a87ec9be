"""A running sandbox, as tests see it: its address, its ledger, and what a test has arranged."""

from abc import abstractmethod
from decimal import Decimal
from typing import Protocol

from attrs import field, frozen
from starlette.types import Receive, Scope, Send

from segmind_flux_schnell_sandbox.accounts import KEY, PLENTY, Window
from segmind_flux_schnell_sandbox.arguments import (
    checked_credits,
    checked_number,
    checked_seconds,
    checked_text,
    checked_times,
)
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.conditions import Dropping, Subject, failing
from segmind_flux_schnell_sandbox.ledger import Ledger, LedgerEntry
from segmind_flux_schnell_sandbox.service import SandboxApp


class Served(Protocol):
    """What can be served: a sandbox, or an application around one that exposes its ledger."""

    @property
    @abstractmethod
    def ledger(self) -> Ledger:
        """The requests that the sandbox received, its responses, and what it billed."""

    @abstractmethod
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""


@frozen
class Sandbox:
    """A running sandbox; its URLs have neither a path nor a trailing slash. Images of jobs are at `images_url`."""

    url: str
    app: Served
    images_url: str = ""

    @property
    def v1_url(self) -> str:
        """The base URL of version 1, which the official SDK calls `base_url`."""
        return f"{self.url}/v1"

    @property
    def ledger(self) -> Ledger:
        """The requests that the sandbox received, its responses, and what it billed."""
        return self.app.ledger


class ResettableApp:
    """A sandbox that behaves as documented, and that another one of the same kind can replace."""

    def __init__(self) -> None:
        """Start with a first one."""
        self.current = _fresh()

    @property
    def ledger(self) -> Ledger:
        """The ledger of the current one."""
        return self.current.ledger

    def reset(self) -> None:
        """Let another one serve all further requests. Those in flight stay with the one that received them."""
        self.current = _fresh()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""
        await self.current(scope, receive, send)


@frozen(eq=False, repr=False)
class FluxSchnellSandbox(Sandbox):
    """A sandbox of the service on loopback, for tests of code that calls the service.

    It behaves as the documentation says: it draws images, checks requests, and bills. What a test arranges with
    `fails_with`, `drops_the_connection`, `takes` and the other methods applies from the next request on, from any
    thread. With `times`, it applies to that many requests; such arrangements come first, in the order of the calls.
    Without `times`, it applies to all other requests, until `recovers` or `reset`, or until the method is called again.

    `fails_with` and `drops_the_connection` apply once the address, the method and the key of a request are right,
    before its body is read. By default they apply to orders of images: the direct call and the submit to the queue.
    `at` names other requests: `"jobs"` for the state and the result of a job, `"files"` for downloads of the images of
    jobs, and `"credits"` for the balance.

    Args:
        url: The address of the service, without a path or a trailing slash.
        images_url: The address of the public image host for jobs.
    """

    _service: ResettableApp = field(kw_only=True, alias="service")

    @property
    def key(self) -> str:
        """A key that the sandbox accepts. Its account starts with 1,000 credits."""
        return KEY

    @property
    def requests(self) -> tuple[LedgerEntry, ...]:
        """All requests so far that were answered or dropped, in the order of their ends.

        Each has `method`, `path`, `json` (the request's body), `status`, `billed`, `response_json`, `response_body` and
        `dropped`.
        """
        return self.ledger.entries

    @property
    def billed(self) -> Decimal:
        """Credits billed so far."""
        return self.ledger.billed

    @property
    def credits(self) -> Decimal:
        """Credits left in the account."""
        return self.ledger.balance(KEY)

    def fails_with(
        self,
        status: int,
        *,
        text: str | None = None,
        times: int | None = None,
        at: Subject = "images",
        retry_after: float | None = None,
    ) -> None:
        """Make requests fail with a documented status. They are not billed.

        Args:
            status: One of 400, 401, 403, 404, 405, 406, 410, 429, 500 and 503.
            text: The message in the body, in the form that the service uses for this status. By default, a usual text:
                for a 406 it is about credits, for a 500 it is a Python traceback.
            times: How many requests fail. By default all.
            at: Which requests fail.
            retry_after: Seconds until the moment that a 429 names as the end of the rate limit; 1 by default. Later
                requests fail as well, unless `times` says otherwise.

        Raises:
            ValueError: The documentation does not have this status, or an argument has a value that is not allowed.
        """
        wait = None if retry_after is None else checked_seconds(retry_after, "retry_after")
        failure = failing(status, None if text is None else checked_text(text), wait)
        self._service.current.conditions.disrupt(failure, at, checked_times(times))

    def drops_the_connection(
        self, *, billed: bool = True, mid_body: bool = False, times: int | None = None, at: Subject = "images"
    ) -> None:
        """End the connection of a request that has arrived.

        Args:
            billed: Whether the request is carried out and billed before its response is lost. The client cannot know.
            mid_body: Whether the connection ends halfway through the body of the response, not before the response.
            times: How many connections end. By default all.
            at: Which requests are affected.

        Raises:
            ValueError: `mid_body` without `billed`: an image that has begun to arrive has been billed. Or the value of
                an argument is not allowed.
        """
        if mid_body and not billed:
            raise ValueError("mid_body=True with billed=False: what has begun to arrive has been billed.")
        self._service.current.conditions.disrupt(Dropping(billed, mid_body), at, checked_times(times))

    def is_cold_for(self, seconds: float) -> None:
        """Make the model start with the next order of an image: 503 for that many seconds, then images.

        Raises:
            ValueError: `seconds` is not a finite number of at least 0.
        """
        current = self._service.current
        current.conditions.start_in(checked_seconds(seconds))
        current.admission.forget()

    def takes(self, seconds: float, *, times: int | None = None) -> None:
        """Make images take that many seconds. A job of the queue is in process for that much longer.

        An image is billed even if the client disconnects before it is ready.

        Args:
            seconds: How long.
            times: How many images take that long. By default all.

        Raises:
            ValueError: An argument has a value that is not allowed.
        """
        self._service.current.conditions.latencies.add(checked_seconds(seconds), checked_times(times))

    def limits_the_rate_to(self, requests: int, *, seconds: float = 60.0) -> None:
        """Accept at most that many orders of images in a window, and refuse further ones with a 429 that names its end.

        Args:
            requests: How many, at least 1.
            seconds: Length of the window, which starts with its first order.

        Raises:
            ValueError: An argument has a value that is not allowed.
        """
        window = Window(checked_number(requests, "requests"), checked_seconds(seconds))
        current = self._service.current
        current.conditions.limit_rate(window)
        current.admission.forget()

    def has_credits(self, amount: Decimal | float | str) -> None:
        """Set the credits left in the account. An image costs 0.008; without them, its order gets a 406.

        Args:
            amount: Credits, such as 0.008 for one image, or 0 for none.

        Raises:
            ValueError: `amount` is not a finite amount of at least 0.
        """
        self.ledger.set_balance(KEY, checked_credits(amount))

    def jobs_fail(self, text: str = "CUDA out of memory", *, times: int | None = None) -> None:
        """Make jobs of the queue fail: the submit is accepted but not billed, and the result is a 422 with `text`.

        Args:
            text: Why the job failed.
            times: How many jobs fail. By default all.

        Raises:
            ValueError: `times` is not a number above 0, or `text` is not a string.
        """
        self._service.current.conditions.job_failures.add(checked_text(text), checked_times(times))

    def recovers(self) -> None:
        """Behave as documented again, from the next request on.

        The account gets back what `has_credits` took. The ledger keeps its entries.
        """
        current = self._service.current
        current.conditions.clear()
        current.admission.forget()
        if self.credits < PLENTY - self.billed:
            self.has_credits(PLENTY - self.billed)

    def reset(self) -> None:
        """Start again: like `recovers`, but also with an empty ledger, a full account, and no jobs.

        Requests in flight do not appear in the new ledger, and have no effect.
        """
        self._service.reset()

    def __repr__(self) -> str:
        """Show where it is and what it billed, without the key."""
        return f"<FluxSchnellSandbox at {self.url}: {self.ledger.summary}>"


def _fresh() -> SandboxApp:
    return SandboxApp(DOCUMENTED, keeps_images=True)
