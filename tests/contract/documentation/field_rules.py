"""The rules of a field in the words of a page: type, default, range, multiples, allowed values."""

import re
from typing import Any

from tests.contract.documentation.stated import PageField, Stated, StatedValues

TYPE = (
    r"(?:enum(?:\s*[:<(\[]\s*(?:string|str|integer|int)\s*[>)\]]?)?|string|str|text|integer|int|float|double|number|"
    r"boolean|bool|array|list|object|file|uri|url)"
)
_JSON_TYPES = {
    **dict.fromkeys(("string", "str", "text", "file", "uri", "url"), "string"),
    **dict.fromkeys(("integer", "int"), "integer"),
    **dict.fromkeys(("float", "double", "number"), "number"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
    **dict.fromkeys(("array", "list"), "array"),
    "object": "object",
}
_NUMBER = r"-?(?:[1-9]\d{0,2}(?:,\d{3}){1,5}(?!\d)|\d+)(?:\.\d+)?"
_QUOTED = r"\"[^\"]*\"|'[^']*'|`[^`]*`"
_WORD = r"\w[\w-]*(?:\.[\w-]+)*"
_DEFAULTS = (
    re.compile(rf"\bdefaults?(?:\s+value)?\s*(?:[:=]|\bis\b|\bof\b|\bto\b)\s*({_QUOTED}|{_NUMBER}|{_WORD})", re.I),
    re.compile(rf"\bdefault(?:\s+value)?\s+({_QUOTED}|{_NUMBER})", re.I),
    re.compile(rf"\([^()]*\bdefault\s+({_WORD})[^()]*\)", re.I),
)
_BETWEEN = rf"({_NUMBER})\s*(?:-|\u2013|\u2014|\.\.+|,|to|and)\s*({_NUMBER})"
_RANGES = (
    re.compile(rf"\b(?:between|range|from)\s*[:=]?\s*(?:of\s*)?[\[(]?\s*{_BETWEEN}", re.I),
    re.compile(rf"(?<![\w.])\[\s*{_BETWEEN}\s*\]"),
    re.compile(rf"\((?:[^()]*,\s*)?({_NUMBER})\s*(?:-|\u2013|\u2014|\.\.+|to)\s*({_NUMBER})\s*(?:,[^()]*)?\)", re.I),
    re.compile(rf"(?<![\w.-])({_NUMBER})\s+(?:to|\u2013|\u2014)\s+({_NUMBER})(?![\w.])", re.I),
)
_EDGES = {
    "minimum": re.compile(
        rf"(?:\bmin(?:imum)?(?:\s+value)?\s*(?:[:=]|\bis\b)?|\bat\s+least|"
        rf"\bnot?\s+(?:less|fewer|lower|smaller)\s+than|>=|≥)\s*({_NUMBER})",
        re.I,
    ),
    "maximum": re.compile(
        rf"(?:\bmax(?:imum)?(?:\s+value)?\s*(?:[:=]|\bis\b)?|\bat\s+most|\bup\s+to|"
        rf"\bnot?\s+(?:more|greater|higher|larger)\s+than|<=|≤)\s*({_NUMBER})",
        re.I,
    ),
    "multipleOf": re.compile(
        rf"(?:\bmultiples?\s+of|\bdivisible\s+by|\bsteps?\s+of|\bstep\s*[:=])\s*({_NUMBER})", re.I
    ),
}
_LIST = re.compile(
    r"(?:\b(?:allowed|possible|accepted|valid|available|supported)\s+values?|\boptions|\bchoices|\bone\s+of|\benum)"
    r"\s*(?:\(\s*(?P<total>\d+)(?:\s+total)?\s*\))?\s*(?:are\b)?\s*:",
    re.I,
)
_CUT = re.compile(r"\+\s*(\d+)\s*(?:more)?|\b(\d+)\s+more\b|…|\.\.\.|\bshow\s+(?:more|all)\b|\betc\b\.?", re.I)
_OTHER_LABEL = re.compile(r"\b(?:default|range|min(?:imum)?|max(?:imum)?|required|type)\b\s*[:=]|\.\s+[A-Z]", re.I)
_MEMBER = re.compile(r"[A-Za-z0-9_][\w.+/:-]*")


def json_type(word: str) -> str | None:
    """The JSON type that a page's word means; a string for an `enum` of no other type."""
    name = word.lower().removeprefix("enum").strip(" :<>()[]")
    return _JSON_TYPES.get(name, "string" if word.lower().startswith("enum") else None)


def is_enumerated(word: str) -> bool:
    """Whether a page's word for a type announces a list of values."""
    return word.lower().startswith("enum")


def read_rules(field: PageField, text: str, line: int) -> None:
    """Add what a line says about the rules of a field."""
    for pattern in _DEFAULTS:
        if found := pattern.search(text):
            field.state("default", value_of(found[1]), line)
            break
    without_default = _DEFAULTS[0].sub(" ", text)
    for pattern in _RANGES:
        if found := pattern.search(without_default):
            field.state("minimum", value_of(found[1]), line)
            field.state("maximum", value_of(found[2]), line)
            break
    for keyword, pattern in _EDGES.items():
        if found := pattern.search(without_default):
            field.state(keyword, value_of(found[1]), line)


def value_of(text: str) -> Any:
    """A value as a page writes it: a number, a boolean, or a text with or without quotation marks."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        inner = text[1:-1]
        return value_of(inner) if text[0] == "`" else inner
    if re.fullmatch(_NUMBER, text):
        digits = text.replace(",", "")
        return float(digits) if "." in digits else int(digits)
    return {"true": True, "false": False, "null": None, "none": None}.get(text.lower(), text)


def opens_values(text: str) -> re.Match[str] | None:
    """The words that introduce a list of values, if a line has any."""
    return _LIST.search(text)


def read_values(field: PageField, opening: re.Match[str], line: int) -> None:
    """Begin a list of values with what stands on the line that introduces it."""
    total = int(opening["total"]) if opening["total"] else None
    field.values = field.values or StatedValues(line, total=total)
    rest = opening.string[opening.end() :]
    other = _OTHER_LABEL.search(rest)
    # The full stop of a sentence is not part of a value, but an ellipsis means that there are more.
    add_values(field.values, rest[: other.start()] if other else re.sub(r"(?<!\.)\.\s*$", "", rest), line)


def add_values(values: StatedValues, text: str, line: int) -> bool:
    """Add the members that a line shows.

    Returns:
        Whether the line is part of a list of values.
    """
    cut = _CUT.search(text)
    members = _members(_CUT.sub(" ", text))
    if members is None or not (members or cut):
        return False
    if cut:
        values.is_cut = cut[0].strip()
        more = cut[1] or cut[2]
        if more and values.total is None:
            values.total = len(values.shown) + len(members) + int(more)
    known = {one.value for one in values.shown}
    values.shown += [Stated(one, line) for one in dict.fromkeys(members) if one not in known]
    return True


def _members(text: str) -> list[str] | None:
    """The members of a list in one line, or None if it is something else, such as a sentence."""
    if quoted := re.findall(_QUOTED, text):
        left = re.sub(_QUOTED, " ", text).replace(" or ", " ").replace(" and ", " ")
        return None if re.search(r"\w", left) else [str(value_of(one)) for one in quoted]
    separated = re.split(r"[,|;·•]| or | and ", text) if re.search(r"[,|;·•]", text) else text.split()
    words = [word.strip(" *-") for word in separated]
    words = [word for word in words if word]
    return words if all(_MEMBER.fullmatch(word) for word in words) else None
