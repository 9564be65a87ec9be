"""A recording, sorted by what it can prove."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from attrs import define, field

from tests.contract.model.balances import rounded
from tests.contract.model.expectations import expectation, provoking_words
from tests.contract.model.findings import Finding
from tests.contract.model.interactions import Interaction
from tests.contract.model.json_text import read_json
from tests.contract.model.operation_contract import OperationContract


@define(slots=False, eq=False)
class Recorded:
    """The interactions of a recording, with what the judge found in them.

    Args:
        contract: The operation that they were made for.
        interactions: The interactions of the operation, in the order of sending.
        findings: The findings of the judge.
        not_probed: Probes that were not sent, each with the reason.
        exact: Whether equal images have equal pixels.
        runs: The interactions of the operation, divided where something else was bought.
        charged: What one call was charged, as the balance before and after shows; None if that was not asked for.
        words_of_jobs: What provokes the failure of a job, by the probes that ask for it.
        free: Refusals, by status, beside which the balance of the account did not change.
    """

    contract: OperationContract
    interactions: Sequence[Interaction]
    findings: Sequence[Finding]
    not_probed: Mapping[str, str]
    exact: bool = True
    free: Mapping[int, Interaction] = field(factory=dict[int, Interaction])
    runs: Sequence[Sequence[Interaction]] = ()
    charged: Decimal | None = None
    words_of_jobs: Mapping[str, Sequence[str]] = field(factory=dict[str, Sequence[str]])

    @cached_property
    def images(self) -> list[Interaction]:
        """The requests of the main account that were accepted."""
        return [
            one
            for one in self.interactions
            if one.accepted and isinstance(one.body, dict) and one.request.account == "main"
        ]

    @property
    def bought(self) -> Interaction | None:
        """The first request of the main account that was accepted, or None."""
        return next(iter(self.images), None)

    def with_value(self, name: str, value: Any) -> Interaction | None:
        """An accepted request with this value of a field, or None."""
        return next((one for one in self.images if name in one.body and _same(one.body[name], value)), None)

    def accepted_values(self, name: str) -> list[Any]:
        """The values of a field in accepted requests."""
        return [one.body[name] for one in self.images if name in one.body]

    def named(self, *probes: str) -> Interaction | None:
        """The interaction of the first of these probes that was sent."""
        found = {self.contract.local(one.probe): one for one in self.interactions}
        return next((found[probe] for probe in probes if probe in found), None)

    def why_not_probed(self, begin: str) -> dict[str, str]:
        """The reason of each probe of the operation that was not sent and whose name begins like this."""
        begin = f"{self.contract.prefix}{begin}"
        return {self.contract.local(name): why for name, why in self.not_probed.items() if name.startswith(begin)}

    def finding(self, pointer: str, *oracles: str) -> Finding | None:
        """The first finding at a place, of these oracles if any are given."""
        return next(
            (one for one in self.findings if one.pointer == pointer and (not oracles or one.oracle in oracles)), None
        )

    def with_response(self, response: str) -> list[Interaction]:
        """The interactions with a documented response."""
        return [one for one in self.interactions if self.contract.response(one.response.status_code) == response]

    @cached_property
    def fails_at_random(self) -> bool:
        """Whether the service refused a request that it accepted another time."""
        return self.finding(self.contract.success, "acceptance") is not None

    def is_reliable(self, interaction: Interaction | None) -> bool:
        """Whether a refusal is about the request: a failure of a service that fails at random is not."""
        return interaction is not None and not (self.fails_at_random and interaction.response.status_code >= 500)

    @cached_property
    def undocumented(self) -> dict[int, list[Interaction]]:
        """Refusals with a status that the document does not have."""
        found: dict[int, list[Interaction]] = {}
        for one in self.interactions:
            if one.refused and self.contract.response(one.response.status_code) is None:
                found.setdefault(one.response.status_code, []).append(one)
        return found

    @cached_property
    def price(self) -> Decimal | None:
        """By how much an image usually lowers the credits, or a job the balance; None if the service does not say."""
        drops = [drop for between, _, drop in self._drops if not between] or [drop for _, _, drop in self._drops]
        return Counter(drops).most_common(1)[0][0] if drops else self.charged

    @cached_property
    def unbilled(self) -> dict[int, Interaction]:
        """Refusals, by status, that did not lower the credits.

        The balance was the same before and after, or the image after one lowered the credits by its own price alone.
        """
        return dict(self.free) | {
            one.response.status_code: one
            for between, _, drop in self._drops
            if drop == self.price
            for one in between
            if one.refused and one.request.account == "main"
        }

    @cached_property
    def _drops(self) -> list[tuple[Sequence[Interaction], Interaction, Decimal]]:
        header = self.contract.header_with("remaining-credits")
        found: list[tuple[Sequence[Interaction], Interaction, Decimal]] = []
        for run in self.runs if header is not None else ():
            paid = [(at, one) for at, one in enumerate(run) if one in self.images]
            for (start, previous), (end, one) in pairwise(paid):
                before, after = (each.response.headers.number(header or "") for each in (previous, one))
                if before is not None and after is not None:
                    found.append((run[start + 1 : end], one, rounded(before - after)))
        return found

    def words(self, interaction: Interaction, place: str) -> list[str]:
        """What in a request provokes a response; for one that a job ends with, what in the request that started it.

        Args:
            interaction: The interaction.
            place: JSON pointer of the response, or of one of its causes.
        """
        if place.partition("/x-causes")[0] in self.contract.endings:
            return list(self.words_of_jobs.get(interaction.probe, ()))
        return provoking_words(self.contract, interaction.request)

    def expected_status(self, interaction: Interaction) -> str:
        """The outcome that the document promises for a request."""
        return expectation(self.contract, interaction.request).outcome


def error_bodies(interactions: Sequence[Interaction]) -> Iterator[tuple[Interaction, dict[str, Any]]]:
    """The refusals whose body is a JSON object, with the object."""
    return json_bodies([one for one in interactions if one.refused])


def json_bodies(interactions: Sequence[Interaction]) -> Iterator[tuple[Interaction, dict[str, Any]]]:
    """The interactions whose response is a JSON object, with the object."""
    for one in interactions:
        if one.response.media_type == "application/json":
            try:
                body = read_json(one.response.content)
            except ValueError:
                continue
            if isinstance(body, dict):
                yield one, body


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)
