"""What a recording says of the responses: statuses, causes, content types, headers, billing, error bodies."""

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from attrs import evolve

from generator.document.document import child
from tests.contract.adoption.evidence import Recorded, error_bodies
from tests.contract.adoption.verdict import Edit, Remove, SetValue, Verdict, confirmed, refuted, undecided
from tests.contract.judging.oracles import is_of_media_type
from tests.contract.model.interactions import Interaction

_NO_PROBE = "one recording cannot show it"
_LONGEST = 100


def decided_responses(recorded: Recorded) -> Iterator[Verdict]:
    """A verdict on each fact of the documented responses, and on statuses that the document does not have."""
    for status, response in recorded.contract.statuses.items():
        shown = recorded.with_response(response)
        node = recorded.contract.document.at(response)
        yield from _status(recorded, status, response, shown)
        yield from _content(recorded, response, shown)
        yield from _headers(recorded, response, shown)
        yield _billing(recorded, status, response, node)
        for keyword in ("x-retry", "x-stops-batch"):
            if keyword in node:
                yield undecided(child(response, keyword), f"{keyword} of {status}", _NO_PROBE)
    yield from _header_types(recorded)
    yield from _new_statuses(recorded)
    yield from _causes(recorded)


def _status(recorded: Recorded, status: str, response: str, shown: Sequence[Interaction]) -> Iterator[Verdict]:
    what = f"the service has the status {status}"
    if shown:
        yield confirmed(response, what, shown[0].probe)
    else:
        yield undecided(response, what, _why_unseen(recorded, status))


def _why_unseen(recorded: Recorded, status: str) -> str:
    return next(iter(recorded.why_not_probed(f"status-{status}").values()), "no response had it")


def _content(recorded: Recorded, response: str, shown: Sequence[Interaction]) -> Iterator[Verdict]:
    declared = [str(name) for name in recorded.contract.document.at(response).get("content", {})]
    bodies = [one for one in shown if one.response.content]
    seen = {one.response.media_type: one for one in reversed(bodies)}
    for name in declared:
        pointer = child(response, "content", name)
        if name in seen and recorded.finding(pointer, "image") is None:
            yield confirmed(pointer, f"a body of {name}", seen[name].probe, child(pointer, "schema"))
        elif name not in seen:
            yield undecided(pointer, f"a body of {name}", "no response had one")
    for media in [one for one in seen if one not in declared]:
        yield _new_content(response, declared, media, seen[media].probe)


def _new_content(response: str, declared: Sequence[str], media: str | None, probe: str) -> Verdict:
    """A content type that the document does not have for a status."""
    name = media or "application/octet-stream"
    value: dict[str, Any] = {"schema": {"type": "string"}}
    if name == "application/json" or name.endswith("+json"):
        value = {"schema": {"$ref": "#/components/schemas/ErrorBody"}}
    elif not name.startswith("text/"):
        value = {"schema": {"type": "string", "format": "binary"}}
    pointer, expected = child(response, "content", name), " or ".join(declared) or "no body"
    return refuted(pointer, f"a body of {expected}", f"a body of {name}", probe, SetValue(pointer, value))


def _headers(recorded: Recorded, response: str, shown: Sequence[Interaction]) -> Iterator[Verdict]:
    headers = recorded.contract.headers(response)
    new = _new_headers(shown, headers)
    missing = [name for name in headers if shown and not any(name in one.response.headers for one in shown)]
    for name in headers:
        pointer, what = child(response, "headers", name), f"a header {name}"
        if not shown:
            yield undecided(pointer, what, "no response of this status was recorded")
        elif name in missing:
            yield _missing_header(recorded, response, name, new, shown)
        else:
            first = next(one for one in shown if name in one.response.headers)
            yield confirmed(pointer, what, first.probe)


def _new_headers(shown: Sequence[Interaction], known: dict[str, str]) -> list[str]:
    names = [name.lower() for one in shown for name in one.response.headers if name.lower().startswith("x-")]
    return [name for name in dict.fromkeys(names) if name not in known]


