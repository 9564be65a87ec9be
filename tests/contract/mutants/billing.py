"""Credits that are charged for nothing, not charged, or reported wrongly."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from segmind_flux_schnell_sandbox.accounts import ACCOUNTS, KEY
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.ledger import InsufficientCredits
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants import triggers
from tests.contract.mutants.mutant import ServiceMutant, rewired
from tests.contract.mutants.pointers import IMAGE, header_pointers, response_pointer
from tests.contract.mutants.rewiring import Intercepted, Request, Response, Rewired

_BILLED = f"{IMAGE}/x-billed"
_COST = header_pointers("Cost", "x-cost")
_KNOWN_KEYS = {account.key for account in ACCOUNTS}
_TWO = (triggers.ACCEPTED, triggers.image_request(seed=7))


def payer(request: Request) -> str:
    """Return the key of the account that a request is billed to: the first account, if it has no valid key."""
    key = request.header("x-api-key")
    return key if key in _KNOWN_KEYS else KEY


def charged_again(intercepted: Intercepted, times: int = 1) -> Response:
    """Charge for an image so many more times, and report the balance after that."""
    cost = Decimal(intercepted.response.header("x-cost") or 0)
    remaining = intercepted.ledger.charge(payer(intercepted.request), times * cost)
    return intercepted.response.with_header("x-remaining-credits", f"{remaining:f}")


def _images_charged_again(times: int) -> Callable[[Intercepted], Response]:
    return lambda intercepted: (
        charged_again(intercepted, times) if intercepted.response.is_image else intercepted.response
    )


def _reporting_cost(cost: Callable[[Decimal], Decimal]) -> Callable[[Intercepted], Response]:
    """Return a change of the reported cost of an image."""

    def changed(intercepted: Intercepted) -> Response:
        if not intercepted.response.is_image:
            return intercepted.response
        return intercepted.response.with_header(
            "x-cost", f"{cost(Decimal(intercepted.response.header('x-cost') or 0)):f}"
        )

    return changed


def _charging(status: int) -> Callable[[Intercepted], Response]:
    """Return a change that bills responses with this status like an image without saying so."""

    def charge(intercepted: Intercepted) -> Response:
        if intercepted.response.status == status:
            with suppress(InsufficientCredits):
                intercepted.ledger.charge(payer(intercepted.request), DOCUMENTED.price)
        return intercepted.response

    return charge


def _money(name: str, change: str, response: Callable[[Intercepted], Response], *pointers: str) -> ServiceMutant:
    return ServiceMutant(
        name=name,
        kind="billing",
        change=change,
        pointers=(_BILLED, *pointers),
        make=rewired(response),
        trigger=_TWO,
    )


def _error_billed(
    name: str, named: str, status: int, refused: Request, then: Request = triggers.ACCEPTED
) -> ServiceMutant:
    return ServiceMutant(
        name=f"{name}-billed",
        kind="billing",
        change=f"A {status} costs as much as an image.",
        pointers=(response_pointer(named, "x-billed"),),
        make=rewired(_charging(status)),
        trigger=(refused, then),
    )


def _errors_billed() -> tuple[ServiceMutant, ...]:
    key_of = {name: request.header("x-api-key") or KEY for name, request in triggers.REFUSED.items()}
    return (
        _error_billed("bad-request", "BadRequest", 400, triggers.NO_PROMPT),
        _error_billed("unauthorized", "Unauthorized", 401, triggers.WRONG_KEY),
        _error_billed("unknown-path", "NotFound", 404, triggers.OTHER_PATH),
        _error_billed("wrong-method", "MethodNotAllowed", 405, triggers.GET),
        _error_billed("value-rejected", "NotAcceptable", 406, triggers.UNKNOWN_SCHEDULER),
        _error_billed("value-failed", "ServerError", 500, triggers.TOO_MANY_STEPS),
        # These accounts get no images, so only a request for the balance shows the change.
        *(
            _error_billed(name, named, status, triggers.REFUSED[named], triggers.balance(key_of[named]))
            for name, named, status in (
                ("forbidden", "ModelNotPermitted", 403),
                ("retired", "ModelRetired", 410),
                ("rate-limited", "RateLimited", 429),
                ("crash", "ServerError", 500),
            )
        ),
    )


def _repeats_free() -> Rewired:
    """Return a service that charges for equal requests only once."""
    seen: set[bytes] = set()

    def response(intercepted: Intercepted) -> Response:
        repeated = intercepted.response.is_image and intercepted.request.body in seen
        seen.add(intercepted.request.body)
        return charged_again(intercepted, -1).with_header("x-cost", "0") if repeated else intercepted.response

    return Rewired(create_app(), response=response)


BILLING = (
    _money("image-free", "An image does not lower the credits.", _images_charged_again(-1)),
    _money("image-raises-credits", "An image raises the credits.", _images_charged_again(-2)),
    _money("image-billed-twice", "An image costs twice as much as `x-cost` says.", _images_charged_again(1), *_COST),
    _money("cost-halved", "`x-cost` is half of the amount charged.", _reporting_cost(lambda cost: cost / 2), *_COST),
    _money("cost-zero", "`x-cost` is 0 although credits are charged.", _reporting_cost(lambda _: Decimal(0)), *_COST),
    _money("cost-in-cents", "`x-cost` is in hundredths of a credit.", _reporting_cost(lambda cost: 100 * cost), *_COST),
    ServiceMutant(
        name="repeated-image-free",
        kind="billing",
        change="A repeated request costs nothing.",
        pointers=(_BILLED,),
        make=_repeats_free,
        trigger=(triggers.ACCEPTED, triggers.ACCEPTED),
    ),
    *_errors_billed(),
)
