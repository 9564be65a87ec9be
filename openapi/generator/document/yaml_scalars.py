"""Plain values of YAML 1.2: `no` and `2024-01-01` are texts, `0o14` is a number.

Source: https://yaml.org/spec/1.2.2/#103-core-schema, with `_` in numbers and `0b`, which ruamel.yaml also reads.
"""

import re
from typing import Any

_CORE = "tag:yaml.org,2002:"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {**dict.fromkeys(("true", "True", "TRUE"), True), **dict.fromkeys(("false", "False", "FALSE"), False)}
_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)")
_NUMBER = re.compile(
    r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)"
    r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_FIRST = frozenset("-+.0123456789")
_BASES = {"0b": 2, "0o": 8, "0x": 16}
_HALF = re.compile("[\ud800-\udfff]")


def plain_value(text: str) -> Any:
    """The value of a scalar without quotes and tag."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] in _FIRST:
        try:
            if _NUMBER.fullmatch(text):
                return _number(text)
            if _INTEGER.fullmatch(text):
                return _integer(text)
        except ValueError:
            # `0b_` looks like a number and is none.
            pass
    return joined(text)


def tagged_value(tag: str | None, text: str) -> Any:
    """The value of a scalar in quotes, or with a tag.

    Raises:
        ValueError: The tag makes something that JSON does not have, or the text is not what it says.
    """
    if tag is None or str(tag) in ("!", f"{_CORE}str", f"{_CORE}timestamp"):
        return joined(text)
    value = plain_value(text)
    if str(tag) == f"{_CORE}float" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if str(tag) not in _TAGS:
        raise ValueError(f"the tag {str(tag)!r} makes what JSON does not have")
    if not isinstance(value, _TAGS[str(tag)]) or (isinstance(value, bool) and str(tag) == f"{_CORE}int"):
        raise ValueError(f"{text!r} is not what the tag {str(tag)!r} says")
    return value


def joined(text: str) -> str:
    """A text whose letters beyond the first 65,536 are whole: JSON writes each as two escapes, and YAML reads two."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if _HALF.search(text) else text


_TAGS: dict[str, type] = {
    f"{_CORE}bool": bool,
    f"{_CORE}float": float,
    f"{_CORE}int": int,
    f"{_CORE}null": type(None),
}


def _number(text: str) -> float:
    return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    sign, digits = (digits[0], digits[1:]) if digits[0] in "+-" else ("", digits)
    base = _BASES.get(digits[:2], 10)
    return int(sign + (digits if base == 10 else digits[2:]), base)