def _missing_header(
    recorded: Recorded, response: str, name: str, new: Sequence[str], shown: Sequence[Interaction]
) -> Verdict:
    """A header that no response has. A new one with most of its words is taken for it, under another name."""
    pointer = child(response, "headers", name)
    new_name = _new_name(name, new)
    edits: list[Edit] = [Remove(pointer)]
    seen = f"none in {len(shown)} responses"
    if new_name is not None:
        reference = {"$ref": f"#{recorded.contract.headers(response)[name]}"}
        edits.append(SetValue(child(response, "headers", new_name), reference))
        seen = f"it is called {new_name}"
    return refuted(pointer, f"a header {name}", seen, shown[0].probe, *edits)


def _new_name(name: str, new: Sequence[str]) -> str | None:
    """The one new header that shares most words with a missing one, or None."""
    words = set(name.split("-")) - {"x"}
    similar = [one for one in new if 2 * len(words & set(one.split("-"))) >= len(words)]
    return similar[0] if len(similar) == 1 else None


def _header_types(recorded: Recorded) -> Iterator[Verdict]:
    """Whether the values of each header have the documented type, whichever response they come with."""
    contract = recorded.contract
    places: dict[str, list[str]] = {}
    for response in contract.statuses.values():
        new = _new_headers(recorded.with_response(response), contract.headers(response))
        for name, pointer in contract.headers(response).items():
            places.setdefault(pointer, []).extend(one for one in (name, _new_name(name, new)) if one is not None)
    for pointer, names in places.items():
        values = [
            (one, one.response.headers[name])
            for name in {*names}
            for one in recorded.interactions
            if name in one.response.headers
        ]
        kind = contract.document.at(pointer).get("schema", {}).get("type")
        what = f"{names[0]} is a {kind}"
        finding = recorded.finding(pointer, "headers")
        typed = finding is not None and _is_about_type(finding.expected)
        other = next((pair for pair in values if not is_of_media_type(pair[1], contract.document.at(pointer))), None)
        if other is not None:
            edit = SetValue(child(pointer, "schema"), {"type": "string"})
            yield refuted(pointer, f"{names[0]} is JSON", repr(other[1][:_LONGEST]), other[0].probe, edit)
        elif not values:
            yield undecided(pointer, what, "no response has it")
        elif typed and finding is not None:
            schema = child(pointer, "schema")
            yield refuted(pointer, what, finding.seen, finding.probe, SetValue(schema, {"type": "string"}))
        else:
            found = confirmed(pointer, what, values[0][0].probe, child(pointer, "schema"))
            yield evolve(found, seen=f"{what}: {values[0][1][:60]!r}")


def _billing(recorded: Recorded, status: str, response: str, node: dict[str, Any]) -> Verdict:
    pointer = child(response, "x-billed")
    documented = node.get("x-billed")
    what = f"a {status} is {'billed' if documented else 'free'}"
    finding = recorded.finding(pointer, "billing")
    if finding is not None:
        return refuted(pointer, what, finding.seen, finding.probe, SetValue(pointer, not documented))
    if (
        response == recorded.contract.success
        and recorded.price is not None
        and recorded.bought is not None
        and (recorded.price > 0) == bool(documented)
    ):
        return confirmed(pointer, f"{what}: {recorded.price.normalize():f} credits", recorded.bought.probe)
    if status.isdigit() and int(status) in recorded.unbilled and documented is False:
        return confirmed(pointer, what, recorded.unbilled[int(status)].probe)
    return undecided(pointer, what, "only what the account has before and after shows it")


def _causes(recorded: Recorded) -> Iterator[Verdict]:
    """What provokes each status, and the texts that tell the causes of one status apart."""
    contract = recorded.contract
    for status, response in contract.statuses.items():
        for place in (response, *contract.causes(response)):
            for word in contract.document.at(place).get("x-provoked-by", ()):
                yield _provocation(recorded, status, place, str(word))
            yield from _pattern(recorded, place)


def _is_about_type(expected: str) -> bool:
    return expected.startswith("a ") and not expected.startswith("a header")


def _provocation(recorded: Recorded, status: str, place: str, word: str) -> Verdict:
    pointer, what = child(place, "x-provoked-by"), f"{word}: {status}"
    provoked = [one for one in recorded.interactions if one.refused and word in recorded.words(one, place)]
    if not provoked:
        return undecided(pointer, what, _why_unseen(recorded, status))
    statuses = {str(one.response.status_code): one for one in reversed(provoked)}
    if status in statuses:
        return confirmed(pointer, what, statuses[status].probe)
    seen, one = next(iter(statuses.items()))
    index = [str(one) for one in recorded.contract.document.at(place)["x-provoked-by"]].index(word)
    response = recorded.contract.response(int(seen)) or new_response(int(seen))
    target = child(response, "x-provoked-by")
    edits = (Remove(child(pointer, str(index))), SetValue(f"{target}/-", word))
    return refuted(pointer, what, f"{word}: {seen}", one.probe, *edits, graded=(target,))


