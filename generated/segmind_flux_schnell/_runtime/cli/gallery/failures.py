# @generated from openapi/runtime/cli/gallery/failures.py by `make generate`. Do not edit: change that file.
"""Requests without an image, grouped by cause: what failed alike is told once."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import frozen

from ...base.excerpts import trace_in
from ...base.wording import BILLING
from ..output import counted
from ..tunables import CAUSES_SHOWN, HEADLINE_LENGTH, MESSAGE_LENGTH, MESSAGES_SHOWN, NAME_LENGTH, REQUESTS_SHOWN
from .cards import Card
from .quantities import credits_of
from .texts import shortened

_UNNAMED = {
    "submitted": "Submitted, not collected yet",
    "failed": "Failed",
}

_KIND = {"submitted": 1, "unknown": 2, "expired": 3, "missing": 4, "failed": 5}
"""Those that may bring an image yet, or that were paid for, come first."""


@frozen(kw_only=True, slots=False)
class FailureGroup:
    """Requests that have no image for the same cause.

    Args:
        cards: The requests, at least one.
    """

    cards: Sequence[Card]

    @property
    def state(self) -> str:
        """What they have in common, as an identifier."""
        return self.cards[0].state

    @property
    def title(self) -> str:
        """What went wrong, and how often."""
        return f"{_name(self.cards[0])}: {counted(len(self.cards), 'request')}"

    @property
    def is_long(self) -> bool:
        """Whether its requests are too many to be listed at once."""
        return len(self.cards) > REQUESTS_SHOWN

    @property
    def headline(self) -> str:
        """What the first message says, in one line; empty if there is none."""
        return headline(self.cards[0].entry.message or "")

    @property
    def billing(self) -> str:
        """The status of the responses, and whether they were billed, in words."""
        costs = [card.entry.cost for card in self.cards if card.entry.cost]
        known = f" {credits_of(sum(costs[1:], costs[0]))}" if costs else ""
        found = _STATUS.match(_REQUEST.sub("", self.cards[0].entry.message or ""))
        status = f"{found[1]} \u00b7 " if found else ""
        return f"{status}{BILLING[_billed(self.cards[0])]}{known}"

    @property
    def messages(self) -> list[str]:
        """The whole messages, each once, where they say more than the headline."""
        found = list(dict.fromkeys(whole for card in self.cards if (whole := _whole(card))))
        if all(_one_line(message) == self.headline for message in found):
            return []
        return [shortened(message, MESSAGE_LENGTH) for message in found[:MESSAGES_SHOWN]]


def failure_groups(cards: Sequence[Card]) -> list[FailureGroup]:
    """The cards without an image, grouped by cause, the largest group of each state first."""
    by_class = defaultdict[tuple[str, str, bool | None], list[Card]](list)
    for card in cards:
        if card.thumbnail is None:
            by_class[card.state, _name(card), _billed(card)].append(card)
    groups = [group for of_class in by_class.values() for group in _by_cause(of_class)]
    return sorted(groups, key=lambda group: (_KIND.get(group.state, 0), -len(group.cards), group.cards[0].number))


def _whole(card: Card) -> str:
    """All that is known of a failure: the stack trace of the service, of which its message has the last line.

    Without the identifier of the request, which stands beside the prompt, so that what is alike is told once.
    """
    return trace_in(card.entry.text or "") or _REQUEST_ID.sub("", card.entry.message or "")


def headline(message: str) -> str:
    """What a message says, in one line: the words of the service if it has any; of a traceback only its last line."""
    plain = _one_line(_last_of_traceback(message))
    said = _SAID.search(plain)
    return shortened(said[2] if said else plain, HEADLINE_LENGTH)


def _one_line(message: str) -> str:
    """A message without the request, the status and whether it was billed."""
    return " ".join(_BILLING.sub("", _STATUS.sub("", _REQUEST.sub("", message))).split())


def _by_cause(cards: Sequence[Card]) -> Iterator[FailureGroup]:
    causes = defaultdict[str, list[Card]](list)
    for card in cards:
        causes[_cause(card)].append(card)
    for group in causes.values() if len(causes) <= CAUSES_SHOWN else [cards]:
        yield FailureGroup(cards=group)


def _name(card: Card) -> str:
    if card.state == "missing":
        return "The image is missing" if card.result.size is None else "The file is not an image"
    return shortened(card.entry.failure or _UNNAMED.get(card.state, card.state), NAME_LENGTH)


def _billed(card: Card) -> bool | None:
    return True if card.state == "missing" else card.entry.billed


def _cause(card: Card) -> str:
    """A message without what differs from request to request: numbers, identifiers, and texts in quotes."""
    return _DIFFERING.sub("#", headline(card.entry.message or ""))


def _last_of_traceback(message: str) -> str:
    """The last line of the traceback in a message; the message itself if it has none."""
    _, marker, traceback = message.partition(_TRACEBACK)
    if not marker:
        return message
    lines = [line for line in traceback.splitlines() if line.strip()]
    # The lines of a stack are indented. A client may have joined them to one, in quotes.
    outer = [line for line in lines if not line[0].isspace()]
    return outer[-1] if len(lines) > 1 and outer else _last_exception(_BILLING.sub("", traceback)).rstrip("'\"")


def _last_exception(joined: str) -> str:
    """The exception at the end of a traceback whose lines were joined; else its end."""
    found = list(_EXCEPTION.finditer(joined))
    return joined[found[-1].start() :] if found else f"\u2026{joined[-HEADLINE_LENGTH // 2 :]}"


_TRACEBACK = "Traceback (most recent call last):"

# It starts where no name goes on: else each part of a long dotted name would be a start.
_EXCEPTION = re.compile(
    r"(?<![\w.])(?:[a-zA-Z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Timeout)\b(?=:|\s*$|')"
)

_REQUEST = re.compile(r"^(?:\w+ \()?[A-Z]+ /[^\s:)]*\)?: ")
"""The request at the beginning of an error: all requests of a page have the same."""

_STATUS = re.compile(r"^(\d{3} [A-Z][A-Za-z -]*): ")

_BILLING = re.compile(r"; (?:not billed|billed|it may have been billed)(?: \(request id [^)]*\))?")
_REQUEST_ID = re.compile(r" \(request id [^)]*\)\Z")
_SAID = re.compile(r"the service says (['\"])(.*)\1")
"""What the service itself says of it, as errors quote it."""

_DIFFERING = re.compile(r"'[^']*'|\"[^\"]*\"|\b(?=\w*\d)[\w-]+\b")
