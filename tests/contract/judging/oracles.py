"""Oracles that judge one interaction on its own. Each yields its findings."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from generator.document.document import child, tokens
from tests.contract.judging.bodies import json_body
from tests.contract.judging.case import Case, Oracle
from tests.contract.judging.causes import cause_conformance
from tests.contract.model.conversions import kind_of
from tests.contract.model.expectations import expectation
from tests.contract.model.findings import Finding, Severity
from tests.contract.model.grades import is_documented, is_settled
from tests.contract.model.images import ImageAttributes, image_of
from tests.contract.model.json_text import read_json


def status_conformance(case: Case) -> Iterator[Finding]:
    """The status is documented, and is the one that the probe was to provoke."""
    status, contract = case.interaction.response.status_code, case.contract
    if case.expected.isdigit() and str(status) != case.expected:
        yield from _wrong_status(case, status)
    elif case.response is None and case.interaction.refused and case.expected != "accepted":
        seen = f"{status}, which is not documented"
        yield case.finding("addition", f"{contract.pointer}/responses", "a documented status", seen, "status")
    elif case.interaction.accepted and case.response is None:
        yield case.finding("breaking", contract.success, "the documented status of success", f"{status}", "status")


def _wrong_status(case: Case, status: int) -> Iterator[Finding]:
    severity: Severity = "breaking" if is_documented(case.contract.document.grade(case.fact)) else "unknown"
    yield case.finding(severity, case.fact, f"status {case.expected}", f"status {status}", "status")


def acceptance(case: Case) -> Iterator[Finding]:
    """A body that breaks a rule is refused. (Valid bodies that are refused are the subject of the diagnosis.)"""
    if case.interaction.request.account != "main" or case.expected == "accepted" or not case.interaction.accepted:
        return
    if case.expected == "rejected":
        expected = expectation(case.contract, case.interaction.request)
        # The members of a list may be inferred although the list itself is documented.
        rule = expected.fact.removesuffix("/enum")
        grade = case.contract.document.grade(rule)
        documented = grade is None or is_documented(grade)
        severity: Severity = "breaking" if documented and not expected.is_lenient else "unknown"
        seen = f"accepted with {case.interaction.response.status_code}"
        yield case.finding(severity, expected.fact, f"{_refused(case)}: {expected.reason}", seen, "acceptance")


def _refused(case: Case) -> str:
    """What sets a refusal apart from others by the same rule: the kind of a value of a wrong type, a missing field."""
    contract, body = case.contract, case.interaction.body
    *_, name, rule = tokens(case.fact)
    if not isinstance(body, dict):
        return "refused"
    if rule == "required":
        return " ".join(["refused without", *(one for one in contract.required if one not in body)])
    kind = kind_of(body[name], contract.rules(name)) if rule == "type" and name in body else ""
    return f"refused as a {kind}" if kind else "refused"


def refusal_for_good(case: Case) -> Iterator[Finding]:
    """A body that breaks a rule is refused for good: a retryable status would make every client send it again."""
    if case.interaction.request.account != "main" or case.expected != "rejected" or case.response is None:
        return
    if case.contract.document.at(case.response).get("x-retry"):
        reason = expectation(case.contract, case.interaction.request).reason
        seen = f"{case.interaction.response.status_code}, which is retryable"
        yield case.finding("unknown", case.fact, f"refused for good: {reason}", seen, "refusal for good")


def content_type(case: Case) -> Iterator[Finding]:
    """The content type is documented for the status."""
    if case.response is None:
        return
    declared = case.contract.document.at(case.response).get("content", {})
    names = [name.partition(";")[0].strip().lower() for name in declared]
    seen = case.interaction.response.media_type
    if declared and seen not in names:
        pointer = child(case.response, "content", next(iter(declared)))
        empty = not case.interaction.response.content
        what = "no body" if empty else f"{seen or 'no content type'}"
        yield case.finding("breaking", pointer, " or ".join(names), what, "content type")


def headers_declared(case: Case) -> Iterator[Finding]:
    """Headers of the service's own (`x-…`) are documented."""
    if case.response is None:
        return
    declared = case.contract.headers(case.response)
    for name in case.interaction.response.headers:
        if name.startswith("x-") and name not in declared:
            yield case.finding("addition", f"{case.response}/headers", "no such header", f"a header {name}", "headers")


def headers_present(case: Case) -> Iterator[Finding]:
    """Documented headers are present. One that the page does not name may be missing: other sources only mention it."""
    if case.response is None:
        return
    for name, pointer in case.contract.headers(case.response).items():
        if name not in case.interaction.response.headers:
            on_page = case.interaction.accepted and is_settled(case.contract.document.grade(pointer))
            severity: Severity = "breaking" if on_page else "unknown"
            yield case.finding(severity, pointer, f"a header {name}", "none", "headers")


