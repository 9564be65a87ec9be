"""Makes one image for one account: admission, billing, drawing and headers."""

import asyncio
import json
import secrets
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from attrs import frozen

from segmind_flux_schnell_sandbox.accounts import Account
from segmind_flux_schnell_sandbox.admission import Admission
from segmind_flux_schnell_sandbox.attributes import SEED_MAXIMUM, Attribute, Parameters, Value
from segmind_flux_schnell_sandbox.behaviour import Behaviour
from segmind_flux_schnell_sandbox.checking import run_model
from segmind_flux_schnell_sandbox.ledger import InsufficientCredits, Ledger
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from segmind_flux_schnell_sandbox.responses import SandboxResponse


@frozen
class Generation:
    """Makes images according to `behaviour` and bills them in `ledger`, for requests that `admission` lets in."""

    behaviour: Behaviour
    ledger: Ledger
    admission: Admission

    def admit(self, account: Account) -> None:
        """Refuse an account that may not get an image now, whatever it requests."""
        refusal = self.admission.refusal(account)
        if refusal is None:
            return
        reason, ends_in = refusal
        if reason is not Reason.RATE_LIMITED:
            raise Refused(reason)
        seconds = self.behaviour.rate_limit_seconds if ends_in is None else ends_in
        raise Refused(reason, headers=self.rate_limit_headers(seconds))

    async def image(self, account: Account, parameters: Parameters) -> SandboxResponse:
        """Return an image and bill it; an account that cannot pay or crashes is refused and not billed."""
        started = time.perf_counter()
        self.check_balance(account, self.cost(parameters))
        run_model(parameters, self.behaviour)
        parameters = self.with_seed_drawn(self.behaviour.accept(parameters))
        if account.crashes:
            raise Refused(Reason.CRASH)
        cost = self.cost(parameters)
        remaining = self.charge(account, cost)
        body = await self.drawn(parameters, account.latency)
        headers = self.behaviour.headers.named(
            remaining_credits=f"{remaining:f}",
            cost=f"{cost:f}",
            generation_time=f"{time.perf_counter() - started:.3f}",
            seed=str(parameters.get("seed", "")),
            output_metadata=json.dumps(self._metadata(parameters)),
        )
        return SandboxResponse(self.behaviour.status, self.behaviour.content_type, body, headers, cost)

    def rate_limit_headers(self, seconds: float) -> dict[str, str]:
        """Return the header that names the end of the rate limit, so many seconds from now."""
        reset = datetime.now(UTC) + timedelta(seconds=seconds)
        text = reset.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return self.behaviour.headers.named(rate_limit_reset=text)

    def with_seed_drawn(self, parameters: Parameters) -> Parameters:
        """Return the parameters with a seed in place of the request for a random one."""
        if parameters.get("seed") != self.behaviour.random_seed:
            return parameters
        return {**parameters, "seed": secrets.randbelow(SEED_MAXIMUM) + 1}

    def cost(self, parameters: Parameters) -> Decimal:
        """Return what a request costs, in credits."""
        return self.behaviour.price * max(0, int(parameters.get("samples", 1)))

    def check_balance(self, account: Account, cost: Decimal) -> None:
        """Refuse an account that cannot pay."""
        balance = self.ledger.balance(account.key)
        if balance < cost:
            needed = f"Insufficient credits. Balance: {balance:f}, this request needs: {cost:f}"
            raise Refused(Reason.NO_CREDITS, needed)

    def charge(self, account: Account, cost: Decimal) -> Decimal:
        """Bill before drawing, so that requests in flight cannot spend the same credits, and return what is left."""
        try:
            return self.ledger.charge(account.key, cost)
        except InsufficientCredits as error:
            raise Refused(Reason.NO_CREDITS) from error

    async def drawn(self, parameters: Parameters, latency: float) -> bytes:
        """Draw while the latency passes, in a thread, so that other requests proceed meanwhile."""
        drawn = {row.name: _drawn_value(row, parameters[row.name]) for row in self.behaviour.attributes}
        drawing = asyncio.to_thread(self.behaviour.draw, drawn, self.behaviour.image_format)
        body, _ = await asyncio.gather(drawing, asyncio.sleep(latency))
        return body

    def _metadata(self, parameters: Parameters) -> dict[str, Value]:
        names = {"width", "height", "samples"} & parameters.keys()
        kept = {name: parameters[name] for name in sorted(names)}
        return {"image_format": self.behaviour.image_format.lower(), **kept}


def _drawn_value(row: Attribute, value: Value) -> Value:
    """Return the value that the image is drawn from: the default if the image ignores the value."""
    if row.drawn:
        return value
    return "" if row.default is None else row.default
