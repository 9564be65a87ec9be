# @generated from openapi/runtime/cli/gallery/totals.py by `make generate`. Do not edit: change that file.
"""What all results of a folder come to: how many, how large, and what was spent on them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..output import counted
from .cards import Card
from .quantities import credits_of, megabytes, moment_of


def summary(cards: Sequence[Card], price: Decimal | None) -> str:
    """How many of what, what they cost, and as of when, in one line.

    Args:
        cards: All results.
        price: Credits that an image costs by the document, or None.
    """
    return " \u00b7 ".join([*_counts(cards), *filter(None, [spending(cards, price), _moment(cards)])])


def spending(cards: Sequence[Card], price: Decimal | None) -> str:
    """What was spent by the journals, with what brought no image; `at least` if more may have been. Empty if unknown.

    Args:
        cards: All results.
        price: Credits that an image costs by the document, or None.
    """
    entries = [card.entry for card in cards]
    costs = [entry.cost for entry in entries if entry.cost is not None]
    # Images that no journal has do not say what they cost.
    unpriced = sum(entry.cost is None and entry.billed is True for entry in entries)
    uncertain = sum(entry.cost is None and entry.billed is None for entry in entries)
    if not costs and not uncertain:
        return ""
    known = credits_of(sum(costs, Decimal(0)))
    if not unpriced and not uncertain:
        return known
    parts = [f"at least {known}"]
    if unpriced:
        parts.append(f"{counted(unpriced, 'image')} of unknown cost")
    if uncertain:
        about = "" if price is None else f", about {credits_of(uncertain * price)}"
        parts.append(f"{counted(uncertain, 'request')} that may have been billed{about}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]])


def _moment(cards: Sequence[Card]) -> str:
    """When the last outcome was written: a page does not follow its journal. Empty if that is not known."""
    written = [card.entry.at for card in cards if _MOMENT.fullmatch(card.entry.at or "")]
    return f"as of {moment_of(max(filter(None, written)))}" if written else ""


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def _counts(cards: Sequence[Card]) -> Iterator[str]:
    states = Counter(card.state for card in cards)
    size = sum(card.result.size or 0 for card in cards)
    yield ", ".join([counted(states["done"], "image"), *([megabytes(size)] if size else [])])
    if states["missing"]:
        yield f"{states['missing']} bought and missing or broken"
    if states["submitted"]:
        yield f"{states['submitted']} submitted and not collected yet"
    if states["failed"]:
        yield f"{states['failed']} failed"
    if states["unknown"]:
        yield f"{states['unknown']} with unknown outcome"
    if states["expired"]:
        yield f"{states['expired']} expired"
    warned = sum(bool(card.warnings) for card in cards)
    if warned:
        yield f"{counted(warned, 'image')} with warnings"
