"""What a recording says of the fields of a request."""

import math
import re
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from tests.contract.adoption.evidence import Recorded
from tests.contract.adoption.verdict import Remove, SetValue, Verdict, confirmed, refuted, undecided
from tests.contract.model.conversions import ACCEPTS_ALSO, kind_of
from tests.contract.model.expectations import expectation
from tests.contract.model.findings import Finding
from tests.contract.model.images import image_of
from tests.contract.model.interactions import Interaction
from tests.contract.probing.measurement import ACCEPTED_ELSEWHERE
from tests.contract.probing.value_coverage import UNKNOWN_FIELD

_WORD = re.compile(r"[A-Za-z0-9_][\w.+-]*")
_AT_RANDOM = "the service fails at random, so that a failure says nothing about the request"
_SIDES = {"image-width": 0, "image-height": 1}
_STEPS = (16, 32, 64)
"""What models of this kind round the sides of an image to."""
_FEWEST_KNOWN = 3
"""A refusal that names this many documented values is taken to list all values."""


def decided_fields(recorded: Recorded) -> Iterator[Verdict]:
    """A verdict on each rule of a field that a probe can decide."""
    contract = recorded.contract
    for name, node in contract.properties.items():
        if "enum" in node:
            yield from _members(recorded, name, node["enum"])
        if node.get("minLength"):
            yield _min_length(recorded, name, node["minLength"])
        if node.get("format") == "int64":
            yield _size_of_integers(recorded, name)
        if "x-random" in node:
            yield _random(recorded, name, node["x-random"])
        yield from _bounds(recorded, name, node)
        yield from _conversions(recorded, name, node)
        yield from _conversions_elsewhere(recorded, name, node)
        yield from _effect(recorded, name)
        yield from _default(recorded, name)
        yield from _rounding(recorded, name, node)
    yield from _unknown_fields(recorded)


def _members(recorded: Recorded, name: str, members: list[Any]) -> Iterator[Verdict]:
    for at, member in enumerate(members):
        pointer = recorded.contract.fact(name, "enum", str(at))
        accepted, finding = recorded.with_value(name, member), recorded.finding(pointer, "acceptance")
        if accepted is not None:
            yield confirmed(pointer, f"{name}={member!r} is accepted", accepted.probe)
        elif finding is not None and recorded.is_reliable(recorded.named(finding.probe)):
            # Without the default, nobody would know what the service does when the field is left out.
            edits = () if recorded.contract.defaults.get(name) == member else (Remove(pointer),)
            yield refuted(pointer, f"{name}={member!r} is accepted", finding.seen, finding.probe, *edits)
        elif finding is not None:
            yield undecided(pointer, f"{name}={member!r} is accepted", _AT_RANDOM)
        else:
            yield undecided(pointer, f"{name}={member!r} is accepted", "no request with it was judged")
    yield from _listed_by_the_service(recorded, name, members)


def _listed_by_the_service(recorded: Recorded, name: str, members: list[Any]) -> Iterator[Verdict]:
    """Values that the service names when it refuses one that is not in its list."""
    pointer = recorded.contract.fact(name, "enum")
    refusal = recorded.named(f"rejected-{name.replace('_', '-')}-non-member")
    if refusal is None or not refusal.refused:
        return
    words = _listed(refusal.response.text, {str(member) for member in members})
    new = [word for word in words if word not in members]
    if new:
        edits = tuple(SetValue(f"{pointer}/-", word) for word in new)
        seen = f"the service lists {', '.join(new)} too"
        yield refuted(pointer, f"{len(members)} values of {name}", seen, refusal.probe, *edits)


def _listed(text: str, known: set[str]) -> list[str]:
    """The words of the longest list in a text, if enough of them are known."""
    for part in re.split(r"[\[\]():\"{}]|\bone of\b|\bof\b", text):
        words = [word.strip(" '`.\n\t") for word in part.split(",")]
        if len(known & set(words)) >= _FEWEST_KNOWN:
            return [word for word in words if _WORD.fullmatch(word)]
    return []


def _min_length(recorded: Recorded, name: str, least: int) -> Verdict:
    pointer = recorded.contract.fact(name, "minLength")
    short = recorded.named(f"rejected-{name.replace('_', '-')}-too-short")
    what = f"{name} has {least} character{'s' if least > 1 else ''} or more"
    if short is None or not (short.accepted or short.refused):
        return undecided(pointer, what, "no shorter one was sent")
    if short.accepted:
        return refuted(pointer, what, "a shorter one is accepted", short.probe, Remove(pointer))
    return confirmed(pointer, what, short.probe)


