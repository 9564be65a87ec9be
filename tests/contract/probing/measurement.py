"""One run: all probes, and then the follow-ups that find out which value a refusal was about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import define, field

from generator.document.document import tokens
from segmind_flux_schnell import BudgetExhaustedError
from tests.contract.judging.causes import blames_the_request
from tests.contract.judging.diagnosis import LEFT_OUT, is_wrongly_refused, proved_values, suspects, values_of
from tests.contract.model.contract import Contract
from tests.contract.model.conversions import kind_of
from tests.contract.model.images import image_of
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.model.links import at, body_of
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.body_probes import step_of
from tests.contract.probing.following import Follower, NotFollowedError
from tests.contract.probing.limits import LimitSearch
from tests.contract.probing.probe import MOST_IMAGES, Probe
from tests.contract.probing.probes import LENT
from tests.contract.probing.sending import NO_RESPONSE, Sender
from tests.contract.probing.spending import Spending
from tests.contract.probing.unprobed import unprobed
from tests.contract.probing.valid_requests import valid_request

ACCEPTED_ELSEWHERE = "the service accepts such a value elsewhere"
"""Begins the reason for which a probe is not sent: what converts `"4"` for one field does so for the others."""

_KEPT = 5
"""Images that halving needs to find the culprit among the values of a request, the one before it included."""

Send = Callable[[str, ProbeRequest], Interaction]


class CouldNotTellError(Exception):
    """The run proves nothing: the service cannot be reached, or does not serve this account."""


@define
class Measurement:
    """The interactions of a run.

    Args:
        interactions: Those of the probes, in the order of sending.
        follow_ups: Those that were needed to find a culprit.
        not_probed: Probes that could not be sent, each with the reason.
        images: How many images may have been billed.
        failed: Probes that started a job which failed.
    """

    interactions: list[Interaction] = field(factory=list[Interaction])
    follow_ups: list[Interaction] = field(factory=list[Interaction])
    not_probed: dict[str, str] = field(factory=dict[str, str])
    images: int = 0
    failed: set[str] = field(factory=set[str])

    @property
    def all(self) -> list[Interaction]:
        """All interactions, in the order of sending."""
        return [*self.interactions, *self.follow_ups]


def measure(contract: Contract, probes: Sequence[Probe], sender: Sender, send: Send, *, exact: bool) -> Measurement:
    """Send all probes, and then the follow-ups that find culprits.

    Args:
        contract: The document.
        probes: The probes, in the order of sending.
        sender: Knows the target, and counts the images bought.
        send: Sends one request, and may record the interaction.
        exact: Whether equal images have equal pixels.

    Raises:
        CouldNotTellError: The main account is not served at all.
        APIError: The service cannot be reached.
    """
    done = Measurement(not_probed={one.name: one.reason for one in unprobed(contract, probes)})
    follower = Follower(contract, lambda request: sender.send("", request), sender.target.is_local)
    spending = Spending(contract, sender)
    spending.start()
    for probe in probes:
        if not sender.target.can_send(probe):
            done.not_probed[probe.name] = f"no key for the account {probe.request.account}"
        elif sender.images >= MOST_IMAGES:
            done.not_probed[probe.name] = f"{MOST_IMAGES} images, the most of a run, were bought before its turn"
        elif reason := _why_too_dear(contract, probes, done.interactions, probe, sender.images):
            done.not_probed[probe.name] = reason
        elif _is_hopeless(contract.main, done.interactions, probe):
            done.not_probed[probe.name] = "no request that is valid by the document was accepted before"
        elif reason := spending.refusal():
            done.not_probed[probe.name] = reason
        elif _is_needed_for_culprits(contract.main, done.interactions, probe, spending):
            done.not_probed[probe.name] = "valid requests were refused, and the money left is needed to find out why"
        else:
            try:
                done.interactions.append(send(probe.name, _request(follower, probe, done)))
                if _has_failed(contract, probe, done):
                    sender.give_back(_ordered(probe, done))
            except (BudgetExhaustedError, NotFollowedError) as error:
                done.not_probed[probe.name] = str(error)
            else:
                spending.note(done.interactions[-1])
    _refuse_to_judge(contract.main, done)
    _CulpritSearch(contract.main, sender, spending, send, done, exact).run()
    done.images = sender.images
    return done


def _request(follower: Follower, probe: Probe, done: Measurement) -> ProbeRequest:
    if probe.after is None:
        return probe.request
    return follower.request(probe, probe.after, {one.probe: one for one in done.interactions})


def _has_failed(contract: Contract, probe: Probe, done: Measurement) -> bool:
    """Whether the response to a probe is the first to show that a job failed: what was ordered is not bought."""
    operation = None if probe.after is None else contract.operation(probe.after.operation)
    job = None if operation is None else operation.job
    if probe.after is None or job is None or probe.after.probe in done.failed:
        return False
    has_failed = at(body_of(done.interactions[-1]), job["state"]) in job["failed"]
    if has_failed:
        done.failed.add(probe.after.probe)
    return has_failed


def _ordered(probe: Probe, done: Measurement) -> ProbeRequest:
    """The request that ordered the job which a probe is about."""
    return next(one.request for one in done.interactions if probe.after is not None and one.probe == probe.after.probe)


def _why_too_dear(
    contract: Contract, probes: Sequence[Probe], sent: Sequence[Interaction], probe: Probe, images: int
) -> str:
    """Why a probe that is to be refused is not sent; empty if it is.

    A service that does not refuse it makes an image, and leaves the probes that are to be accepted without one.
    """
    operation = contract.contract_of(probe.request)
    if operation is None or not operation.is_billed or probe.billable or probe.request.account != "main":
        return ""
    by_name = {one.probe: one for one in sent}
    first = by_name.get(probe.name.removeprefix("unbilled-"))
    if probe.name.startswith("unbilled-") and first is not None and first.accepted:
        return "it is not refused, and would be bought again"
    known = _why_known(operation, probe, by_name)
    spare = MOST_IMAGES - sum(one.billable for one in probes) + LENT
    if not known and not probe.name.startswith("unbilled-") and images >= spare:
        return "the service did not refuse others, and the images left are needed for what is to be accepted"
    return known


def _why_known(contract: OperationContract, probe: Probe, sent: Mapping[str, Interaction]) -> str:
    """A reason if the service was seen to accept values of this wrong kind in another field."""
    kind = _wrong_kind(contract, probe.fact, probe.request)
    for name, one in sent.items():
        if kind and one.accepted and name.startswith("rejected-") and _of_name(contract, one) == kind:
            return f"{ACCEPTED_ELSEWHERE} ({name}), and would sell an image again"
    return ""


def _of_name(contract: OperationContract, interaction: Interaction) -> str:
    broken = contract.broken_rules(interaction.body)
    return _wrong_kind(contract, broken[0].pointer, interaction.request) if broken else ""


def _wrong_kind(contract: OperationContract, fact: str, request: ProbeRequest) -> str:
    """The kind of a value of a wrong type, which a service converts in all fields or in none."""
    *_, name, keyword = tokens(fact)
    body, node = request.json(), contract.properties.get(name, {})
    if not isinstance(body, dict) or name not in body:
        return ""
    return kind_of(body[name], node) if keyword in ("type", "enum") else ""


def _is_hopeless(contract: OperationContract, interactions: Sequence[Interaction], probe: Probe) -> bool:
    """Whether no valid request was accepted so far, so that sending more of them would prove nothing.

    One more is sent all the same, which shares no value with those: the service may refuse a default.
    """
    valid = [one for one in interactions if one.probe.startswith("accepted-")]
    return (
        len(valid) >= 2
        and not any(one.accepted for one in valid)
        and probe.name.startswith(("accepted", "unbilled"))
        and not _shares_nothing(contract, valid, probe)
    )


def _shares_nothing(contract: OperationContract, sent: Sequence[Interaction], probe: Probe) -> bool:
    """Whether no optional value of a probe is one that a request has had."""
    if not probe.billable:
        return False
    values = {pair for one in sent for pair in contract.effective(one.body or {}).items()}
    own = [pair for pair in contract.effective(probe.request.json()).items() if pair[0] in contract.defaults]
    return bool(own) and not any(pair in values for pair in own if _has_others(contract, pair[0]))


def _has_others(contract: OperationContract, name: str) -> bool:
    """Whether the document names more than one value of a property."""
    node = contract.properties[name]
    return "enum" in node or "minimum" in node or "maximum" in node


def _is_needed_for_culprits(
    contract: OperationContract, sent: Sequence[Interaction], probe: Probe, spending: Spending
) -> bool:
    """Whether one more image would leave too little to follow refusals up; so it is where an image costs more."""
    if not probe.billable or spending.affords(_KEPT):
        return False
    return any(is_wrongly_refused(contract, one) for one in sent if one.request.operation == contract.name)


def _refuse_to_judge(contract: OperationContract, done: Measurement) -> None:
    valid = [one for one in done.interactions if one.probe.startswith("accepted-")]
    if not valid or any(one.accepted for one in valid):
        return
    status, text = valid[0].response.status_code, " ".join(valid[0].response.text.split())[:120]
    responses = {one.probe: (one.response.status_code, one.response.content) for one in done.interactions}
    key_ignored = (
        responses.get("status-401-no-key") == responses.get("status-401-wrong-key") == responses[valid[0].probe]
    )
    if status == 401 and not key_ignored:
        raise CouldNotTellError(f"the key is refused: {text}")
    if blames_the_request(contract, valid[0]):
        return
    if status in (NO_RESPONSE, 402, 406, 429) or status >= 500:
        raise CouldNotTellError(f"the account gets no images: {status} {text}")


_USUAL_BITS = (53, 32, 31)
"""Where services end the integers that they take: those of JavaScript, those of PyTorch's seeds, signed ones."""