def seed_reported(case: Case) -> Iterator[Finding]:
    """The seed that the service reports is the one that was requested."""
    header = case.contract.header_with("seed")
    if header is None or not case.interaction.accepted or not isinstance(case.interaction.body, dict):
        return
    reported = case.interaction.response.headers.integer(header)
    requested = case.contract.effective(case.interaction.body).get("seed")
    if reported is not None and isinstance(requested, int) and requested >= 0 and reported != requested:
        pointer = case.contract.headers(case.contract.success)[header]
        severity: Severity = "breaking" if is_documented(case.contract.document.grade(pointer)) else "unknown"
        yield case.finding(severity, pointer, f"{header}: {requested}", f"{header}: {reported}", "seed")


def headers_typed(case: Case) -> Iterator[Finding]:
    """A header has one value, of the documented type, and JSON where that is documented (`contentMediaType`)."""
    if case.response is None:
        return
    for name, pointer in case.contract.headers(case.response).items():
        values = [value for key, value in case.interaction.response.headers.received if key.lower() == name]
        kind = case.contract.document.at(pointer).get("schema", {}).get("type")
        if len(values) > 1:
            yield case.finding("breaking", pointer, "one value", f"{len(values)}: {', '.join(values)}", "headers")
        elif values and not _is_of_type(kind, values[0], case.contract.document.at(pointer)):
            yield case.finding("breaking", pointer, f"a {kind}", repr(values[0]), "headers")
        elif values and not is_of_media_type(values[0], case.contract.document.at(pointer)):
            yield case.finding("breaking", pointer, "JSON", repr(values[0]), "headers")


def _is_of_type(kind: str, value: str, header: dict[str, Any]) -> bool:
    if kind not in ("number", "integer"):
        return kind != "boolean" or value.lower() in ("true", "false")
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return False
    counts = header.get("x-semantics") in ("remaining-credits", "cost")
    return number.is_finite() and (kind == "number" or number == int(number)) and not (counts and number < 0)


def is_of_media_type(value: str, header: dict[str, Any]) -> bool:
    """Whether the value of a header is JSON, if the document says that it is (`contentMediaType`)."""
    if header.get("schema", {}).get("contentMediaType") != "application/json":
        return True
    try:
        read_json(value)
    except ValueError:
        return False
    return True


def image(case: Case) -> Iterator[Finding]:
    """The image can be decoded, has the labelled format and the requested size, and is whole."""
    response = case.interaction.response
    if not case.interaction.accepted or case.response is None or not case.contract.gives_images:
        return
    declared = next(iter(case.contract.document.at(case.response).get("content", {})), "")
    pointer = child(case.response, "content", declared)
    shown = image_of(response.content)
    if shown.media_type is None:
        yield case.finding(
            "breaking", pointer, "an image", f"{len(response.content)} bytes that are not an image", "image"
        )
        return
    if shown.media_type != declared:
        yield case.finding("breaking", pointer, f"bytes of {declared}", f"bytes of {shown.media_type}", "image")
    if not shown.whole or shown.opened is None:
        yield case.finding("breaking", pointer, "a whole image", "an image that is cut off", "image")
    yield from _size(case, shown)


def _size(case: Case, shown: ImageAttributes) -> Iterator[Finding]:
    if shown.size is None or not isinstance(case.interaction.body, dict):
        return
    requested = case.contract.effective(case.interaction.body)
    for name, seen in zip(("width", "height"), shown.size, strict=True):
        if name in requested and requested[name] != seen:
            given = name in case.interaction.body
            pointer = case.contract.fact(name) if given else case.contract.fact(name, "default")
            yield case.finding("breaking", pointer, f"{name} {requested[name]}", f"{name} {seen}", "image size")


def key_sent(case: Case) -> Iterator[Finding]:
    """A request is accepted only with a key in the documented header."""
    key = case.contract.key
    if case.interaction.accepted and key is not None and key[1].lower() not in case.interaction.headers:
        yield case.finding("breaking", key[0], f"a key in {key[1]}", "accepted without one", "key")
    if key is None and case.interaction.response.status_code == 401:
        yield case.finding("breaking", case.contract.pointer, "no key needed", "401 without a key", "key")


ORACLES: tuple[Oracle, ...] = (
    status_conformance,
    cause_conformance,
    acceptance,
    refusal_for_good,
    content_type,
    json_body,
    headers_declared,
    headers_present,
    headers_typed,
    seed_reported,
    image,
    key_sent,
)
