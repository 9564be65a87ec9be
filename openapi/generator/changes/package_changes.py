"""What differs between the public names of two versions of the package: griffe reads both, and imports neither.

Public is what the package exports, with the attributes of these classes that have no underscore in front. Everything
else in it is private, whatever module it is in.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import griffe
from attrs import frozen
from griffe import BreakageKind, Kind

from .annotations import annotation_effect
from .change import Change, Rule
from .constructors import OF_ATTRS, add_constructor, said_of_field
from .rules import rule_of

Member = griffe.Object | griffe.Alias

_KINDS = {
    BreakageKind.OBJECT_REMOVED: "name-removed",
    BreakageKind.OBJECT_CHANGED_KIND: "kind-changed",
    BreakageKind.PARAMETER_REMOVED: "argument-removed",
    BreakageKind.PARAMETER_ADDED_REQUIRED: "argument-added-required",
    BreakageKind.PARAMETER_CHANGED_REQUIRED: "argument-now-required",
    BreakageKind.PARAMETER_MOVED: "argument-moved",
    BreakageKind.PARAMETER_CHANGED_KIND: "argument-kind-changed",
    BreakageKind.PARAMETER_CHANGED_DEFAULT: "argument-default-changed",
    BreakageKind.RETURN_CHANGED_TYPE: "returns-nothing",
}
"""The kinds of griffe. Any other, of a version to come, is unclassified."""

_OF_CLASSES = frozenset({"__init__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__iter__", "__call__"})
"""Methods with underscores that callers use."""

_SAID_ELSEWHERE = ("__version__", "SERVERS")
"""What the document says, and is not a type."""


class PackageError(Exception):
    """The names of a version cannot be read."""


@frozen
class _Found:
    """A difference of a public name, before those are put together that are alike in several classes."""

    rule: Rule
    name: str
    was: str = ""
    now: str = ""


def package_changes(old: Path, new: Path) -> list[Change]:
    """All differences between the public names of two versions of a package.

    Args:
        old: The folder of the old version.
        new: The folder of the new version, of the same name.

    Raises:
        PackageError: One of them is not a package that can be read.
    """
    return changes_of_names(read_package(old), read_package(new))


def changes_of_names(old: griffe.Module, new: griffe.Module) -> list[Change]:
    """All differences between the public names of two versions that have been read."""
    before, after = _public(old), _public(new)
    return list(_together(dict.fromkeys([*_breakages(old, new, before, after), *_others(before, after)])))


def read_package(folder: Path) -> griffe.Module:
    """Read a version of a package.

    Raises:
        PackageError: It is not a package that can be read.
    """
    try:
        found = griffe.load(
            folder.name,
            search_paths=[folder.parent],
            resolve_aliases=True,
            resolve_external=False,
            allow_inspection=False,
        )
    except (griffe.GriffeError, ImportError, SyntaxError, OSError) as error:
        raise PackageError(f"the package {folder.name} cannot be read: {error}") from error
    if not isinstance(found, griffe.Module) or found.exports is None:
        raise PackageError(f"the package {folder.name} does not say in `__all__` what it exports")
    for public in _public(found).values():
        if isinstance(public, griffe.Class) and not _is_of_document(public):
            add_constructor(public)
    return found


def _public(package: griffe.Module) -> dict[str, griffe.Object]:
    """What the package exports, by name."""
    names = [str(name) for name in package.exports or ()]
    return {name: target for name in names if (target := _target(package.members.get(name))) is not None}


def _target(member: Member | None) -> griffe.Object | None:
    if not isinstance(member, griffe.Alias):
        return member
    try:
        return member.final_target
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None


def _breakages(
    old: griffe.Module, new: griffe.Module, before: dict[str, griffe.Object], after: dict[str, griffe.Object]
) -> Iterator[_Found]:
    """What griffe finds, of public names."""
    for name, was in before.items():
        now = after.get(name)
        if now is None:
            yield _Found(rule_of("name-removed"), name)
        elif was.kind is not now.kind:
            yield _Found(rule_of("kind-changed"), name, was.kind.value, now.kind.value)
        elif isinstance(was, griffe.Class):
            # Class by class: what a class inherits from a private one is public below its name.
            yield from _of_members(name, griffe.find_breaking_changes(was, now), _public_members(now))
    functions = {target.canonical_path: name for name, target in before.items() if target.is_function}
    for breakage in griffe.find_breaking_changes(old, new) if functions else ():
        if breakage.obj.canonical_path in functions:
            yield _found(functions[breakage.obj.canonical_path], breakage)


def _of_members(
    owner: str, breakages: Iterable[griffe.Breakage], members: Mapping[str, griffe.Object]
) -> Iterator[_Found]:
    for breakage in breakages:
        name = breakage.obj.name
        if OF_ATTRS in breakage.obj.labels:
            # Another default, and a field that is gone, are told of the attribute.
            is_told = breakage.kind is BreakageKind.PARAMETER_CHANGED_DEFAULT or (
                breakage.kind is BreakageKind.PARAMETER_REMOVED and breakage.old_value.name not in members
            )
            if not is_told:
                yield _found(owner, breakage)
        # A base that is private is not a promise; those that are public are compared below.
        elif not _is_private(name) and breakage.kind is not BreakageKind.CLASS_REMOVED_BASE:
            yield _found(f"{owner}.{name}", breakage)


def _found(name: str, breakage: griffe.Breakage) -> _Found:
    return _Found(rule_of(_KINDS.get(breakage.kind, "unclassified")), name, *_values(breakage))


def _values(breakage: griffe.Breakage) -> tuple[str, str]:
    """The old and the new value, as messages show them."""
    was, now = breakage.old_value, breakage.new_value
    if breakage.kind is BreakageKind.PARAMETER_CHANGED_DEFAULT:
        return f"`{was.name}={was.default}`", f"`{now.name}={now.default}`"
    return _shown(was), _shown(now)


def _is_private(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last.startswith("_") and last not in _OF_CLASSES


def _shown(value: Any) -> str:
    if isinstance(value, griffe.Parameter):
        return f"`{value.name}`"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, Kind):
        return value.value
    return "" if value is None or isinstance(value, griffe.Object) else str(value)


def _others(before: dict[str, griffe.Object], after: dict[str, griffe.Object]) -> Iterator[_Found]:
    """What griffe does not look for: new names, other annotations, and other defaults of attrs classes."""
    for name, new in after.items():
        old = before.get(name)
        if old is None:
            yield _Found(rule_of("name-added"), name)
        elif isinstance(old, griffe.Function) and isinstance(new, griffe.Function):
            yield from _signature(name, old, new)
        elif isinstance(old, griffe.Class) and isinstance(new, griffe.Class):
            lost = _bases(old, before) - _bases(new, after)
            if lost:
                yield _Found(rule_of("base-removed"), name, ", ".join(f"`{one}`" for one in sorted(lost)))
            yield from _members(name, old, new)
        elif old.is_attribute and new.is_attribute and name not in _SAID_ELSEWHERE and not _is_of_document(new):
            yield from _annotation(name, "result-type", _text(old, "value"), _text(new, "value"))


def _bases(owner: griffe.Class, public: dict[str, griffe.Object]) -> set[str]:
    """The public names of the classes that a class extends, at any distance."""
    names = {target.canonical_path: name for name, target in public.items()}
    return {names[one.canonical_path] for one in owner.mro() if one.canonical_path in names}


def _members(owner: str, old: griffe.Object, new: griffe.Object) -> Iterator[_Found]:
    had, has = _public_members(old), _public_members(new)
    for name, member in has.items():
        before, known = had.get(name), f"{owner}.{name}"
        if before is None:
            yield _Found(rule_of("name-added"), known)
        elif isinstance(member, griffe.Function) and isinstance(before, griffe.Function):
            if OF_ATTRS not in member.labels:
                yield from _signature(known, before, member)
        elif member.is_attribute and before.is_attribute and not _is_of_document(new):
            yield from _annotation(known, "result-type", _text(before, "annotation"), _text(member, "annotation"))
            was, now = _default(before), _default(member)
            if was and now and was != now and _text(member, "annotation"):
                yield _Found(rule_of("attribute-value-changed"), known, was, now)
            elif now and not was:
                yield _Found(rule_of("parameter-now-optional"), known)


def _is_of_document(member: griffe.Object) -> bool:
    """Whether a class, or a list of values, is that of a schema: what it holds, the document tells better."""
    return "models" in member.canonical_path.split(".")


def _default(member: griffe.Object) -> str:
    """The default of a field of an attrs class; empty where it has none, whatever else is said of it."""
    said = said_of_field(_text(member, "value"))
    return said.get("default", said.get("factory", ""))


def _text(member: griffe.Object, facet: str) -> str:
    return str(getattr(member, facet, None) or "")


def _public_members(owner: griffe.Object) -> dict[str, griffe.Object]:
    found = {name: _target(member) for name, member in owner.all_members.items() if not _is_private(name)}
    return {name: member for name, member in found.items() if member is not None}


def _signature(name: str, old: griffe.Function, new: griffe.Function) -> Iterator[_Found]:
    was, now = (_way(one) for one in (old, new))
    if was != now:
        yield _Found(rule_of("kind-changed"), name, was, now)
    known = {one.name: one for one in old.parameters}
    for parameter in new.parameters:
        before = known.get(parameter.name)
        if before is None:
            if not parameter.required:
                yield _Found(rule_of("argument-added"), name, now=f"`{parameter.name}`")
        else:
            annotations = str(before.annotation or ""), str(parameter.annotation or "")
            yield from _annotation(f"{name}({parameter.name})", "argument-type", *annotations)
    yield from _annotation(name, "result-type", str(old.returns or ""), str(new.returns or ""))


def _way(function: griffe.Function) -> str:
    """In which way a function is called, which griffe does not compare."""
    found = [label for label in ("async", "classmethod", "staticmethod") if label in function.labels]
    return " ".join([*found, "function"])


def _annotation(name: str, prefix: str, was: str, now: str) -> Iterator[_Found]:
    if was and now and was != now:
        effect = annotation_effect(was, now)
        if effect != "none":
            yield _Found(rule_of(f"{prefix}-{effect}", "type-other"), name, was, now)


def _together(found: dict[_Found, None]) -> Iterator[Change]:
    """One change for what is alike in the blocking and the asynchronous client, and in several of their methods."""
    alike: dict[tuple[Rule, str, str, str], list[str]] = {}
    for one in found:
        is_member = one.rule.kind.startswith("argument") or "." in one.name
        last = "" if one.rule.kind.startswith("argument-") else one.name.rpartition(".")[2]
        alike.setdefault((one.rule, last if is_member else one.name, one.was, one.now), []).append(one.name)
    for (rule, _, was, now), names in alike.items():
        first, *others = [f"`{name}`" for name in names]
        more = f"{len(others)} more" if len(others) > 1 else "".join(others)
        yield Change(rule, f"{first} (and {more})" if others else first, was, now, source="package")
