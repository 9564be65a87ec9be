"""What a page says around the fields, beside the document: the call, statuses, headers, media types, price."""

import re
from collections.abc import Container, Iterator
from decimal import Decimal
from urllib.parse import urlsplit

from generator.document.document import child
from tests.contract.documentation.comparison import (
    Comparison,
    agrees,
    differs,
    listed,
    not_in_document,
    not_on_page,
    shown,
)
from tests.contract.documentation.stated import PageFacts
from tests.contract.model.grades import is_first_hand
from tests.contract.model.operation_contract import OperationContract

_SERVER = "/servers/0/url"
_OF_KEYS = re.compile(r"key|token|auth|secret|credential")


def compared_calls(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    """All that a page says besides the fields."""
    yield from _endpoints(contract, page)
    yield from _method(contract, page)
    yield from _statuses(contract, page)
    yield from _headers(contract, page)
    yield from _media_types(contract, page)
    yield from _examples(contract, page)
    yield from _price(contract, page)


def _endpoints(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    server = urlsplit(str(contract.document.at(_SERVER)))
    named = {_placed(url): line for (_, url), line in reversed(page.endpoints.items())}
    hosts = {host: line for (host, _), line in named.items() if host and host.split(".")[0] == "api"}
    path = contract.pointer.rpartition("/")[0]
    if server.netloc in hosts:
        yield agrees(_SERVER, server.geturl(), hosts[server.netloc])
    elif hosts:
        yield differs(_SERVER, server.netloc, listed(hosts), next(iter(hosts.values())))
    else:
        yield not_on_page(_SERVER, server.geturl(), is_drift=False)
    paths = {place: line for (host, place), line in named.items() if host in ("", *hosts)}
    if contract.path in paths:
        yield agrees(path, contract.path, paths[contract.path])
    elif paths:
        yield differs(path, contract.path, listed(paths), next(iter(paths.values())))
    else:
        yield not_on_page(path, contract.path, is_drift=False)
    documented = set(contract.document.root.get("paths", {}))
    for place, line in paths.items():
        if place not in documented and contract.path in paths:
            yield not_in_document("/paths", f"a call {place}", line)


def _placed(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        # Brackets where a host should be: `https://[model]/v1`.
        return "", url
    return parts.netloc, parts.path


def _method(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    of_call = {method: line for (method, url), line in page.endpoints.items() if _placed(url)[1] == contract.path}
    stated = {method: line for method, line in (of_call or {}).items() if method} or page.methods
    if contract.method in stated:
        yield agrees(contract.pointer, contract.method, stated[contract.method])
    elif stated:
        yield differs(contract.pointer, contract.method, listed(stated), next(iter(stated.values())))
    else:
        yield not_on_page(contract.pointer, contract.method, is_drift=False)


def _statuses(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    for status, pointer in contract.statuses.items():
        if status in page.statuses:
            yield agrees(child(contract.pointer, "responses", status), status, page.statuses[status].line)
        else:
            # Some pages list errors only.
            others = [one for one in page.statuses if one.startswith("2") == status.startswith("2")]
            drift = bool(others) and is_first_hand(contract.document.grade(pointer))
            yield not_on_page(pointer, f"status {status}", is_drift=drift)
    for status, stated in page.statuses.items():
        if contract.response(int(status)) is None:
            yield not_in_document(
                child(contract.pointer, "responses"), f"status {status}: {stated.value[:80]}", stated.line
            )


def _headers(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    documented = {name: at for one in contract.statuses.values() for name, at in contract.headers(one).items()}
    key = contract.key
    used = _header_of_key(page, documented, key[1].lower()) if key is not None else None
    others = [name for name in page.headers if name != used]
    if key is not None:
        pointer, name = child(key[0], "name"), key[1].lower()
        if used == name:
            yield agrees(pointer, name, page.headers[name])
        elif used is not None:
            yield differs(pointer, f"the key in {name}", f"in {used}", page.headers[used])
        else:
            drift = bool(others) and is_first_hand(contract.document.grade(pointer))
            yield not_on_page(pointer, f"the key in {name}", is_drift=drift)
    for name, pointer in documented.items():
        if name in page.headers:
            yield agrees(pointer, name, page.headers[name])
        else:
            drift = bool(others) and is_first_hand(contract.document.grade(pointer))
            yield not_on_page(pointer, f"a header {name}", is_drift=drift)
    for name in others:
        if name not in documented:
            yield not_in_document(child(contract.success, "headers"), f"a header {name}", page.headers[name])


def _header_of_key(page: PageFacts, documented: Container[str], name: str) -> str | None:
    """The header that has the key, by its name or, if it was renamed, by what the name speaks of."""
    if name in page.headers:
        return name
    return next((one for one in page.headers if one not in documented and _OF_KEYS.search(one)), None)


def _media_types(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    yield from _media(contract, page, contract.success, "image/")
    yield from _media(contract, page, child(contract.pointer, "requestBody"), "application/")


def _media(contract: OperationContract, page: PageFacts, place: str, family: str) -> Iterator[Comparison]:
    names = [name.lower() for name in contract.document.at(place).get("content", {})]
    for name in (one for one in names if one.startswith(family)):
        pointer = child(place, "content", name)
        stated = {one: line for one, line in page.media_types.items() if one.startswith(family)}
        if name in stated:
            yield agrees(pointer, name, stated[name])
        elif stated and family == "image/":
            yield differs(pointer, name, listed(stated), next(iter(stated.values())))
        else:
            yield not_on_page(pointer, name, is_drift=False)


def _examples(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    place = child(contract.pointer, "requestBody", "content", "application/json", "example")
    example = contract.document.at(place) if contract.document.has(place) else {}
    for name, value in example.items():
        stated = page.examples.get(name)
        if stated is None:
            continue
        if stated.value == value:
            yield agrees(child(place, name), shown(value), stated.line)
        else:
            # Nobody breaks on another example.
            yield differs(
                child(place, name), f"{name} {shown(value)} in the example", shown(stated.value), stated.line, "unknown"
            )


def _price(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    pointer = child(contract.pointer, "x-price-usd")
    if not contract.price or not page.prices:
        return
    lines = {Decimal(str(stated.value)): stated.line for stated in reversed(page.prices)}
    # A page that gives the documented price and another one contradicts itself.
    for price, line in reversed(lines.items()):
        if price == contract.price:
            yield agrees(pointer, f"${price}", line)
        else:
            yield differs(pointer, f"${contract.price} a call", f"${price}", line)
