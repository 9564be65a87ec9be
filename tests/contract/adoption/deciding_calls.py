"""What a recording says of the call as a whole: its price, its content type, its time."""

from collections.abc import Iterator

from generator.document.document import child
from tests.contract.adoption.evidence import Recorded
from tests.contract.adoption.verdict import SetValue, Verdict, confirmed, refuted, undecided
from tests.contract.model.conversions import CONTENT_TYPE_IGNORED


def decided_calls(recorded: Recorded) -> Iterator[Verdict]:
    """A verdict on the facts of the operation."""
    yield from _price(recorded)
    yield from _content_type(recorded)
    for keyword in ("x-timeout-seconds", "x-typical-seconds"):
        pointer = child(recorded.contract.pointer, keyword)
        if recorded.contract.document.has(pointer):
            yield undecided(pointer, keyword, "one recording does not show how long a call can take")


def _price(recorded: Recorded) -> Iterator[Verdict]:
    pointer = child(recorded.contract.pointer, "x-price-usd")
    if not recorded.contract.document.has(pointer):
        return
    documented = recorded.contract.price
    what = f"an image costs {documented} credits"
    if recorded.price is None or recorded.price <= 0 or recorded.bought is None:
        yield undecided(pointer, what, "neither images nor the balance show credits that fall")
    elif recorded.price == documented:
        yield confirmed(pointer, what, recorded.bought.probe)
    else:
        seen = f"the credits fall by {recorded.price.normalize():f}"
        yield refuted(pointer, what, seen, recorded.bought.probe, SetValue(pointer, float(recorded.price)))


def _content_type(recorded: Recorded) -> Iterator[Verdict]:
    body = recorded.contract.request_body
    if body is None:
        return
    sent = recorded.named("rejected-content-type")
    what = "only the documented content types are read"
    pointer = child(body, "content")
    if sent is None:
        yield undecided(pointer, what, "no other one was sent")
    elif sent.accepted:
        ignored = child(body, CONTENT_TYPE_IGNORED)
        seen = f"a body of {sent.request.content_type} is read too"
        yield refuted(ignored, what, seen, sent.probe, SetValue(ignored, True), graded=(pointer,))
    elif sent.refused:
        yield confirmed(pointer, what, sent.probe)
