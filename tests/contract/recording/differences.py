"""The differences between two recordings of a probe, in words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ImageChops

from segmind_flux_schnell._runtime.base.wording import one_line
from tests.contract.model.images import ImageAttributes
from tests.contract.recording.noise import UNKNOWN, Comparable

_LONGEST = 80
_MISSING = object()


def differences(last: Comparable, now: Comparable, *, exact: bool) -> Iterator[str]:
    """What of a probe has changed since the last recording, a line each; nothing if only noise differs.

    Args:
        last: The probe in the last recording.
        now: The probe in the new one.
        exact: Whether equal images have equal pixels. A service that runs on GPUs is granted some noise.
    """
    yield from _request(last, now)
    if last.status != now.status:
        yield f"status: {last.status} → {now.status}"
    yield from _headers(last.headers, now.headers)
    if differs_in_balance(last, now):
        yield f"balance since the response before: {last.balance or 'none'} → {now.balance or 'none'}"
    if last.image is not None and now.image is not None:
        yield from _images(last.image, now.image, exact=exact, drawn=last.drawn and now.drawn)
    elif last.image is not None or now.image is not None:
        yield f"body: {_kind(last)} → {_kind(now)}"
    else:
        yield from _bodies("body", last.body, now.body)


def differs_in_balance(last: Comparable, now: Comparable) -> bool:
    """Whether the balance changed by another amount than in the last recording, as far as that can be told."""
    return last.balance != now.balance and UNKNOWN not in (last.balance, now.balance)


def _request(last: Comparable, now: Comparable) -> Iterator[str]:
    for name in ("method", "path", "content_type", "account"):
        before, after = getattr(last.request, name), getattr(now.request, name)
        if before != after:
            yield f"request, {name.replace('_', ' ')}: {_shown(before)} → {_shown(after)}"
    if last.request.body != now.request.body:
        before, after = (one.request.json() for one in (last, now))
        if before is None or after is None:
            yield f"request, body: {_shown(last.request.body)} → {_shown(now.request.body)}"
        else:
            yield from _bodies("request, body", before, after) or ("request, body: its order or form",)
    for name in sorted(last.sent ^ now.sent):
        yield f"request, header {name}: {'sent' if name in now.sent else 'not sent'} now"


def _headers(last: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*last, *now}):
        before, after = last.get(name), now.get(name)
        if before != after:
            shown = ("none" if one is None else _shown(one) for one in (before, after))
            yield f"header {one_line(name, _LONGEST)}: {' → '.join(shown)}"


def _images(last: ImageAttributes, now: ImageAttributes, *, exact: bool, drawn: bool) -> Iterator[str]:
    if last.format != now.format:
        yield f"image: {last.format} → {now.format}"
    if last.size != now.size:
        yield f"image: {_size(last)} → {_size(now)}"
    elif last.whole != now.whole:
        yield f"image: it is {'whole' if now.whole else 'cut off'} now"
    elif not drawn and not last.same_as(now, exact=exact):
        yield f"image: {_pixels(last, now)}"


def _pixels(last: ImageAttributes, now: ImageAttributes) -> str:
    if last.opened is None or now.opened is None:
        return "other bytes, which cannot be decoded"
    difference = ImageChops.difference(last.opened.convert("RGB"), now.opened.convert("RGB")).convert("L")
    counts = difference.histogram()
    differing = sum(counts[1:])
    largest = max(level for level, count in enumerate(counts) if count)
    return f"{100 * differing / sum(counts):.1f} % of the pixels differ, by up to {largest} of 255 levels"


def _bodies(place: str, last: Any, now: Any) -> list[str]:
    """The places at which two JSON values differ; those of texts that are not JSON are the whole body."""
    if isinstance(last, dict) and isinstance(now, dict):
        pairs = [(str(name), last.get(name, _MISSING), now.get(name, _MISSING)) for name in {**last, **now}]
        return [line for name, one, other in pairs for line in _bodies(f"{place}/{_shown(name)}", one, other)]
    if isinstance(last, list) and isinstance(now, list) and len(last) == len(now):
        pairs = [(str(at), one, other) for at, (one, other) in enumerate(zip(last, now, strict=True))]
        return [line for name, one, other in pairs for line in _bodies(f"{place}/{name}", one, other)]
    if type(last) is type(now) and last == now:
        return []
    return [f"{place}: {_value(last)} → {_value(now)}"]


def _value(value: Any) -> str:
    if value is _MISSING:
        return "none"
    return _shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _shown(value: object) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return one_line(" ".join(text.split()), _LONGEST) or "(empty)"


def _kind(one: Comparable) -> str:
    return f"an image, {_size(one.image)}" if one.image is not None else _value(one.body)


def _size(image: ImageAttributes) -> str:
    return f"{image.size[0]} x {image.size[1]}" if image.size else "a size that cannot be read"
