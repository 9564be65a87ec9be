"""Differences of responses: statuses and their classes, what each costs, and what it holds."""

from typing import Any

from ..document.document import Document, child
from ..upstream.naming import cause_class, error_class
from .comparison import ABSENT, Comparison, Pair, Use, same
from .rules import rule_of
from .schemas import SchemaComparison

RESPONSE = {
    **dict.fromkeys(("summary", "description"), "description"),
    "x-evidence": "evidence",
    "x-provoked-by": "probing",
    "x-billed": "billed",
    "x-retry": "retry",
    "x-stops-batch": "stops-batch",
}
_HANDLED = ("headers", "content", "links", "x-causes", "x-job")

HEADER = {
    "description": "description",
    "x-evidence": "evidence",
    **dict.fromkeys(("example", "examples"), "example"),
    **dict.fromkeys(("x-varies", "x-provoked-by"), "probing"),
    "deprecated": "deprecated",
    "x-semantics": "semantics",
    **dict.fromkeys(("style", "explode"), "content"),
}

MEDIA_TYPE = {
    "x-evidence": "evidence",
    **dict.fromkeys(("example", "examples"), "example"),
    "description": "description",
}

CAUSE = {
    "description": "description",
    "x-evidence": "evidence",
    "x-provoked-by": "probing",
    "pattern": "cause-pattern",
    "x-stops-batch": "stops-batch",
}

JOB = {
    "x-evidence": "evidence",
    "name": "job-class",
    **dict.fromkeys(("timeout-seconds", "record-seconds", "image-seconds"), "job-time"),
    "poll-seconds": "hint",
    **dict.fromkeys(("instead-of", "status", "result", "state", "active", "done", "failed", "gone"), "job-changed"),
    **dict.fromkeys(("error", "image", "image-key", "reports"), "job-changed"),
}

LINK = {"description": "description", "x-evidence": "evidence", "x-provoked-by": "probing"}


def compare_responses(both: Comparison, pair: Pair, operation: Use) -> None:
    """Compare the responses of an operation that both versions have."""
    use = Use(operation.operation, "of", "response")
    old, new = both.objects(pair)
    statuses = [status for status in {**old, **new} if not status.startswith("x-")]
    both.keywords({}, pair, use, "the responses", without=statuses)
    old, new = ({one: each[one] for one in each if one in statuses} for each in (old, new))
    for status in dict.fromkeys([*old, *new]):
        was, now = _covering(old, status), _covering(new, status)
        place = Pair(_below(pair.old, was), _below(pair.new, now))
        if was is None or now is None:
            _one_sided(both, place, use, status)
        else:
            _moved(both, place, use, status, (was, now))
            _compare(both, place, use, f"status {status}")


def _covering(responses: dict[str, Any], status: str) -> str | None:
    """The response that describes a status: its own, or that of its range, or that of all others."""
    return next((one for one in (status, f"{status[0]}XX", "default") if one in responses), None)


def _below(pointer: str | None, part: str | int | None) -> str | None:
    return None if pointer is None or part is None else child(pointer, str(part))


def _one_sided(both: Comparison, pair: Pair, use: Use, status: str) -> None:
    """Note a status that only one version describes."""
    step = "removed" if pair.new is None else "added"
    if status.startswith("2"):
        both.note(rule_of(f"success-{step}"), pair, use, f"status {status}")
    elif pair.new is None:
        name = _class(both.old, pair.old or "", status)
        both.note(rule_of("status-removed"), pair, use, f"status {status}", name)
    else:
        both.note(rule_of("status-added"), pair, use, f"status {status}", ABSENT, _class(both.new, pair.new, status))
    both.resolved(pair)


def _moved(both: Comparison, pair: Pair, use: Use, status: str, found: tuple[str, str]) -> None:
    """Note that another class is raised for a status."""
    if status.startswith("2"):
        return
    was, now = _class(both.old, pair.old or "", found[0]), _class(both.new, pair.new or "", found[1])
    if was != now:
        both.note(rule_of("class-moved"), pair, use, f"status {status}", was, now)


def _class(document: Document, pointer: str, status: str) -> str:
    """The exception class for a response."""
    target = document.resolved(pointer)
    component = target.removeprefix("/components/responses/") if target != pointer else None
    return error_class(component, status, ())


