"""A running sandbox, as tests see it: where it is, what it was asked and billed, and what its requests meet."""

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
    """A sandbox of the service on loopback, for the tests of what calls the service.

    It behaves as the documentation says: it makes (drawn) images, checks requests, and bills. What a test arranges with
    `fails_with`, `drops_the_connection`, `takes` and the others comes into effect with the next request, from any
    thread. With `times`, that many requests meet it, one arrangement after the other in the order of the calls. Without
    `times`, all requests meet it that find no such one, until `recovers` or `reset`, or until the same method is called
    again.

    What refuses a request whatever it asks for (`fails_with`, `drops_the_connection`) is met once its address, its
    method and its key are right, and before its body is looked at. By default it is met by orders of images: the direct
    call and the submit to the queue. `at` names others: `"jobs"` for questions about the state and the result of a job,
    `"files"` for downloads of the images of jobs, and `"credits"` for the balance.

    Args:
        url: The address of the service, without a path or a slash at its end.
        images_url: The address of the public host of the images of jobs.
    """

    _service: ResettableApp = field(kw_only=True, alias="service")

    @property
    def key(self) -> str:
        """A key that the sandbox takes. The account has 1000 credits at first."""
        return KEY

    @property
    def requests(self) -> tuple[LedgerEntry, ...]:
        """All requests with a response so far, and those whose connection was dropped, in the order of the responses.

        Each has `method`, `path`, `json` (the request's body), `status`, `billed`, `response_json`, `response_body` and
        `dropped`.
        """
        return self.ledger.entries

    @property
    def billed(self) -> Decimal:
        """All that was billed so far, in credits."""
        return self.ledger.billed

    @property
    def credits(self) -> Decimal:
        """What is left in the account, in credits."""
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
        """Let requests fail with a status of the documentation. Nothing is billed for them.

        Args:
            status: One of 400, 401, 403, 404, 405, 406, 410, 429, 500 and 503.
            text: What the body says, in the form that the service uses for this status. By default, a usual text of
                this status: that of 406 is about credits, that of 500 is a Python traceback.
            times: How many requests fail. By default all.
            at: What the requests are about.
            retry_after: Seconds until the moment that a 429 names as the end of the rate limit; 1 by default. The
                requests after it fail all the same, unless `times` says otherwise.

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
            mid_body: Whether the connection ends halfway through the response's body, and not before the response.
            times: How many requests meet it. By default all.
            at: What the requests are about.

        Raises:
            ValueError: `mid_body` without `billed`: an image that has begun to arrive has been billed. Or an argument
                has a value that is not allowed.
        """
        if mid_body and not billed:
            raise ValueError("mid_body=True with billed=False: what has begun to arrive has been billed.")
        self._service.current.conditions.disrupt(Dropping(billed, mid_body), at, checked_times(times))

    def is_cold_for(self, seconds: float) -> None:
        """Let the model start with the next order of an image: a 503 for so many seconds, then images.

        Raises:
            ValueError: This is not a finite number of at least 0.
        """
        current = self._service.current
        current.conditions.start_in(checked_seconds(seconds))
        current.admission.forget()

    def takes(self, seconds: float, *, times: int | None = None) -> None:
        """Let images take so many seconds. A job of the queue is in process for so much longer.

        An image is billed even if the client has left before it is there.

        Args:
            seconds: How long.
            times: How many images take so long. By default all.

        Raises:
            ValueError: An argument has a value that is not allowed.
        """
        self._service.current.conditions.latencies.add(checked_seconds(seconds), checked_times(times))

    def limits_the_rate_to(self, requests: int, *, seconds: float = 60.0) -> None:
        """Take at most so many orders of images in a window, and refuse further ones with a 429 that names its end.

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
        """Set what is left in the account. An image costs 0.008 credits; without them, its order is a 406.

        Args:
            amount: Credits, such as 0.008 for one image, or 0 for none.

        Raises:
            ValueError: This is not a finite amount of at least 0.
        """
        self.ledger.set_balance(KEY, checked_credits(amount))

    def jobs_fail(self, text: str = "CUDA out of memory", *, times: int | None = None) -> None:
        """Let jobs of the queue fail: the submit is accepted and not billed, and the result is a 422 with `text`.

        Args:
            text: Why the job failed.
            times: How many jobs fail. By default all.

        Raises:
            ValueError: `times` is not a number above 0, or `text` not a text.
        """
        self._service.current.conditions.job_failures.add(checked_text(text), checked_times(times))

    def recovers(self) -> None:
        """Behave as documented again: nothing of what was arranged is met by the next request.

        The account gets back what `has_credits` took. The ledger keeps its entries.
        """
        current = self._service.current
        current.conditions.clear()
        current.admission.forget()
        if self.credits < PLENTY - self.billed:
            self.has_credits(PLENTY - self.billed)

    def reset(self) -> None:
        """Start anew: as `recovers`, with an empty ledger, the first credits, and without the jobs of the queue.

        Requests in flight are not in the new ledger, and their effects stay without consequences.
        """
        self._service.reset()

    def __repr__(self) -> str:
        """Show where it is and what it billed, without the key."""
        return f"<FluxSchnellSandbox at {self.url}: {self.ledger.summary}>"


def _fresh() -> SandboxApp:
    return SandboxApp(DOCUMENTED, keeps_images=True)
