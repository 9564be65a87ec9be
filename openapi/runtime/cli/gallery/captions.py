"""What stands below an image, and beside a request that has none, in one line: no fact twice, and none of no weight."""

from collections.abc import Collection, Iterator, Sequence

from .cards import Card
from .parameters import Spread
from .quantities import credits_of

_SEPARATOR = " \u00b7 "


def facts(card: Card, spread: Spread, shared: Collection[str] = ()) -> str:
    """What there is to know of a card, in one line: the seed, parameters that tell it apart, size, cost and time.

    Args:
        card: The card.
        spread: How the parameters of all cards are spread. What all of them share is said once for the page.
        shared: What `shared_outcome` gives for all cards, which is said once for the page too.
    """
    return _SEPARATOR.join(_facts(card, spread, shared))


def shared_outcome(cards: Sequence[Card]) -> list[str]:
    """The size, the cost and the time of all images, as far as they are the same in each of several."""
    outcomes = [_outcome(card) for card in cards if card.thumbnail]
    columns = map(set, zip(*outcomes, strict=True))
    return [one for column in columns if len(column) == 1 for one in column if one] if len(outcomes) > 1 else []


def shared_facts(cards: Sequence[Card], spread: Spread, outcome: Sequence[str]) -> list[str]:
    """What stands above all captions, since it would be the same in each, in a line each.

    Args:
        cards: All cards.
        spread: How their parameters are spread. Of those that all share, defaults are left out, and the seed, which
            captions have.
        outcome: What `shared_outcome` gives for them.
    """
    first, *others = cards
    parameters = first.parameters
    is_one_kind = all(card.thumbnail for card in cards)
    requested_size = " \u00d7 ".join(spread.shared.get(name, "") for name in parameters.size)
    left_out = {parameters.seed, *(parameters.size if is_one_kind and requested_size in outcome else ())}
    special = [one for one in spread.shared.items() if not parameters.is_default(*one) and one[0] not in left_out]
    requested = [f"{name} {value}" for name, value in special]
    if is_one_kind:
        requested, outcome = [*requested, *outcome], []
    lines = {"In all of them": requested, "In all images": outcome}
    return [f"{f'{name}: ' if others else ''}{_SEPARATOR.join(parts)}" for name, parts in lines.items() if parts]


def _facts(card: Card, spread: Spread, shared: Collection[str]) -> Iterator[str]:
    yield from _parameters(card, spread)
    if card.thumbnail:
        yield from (one for one in _outcome(card) if one and one not in shared)
    elif card.seconds:
        # What it cost, its group says.
        yield card.seconds
    if card.state not in ("done", "missing") and (card.entry.job_id or card.entry.request_id):
        yield f"job {card.entry.job_id}" if card.entry.job_id else f"request {card.entry.request_id}"


def _outcome(card: Card) -> tuple[str, str, str]:
    return card.thumbnail.dimensions if card.thumbnail else "", credits_of(card.entry.cost), card.seconds


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
