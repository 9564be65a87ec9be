"""Overlays: what is added to someone else's document, changed there, or taken out, without an edit of it.

Source: https://spec.openapis.org/overlay/v1.0.0.html
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import frozen

from .limits import MOST_COPIES
from .pointers import child, join
from .problems import Place, Problem, SpecError
from .reading import SourceFile, read_file
from .source_map import Origin, SourceMap, below

_KEYS = {"": ("overlay", "info", "extends", "actions"), "action": ("target", "description", "update", "remove")}

Location = tuple[str | int, ...]
"""The way to a place: keys and indexes, from the outermost."""


@frozen
class Action:
    """One change of a document.

    Args:
        target: A JSONPath (RFC 9535): the places to change.
        pointer: Where the action stands in its overlay.
        update: What each place is merged with.
        removes: Whether the places are taken out instead.
    """

    target: str
    pointer: str
    update: Any = None
    removes: bool = False


@frozen
class Overlay:
    """Changes of a document, in their order.

    Args:
        file: The file that it is from.
        actions: The changes.
    """

    file: SourceFile
    actions: tuple[Action, ...]


def read_overlay(path: Path) -> Overlay:
    """Read an overlay.

    Args:
        path: Its file.

    Raises:
        SpecError: It is not an overlay, or an action is not one.
        OSError: The file cannot be read.
    """
    file = read_file(path.resolve(), path.name)
    root = file.value
    if not isinstance(root, dict) or not re.fullmatch(r"1\.\d+(\.\d+)?", str(root.get("overlay"))):
        raise _wrong(file, "not an overlay: a mapping with `overlay: 1.0.0` is expected", "/overlay")
    _refuse_unknown(file, "", root, "")
    actions = root.get("actions")
    if not isinstance(actions, list) or not actions:
        raise _wrong(file, "an overlay has a list of `actions`", "/actions")
    return Overlay(file, tuple(_action(file, one, child("/actions", str(at))) for at, one in enumerate(actions)))


def apply(overlay: Overlay, root: dict[str, Any], lines: SourceMap) -> Iterator[Problem]:
    """Change a document.

    Args:
        overlay: The changes.
        root: The document, which is changed.
        lines: Where its places come from, which is kept true.

    Returns:
        What has no effect, each with its place in the overlay.

    Raises:
        SpecError: An action cannot be done.
    """
    yield from _other_document(overlay, lines.main)
    copies = 0
    for action in overlay.actions:
        found = _found(overlay.file, action, root)
        if not found:
            text = f"the target {action.target!r} matches nothing in the document"
            place = overlay.file.place(child(action.pointer, "target"))
            yield Problem(text, "", "the action changes nothing", place)
        if action.removes:
            _remove(overlay.file, action, found, root, lines)
            continue
        origin = (overlay.file, child(action.pointer, "update"))
        copies += len(found) * _size(action.update)
        if copies > MOST_COPIES:
            raise _wrong(overlay.file, f"the overlay adds more than {MOST_COPIES:,} values", action.pointer)
        for location in found:
            _update(overlay.file, action, location, root, lines, origin)


def _action(file: SourceFile, value: Any, pointer: str) -> Action:
    if not isinstance(value, dict) or not isinstance(value.get("target"), str):
        raise _wrong(file, "an action has a `target`: a JSONPath, such as `$.paths['/pets'].get`", pointer)
    _refuse_unknown(file, "action", value, pointer)
    removes = value.get("remove", False)
    if not isinstance(removes, bool):
        raise _wrong(file, f"`remove` is true or false, not {removes!r}", child(pointer, "remove"))
    if not removes and "update" not in value:
        raise _wrong(file, "an action has an `update`, or `remove: true`", pointer)
    return Action(value["target"], pointer, value.get("update"), removes)


def _refuse_unknown(file: SourceFile, kind: str, value: dict[str, Any], pointer: str) -> None:
    for key in value:
        if key not in _KEYS[kind] and not key.startswith("x-"):
            near = get_close_matches(key, _KEYS[kind], n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise _wrong(
                file, f"{key!r} is not a keyword of {'an action' if kind else 'an overlay'}{hint}", pointer, key
            )


def _other_document(overlay: Overlay, main: SourceFile) -> Iterator[Problem]:
    extended = overlay.file.value.get("extends")
    if isinstance(extended, str) and extended.rstrip("/").rpartition("/")[2] != main.name:
        text = f"the overlay extends {extended!r}"
        yield Problem(text, "", f"it is applied to {main.name}", overlay.file.place("/extends"))


def _found(file: SourceFile, action: Action, root: dict[str, Any]) -> list[Location]:
    # Not imported without need: it takes as long as reading a large document.
    from jsonpath import JSONPathEnvironment, JSONPathError

    try:
        matches = [tuple(match.parts) for match in JSONPathEnvironment(strict=True).finditer(action.target, root)]
    except (JSONPathError, RecursionError) as error:
        reason = str(error).partition("\n")[0]
        raise _wrong(
            file, f"the target {action.target!r} is not a JSONPath of RFC 9535: {reason}", action.pointer, "target"
        ) from error
    return list(dict.fromkeys(matches))


def _remove(file: SourceFile, action: Action, found: list[Location], root: dict[str, Any], lines: SourceMap) -> None:
    if () in found:
        raise _wrong(file, "the whole document cannot be removed", action.pointer, "target")
    # The innermost first: the ways to the others stay true.
    for outer in sorted({location[:-1] for location in found}, key=len, reverse=True):
        container = _at(root, outer)
        gone = {location[-1] for location in found if location[:-1] == outer}
        if isinstance(container, dict):
            for key in gone:
                container.pop(key, None)
        else:
            kept = [index for index in range(len(container)) if index not in gone]
            container[:] = [container[index] for index in kept]
            lines.reduce(_pointer(outer), kept)


def _update(
    file: SourceFile, action: Action, location: Location, root: dict[str, Any], lines: SourceMap, origin: Origin
) -> None:
    node = _at(root, location)
    if isinstance(node, dict):
        if not isinstance(action.update, dict):
            raise _wrong(file, f"{action.target!r} is an object: `update` has to be one too", action.pointer, "update")
        _merge(node, action.update, _pointer(location), lines, origin)
    elif isinstance(node, list):
        _append(node, action.update, _pointer(location), lines, origin)
    else:
        _at(root, location[:-1])[location[-1]] = _copied(action.update)
        lines.graft(_pointer(location), origin)


def _merge(node: dict[str, Any], update: dict[str, Any], pointer: str, lines: SourceMap, origin: Origin) -> None:
    """Objects are merged, arrays are joined, and all else takes the place of what was there."""
    for key, value in update.items():
        place, source = child(pointer, key), below(origin, key)
        old = node.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value, place, lines, source)
        elif isinstance(old, list) and isinstance(value, list):
            for index, one in enumerate(value):
                _append(old, one, place, lines, below(source, str(index)))
        else:
            node[key] = _copied(value)
            lines.graft(place, source)


def _append(node: list[Any], value: Any, pointer: str, lines: SourceMap, origin: Origin) -> None:
    lines.graft(child(pointer, str(len(node))), origin)
    node.append(_copied(value))


def _at(root: Any, location: Location) -> Any:
    for key in location:
        root = root[key]
    return root


def _pointer(location: Location) -> str:
    return join([str(key) for key in location])


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _size(value: Any) -> int:
    if not isinstance(value, (dict, list)):
        return 1
    return 1 + sum(_size(one) for one in (value.values() if isinstance(value, dict) else value))


def _wrong(file: SourceFile, message: str, pointer: str, *below_it: str) -> SpecError:
    place: Place = file.place(child(pointer, *below_it))
    return SpecError(file.name, {Problem(message): place})
