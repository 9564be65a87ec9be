"""Response headers that are missing, renamed or of another form."""

from collections.abc import Callable
from decimal import Decimal

from attrs import evolve

from segmind_flux_schnell_sandbox.accounts import KEY, Account
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from tests.contract.mutants import triggers
from tests.contract.mutants.mutant import ServiceMutant, behaving, rewired
from tests.contract.mutants.pointers import ERRORS, IMAGE, field_pointer, header_pointers, response_pointer
from tests.contract.mutants.rewiring import Response, errors, images

_CREDITS = "x-remaining-credits"
_COMPONENTS = {
    "x-remaining-credits": "RemainingCredits",
    "x-cost": "Cost",
    "x-request-id": "RequestId",
    "x-generation-time": "GenerationTime",
    "x-seed-value": "SeedValue",
    "x-output-metadata": "OutputMetadata",
}
_RICH = evolve(DOCUMENTED, accounts=(Account(KEY, credits=Decimal(125_000)), *DOCUMENTED.accounts[1:]))


def _places(name: str) -> tuple[str, ...]:
    return header_pointers(_COMPONENTS[name], name)


def _valued(name: str, to: str, change: str, written: Callable[[str], str], *pointers: str) -> ServiceMutant:
    """Return a mutant that writes the value of an image's header differently."""

    def rewritten(response: Response) -> Response:
        return response.with_header(name, written(response.header(name) or ""))

    return ServiceMutant(
        name=f"{name.removeprefix('x-')}-{to}",
        kind="header",
        change=change,
        pointers=(*_places(name), *pointers),
        make=rewired(images(rewritten)),
        # The second shows a value that should have changed.
        trigger=(triggers.ACCEPTED, triggers.ACCEPTED),
    )


def _missing(name: str, suffix: str = "-vendor") -> ServiceMutant:
    return ServiceMutant(
        name=f"{name.removeprefix('x-')}-missing{suffix}",
        kind="header",
        change=f"An image comes without `{name}`.",
        pointers=_places(name),
        make=rewired(images(lambda response: response.without_header(name))),
    )


def _renamed(name: str, to: str, suffix: str = "-vendor") -> ServiceMutant:
    def renamed(response: Response) -> Response:
        pairs = tuple((to if known == name else known, value) for known, value in response.headers)
        return evolve(response, headers=pairs)

    return ServiceMutant(
        name=f"{name.removeprefix('x-')}-renamed{suffix}",
        kind="header",
        change=f"`{name}` of an image is called `{to}`.",
        pointers=_places(name),
        make=rewired(images(renamed)),
    )


def _doubled(response: Response) -> Response:
    return evolve(response, headers=(*response.headers, (_CREDITS, response.header(_CREDITS) or "")))


def _with_commas(response: Response) -> Response:
    return response.with_header(_CREDITS, f"{Decimal(response.header(_CREDITS) or 0):,}")