def _pattern(recorded: Recorded, place: str) -> Iterator[Verdict]:
    """The text of a cause: a pattern that does not find it becomes the beginning of the text that was seen."""
    node = recorded.contract.document.at(place)
    if "pattern" not in node:
        return
    pointer, what = child(place, "pattern"), f"a text with {node['pattern']!r}"
    words = {str(word) for word in node.get("x-provoked-by", ())}
    response = place.partition("/x-causes")[0]
    refusals = recorded.with_response(response)
    shown = [one for one in refusals if words & set(recorded.words(one, place))]
    if not shown:
        yield undecided(pointer, what, "no probe provoked this cause")
        return
    text, finding = _message(shown[0]), recorded.finding(pointer, "cause")
    # The text may only stand in another field than the documented one.
    if finding is None or re.search(node["pattern"], text, re.IGNORECASE):
        yield confirmed(pointer, what, shown[0].probe, child(place, "name"), place)
        return
    new = f"^{re.escape(_beginning(text))}".replace("\\ ", " ").replace("\\-", "-")
    if any(re.search(new, _message(one), re.IGNORECASE) for one in refusals if one not in shown):
        seen = f"{text[:_LONGEST]!r}, which other causes have too"
        yield Verdict(outcome="refuted", pointer=pointer, expected=what, seen=seen, probe=finding.probe)
    else:
        yield refuted(pointer, what, f"{text[:_LONGEST]!r}", finding.probe, SetValue(pointer, new))


def _message(interaction: Interaction) -> str:
    """The longest text of an error."""
    for _, body in error_bodies([interaction]):
        texts = [value for value in body.values() if isinstance(value, str) and value]
        if texts:
            return max(texts, key=len)
    return " ".join(re.sub(r"<[^>]*>", " ", interaction.response.text).split())


def _beginning(text: str) -> str:
    """The first words of a text, without what differs from call to call: numbers, names and values."""
    kept = re.split(r"[\d'\"`:;,(\[{]", text, maxsplit=1)[0].split()
    return " ".join(kept[:6]) or text[:20]


def _new_statuses(recorded: Recorded) -> Iterator[Verdict]:
    for status, shown in sorted(recorded.undocumented.items()):
        response = new_response(status)
        place = child(recorded.contract.pointer, "responses", str(status))
        edits = (SetValue(response, _component(recorded, status, shown)), SetValue(place, {"$ref": f"#{response}"}))
        seen = f"{status} for {', '.join(one.probe for one in shown[:4])}{', …' if len(shown) > 4 else ''}"
        yield refuted(
            f"{recorded.contract.pointer}/responses",
            "a documented status",
            seen,
            shown[0].probe,
            *edits,
            graded=(response,),
        )


def new_response(status: int) -> str:
    """Pointer of the component that describes a status which the document does not have yet."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = f"Status {status}"
    name = "".join(word[0].upper() + word[1:] for word in re.findall(r"\w+", phrase))
    return child("/components/responses", name)


def _component(recorded: Recorded, status: int, shown: Sequence[Interaction]) -> dict[str, Any]:
    """A response as it was recorded, with what the document knows of its parts."""
    known: dict[str, str] = {}
    for response in recorded.contract.statuses.values():
        known = {**recorded.contract.headers(response), **known}
    headers = {
        name: {"$ref": f"#{at}"} for name, at in known.items() if any(name in one.response.headers for one in shown)
    }
    media = dict.fromkeys(one.response.media_type for one in shown if one.response.media_type)
    json_schema = {"$ref": "#/components/schemas/ErrorBody"}
    content = {name: {"schema": json_schema if name == "application/json" else {"type": "string"}} for name in media}
    component: dict[str, Any] = {"description": f"{_phrase(status)}. No page of the vendor mentions it."}
    if status in recorded.unbilled:
        component["x-billed"] = False
    if headers:
        component["headers"] = headers
    if content:
        component["content"] = content
    return component


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