def _size_of_integers(recorded: Recorded, name: str) -> Verdict:
    pointer = recorded.contract.fact(name, "format")
    what = f"{name} can have 64 bits, and no more"
    values = [value for value in recorded.accepted_values(name) if isinstance(value, int)]
    refusals = [one for one in recorded.interactions if one.refused and _refused_alone(recorded, one, name)]
    beyond = recorded.named(f"rejected-{name.replace('_', '-')}-beyond-64-bits")
    if beyond is not None and beyond.accepted:
        return refuted(pointer, what, "a larger one is accepted", beyond.probe, Remove(pointer))
    refusals = [one for one in refusals if recorded.is_reliable(one)]
    if refusals and values:
        limit = recorded.contract.fact(name, "maximum")
        # The refused value is a valid one of 64 bits; what was accepted last is the limit.
        smallest = min(refusals, key=lambda one: one.body[name])
        seen = f"{smallest.body[name]} is refused, {max(values)} is accepted"
        return refuted(pointer, what, seen, smallest.probe, SetValue(limit, max(values)), graded=(limit,))
    if beyond is not None and beyond.refused and any(value >= 1 << 32 for value in values):
        return confirmed(pointer, what, beyond.probe)
    return undecided(pointer, what, "no large value was judged")


def _refused_alone(recorded: Recorded, interaction: Any, name: str) -> bool:
    """Whether a valid request was refused, and this field alone has a value that no accepted request has."""
    body = interaction.body
    if not isinstance(body, dict) or not isinstance(body.get(name), int) or isinstance(body.get(name), bool):
        return False
    if expectation(recorded.contract, interaction.request).outcome != "accepted":
        return False
    new = [field for field, value in body.items() if recorded.with_value(field, value) is None]
    return new == [name] and body[name] > 0


def _random(recorded: Recorded, name: str, requested: Any) -> Verdict:
    pointer = recorded.contract.fact(name, "x-random")
    what = f"{name}={requested} draws a seed"
    header = recorded.contract.header_with("seed")
    accepted = recorded.with_value(name, requested)
    finding = recorded.finding(pointer, "acceptance")
    if finding is not None:
        return refuted(pointer, what, finding.seen, finding.probe, Remove(pointer))
    used = accepted.response.headers.integer(header) if accepted is not None and header else None
    if accepted is None or used is None:
        return undecided(pointer, what, "no response reports the seed that was used")
    if used == requested:
        return refuted(pointer, what, f"the service reports the seed {used}", accepted.probe, Remove(pointer))
    return confirmed(pointer, what, accepted.probe)


def _bounds(recorded: Recorded, name: str, node: dict[str, Any]) -> Iterator[Verdict]:
    """Bounds that do not hold: the new one is the outermost value that is accepted.

    It is `recorded` only if the value beyond it was refused; until then it is `inferred`.
    """
    values = [
        one for one in recorded.accepted_values(name) if isinstance(one, (int, float)) and kind_of(one) != "boolean"
    ]
    for keyword, outermost, step in (("minimum", min, -1), ("maximum", max, 1)):
        pointer = recorded.contract.fact(name, keyword)
        finding = recorded.finding(pointer, "acceptance")
        if finding is None and keyword in node and node[keyword] in values:
            refusal = _refusal(recorded, name, node[keyword] + step * node.get("multipleOf", 1))
            if refusal is not None:
                yield confirmed(pointer, f"{name} has the {keyword} {node[keyword]}", refusal.probe)
        if not recorded.is_reliable(recorded.named(finding.probe) if finding is not None else None):
            continue
        if keyword in node and finding is not None and values and outermost(values) != node[keyword]:
            new = outermost(values)
            if new != outermost(new, node.get("default", new)):
                yield refuted(finding.pointer, f"{keyword} {node[keyword]}", finding.seen, finding.probe)
                continue
            beyond = new + step * node.get("multipleOf", 1)
            is_proven = _refusal(recorded, name, beyond) is not None
            seen = f"{finding.seen}, and {new} is accepted" + ("" if is_proven else f"; {beyond} was not refused")
            moved = _moved(finding, f"{keyword} {node[keyword]}", seen, new)
            yield moved if is_proven else evolve(moved, inferred=(finding.pointer,))
    finding = recorded.finding(recorded.contract.fact(name, "multipleOf"), "acceptance")
    whole = [int(value) for value in values if float(value).is_integer()]
    if "multipleOf" in node and finding is not None and whole:
        step = math.gcd(*whole)
        if step != node["multipleOf"]:
            yield _moved(
                finding, f"multiples of {node['multipleOf']}", f"{finding.seen}; multiples of {step} are", step
            )


def _refusal(recorded: Recorded, name: str, value: float) -> Interaction | None:
    """A refusal of this value of a field, or None."""
    return next((one for one in recorded.interactions if _is_refused_for(recorded, one, name, value)), None)


def _is_refused_for(recorded: Recorded, interaction: Interaction, name: str, value: float) -> bool:
    """Whether a request was refused whose field has this value, and whose other values are accepted elsewhere."""
    body = interaction.body
    return (
        interaction.refused
        and interaction.request.account == "main"
        and recorded.is_reliable(interaction)
        and isinstance(body, dict)
        and kind_of(body.get(name)) != "boolean"
        and body.get(name) == value
        and all(recorded.with_value(other, given) is not None for other, given in body.items() if other != name)
    )


def _moved(finding: Finding, expected: str, seen: str, value: Any) -> Verdict:
    return refuted(finding.pointer, expected, seen, finding.probe, SetValue(finding.pointer, value))


