"""Jobs (`x-job`): where they may stand, and what they have to say for a handle to be made of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from keyword import iskeyword
from typing import Any

from ..document.described_values import POINTER
from ..document.document import Document, Problem, child, tokens
from ..document.jobs import JobPlace, job_places, successes
from ..document.traversal import Node, objects
from .job_links import unusable_job_links
from .job_routes import unusable_routes
from .job_values import unusable_values


def unusable_jobs(document: Document) -> Iterator[Problem]:
    """Jobs of which no handle could be made, and keywords of theirs that would have no effect."""
    for node in objects(document):
        yield from _misplaced(node)
        if node.kind == "job":
            yield from _faults(node.pointer, node.value)
    # What follows relies on the shape.
    sound = [job for job in job_places(document) if not any(_faults(job.pointer, job.described))]
    for job in sound:
        yield from _of_operation(document, job)
        yield from unusable_job_links(document, job)
        yield from unusable_values(document, job)
    yield from unusable_routes(document, sound)


def _misplaced(node: Node) -> Iterator[Problem]:
    place = child(node.pointer, "x-job")
    if node.kind == "response":
        if not isinstance(node.value.get("x-job", {}), dict):
            yield Problem(f"`x-job` is an object with the keys of a job: {', '.join(_CHECKS)}", place)
        elif "x-job" in node.value and re.fullmatch("default|[1345]..", tokens(node.pointer)[-1]):
            yield Problem("`x-job` stands at a response of success: no other one starts a job", place)
    else:
        responses = node.value.get("responses")
        places = [place] if "x-job" in node.value else []
        places += [child(node.pointer, "responses", "x-job")] if _has_job(responses) else []
        for at in places:
            yield Problem("`x-job` has no effect here: it stands beside the `links` of a response", at)


def _has_job(value: object) -> bool:
    return isinstance(value, dict) and "x-job" in value


def _of_operation(document: Document, job: JobPlace) -> Iterator[Problem]:
    if len(successes(document, job.operation.pointer)) > 1:
        yield Problem(
            "an operation that starts a job has one response of success: another one would have no handle",
            child(job.operation.pointer, "responses"),
        )


def _faults(pointer: str, job: Mapping[str, Any]) -> Iterator[Problem]:
    for key in _REQUIRED:
        if key not in job:
            yield Problem(f"a job needs `{key}`", pointer)
    for key, value in job.items():
        place = child(pointer, key)
        if key not in _CHECKS:
            near = get_close_matches(key, _CHECKS, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield Problem(f"{key!r} is not part of a job: {', '.join(_CHECKS)}{hint}", place)
        elif wrong := _CHECKS[key](value):
            yield Problem(f"`{key}` of a job is {value!r}: {wrong}", place)
    yield from _repeated_states(pointer, job)


def _repeated_states(pointer: str, job: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[tuple[type, object], str] = {}
    for key in _STATES:
        states = job.get(key, [])
        for at, state in enumerate(states if isinstance(states, list) else []):
            first = seen.setdefault((type(state), state), key) if isinstance(state, (str, int)) else key
            if first != key or state in states[:at]:
                where = f"`{first}` and `{key}`" if first != key else f"`{key}` twice"
                yield Problem(f"the state {state!r} is in {where}", child(pointer, key, str(at)))


def _name(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z][A-Za-z0-9]*", value) or iskeyword(value):
        return "it becomes a class, so it takes ASCII letters and digits, the first a capital letter, as in `ImageJob`"
    return "" if len(value) <= _LONGEST_NAME else f"it has more than {_LONGEST_NAME} characters"


def _text(value: object) -> str:
    return "" if isinstance(value, str) and value else "it takes a name"


def _pointer(value: object) -> str:
    is_pointer = isinstance(value, str) and POINTER.fullmatch(value)
    return "" if is_pointer else "it takes a JSON pointer, such as `/images/0/url`"


def _states(value: object) -> str:
    is_list = isinstance(value, list) and all(_is_state(one) for one in value)
    return "" if is_list else "it takes a list of states, each a text or a whole number"


def _some_states(value: object) -> str:
    return _states(value) or ("" if value else "without a state that means so, no job would end")


def _is_state(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool)


def _statuses(value: object) -> str:
    is_list = isinstance(value, list) and all(type(one) is int and 400 <= one <= 599 for one in value)
    return "" if is_list else "it takes a list of statuses from 400 to 599"


def _seconds(value: object) -> str:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not value > 0:
        return "it takes a number of seconds above 0"
    # A moment that is further away is not in any calendar.
    return "" if value <= _LONGEST_SECONDS else f"it takes a number of seconds up to {_LONGEST_SECONDS:,}"


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else "it takes true or false"


def _reports(value: object) -> str:
    if not isinstance(value, dict):
        return "it takes JSON pointers, each with an `x-semantics` as its key"
    for meaning, pointer in value.items():
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", meaning):
            return f"{meaning!r} is not a word for `x-semantics`, such as `remaining-credits`"
        if wrong := _pointer(pointer):
            return f"{meaning}: {wrong}"
    return ""


def _anything(value: object) -> str:
    return ""


_CHECKS: dict[str, Callable[[object], str]] = {
    "name": _name,
    "instead-of": _text,
    "status": _text,
    "result": _text,
    "state": _pointer,
    "active": _states,
    "done": _some_states,
    "failed": _states,
    "gone": _statuses,
    "error": _pointer,
    "poll-seconds": _seconds,
    "timeout-seconds": _seconds,
    "record-seconds": _seconds,
    "image": _pointer,
    "image-seconds": _seconds,
    "image-key": _flag,
    "reports": _reports,
    "x-evidence": _anything,
}
"""The keys of a job, each with what is wrong with a value."""

_REQUIRED = ("name", "status", "state", "done", "poll-seconds", "timeout-seconds", "image")
_STATES = ("active", "done", "failed")
_LONGEST_NAME = 100
_LONGEST_SECONDS = 1_000_000_000
