"""One run: all probes, and what has to be sent besides to find out which value it was."""

from collections.abc import Callable, Sequence
from typing import Any

from attrs import define, field

from tests.contract.judging.diagnosis import UNSENT, is_wrongly_refused, proved_values, suspects
from tests.contract.model.contract import Contract
from tests.contract.model.images import image_of
from tests.contract.model.interactions import Interaction, Sent, as_body
from tests.contract.probing.probes import Probe
from tests.contract.probing.sending import NO_RESPONSE, Sender

MOST_IMAGES = 40
"""A run buys no more than this, whatever there is to find out."""

Send = Callable[[str, Sent], Interaction]


class CouldNotTellError(Exception):
    """The run says nothing of the contract: the service cannot be reached, or does not serve this account."""


@define
class Measurement:
    """What was sent and what came back.

    Args:
        interactions: The interactions of the probes, in the order of sending.
        further: Exchanges that were needed to find a culprit.
        not_probed: Probes that could not be sent, each with the reason.
    """

    interactions: list[Interaction] = field(factory=list[Interaction])
    further: list[Interaction] = field(factory=list[Interaction])
    not_probed: dict[str, str] = field(factory=dict[str, str])

    @property
    def all(self) -> list[Interaction]:
        """All interactions, in the order of sending."""
        return [*self.interactions, *self.further]


def measure(contract: Contract, probes: Sequence[Probe], sender: Sender, send: Send, *, exact: bool) -> Measurement:
    """Send all probes, and then what is needed to find culprits.

    Args:
        contract: The document.
        probes: What to send, in this order.
        sender: Keeps the accounts.
        send: Sends one request, and may record it.
        exact: Whether the same image means the same pixels.

    Raises:
        CouldNotTellError: The main account is not served at all.
        APIError: No response came.
    """
    done = Measurement()
    for probe in probes:
        if not sender.target.can_send(probe):
            done.not_probed[probe.name] = f"no key for the account {probe.sent.account}"
        elif sender.images >= MOST_IMAGES:
            done.not_probed[probe.name] = f"{MOST_IMAGES} images were bought before its turn"
        elif not _is_hopeless(contract, done.interactions, probe):
            done.interactions.append(send(probe.name, probe.sent))
    _refuse_to_judge(contract, done)
    _Search(contract, sender, send, done, exact).run()
    return done


def _is_hopeless(contract: Contract, interactions: Sequence[Interaction], probe: Probe) -> bool:
    """Whether the account gets nothing at all: then more valid requests of it would tell nothing more."""
    valid = [one for one in interactions if one.probe.startswith("accepted-")]
    return (
        len(valid) >= 2 and not any(one.accepted for one in valid) and probe.name.startswith(("accepted", "unbilled"))
    )


def _refuse_to_judge(contract: Contract, done: Measurement) -> None:
    valid = [one for one in done.interactions if one.probe.startswith("accepted-")]
    if not valid or any(one.accepted for one in valid):
        return
    status, text = valid[0].response.status_code, " ".join(valid[0].response.text.split())[:120]
    responses = {one.probe: (one.response.status_code, one.response.content) for one in done.interactions}
    unheard = responses.get("status-401-no-key") == responses.get("status-401-wrong-key") == responses[valid[0].probe]
    if status == 401 and not unheard:
        raise CouldNotTellError(f"the key is refused: {text}")
    if status in (NO_RESPONSE, 402, 406, 429) or status >= 500:
        raise CouldNotTellError(f"the account gets no images: {status} {text}")


@define
class _Search:
    """Finds the culprit among several values, each request costing as little as may be."""

    contract: Contract
    sender: Sender
    send: Send
    done: Measurement
    exact: bool

    def run(self) -> None:
        """Follow up each valid request that was refused, and defaults that are not what they were."""
        base = next((one for one in self.done.interactions if one.accepted and one.probe.startswith("accepted-")), None)
        if base is None:
            return
        for interaction in [one for one in self.done.interactions if is_wrongly_refused(self.contract, one)]:
            self._follow_up(interaction, dict(base.body))
        self._follow_up_defaults()

    def _follow_up(self, interaction: Interaction, base: dict[str, Any]) -> None:
        unproved = suspects(self.contract, interaction, proved_values(self.contract, self.done.all))
        if not unproved:
            self._try(f"{interaction.probe}-again", interaction.body)
            return
        culprits = self._culprits(interaction.probe, base, unproved)
        if not culprits:
            self._try(f"{interaction.probe}-again", interaction.body)
        elif len(culprits) < len(unproved) or len(interaction.body) > 1:
            cleared = {**interaction.body, **{name: base[name] for name, _ in culprits if name in base}}
            self._try(f"{interaction.probe}-without-culprit", cleared)

    def _culprits(self, probe: str, base: dict[str, Any], unproved: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """Those of the values that are refused when they are sent alone. Halving finds one among many cheaply."""
        if self._is_fine(probe, base, unproved):
            return []
        if len(unproved) == 1:
            return unproved
        middle = len(unproved) // 2
        first = self._culprits(probe, base, unproved[:middle])
        # Where the first half is fine, the second is not, and need not be sent whole.
        rest = unproved[middle:]
        if not first and len(rest) == 1:
            return rest
        return first + self._culprits(probe, base, rest)

    def _is_fine(self, probe: str, base: dict[str, Any], pairs: list[tuple[str, Any]]) -> bool:
        body = dict(base)
        for name, value in pairs:
            if value == UNSENT:
                body.pop(name, None)
            else:
                body[name] = value
        suffix = "-".join(name.replace("_", "-") for name, _ in pairs)
        interaction = self._try(f"{probe}-only-{suffix}"[:80], body)
        return interaction is None or interaction.accepted

    def _follow_up_defaults(self) -> None:
        by_probe = {one.probe: one for one in self.done.interactions if one.accepted}
        base, bare, again = (by_probe.get(f"accepted-{name}") for name in ("base", "defaults-left-out", "repeated"))
        if base is None or bare is None:
            return
        steady = again is None or self._same(base, again)
        if steady and not self._same(base, bare):
            self._bisect_defaults(base, list(self.contract.defaults))

    def _bisect_defaults(self, base: Interaction, names: list[str], *, known_to_differ: bool = True) -> bool:
        """Leave out fewer and fewer properties, until those are left whose default is another. True if any is."""
        if not known_to_differ:
            body = {name: value for name, value in base.body.items() if name not in names}
            interaction = self._try(
                f"defaults-left-out-{'-'.join(name.replace('_', '-') for name in names)}"[:80], body
            )
            if interaction is None or not interaction.accepted or self._same(base, interaction):
                return False
        if len(names) > 1:
            middle = len(names) // 2
            first = self._bisect_defaults(base, names[:middle], known_to_differ=False)
            # A single culprit is sent alone once more, so that there is an interaction that shows it.
            self._bisect_defaults(base, names[middle:], known_to_differ=not first and len(names) - middle > 1)
        return True

    def _same(self, one: Interaction, other: Interaction) -> bool:
        return image_of(one.response.content).same_as(image_of(other.response.content), exact=self.exact)

    def _try(self, name: str, body: Any) -> Interaction | None:
        if self.sender.images >= MOST_IMAGES:
            return None
        sent = Sent(method=self.contract.method, path=self.contract.path, body=as_body(body))
        earlier = next((one for one in self.done.all if one.sent == sent), None)
        if earlier is not None and not name.endswith("-again"):
            return earlier
        interaction = self.send(name, sent)
        self.done.further.append(interaction)
        return interaction
