"""Differences of operations: which there are, and what each of them takes."""

from collections.abc import Iterable
from typing import Any

from ..document.document import Document, tokens
from ..document.media_types import media_kind
from ..document.parameters import sent_parameters
from ..document.servers import operation_server
from .comparison import ABSENT, Comparison, Pair, Use, same
from .responses import compare_responses
from .rules import rule_of
from .schemas import SchemaComparison
from .security import compare_security

OPERATION = {
    **dict.fromkeys(("summary", "description", "externalDocs"), "description"),
    **dict.fromkeys(("x-provoked-by", "x-content-type-ignored"), "probing"),
    "x-evidence": "evidence",
    "x-typical-seconds": "hint",
    "x-timeout-seconds": "timeout",
    "x-price-usd": "price",
    "x-stream": "stream",
    "x-pages": "pages",
    "deprecated": "deprecated",
    "callbacks": "unused",
}
_HANDLED = ("operationId", "tags", "parameters", "requestBody", "responses", "security", "servers")

PARAMETER = {
    **dict.fromkeys(("description", "x-mistaken-names"), "description"),
    **dict.fromkeys(("example", "examples"), "example"),
    **dict.fromkeys(("x-provoked-by", "x-varies"), "probing"),
    **dict.fromkeys(("allowReserved", "allowEmptyValue"), "style"),
    "x-evidence": "evidence",
    "deprecated": "deprecated",
}
_PARAMETER_HANDLED = ("name", "in", "required", "schema", "content", "style", "explode")

_BODY = {
    "description": "description",
    "x-evidence": "evidence",
    "x-content-type-ignored": "probing",
    **dict.fromkeys(("example", "examples"), "example"),
    "encoding": "encoding",
}


def compare_operations(both: Comparison) -> None:
    """Compare which operations there are, and each that both versions have."""
    for pair in _pairs(both):
        if pair.old is None and pair.new is not None:
            both.note(rule_of("operation-added"), pair, Use(both.new_names[pair.new]))
        elif pair.old is not None and pair.new is None:
            both.note(rule_of("operation-removed"), pair, Use(both.old_names[pair.old]))
        elif pair.old is not None and pair.new is not None:
            _compare(both, pair, pair.old, pair.new)


def _pairs(both: Comparison) -> list[Pair]:
    """The operations of both versions: those of one name belong together, and then those of one path and method."""
    old, new = ({name: at for at, name in names.items()} for names in (both.old_names, both.new_names))
    found = [Pair(at, new[name]) for name, at in old.items() if name in new]
    left = [at for name, at in old.items() if name not in new]
    further = [at for name, at in new.items() if name not in old]
    found += [Pair(at, at) for at in left if at in further]
    found += [Pair(at, None) for at in left if at not in further]
    return found + [Pair(None, at) for at in further if at not in left]


def _compare(both: Comparison, pair: Pair, old: str, new: str) -> None:
    was, now = both.old_names[old], both.new_names[new]
    use = Use(now)
    before, after = both.objects(pair)
    if was != now:
        both.note(rule_of("operation-renamed"), pair.child("operationId"), use, "", was, now)
    elif before.get("operationId") != after.get("operationId"):
        both.note(rule_of("written"), pair.child("operationId"), use)
    if old != new:
        both.note(rule_of("path-changed"), pair, use, "", _sent_to(old), _sent_to(new))
    if _group(before) != _group(after):
        both.note(rule_of("module-changed"), pair.child("tags"), use, "", _group(before), _group(after))
    elif not same(before.get("tags"), after.get("tags")):
        both.note(rule_of("description"), pair.child("tags"), use)
    servers = operation_server(both.old, old), operation_server(both.new, new)
    if servers[0] != servers[1]:
        shown = [address or "the server of the document" for address in servers]
        both.note(rule_of("server-changed"), pair.child("servers"), use, "", *shown)
    both.keywords(OPERATION, pair, use, without=_HANDLED)
    compare_security(both, pair, use)
    _compare_parameters(both, pair, old, new, use)
    _compare_body(both, pair.child("requestBody"), use)
    compare_responses(both, pair.child("responses"), use)


def _sent_to(pointer: str) -> str:
    _, path, method = tokens(pointer)
    return f"{method.upper()} {path}"


def _group(operation: dict[str, Any]) -> str:
    """What names the module of an operation's functions."""
    return str(next(iter(operation.get("tags") or ()), "default"))


