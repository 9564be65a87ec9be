"""Changes of the balance call."""

import json
from collections.abc import Callable
from contextlib import suppress

from attrs import evolve

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.ledger import InsufficientCredits
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants import triggers
from tests.contract.mutants.access import key_corrected, key_given
from tests.contract.mutants.billing import payer
from tests.contract.mutants.calls import (
    Fields,
    balance,
    changing,
    fields_of,
    of,
    renamed,
    setting,
    with_status,
    without,
)
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import (
    API_KEY,
    CREDITS,
    CREDITS_GET,
    CREDITS_PATH,
    schema_pointers,
    status_pointers,
)
from tests.contract.mutants.rewiring import Intercepted, Request, Response, ResponseChange, Rewired

_CONTENT = f"{CREDITS}/content"
_KEYS = (API_KEY, *status_pointers("Unauthorized"), f"{CREDITS_GET}/responses/401")


def _balance(
    name: str, change: str, response: ResponseChange, *pointers: str, trigger: tuple[Request, ...] = (triggers.BALANCE,)
) -> ServiceMutant:
    return ServiceMutant(
        name=f"balance-{name}",
        kind="balance",
        change=change,
        pointers=pointers,
        make=rewired(response),
        trigger=trigger,
    )


def _credits(name: str, change: str, to: Callable[[Fields], object], field: str = "credits") -> ServiceMutant:
    return _balance(name, change, fields_of(balance, to), *schema_pointers("UserCredits", field))


def _read(name: str, change: str, request: Callable[[Request], Request], *trigger: Request) -> ServiceMutant:
    return ServiceMutant(
        name=f"balance-{name}",
        kind="balance",
        change=change,
        pointers=_KEYS,
        make=rewired(request=lambda one: request(one) if balance(one) else one),
        trigger=trigger,
    )


def _charged(intercepted: Intercepted) -> Response:
    """Charge for each question about the balance."""
    if balance(intercepted.request) and intercepted.response.status == 200:
        with suppress(InsufficientCredits):
            intercepted.ledger.charge(payer(intercepted.request), DOCUMENTED.price)
    return intercepted.response


def _stale() -> Rewired:
    """Return a service that always says the balance that it said first."""
    said: dict[str, bytes] = {}

    def response(intercepted: Intercepted) -> Response:
        if not balance(intercepted.request) or intercepted.response.status != 200:
            return intercepted.response
        return intercepted.response.with_body(said.setdefault(payer(intercepted.request), intercepted.response.body))

    return Rewired(create_app(), response=response)


def _cents(amount: float) -> float:
    return 100 * amount


_ANSWERS = (
    _balance("201", "The balance comes with 201.", of(balance, with_status(201)), CREDITS, f"{CREDITS_GET}/responses"),
    _balance(
        "204",
        "The balance has no body.",
        of(balance, lambda _: Response(204, (), b"")),
        CREDITS,
        f"{CREDITS_GET}/responses",
    ),
    _balance(
        "as-text",
        "The balance is a number in plain text.",
        of(balance, lambda one: one.with_body(str(json.loads(one.body)["credits"]).encode(), "text/plain")),
        _CONTENT,
    ),
    _balance(
        "cut-off",
        "The JSON of the balance is cut off.",
        of(balance, lambda one: one.with_body(one.body[:-1])),
        _CONTENT,
        *schema_pointers("UserCredits"),
    ),
    _balance(
        "nested",
        "The balance is in `data`.",
        fields_of(balance, lambda one: {"data": one}),
        *schema_pointers("UserCredits"),
    ),
    _balance(
        "in-a-list", "The balance is in a list.", fields_of(balance, lambda one: [one]), *schema_pointers("UserCredits")
    ),
    ServiceMutant(
        name="balance-moved",
        kind="balance",
        change="The balance is at `/v1/credits`.",
        pointers=(CREDITS_PATH, f"{CREDITS_GET}/responses"),
        make=behaving(evolve(DOCUMENTED, credits_path="/v1/credits")),
        trigger=(triggers.BALANCE,),
    ),
    ServiceMutant(
        name="balance-by-post",
        kind="balance",
        change="The balance is asked for by POST, and GET is not allowed.",
        pointers=(CREDITS_GET, *status_pointers("MethodNotAllowed")),
        make=rewired(
            request=lambda one: evolve(one, method={"GET": "POST", "POST": "GET"}[one.method]) if balance(one) else one
        ),
        trigger=(triggers.BALANCE,),
    ),
)
_FIELDS = (
    _credits("credits-text", "`credits` is text.", changing(str, "credits")),
    _credits("credits-null", "`credits` is null.", setting(None, "credits")),
    _credits("credits-missing", "The balance has no `credits`.", without("credits")),
    _credits("credits-renamed", "`credits` is called `balance`.", renamed("credits", "balance")),
    _credits("credits-object", "`credits` is an object.", changing(lambda one: {"amount": one}, "credits")),
    _credits("free-credits-text", "`free-credits` is text.", changing(str, "free-credits"), "free-credits"),
    _credits("free-credits-missing", "The balance has no `free-credits`.", without("free-credits"), "free-credits"),
    _credits(
        "free-credits-renamed",
        "`free-credits` is called `free_credits`.",
        renamed("free-credits", "free_credits"),
        "free-credits",
    ),
    _credits("in-cents", "`credits` is in cents.", changing(_cents, "credits")),
    _credits("negative", "`credits` is negative.", changing(lambda one: -one, "credits")),
    _credits("whole", "`credits` is rounded down.", changing(int, "credits")),
    ServiceMutant(
        name="balance-stale",
        kind="balance",
        change="The balance is always the first one that was asked for.",
        pointers=schema_pointers("UserCredits", "credits"),
        make=_stale,
        trigger=(triggers.BALANCE, triggers.ACCEPTED, triggers.BALANCE),
    ),
)
_ACCESS = (
    _balance(
        "billed",
        "The balance costs as much as an image.",
        _charged,
        f"{CREDITS}/x-billed",
        trigger=(triggers.BALANCE, triggers.BALANCE),
    ),
    _read("without-key", "The balance is told without a key.", key_given, evolve(triggers.BALANCE, headers=())),
    _read(
        "with-wrong-key",
        "The balance is told with a wrong key.",
        key_corrected,
        triggers.BALANCE.with_header("x-api-key", "wrong-key"),
    ),
)
BALANCES = (*_ANSWERS, *_FIELDS, *_ACCESS)