def _without(body: dict[str, Any], culprits: Sequence[tuple[str, Any]], base: dict[str, Any]) -> dict[str, Any]:
    """A body with the values of the base in place of those that were found to be refused."""
    refused = {name for name, value in culprits if name in body and body[name] == value}
    kept = {name: base.get(name, value) if name in refused else value for name, value in body.items()}
    return {name: value for name, value in kept.items() if name not in refused or name in base}


@define
class _CulpritSearch:
    """Finds the culprit among several values, in as few requests as possible."""

    contract: OperationContract
    sender: Sender
    spending: Spending
    send: Send
    done: Measurement
    exact: bool
    found: list[tuple[str, Any]] = field(factory=list[tuple[str, Any]], init=False)

    def run(self) -> None:
        """Follow up each valid request that was refused, and defaults that have changed."""
        base = next((one for one in self.done.interactions if one.accepted and one.probe.startswith("accepted-")), None)
        if base is None:
            return
        for interaction in [one for one in self.done.interactions if is_wrongly_refused(self.contract, one)]:
            self._follow_up(interaction, dict(base.body))
        self._follow_up_defaults()
        self._follow_up_bounds(dict(base.body))

    def _follow_up_bounds(self, base: dict[str, Any]) -> None:
        """Find where a range ends of which the service refuses a documented bound."""
        for name in dict.fromkeys(name for name, _ in self.found):
            node = self.contract.properties.get(name, {})
            if node.get("type") != "integer" or not {"minimum", "maximum"} & set(node):
                continue
            refused = [value for other, value in self.found if other == name and isinstance(value, int)]
            accepted = [
                one.body[name]
                for one in self.done.all
                if one.accepted and isinstance(one.body, dict) and type(one.body.get(name)) is int
            ]
            if not accepted:
                continue
            for inner, outer in ((max(accepted), min), (min(accepted), max)):
                beyond = [value for value in refused if (value > inner) == (outer is min) and value != inner]
                if beyond:
                    self._close_gap(base, name, inner, outer(beyond))

    def _close_gap(self, base: dict[str, Any], name: str, accepted: int, refused: int) -> None:
        def attempt(value: int) -> bool | None:
            interaction = self._try(f"limit-{name.replace('_', '-')}-{value}", {**base, name: value})
            return None if interaction is None else interaction.accepted

        step = int(step_of(self.contract.properties[name]))
        alone = (one for one in self.done.all if one.refused and (one.body or {}) == {**base, name: refused})
        said = next((one.response.text for one in alone), "")
        LimitSearch(accepted, refused, step, attempt).run(said)

    def _is_beyond(self, name: str, value: Any) -> bool:
        """Whether a number is beyond one that is refused already, and so most likely refused too."""
        known = [other for field_name, other in self.found if field_name == name and isinstance(other, (int, float))]
        default = self.contract.defaults.get(name)
        if not known or not isinstance(value, (int, float)) or not isinstance(default, (int, float)):
            return False
        return any(min(value, default) <= other <= max(value, default) and other != value for other in known)

    def _follow_up(self, interaction: Interaction, base: dict[str, Any]) -> None:
        for name, value in interaction.body.items():
            # A refusal is free, and spares the images of halving.
            if self._is_beyond(name, value) and not self._is_fine(interaction.probe, base, [(name, value)]):
                self.found.append((name, value))
        cleared = _without(interaction.body, self.found, base)
        if cleared != interaction.body:
            # What was refused elsewhere is left out, so that the rest of the body costs one image, and not several.
            again = self._try(f"{interaction.probe}-without-culprit", cleared)
            if again is None or again.accepted:
                return
            interaction = again
        unproved = suspects(self.contract, interaction, proved_values(self.contract, self.done.all))
        if not unproved:
            self._try(f"{interaction.probe}-again", interaction.body)
            return
        culprits = self._culprits(interaction.probe, base, unproved)
        self.found += culprits
        self._follow_up_limits(base, culprits)
        if not culprits:
            self._try(f"{interaction.probe}-again", interaction.body)
        elif len(culprits) < len(unproved) or len(interaction.body) > 1:
            self._prove(f"{interaction.probe}-without-culprit", _without(interaction.body, culprits, base))

    def _prove(self, name: str, body: dict[str, Any]) -> None:
        """Send a body, unless accepted requests have all its values already."""
        proved = proved_values(self.contract, self.done.all)
        if any(pair not in proved for pair in values_of(self.contract, body)):
            self._try(name, body)

    def _follow_up_limits(self, base: dict[str, Any], culprits: Sequence[tuple[str, Any]]) -> None:
        """Find the largest number that is accepted, where a valid one without a documented maximum is refused."""
        for name, value in culprits:
            node = self.contract.properties.get(name, {})
            if node.get("type") != "integer" or "maximum" in node or not isinstance(value, int):
                continue
            for bits in _USUAL_BITS:
                limit = (1 << bits) - 1
                # A refusal costs nothing, so the larger limits go first.
                if limit < value and self._is_fine(f"limit-{bits}", base, [(name, limit)]):
                    break

    def _culprits(self, probe: str, base: dict[str, Any], unproved: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """The values that are refused when sent alone. Halving finds one among many in few requests."""
        if self._is_fine(probe, base, unproved):
            return []
        if len(unproved) == 1:
            return unproved
        middle = len(unproved) // 2
        first = self._culprits(probe, base, unproved[:middle])
        # If the first half is fine, the second is not, and need not be sent as a whole.
        rest = unproved[middle:]
        if not first and len(rest) == 1:
            return rest
        return first + self._culprits(probe, base, rest)

    def _is_fine(self, probe: str, base: dict[str, Any], pairs: list[tuple[str, Any]]) -> bool:
        body = dict(base)
        for name, value in pairs:
            if value == LEFT_OUT:
                body.pop(name, None)
            else:
                body[name] = value
        suffix = "-".join(name.replace("_", "-") for name, _ in pairs)
        interaction = self._try(f"{probe}-only-{suffix}"[:80], body)
        return interaction is None or interaction.accepted

    def _follow_up_defaults(self) -> None:
        by_probe = {one.probe: one for one in self.done.interactions if one.accepted}
        base, bare, repeated = (by_probe.get(f"accepted-{name}") for name in ("base", "defaults-left-out", "repeated"))
        if base is None or bare is None:
            return
        deterministic = repeated is None or self._same(base, repeated)
        if deterministic and not self._same(base, bare):
            self._bisect_defaults(base, list(self.contract.defaults))

    def _bisect_defaults(self, base: Interaction, names: list[str], *, known_to_differ: bool = True) -> bool:
        """Leave out fewer and fewer properties, down to those whose default has changed. True if there is one."""
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
            # A single culprit is sent alone once more, so that one interaction shows it.
            self._bisect_defaults(base, names[middle:], known_to_differ=not first and len(names) - middle > 1)
        return True

    def _same(self, one: Interaction, other: Interaction) -> bool:
        return image_of(one.response.content).same_as(image_of(other.response.content), exact=self.exact)

    def _try(self, name: str, body: Any) -> Interaction | None:
        if self.sender.images >= MOST_IMAGES:
            return None
        request = valid_request(self.contract, body)
        earlier = next((one for one in self.done.all if one.request == request), None)
        if earlier is not None and not name.endswith("-again"):
            return earlier
        if self.spending.refusal():
            return None
        try:
            interaction = self.send(name, request)
        except BudgetExhaustedError:
            return None
        self.spending.note(interaction)
        self.done.follow_ups.append(interaction)
        return interaction