def _compare_parameters(both: Comparison, pair: Pair, old: str, new: str, operation: Use) -> None:
    use = Use(operation.operation)
    was, now = sent_parameters(both.old, old), sent_parameters(both.new, new)
    both.visited[0].update(was.values())
    both.visited[1].update(now.values())
    moved = {key: _same_name(key[1], [one for one in now if one not in was]) for key in was if key not in now}
    for key, other in moved.items():
        if other is None:
            both.note(rule_of("parameter-removed"), Pair(was[key], None), use, f"`{key[1]}`")
        else:
            both.note(rule_of("parameter-moved"), Pair(was[key], now[other]), use, f"`{key[1]}`", key[0], other[0])
            _compare_parameter(both, Pair(was[key], now[other]), use, key[1])
    for key, pointer in now.items():
        if key in was:
            _compare_parameter(both, Pair(was[key], pointer), use, key[1])
        elif key not in moved.values():
            kind = "parameter-added-required" if _is_required(both.new, pointer) else "parameter-added"
            both.note(rule_of(kind), Pair(None, pointer), use, f"`{key[1]}`")
    both.resolved(pair)


def _same_name(name: str, keys: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    return next((key for key in keys if key[1] == name), None)


def _is_required(document: Document, pointer: str) -> bool:
    described = document.at(pointer)
    return bool(described.get("required") or described.get("in") == "path")


def _compare_parameter(both: Comparison, pair: Pair, use: Use, name: str) -> None:
    assert pair.old is not None
    assert pair.new is not None
    both.resolved(pair)
    had, has = _is_required(both.old, pair.old), _is_required(both.new, pair.new)
    if had is not has:
        both.note(rule_of("field-now-required" if has else "parameter-now-optional"), pair, use, f"`{name}`")
    elif not same(*(node.get("required", ABSENT) for node in both.objects(pair))):
        both.note(rule_of("written"), pair.child("required"), use, f"`{name}`")
    both.keywords(PARAMETER, pair, use, f"`{name}`", without=_PARAMETER_HANDLED)
    _compare_style(both, pair, use, f"`{name}`")
    _compare_schemas(both, pair, use, f"`{name}`")
    old, new = (node.get("content", {}) for node in both.objects(pair))
    if [*old] != [*new]:
        both.note(rule_of("style-changed"), pair.child("content"), use, f"`{name}`", ", ".join(old), ", ".join(new))
    for media_type in [one for one in old if one in new]:
        _compare_schemas(both, pair.child("content", media_type), use, f"`{name}`")


def _compare_style(both: Comparison, pair: Pair, use: Use, what: str) -> None:
    old, new = both.objects(pair)
    was, now = _style(old), _style(new)
    for keyword in was:
        place, values = pair.child(keyword), (was[keyword], now[keyword])
        if not same(*values):
            both.note(rule_of("style-changed"), place, use, what, *values)
        elif not same(old.get(keyword), new.get(keyword)):
            both.note(rule_of("written"), place, use, what)


def _style(parameter: dict[str, Any]) -> dict[str, Any]:
    """How a parameter is written, also where the document leaves that to OpenAPI."""
    style = parameter.get("style", "form" if parameter.get("in") in ("query", "cookie") else "simple")
    return {"style": style, "explode": parameter.get("explode", style == "form")}


def _compare_schemas(both: Comparison, pair: Pair, use: Use, what: str) -> None:
    """Compare what describes the values of a parameter, of a header, or of a body."""
    old, new = (node.get("schema", ABSENT) for node in both.objects(pair))
    place = both.resolved(pair).child("schema")
    if old is not ABSENT and new is not ABSENT:
        SchemaComparison(both, use).compare(place, what)
    elif old is not new:
        effect = "narrower" if old is ABSENT else "wider"
        both.note(rule_of(f"{use.side}-{effect}"), place, use, what, old, new)


def _compare_body(both: Comparison, pair: Pair, operation: Use) -> None:
    old, new = (value is not ABSENT for value in both.values(pair))
    use = Use(operation.operation)
    before, after = both.objects(pair)
    had, has = bool(before.get("required")), bool(after.get("required"))
    if old is not new:
        added = "body-added-required" if has else "body-added"
        both.note(rule_of(added if new else "body-removed"), pair, use)
    if not old or not new:
        return
    places = both.resolved(pair)
    if had is not has:
        both.note(rule_of("body-now-required" if has else "body-now-optional"), places.child("required"), use)
    both.keywords(_BODY, pair, use, without=("required", "content"))
    _compare_content(both, places.child("content"), use, before.get("content", {}), after.get("content", {}))


def _compare_content(both: Comparison, pair: Pair, use: Use, old: dict[str, Any], new: dict[str, Any]) -> None:
    in_request = Use(use.operation, "in the request of")
    sent, sends = next(iter(old), ABSENT), next(iter(new), ABSENT)
    if sent != sends and sent in new and media_kind(str(sent)) == media_kind(str(sends)):
        both.note(rule_of("media-type-sent"), pair, use, "", sent, sends)
    for media_type in [one for one in old if one not in new]:
        both.note(rule_of("media-type-removed"), pair.child(media_type), use, "", media_type)
    for media_type in [one for one in new if one not in old]:
        both.note(rule_of("media-type-added"), pair.child(media_type), use, "", ABSENT, media_type)
    for media_type in [one for one in old if one in new]:
        place = pair.child(media_type)
        both.keywords(_BODY, place, use, without=("schema",))
        _compare_schemas(both, place, in_request, "the body")
