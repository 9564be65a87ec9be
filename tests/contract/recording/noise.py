"""What differs between two recordings of a service that has not changed, and is compared away.

The document says what that is: identifiers and times by their `x-semantics`, what `links` hand on, what `x-job` says of
a result and of a job that is not done, anything else by `x-varies`. What follows from those is noise too: a seed that
the service drew and the pixels made with it, an identifier that is repeated elsewhere, the port of a service on
loopback, and the balance itself, of which only the fall from one response to the next counts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, frozen

from segmind_flux_schnell._runtime.base.amounts import exact_number
from tests.contract.model.balances import reported_balance, rounded
from tests.contract.model.contract import Contract
from tests.contract.model.images import ImageAttributes, image_of
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.model.links import body_of
from tests.contract.model.varying import BALANCES, IDENTIFIER, VARYING, Noise, below, property_of

OF_HTTP = ("age", "content-length", "date", "expires", "last-modified")
"""Headers of HTTP itself that no document describes: times, and the length of a body that is compared itself."""

UNKNOWN = "?"
"""A change of the balance that cannot be told."""

_SEED = "seed"
_SHORTEST_IDENTIFIER = 8
_LOOPBACK = re.compile(r"\b(https?://(?:127\.0\.0\.1|localhost|\[::1\])):\d+")


@frozen(kw_only=True)
class Comparable:
    """An interaction without noise.

    Args:
        request: The request.
        sent: Names of the headers that were sent, in lower case.
        status: Status of the response.
        headers: Its headers, in lower case.
        body: Its body: JSON, or text; None for an image.
        image: The image in its body, or None.
        drawn: Whether the service drew the seed, so that another image is made each time.
        balance: By how much the balance changed since the response before that reported one; empty if this one
            reports none, and UNKNOWN if there was none before in the same recording.
        since: The probes from that response on, without this one.
        identifiers: The identifiers that request and response have.
    """

    request: ProbeRequest
    sent: frozenset[str]
    status: int
    headers: Mapping[str, str]
    body: Any
    image: ImageAttributes | None
    drawn: bool
    balance: str
    since: tuple[str, ...]
    identifiers: frozenset[str]


def comparables(contract: Contract, interactions: Sequence[Interaction]) -> dict[str, Comparable]:
    """The interactions of one recording without noise, by probe.

    Args:
        contract: The document.
        interactions: The interactions, in the order of sending.
    """
    return _Normalizer(contract, interactions).comparables()


@define(slots=False)
class _Normalizer:
    contract: Contract
    interactions: Sequence[Interaction]
    _balances: dict[str, tuple[str, Decimal]] = field(factory=dict[str, tuple[str, Decimal]], init=False)
    _since: dict[str, list[str]] = field(factory=dict[str, list[str]], init=False)

    def comparables(self) -> dict[str, Comparable]:
        return {one.probe: self._comparable(one) for one in self.interactions}

    def _comparable(self, interaction: Interaction) -> Comparable:
        account, response = interaction.request.account, interaction.response
        drawn = self._is_drawn(interaction)
        body = body_of(interaction)
        image = image_of(response.content) if response.content else None
        shown = image if image is not None and image.format else None
        since = tuple(self._since.setdefault(account, []))
        reported = reported_balance(self.contract, self._noise, interaction)
        balance = self._change(interaction, reported) if reported is not None else ""
        self._since[account] = [*([] if reported is not None else since), interaction.probe]
        return Comparable(
            request=evolve(interaction.request, path=self._without_identifiers(interaction.request.path)),
            sent=interaction.headers,
            status=response.status_code,
            headers=dict(self._headers(interaction, drawn)),
            body=None if shown else self._body(interaction, response.text if body is None else body, drawn),
            image=shown,
            drawn=drawn,
            balance=balance,
            since=since,
            identifiers=frozenset(one for one in self._identifiers if one in _all_text(interaction)),
        )

    def _headers(self, interaction: Interaction, drawn: bool) -> Iterator[tuple[str, str]]:
        for name, value in interaction.response.headers.items():
            if name in OF_HTTP:
                continue
            kinds = self._noise.headers.get(name, frozenset[str]())
            if kinds & VARYING:
                yield name, "(varies)"
            elif kinds & BALANCES and exact_number(value.strip()) is not None:
                yield name, "(a balance)"
            elif _SEED in kinds and drawn:
                yield name, "(drawn)"
            else:
                yield name, self._without_identifiers(value)

    def _body(self, interaction: Interaction, body: Any, drawn: bool) -> Any:
        return self._without_noise(self._schema(interaction), body, drawn)

    def _without_noise(self, schema: str | None, value: Any, drawn: bool) -> Any:
        kinds = self._noise.of(schema) if schema is not None else frozenset[str]()
        if kinds & (VARYING | BALANCES) or (_SEED in kinds and drawn):
            return f"({type(value).__name__})"
        if schema is not None and isinstance(value, str) and value in self._noise.active.get(schema, ()):
            return "(active)"
        if isinstance(value, dict):
            return {
                name: self._without_noise(property_of(self.contract.document, schema, name), one, drawn)
                for name, one in value.items()
            }
        if isinstance(value, list):
            return [self._without_noise(below(self.contract.document, schema, "items"), one, drawn) for one in value]
        return self._without_identifiers(value) if isinstance(value, str) else value

    def _schema(self, interaction: Interaction) -> str | None:
        operation = self.contract.contract_of(interaction)
        response = None if operation is None else operation.response(interaction.response.status_code)
        media = interaction.response.media_type or ""
        return below(self.contract.document, response, "content", media, "schema")

    def _is_drawn(self, interaction: Interaction) -> bool:
        """Whether the request asks the service to draw a seed (`x-random`)."""
        operation = self.contract.contract_of(interaction)
        if operation is None or not isinstance(interaction.body, dict):
            return False
        values = operation.effective(interaction.body)
        return any(
            "x-random" in node and values.get(name) == node["x-random"] for name, node in operation.properties.items()
        )

    def _change(self, interaction: Interaction, balance: Decimal) -> str:
        account = interaction.request.account
        recording, before = self._balances.get(account, (None, balance))
        self._balances[account] = interaction.recorded_at, balance
        if recording != interaction.recorded_at:
            return UNKNOWN
        return f"{rounded(balance - before).normalize():+f}"

    def _without_identifiers(self, text: str) -> str:
        for identifier in self._identifiers:
            text = text.replace(identifier, "(identifier)")
        return _LOOPBACK.sub(r"\1", text)

    @cached_property
    def _noise(self) -> Noise:
        return Noise.of_document(self.contract.document)

    @cached_property
    def _identifiers(self) -> list[str]:
        """The identifiers that the service gave, longest first."""
        named = [name for name, kinds in self._noise.headers.items() if IDENTIFIER in kinds]
        found = {one.response.headers.get(name, "") for one in self.interactions for name in named}
        for one in self.interactions:
            found |= set(self._identifiers_in(self._schema(one), body_of(one)))
        return sorted((one for one in found if len(one) >= _SHORTEST_IDENTIFIER), key=len, reverse=True)

    def _identifiers_in(self, schema: str | None, value: Any) -> Iterator[str]:
        if schema is None:
            return
        if IDENTIFIER in self._noise.of(schema) and isinstance(value, str):
            yield value
        for name, one in value.items() if isinstance(value, dict) else ():
            yield from self._identifiers_in(property_of(self.contract.document, schema, name), one)


def _all_text(interaction: Interaction) -> str:
    headers = " ".join(interaction.response.headers.values())
    text = "" if image_of(interaction.response.content).format else interaction.response.text
    return f"{interaction.request.path} {interaction.request.body!r} {headers} {text}"
