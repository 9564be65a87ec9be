# @generated from openapi/runtime/cli/gallery/captions.py by `make generate`. Do not edit: change that file.
"""What stands below an image, and beside a request that has none, in one line: no fact twice, and none of no weight."""

from collections.abc import Iterator

from .cards import Card
from .parameters import Spread
from .quantities import credits_of


def facts(card: Card, spread: Spread) -> str:
    """What there is to know of a card, in one line: the seed, parameters that tell it apart, size, cost and time.

    Args:
        card: The card.
        spread: How the parameters of all cards are spread. What all of them share is said once for the page.
    """
    return " \u00b7 ".join(_facts(card, spread))


def _facts(card: Card, spread: Spread) -> Iterator[str]:
    yield from _parameters(card, spread)
    if card.thumbnail:
        yield from filter(None, [card.thumbnail.dimensions])
    yield from filter(None, [credits_of(card.entry.cost), card.seconds])
    if card.state not in ("done", "missing") and (card.entry.job_id or card.entry.request_id):
        yield f"job {card.entry.job_id}" if card.entry.job_id else f"request {card.entry.request_id}"


def _parameters(card: Card, spread: Spread) -> Iterator[str]:
    requested = card.entry.request
    for name, value in card.values.items():
        is_seed = name == card.parameters.seed and name in requested
        is_special = name not in spread.shared and not card.parameters.is_default(name, value)
        if (is_seed or is_special) and not _is_dimension(card, name, value):
            yield f"{name} {value}"


def _is_dimension(card: Card, name: str, value: str) -> bool:
    """Whether the size of the image says the same."""
    if card.thumbnail is None or name not in card.parameters.size:
        return False
    found = (card.thumbnail.width, card.thumbnail.height)
    return value == str(found[card.parameters.size.index(name)])
