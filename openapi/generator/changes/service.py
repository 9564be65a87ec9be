"""Differences of what holds for the whole service: where it is, how the client is set up, what nothing uses."""

from typing import Any

from ..document.document import Document, child
from ..document.kinds import METHODS
from ..document.servers import base_url_env, servers
from ..document.usage import Usage
from .comparison import ABSENT, Comparison, Pair, Use, same
from .rules import rule_of

_ROOT = {
    "openapi": "written",
    "jsonSchemaDialect": "written",
    "$self": "written",
    "tags": "description",
    "externalDocs": "description",
    "webhooks": "unused",
}
_ROOT_HANDLED = ("info", "servers", "security", "paths", "components")

_INFO = {
    **dict.fromkeys(("title", "summary", "description", "termsOfService", "contact", "license"), "description"),
    "x-log-env": "env",
    "x-evidence": "evidence",
}

_PATH_ITEM = {
    **dict.fromkeys(("summary", "description"), "description"),
    "x-evidence": "evidence",
}
_PATH_ITEM_HANDLED = (*METHODS, "parameters", "servers", "query", "additionalOperations")

_SECTIONS = ("schemas", "responses", "parameters", "requestBodies", "headers", "links", "securitySchemes")
_NEVER_USED = ("examples", "callbacks", "pathItems", "mediaTypes")

_CLIENT = Use("")


def compare_service(both: Comparison) -> None:
    """Compare what belongs to no operation."""
    root = Pair("", "")
    both.keywords(_ROOT, root, _CLIENT, "the document", without=_ROOT_HANDLED)
    # The version is what is to be judged, and no difference.
    both.keywords(_INFO, root.child("info"), _CLIENT, "the service", without=("version", "x-log-env"))
    log = [document.root.get("info", {}).get("x-log-env", ABSENT) for document in (both.old, both.new)]
    if log[0] != log[1]:
        both.keyword(_INFO, "x-log-env", root.child("info"), _CLIENT, "the log", log[0], log[1])
    _compare_servers(both)
    old, new = both.objects(root.child("paths"))
    both.keywords(
        {}, root.child("paths"), _CLIENT, "the paths", without=[name for name in {**old, **new} if name[0] == "/"]
    )
    for path in old:
        if path in new and path[0] == "/":
            place = root.child("paths", path)
            both.keywords(_PATH_ITEM, place, _CLIENT, f"the path `{path}`", without=_PATH_ITEM_HANDLED)


def _compare_servers(both: Comparison) -> None:
    place = Pair("/servers", "/servers")
    old, new = servers(both.old), servers(both.new)
    was, now = [one.url for one in old], [one.url for one in new]
    if was[:1] != now[:1]:
        first = [urls[0] if urls else "the `base_url` that has to be given" for urls in (was, now)]
        both.note(rule_of("server-changed"), place.child("0", "url"), _CLIENT, "the client", *first)
    for url in [url for url in was[1:] if url not in now]:
        both.note(rule_of("server-removed"), Pair(f"/servers/{was.index(url)}", None), _CLIENT, "", url)
    for url in [url for url in now[1:] if url not in was]:
        both.note(rule_of("server-added"), Pair(None, f"/servers/{now.index(url)}"), _CLIENT, "", ABSENT, url)
    env = [base_url_env(document) or ABSENT for document in (both.old, both.new)]
    if env[0] != env[1]:
        both.keyword({"x-env": "env"}, "x-env", place.child("0"), _CLIENT, "the base URL", env[0], env[1])
    rest = [_described_servers(document) for document in (both.old, both.new)]
    for url in [url for url in rest[0] if url in rest[1] and not same(rest[0][url], rest[1][url])]:
        _compare_server(both, url, rest[0][url], rest[1][url])


def _described_servers(document: Document) -> dict[str, Any]:
    return {str(one.get("url")): one for one in document.root.get("servers") or ()}


def _compare_server(both: Comparison, url: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    table = {"description": "description", "x-evidence": "evidence", "name": "description", "variables": "server"}
    places = [[str(one.get("url")) for one in document.root["servers"]].index(url) for document in (both.old, both.new)]
    pair = Pair(child("/servers", str(places[0])), child("/servers", str(places[1])))
    for name in [name for name in {**old, **new} if name not in ("url", "x-env")]:
        was, now = old.get(name, ABSENT), new.get(name, ABSENT)
        if not same(was, now):
            both.keyword(table, name, pair, _CLIENT, f"the server `{url}`", was, now)


def _used(document: Document) -> set[str]:
    usage = Usage(document)
    return usage.used_by(usage.operations)


def compare_unused(both: Comparison) -> None:
    """Note the components that differ and have not been compared: to be called last."""
    old, new = (document.root.get("components") or {} for document in (both.old, both.new))
    used = [_used(document) for document in (both.old, both.new)]
    for section in (*_SECTIONS, *_NEVER_USED):
        was, now = old.get(section) or {}, new.get(section) or {}
        for name in dict.fromkeys([*was, *now]):
            pair = Pair("/components", "/components").child(section, name)
            is_seen = pair.old in both.visited[0] or pair.new in both.visited[1]
            uses = pair.old in used[0], pair.new in used[1]
            # What only one version uses is part of what it has more than the other.
            if not is_seen and uses[0] is uses[1] and not same(was.get(name, ABSENT), now.get(name, ABSENT)):
                rule = rule_of("unclassified" if all(uses) else "unused")
                both.note(rule, pair, _CLIENT, f"the component `{name}`")
    for name in [name for name in {**old, **new} if name not in (*_SECTIONS, *_NEVER_USED)]:
        was, now = old.get(name, ABSENT), new.get(name, ABSENT)
        if not same(was, now):
            place = Pair("/components", "/components")
            both.keyword({"x-evidence": "evidence"}, name, place, _CLIENT, "the components", was, now)
