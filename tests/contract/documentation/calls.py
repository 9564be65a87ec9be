"""What a page says about the call around the fields: statuses, method and URL, headers, media types, price."""

import json
import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from tests.contract.documentation.html_lines import HtmlLine
from tests.contract.documentation.stated import Stated

_STATUS = re.compile(r"^[`*\-•\s]*(?P<code>[1-5]\d\d)\b[`*\s]*(?P<mark>[-\u2013\u2014:(|]|$)?\s*(?P<text>.*)$")
_STATUSES = {str(status.value): status.phrase.lower() for status in HTTPStatus}
_METHODS = "GET|POST|PUT|PATCH|DELETE"
_CALL = re.compile(rf"\b(?P<method>{_METHODS})\s*(?P<url>https?://[^\s\"'`<>)|,;]+|/v\d+/[\w./{{}}-]+)")
_URL = re.compile(r"https?://[^\s\"'`<>)|,;]+")
_LONE_METHOD = re.compile(rf"^({_METHODS})$")
_METHOD_OF_CODE = re.compile(
    rf"\b(?:axios|requests|httpx)\.(get|post|put|patch|delete)\b|(?:-X|--request|method[\"']?\s*:)\s*[\"']?({_METHODS})\b",
    re.I,
)
_HEADER = re.compile(
    r"(?<![\w/.-])x-[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])|(?<![\w-])authorization(?=[\"'`]|\s*:\s*bearer\b)", re.I
)
_MEDIA = re.compile(r"\b(?:image|application|text|multipart)/[a-z0-9][a-z0-9.+-]*[a-z0-9]", re.I)
_DOLLARS = re.compile(r"\$\s*(\d{1,6}\.\d{1,9})(?!\d)")
_ONE_CALL = r"(?:image|picture|generation|call|request|run|prediction|inference)\b"
_PER_CALL = re.compile(
    rf"\s*(?:USD\s*)?(?:each\b|(?:per|/|an?|(?:for\s+)?(?:each|every))\s*(?:\w+\s+)?{_ONE_CALL})", re.I
)
_PER_OTHER = re.compile(r"\s*(?:USD\s*)?(?:(?:per|an?|every)\b|/|for\s+[\d,]+\b)", re.I)
_COSTS = re.compile(r"\b(?:costs?|price[ds]?|pricing|charged?|billed)\b[^.$]*$", re.I)
_SEVERAL = re.compile(r"\b(?:\d[\d,]+|[2-9]|hundred|thousand)\s+\w+[^.$]*$", re.I)


def read_statuses(lines: Iterable[HtmlLine]) -> dict[str, Stated]:
    """The statuses that a page lists, each with the text beside it. A number in a sentence is not one."""
    found: dict[str, Stated] = {}
    for line in lines:
        if line.kind == "code":
            continue
        if line.cells:
            code, text = line.cells[0].strip(" `*"), " ".join(line.cells[1:])
            code, _, phrase = code.partition(" ")
            is_status = code in _STATUSES and len(line.cells) > 1
            text = f"{phrase} {text}".strip()
        else:
            status = _STATUS.match(line.text)
            code, text = (status["code"], status["text"]) if status else ("", "")
            is_status = status is not None and _is_status(code, status["mark"], text)
        if is_status:
            found.setdefault(code, Stated(text, line.number))
    return found


def _is_status(code: str, mark: str | None, text: str) -> bool:
    phrase = _STATUSES.get(code)
    return phrase is not None and (mark is not None or text.lower().startswith(phrase))


def read_endpoints(lines: Iterable[HtmlLine]) -> dict[tuple[str, str], int]:
    """The calls that a page names, with their lines: the method, where one stands before it, and the URL or path."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        calls = list(_CALL.finditer(line.text))
        for call in calls:
            found.setdefault((call["method"], call["url"].rstrip(".")), line.number)
        with_method = {call["url"] for call in calls}
        for url in _URL.findall(line.text):
            if url not in with_method and re.search(r"//api\.|/v\d+/", url):
                found.setdefault(("", url.rstrip(".")), line.number)
    return found


def read_methods(lines: Iterable[HtmlLine]) -> dict[str, int]:
    """HTTP methods that stand alone or in the code of an example."""
    found: dict[str, int] = {}
    for line in lines:
        lone = _LONE_METHOD.match(line.text)
        names = [lone[1]] if lone else [one or other for one, other in _METHOD_OF_CODE.findall(line.text)]
        for name in names:
            found.setdefault(name.upper(), line.number)
    return found


def read_headers(lines: Iterable[HtmlLine]) -> dict[str, int]:
    """Names of headers of the service's own, and `authorization`, in lower case."""
    return _first_lines(_HEADER, lines)


def read_media_types(lines: Iterable[HtmlLine]) -> dict[str, int]:
    """Media types, in lower case."""
    return _first_lines(_MEDIA, lines)


def _first_lines(pattern: re.Pattern[str], lines: Iterable[HtmlLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        for name in pattern.findall(line.text):
            found.setdefault(name.lower(), line.number)
    return found


def read_prices(lines: Iterable[HtmlLine]) -> list[Stated]:
    """Prices of a call in US dollars: alone on a line, for one call, or in a sentence about what a call costs."""
    found = ((line, price) for line in lines for price in _DOLLARS.finditer(line.text))
    return [Stated(float(price[1]), line.number) for line, price in found if _is_of_call(price)]


def _is_of_call(price: re.Match[str]) -> bool:
    before, after = price.string[: price.start()], price.string[price.end() :]
    if _PER_CALL.match(after):
        return True
    if _PER_OTHER.match(after) or _SEVERAL.search(before):
        return False
    is_alone = not re.search(r"\w", before.replace("US", "")) and not re.search(r"\w", after)
    return is_alone or _COSTS.search(before) is not None


def read_examples(lines: Sequence[HtmlLine], names: Iterable[str]) -> dict[str, Stated]:
    """The value that the first example gives to each field, from bodies such as `{"steps": 4}`."""
    found: dict[str, Stated] = {}
    decoder = json.JSONDecoder()
    for name in names:
        place = re.compile(rf"\"{re.escape(name)}\"\s*:\s*")
        for line in lines:
            if (at := place.search(line.text)) is not None and name not in found:
                value = _decoded(decoder, line.text[at.end() :])
                if value is not None and not isinstance(value, (dict, list)):
                    found[name] = Stated(value, line.number)
    return found


def _decoded(decoder: json.JSONDecoder, text: str) -> Any:
    try:
        return decoder.raw_decode(text)[0]
    except ValueError:
        return None