def _conversions(recorded: Recorded, name: str, node: dict[str, Any]) -> Iterator[Verdict]:
    """Values of another type that the service takes all the same: the document keeps its type, and notes them."""
    known = list(node.get(ACCEPTS_ALSO, ()))
    found = {
        kind: one
        for one in recorded.images
        if name in one.body and (kind := kind_of(one.body[name], node))
        if recorded.contract.local(one.probe).startswith(f"rejected-{name.replace('_', '-')}-")
    }
    new = {kind: one for kind, one in found.items() if kind not in known}
    if new:
        pointer, also = recorded.contract.fact(name, "type"), recorded.contract.fact(name, ACCEPTS_ALSO)
        shown = ", ".join(f"{kind} ({one.body[name]!r})" for kind, one in new.items())
        probe = next(iter(new.values())).probe
        yield refuted(
            also,
            f"{name} is of type {node.get('type')}, and nothing else is accepted",
            f"accepted too: {shown}",
            probe,
            SetValue(also, [*known, *new]),
            graded=(also, pointer),
        )


def _conversions_elsewhere(recorded: Recorded, name: str, node: dict[str, Any]) -> Iterator[Verdict]:
    """Kinds of values that the service converts in another field, and that were not bought again for this one."""
    begin = f"rejected-{name.replace('_', '-')}-"
    kinds = [
        probe.removeprefix(begin)
        for probe, reason in recorded.why_not_probed(begin).items()
        if reason.startswith(ACCEPTED_ELSEWHERE)
    ]
    if kinds:
        also = recorded.contract.fact(name, ACCEPTS_ALSO)
        edit = SetValue(also, [*node.get(ACCEPTS_ALSO, ()), *kinds])
        what = f"{name} is of type {node.get('type')}, and nothing else is accepted"
        seen = f"other fields accept {', '.join(kinds)} too"
        yield Verdict(outcome="undecided", pointer=also, expected=what, seen=seen, edits=(edit,))


def _effect(recorded: Recorded, name: str) -> Iterator[Verdict]:
    """Fields that do not change the image."""
    base, other = recorded.named("accepted-base"), recorded.named(f"accepted-other-{name.replace('_', '-')}")
    if base is None or other is None or not (base.accepted and other.accepted):
        return
    pointer = recorded.contract.fact(name, "x-no-effect")
    images = [image_of(one.response.content) for one in (base, other)]
    if images[0].same_as(images[1], exact=recorded.exact) and not recorded.contract.properties[name].get("x-no-effect"):
        what = f"a different {name} gives a different image"
        yield refuted(pointer, what, f"the same image as that of {base.probe}", other.probe, SetValue(pointer, True))


def _default(recorded: Recorded, name: str) -> Iterator[Verdict]:
    """Defaults that have changed: the recording shows that, but not what they are now."""
    finding = recorded.finding(recorded.contract.fact(name, "default"), "same image", "image size")
    if finding is not None:
        yield Verdict(
            outcome="refuted",
            pointer=finding.pointer,
            expected=finding.expected,
            seen=f"{finding.seen}; what the default is now has to be looked up",
            probe=finding.probe,
        )


def _rounding(recorded: Recorded, name: str, node: dict[str, Any]) -> Iterator[Verdict]:
    """Sizes that the service rounds down: the document then allows only those that it keeps."""
    side = _SIDES.get(node.get("x-semantics", ""))
    if side is None or "multipleOf" not in node:
        return
    sizes = [(one, one.body[name], image_of(one.response.content).size) for one in recorded.images if name in one.body]
    kept = [(one, requested, size[side]) for one, requested, size in sizes if size and isinstance(requested, int)]
    other = [(one, requested, seen) for one, requested, seen in kept if requested != seen]
    step = next((step for step in _STEPS if all(seen == requested // step * step for _, requested, seen in kept)), None)
    if other and step is not None:
        pointer = recorded.contract.fact(name, "multipleOf")
        one, requested, seen = other[0]
        what, found = f"{name}={requested} is what the image has", f"{seen}: multiples of {step} are kept"
        yield refuted(pointer, what, found, one.probe, SetValue(pointer, step))


def _unknown_fields(recorded: Recorded) -> Iterator[Verdict]:
    contract = recorded.contract
    pointer = f"{contract.schema}/additionalProperties"
    sent = [one for one in recorded.interactions if isinstance(one.body, dict) and UNKNOWN_FIELD in one.body]
    if "additionalProperties" in contract.document.at(contract.schema) or not sent:
        return
    what = "fields that the document does not have are ignored"
    accepted = next((one for one in sent if one.accepted), None)
    if accepted is not None:
        yield confirmed(contract.schema, what, accepted.probe)
    elif not recorded.is_reliable(sent[0]):
        yield undecided(contract.schema, what, _AT_RANDOM)
    else:
        seen = f"refused with {sent[0].response.status_code}"
        yield refuted(pointer, what, seen, sent[0].probe, SetValue(pointer, False))
