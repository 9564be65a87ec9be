"""The sandbox as a web application: its operations, and the order of checks."""

from collections.abc import Awaitable, Callable
from functools import partial
from uuid import uuid4

from attrs import evolve, frozen
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, request_response

from segmind_flux_schnell_sandbox.accounts import Account
from segmind_flux_schnell_sandbox.admission import Admission
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED, Behaviour
from segmind_flux_schnell_sandbox.checking import check_request
from segmind_flux_schnell_sandbox.conditions import Conditions, Dropping, Failing, Subject
from segmind_flux_schnell_sandbox.generation import Generation
from segmind_flux_schnell_sandbox.image_host import images_url, is_for_images
from segmind_flux_schnell_sandbox.jobs import Jobs
from segmind_flux_schnell_sandbox.ledger import Ledger, LedgerEntry
from segmind_flux_schnell_sandbox.queueing import Queueing
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from segmind_flux_schnell_sandbox.responses import SandboxResponse, error_response, json_response

Serving = Callable[[], Awaitable[SandboxResponse]]
# What a connection that is dropped before anything is done would have carried.
NOTHING = SandboxResponse(500, "", b"", cut="before")


@frozen
class Operation:
    """What requests with a `method` to certain paths are about, and how they are served once their key is good."""

    subject: Subject
    method: str
    serve: Callable[[Request, Account], Awaitable[SandboxResponse]]


