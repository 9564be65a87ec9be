"""The requests of `generate --count`: each with a seed of its own, since equal requests buy equal images."""

from collections.abc import Iterator, Mapping
from itertools import count as counting
from itertools import islice
from typing import Any

from ..base.rules import RANDOM, Field
from .program import OperationOptions
from .tunables import DRAWS


def requests_of(operation: OperationOptions, values: Mapping[str, Any], count: int | None) -> list[Any]:
    """The requests that a command asks for.

    With a seed, they take it and those after it. Without one, or with "random", each has its own, drawn by the client
    or, where the document has a value for that, by the service.

    Args:
        operation: The operation.
        values: The values that were given, by the names of their fields.
        count: How many images; None for one that is as it was given.

    Raises:
        InvalidRequestError: Values break rules.
    """
    field = seed_field(operation)
    if count is None or field is None:
        return [operation.checked(**values)] * (count or 1)
    drawn = operation.operation.semantics.random_seed
    given = values.get(field.name)
    if given is None or given == RANDOM:
        if field.rule.random:
            return _drawn(operation, field, values, count)
        given = drawn
    if given is None or given == drawn or not isinstance(given, int):
        further = {} if given is None else {field.name: given}
        return [operation.checked(**{**values, **further})] * count
    seeds = islice((seed for seed in counting(given) if seed != drawn), count)
    return [operation.checked(**{**values, field.name: seed}) for seed in seeds]


def seed_field(operation: OperationOptions) -> Field | None:
    """The field that holds the seed, by its semantics in the document; None if there is none."""
    seed = operation.operation.semantics.seed
    return next((field for field in operation.fields if seed and field.api_name == seed.api_name), None)


def draws_seeds(operation: OperationOptions, values: Mapping[str, Any], count: int | None) -> bool:
    """Whether each request gets a drawn seed."""
    field = seed_field(operation)
    given = values.get(field.name) if field is not None else None
    return field is not None and (given == RANDOM or (count is not None and given is None))


def names_of(operation: OperationOptions, values: Mapping[str, Any], count: int | None) -> list[str]:
    """The fields that a call gives: the others have their defaults, which requests leave out."""
    field = seed_field(operation) if count is not None else None
    return list(dict.fromkeys([*values, *([field.name] if field is not None else [])]))


def _drawn(operation: OperationOptions, field: Field, values: Mapping[str, Any], count: int) -> list[Any]:
    def draws() -> Iterator[Any]:
        while True:
            yield operation.checked(**{**values, field.name: RANDOM})

    # Where there are fewer seeds than images, some repeat.
    found: dict[Any, Any] = {}
    spare: list[Any] = []
    for request in islice(draws(), count + DRAWS):
        seed = getattr(request, field.name)
        if seed in found:
            spare.append(request)
        found.setdefault(seed, request)
        if len(found) == count:
            return list(found.values())
    return [*found.values(), *spare][:count]