def _compare(both: Comparison, pair: Pair, use: Use, what: str) -> None:
    old, new = both.objects(pair)
    places = both.resolved(pair)
    both.keywords(RESPONSE, pair, use, what, without=_HANDLED)
    _compare_headers(both, places.child("headers"), use, old.get("headers", {}), new.get("headers", {}))
    _compare_content(both, places.child("content"), use, what, old.get("content", {}), new.get("content", {}))
    _compare_causes(both, places.child("x-causes"), use, old.get("x-causes", []), new.get("x-causes", []))
    _compare_links(both, places.child("links"), use, old.get("links", {}), new.get("links", {}))
    _compare_job(both, places.child("x-job"), use)


def _compare_headers(both: Comparison, pair: Pair, use: Use, old: dict[str, Any], new: dict[str, Any]) -> None:
    was, now = ({name.lower(): name for name in names} for names in (old, new))
    for name in dict.fromkeys([*was, *now]):
        what = f"the header `{name}`"
        place = Pair(_below(pair.old, was.get(name)), _below(pair.new, now.get(name)))
        places = both.resolved(place)
        if place.old is None or place.new is None:
            both.note(rule_of("header-removed" if place.new is None else "header-added"), place, use, what)
            continue
        both.keywords(HEADER, place, use, what, without=("schema", "required", "content"))
        before, after = both.objects(place)
        had, has = bool(before.get("required")), bool(after.get("required"))
        if had is not has:
            kind = "response-field-now-required" if has else "response-field-now-optional"
            both.note(rule_of(kind), places.child("required"), use, what)
        _compare_schemas(both, places, use, what)
        if not same(before.get("content"), after.get("content")):
            values = before.get("content", ABSENT), after.get("content", ABSENT)
            both.note(rule_of("content-changed"), places.child("content"), use, what, *values)


def _compare_schemas(both: Comparison, pair: Pair, use: Use, what: str) -> None:
    place = pair.child("schema")
    old, new = both.values(place)
    if old is not ABSENT and new is not ABSENT:
        SchemaComparison(both, Use(use.operation, "in the response of", "response")).compare(place, what)
    elif old is not new:
        both.note(rule_of("response-wider"), place, use, what, old, new)


def _compare_content(
    both: Comparison, pair: Pair, use: Use, what: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    for name in [name for name in old if name not in new]:
        both.note(rule_of("read-media-type-removed"), pair.child(name), use, f"the body of {what}", name)
    for name in [name for name in new if name not in old]:
        both.note(rule_of("read-media-type-added"), pair.child(name), use, f"the body of {what}", ABSENT, name)
    for name in [name for name in old if name in new]:
        both.keywords(MEDIA_TYPE, pair.child(name), use, f"the body of {what}", without=("schema",))
        _compare_schemas(both, pair.child(name), use, f"the body of {what}")


def _compare_causes(both: Comparison, pair: Pair, use: Use, old: list[Any], new: list[Any]) -> None:
    was, now = ({one.get("name"): at for at, one in enumerate(causes)} for causes in (old, new))
    for name in dict.fromkeys([*was, *now]):
        place = Pair(_below(pair.old, was.get(name)), _below(pair.new, now.get(name)))
        what = f"`{cause_class(str(name), '', ())}`"
        if place.new is None:
            both.note(rule_of("cause-removed"), place, use, what)
        elif place.old is None:
            is_before = any(now[other] > now[name] for other in was if other in now)
            both.note(rule_of("cause-added-before" if is_before else "cause-added"), place, use, what)
        else:
            both.keywords(CAUSE, place, use, what, without=("name",))
    kept, keeps = [name for name in was if name in now], [name for name in now if name in was]
    if kept != keeps:
        both.note(rule_of("causes-reordered"), pair, use, "the status", ", ".join(kept), ", ".join(keeps))


def _compare_links(both: Comparison, pair: Pair, use: Use, old: dict[str, Any], new: dict[str, Any]) -> None:
    for name in dict.fromkeys([*old, *new]):
        place, what = pair.child(name), f"the link `{name}`"
        if name not in old or name not in new:
            both.note(rule_of("link-removed" if name in old else "link-added"), place, use, what)
            continue
        before, after = both.objects(place)
        both.resolved(place)
        facts = ("operationId", "operationRef", "parameters", "requestBody", "server")
        was, now = ({key: node[key] for key in facts if key in node} for node in (before, after))
        if not same(was, now):
            both.note(rule_of("link-changed"), place, use, what, was, now)
        both.keywords(LINK, place, use, what, without=facts)


def _compare_job(both: Comparison, pair: Pair, use: Use) -> None:
    was, now = both.values(pair)
    if isinstance(was, dict) and isinstance(now, dict):
        both.keywords(JOB, pair, use, "the job")
    elif was is not now:
        both.note(rule_of("job-removed" if now is ABSENT else "job-added"), pair, use)