_REMAINING = (
    _missing(_CREDITS, suffix=""),
    _renamed(_CREDITS, "x-credits-remaining", suffix=""),
    _valued(_CREDITS, "in-words", "`x-remaining-credits` is a word.", lambda _: "plenty"),
    _valued(_CREDITS, "empty", "`x-remaining-credits` has no value.", lambda _: ""),
    _valued(_CREDITS, "with-a-unit", "`x-remaining-credits` has a unit.", lambda value: f"{value} credits"),
    _valued(
        _CREDITS,
        "with-a-decimal-comma",
        "`x-remaining-credits` has a decimal comma.",
        lambda value: value.replace(".", ","),
    ),
    _valued(_CREDITS, "not-a-number", "`x-remaining-credits` is NaN.", lambda _: "NaN"),
    _valued(
        _CREDITS,
        "negative",
        "`x-remaining-credits` is negative.",
        lambda value: f"-{value}",
        f"{IMAGE}/x-billed",
    ),
    _valued(
        _CREDITS,
        "whole",
        "`x-remaining-credits` is rounded down to a whole number.",
        lambda value: f"{int(Decimal(value))}",
        f"{IMAGE}/x-billed",
    ),
    ServiceMutant(
        name="remaining-credits-with-commas",
        kind="header",
        change="`x-remaining-credits` has commas between the thousands.",
        pointers=_places(_CREDITS),
        make=rewired(images(_with_commas), behaviour=_RICH),
    ),
    ServiceMutant(
        name="remaining-credits-twice",
        kind="header",
        change="An image comes with `x-remaining-credits` twice.",
        pointers=_places(_CREDITS),
        make=rewired(images(_doubled)),
    ),
)
_MONEY_AND_TIME = (
    _missing("x-cost"),
    _renamed("x-cost", "x-price"),
    _valued("x-cost", "with-a-currency-vendor", "`x-cost` has a dollar sign.", lambda value: f"${value}"),
    _valued("x-cost", "empty-vendor", "`x-cost` has no value.", lambda _: ""),
    _valued("x-cost", "negative-vendor", "`x-cost` is negative.", lambda value: f"-{value}"),
    _missing("x-generation-time"),
    _valued("x-generation-time", "with-a-unit-vendor", "`x-generation-time` has a unit.", lambda value: f"{value} s"),
    _valued("x-generation-time", "as-a-clock-vendor", "`x-generation-time` is a time of day.", lambda _: "00:00:01"),
)
_NAMES = (
    _missing("x-request-id"),
    _renamed("x-request-id", "x-correlation-id"),
    _valued("x-request-id", "empty-vendor", "`x-request-id` has no value.", lambda _: ""),
    _valued("x-request-id", "constant-vendor", "`x-request-id` is always the same.", lambda _: "0" * 32),
    ServiceMutant(
        name="request-id-missing-on-errors-vendor",
        kind="header",
        change="An error comes without `x-request-id`.",
        pointers=(
            "/components/headers/RequestId",
            *(response_pointer(name, "headers", "x-request-id") for name in ERRORS),
        ),
        make=rewired(errors(lambda response: response.without_header("x-request-id"))),
        trigger=(triggers.WRONG_KEY, triggers.NO_PROMPT),
    ),
)
_IMAGES = (
    _missing("x-seed-value"),
    _renamed("x-seed-value", "x-seed"),
    _valued("x-seed-value", "in-words-vendor", "`x-seed-value` is a word.", lambda _: "default"),
    _valued("x-seed-value", "fraction-vendor", "`x-seed-value` is a fraction.", lambda value: f"{value}.5"),
    _valued(
        "x-seed-value",
        "another-vendor",
        "`x-seed-value` is not the seed that was used.",
        lambda value: str(int(value) + 1),
        field_pointer("seed"),
    ),
    _missing("x-output-metadata"),
    _valued(
        "x-output-metadata",
        "not-json-vendor",
        "`x-output-metadata` is not JSON.",
        lambda _: "format=jpeg;samples=1",
    ),
)
_RATE_LIMIT = tuple(
    ServiceMutant(
        name=f"rate-limit-reset-{change}-vendor",
        kind="header",
        change=sentence,
        pointers=(
            "/components/headers/RateLimitResetAtUtc",
            response_pointer("RateLimited", "headers", "x-rate-limit-reset-at-utc"),
        ),
        make=behaving(DOCUMENTED.with_headers(rate_limit_reset=name)),
        trigger=(triggers.RATE_LIMITED,),
    )
    for change, name, sentence in (
        ("missing", None, "A 429 does not say when the rate limit ends."),
        ("renamed", "x-ratelimit-reset", "`x-rate-limit-reset-at-utc` is called `x-ratelimit-reset`."),
    )
)
HEADERS = (*_REMAINING, *_MONEY_AND_TIME, *_NAMES, *_IMAGES, *_RATE_LIMIT)