class SandboxApp(Starlette):
    """The service as an ASGI application, whose `ledger` tests can read, and whose `conditions` they can set."""

    def __init__(self, behaviour: Behaviour, *, keeps_images: bool = False) -> None:
        """Start with the behaviour's accounts at their first balances.

        With `keeps_images`, the ledger has the bytes of each image, too, which is much memory for many images.
        """
        # One endpoint serves every path and method, so that the order of checks is defined here
        # and not divided between this module and Starlette's router.
        super().__init__(routes=[Mount("/", app=request_response(self._respond))])
        self.behaviour = behaviour
        self.ledger = Ledger(behaviour.accounts)
        self.conditions = Conditions()
        self.admission = Admission()
        self._keeps_images = keeps_images
        self._generation = Generation(behaviour, self.ledger, self.admission)
        self._queueing = Queueing(behaviour, self._generation, Jobs(behaviour.queue))
        self._accounts = {account.key: account for account in behaviour.accounts}

    async def _respond(self, request: Request) -> Response:
        request_id = uuid4().hex
        with self.ledger.request():
            response = await self._response(request)
            await self._record(request, response, request_id)
        return response.response(self.behaviour.headers.named(request_id=request_id))

    async def _record(self, request: Request, response: SandboxResponse, request_id: str) -> None:
        entry = LedgerEntry(
            method=request.method,
            path=request.url.path,
            status=None if response.cut == "before" else response.status,
            billed=response.billed,
            request_id=request_id,
            key=self._key(request),
            body=await request.body(),
            response_type=response.content_type,
            response_body=self._kept(response),
            dropped=response.cut is not None,
        )
        self.ledger.record(entry)

    def _kept(self, response: SandboxResponse) -> bytes:
        is_image = response.content_type == self.behaviour.content_type
        return response.body if self._keeps_images or not is_image else b""

    async def _response(self, request: Request) -> SandboxResponse:
        try:
            subject, serving = self._serving(request)
        except Refused as refused:
            return error_response(refused, self.behaviour)
        match self.conditions.disruption(subject):
            case Failing(reason, text, retry_after):
                limited = reason is Reason.RATE_LIMITED
                headers = self._generation.rate_limit_headers(retry_after) if limited else {}
                return error_response(Refused(reason, text, headers), self.behaviour)
            case Dropping(billed=False):
                return NOTHING
            case Dropping(mid_body=mid_body):
                return evolve(await self._served(serving), cut="halfway" if mid_body else "before")
            case None:
                return await self._served(serving)

    async def _served(self, serving: Serving) -> SandboxResponse:
        try:
            return await serving()
        except Refused as refused:
            return error_response(refused, self.behaviour)

    def _serving(self, request: Request) -> tuple[Subject, Serving]:
        """Return what a request is about, and what responds to it, if its address, its method and its key are good."""
        if is_for_images(request.scope):
            return "files", partial(self._file, request)
        operation = self._operation(request.url.path)
        if request.method != operation.method:
            raise Refused(Reason.WRONG_METHOD, headers={"allow": operation.method})
        return operation.subject, partial(operation.serve, request, self._account(request))

    def _operation(self, path: str) -> Operation:
        operations = {
            self.behaviour.path: Operation("images", "POST", self._image),
            self.behaviour.queue.submit_path: Operation("images", "POST", self._submit),
            self.behaviour.credits_path: Operation("credits", "GET", self._credits),
        }
        if path not in operations and self.behaviour.queue.request_id(path) is None:
            raise Refused(Reason.UNKNOWN_PATH)
        return operations.get(path, Operation("jobs", "GET", self._job))

    async def _file(self, request: Request) -> SandboxResponse:
        """Respond as the host of the images, where no key is needed and none may be sent."""
        if request.method != "GET":
            raise Refused(Reason.WRONG_METHOD, headers={"allow": "GET"})
        if {self.behaviour.key_header, "authorization"} & set(request.headers):
            raise Refused(Reason.KEY_SENT_ELSEWHERE)
        return await self._queueing.image(request.url.path)

    def _key(self, request: Request) -> str | None:
        if self.behaviour.key_header in request.headers:
            return request.headers[self.behaviour.key_header]
        token = request.headers.get("authorization", "").partition(" ")[2].strip()
        return token if self.behaviour.bearer_accepted and _is_bearer(request) else None

    def _account(self, request: Request) -> Account:
        key = self._key(request)
        if not key:
            # A bearer token is a key that arrived, and is refused on every endpoint.
            raise Refused(Reason.KEY_UNKNOWN if _is_bearer(request) else Reason.KEY_MISSING)
        if key not in self._accounts:
            raise Refused(Reason.KEY_UNKNOWN)
        return self._accounts[key]

    async def _image(self, request: Request, account: Account) -> SandboxResponse:
        parameters = await self._admitted(request, account)
        latency = account.latency + (self.conditions.latencies.next() or 0.0)
        return await self._generation.image(evolve(account, latency=latency), parameters)

    async def _submit(self, request: Request, account: Account) -> SandboxResponse:
        parameters = await self._admitted(request, account)
        return self._queueing.submit(
            account,
            parameters,
            str(request.base_url).rstrip("/"),
            failure=self.conditions.job_failures.next(),
            latency=self.conditions.latencies.next() or 0.0,
        )

    async def _admitted(self, request: Request, account: Account) -> Parameters:
        """Return the parameters of a request for an image, unless it is refused."""
        self._generation.admit(self.conditions.applied_to(account))
        content_type = request.headers.get("content-type", "")
        return check_request(content_type, await request.body(), self.behaviour)

    async def _job(self, request: Request, account: Account) -> SandboxResponse:
        found = self.behaviour.queue.request_id(request.url.path)
        if found is None:
            raise Refused(Reason.UNKNOWN_PATH)
        request_id, is_status = found
        if is_status:
            return self._queueing.status(account, request_id)
        return await self._queueing.result(account, request_id, images_url(request.scope))

    async def _credits(self, request: Request, account: Account) -> SandboxResponse:
        balances = {
            "credits": float(self.ledger.balance(account.key)),
            "free-credits": float(account.free_credits),
        }
        return json_response(200, balances)


def _is_bearer(request: Request) -> bool:
    return request.headers.get("authorization", "").lower().startswith("bearer ")


def create_app(behaviour: Behaviour = DOCUMENTED) -> SandboxApp:
    """Return a sandbox with its own ledger; without an argument it behaves as documented."""
    return SandboxApp(behaviour)
