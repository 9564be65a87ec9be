# @generated from openapi/runtime/cli/gallery/parameters.py by `make generate`. Do not edit: change that file.
"""The parameters of the requests of a page: their values as texts, which of them vary, and which are all alike."""

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from ...base.unset import UNSET
from ..program import OperationOptions


@frozen(kw_only=True)
class Parameters:
    """What the document says of the parameters of a request.

    Args:
        prompt: Name of the one that says what an image shows.
        names: Names of the others, in the order of the document.
        defaults: What the service takes for each one that a request leaves out.
        seed: Name of the start of the random numbers; empty if there is none.
        size: Names of width and height; empty if there are none.
    """

    prompt: str
    names: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(factory=dict[str, Any])
    seed: str = ""
    size: tuple[str, ...] = ()

    @classmethod
    def of(cls, operation: OperationOptions) -> "Parameters":
        """Those of an operation."""
        fields = [option.field for option in operation.options]
        prompt = next((one.api_name for one in fields if one.name == operation.prompt), "")
        semantics = operation.operation.semantics
        both = (semantics.width, semantics.height)
        return cls(
            prompt=prompt,
            names=tuple(one.api_name for one in fields if one.api_name != prompt),
            defaults={one.api_name: one.default for one in fields if one.default is not UNSET},
            seed=semantics.seed.api_name if semantics.seed else "",
            size=tuple(one.api_name for one in both if one),
        )

    def values(self, request: Mapping[str, Any]) -> dict[str, str]:
        """The values by which a request is answered, defaults included; nothing for a request that is not known."""
        if not request:
            return {}
        known = {name: request.get(name, self.defaults.get(name, UNSET)) for name in self.names}
        others = {name: value for name, value in request.items() if name not in known and name != self.prompt}
        return {name: text_of(value) for name, value in {**known, **others}.items() if value is not UNSET}

    def is_default(self, name: str, value: str) -> bool:
        """Whether a value is what the service takes anyway."""
        return name in self.defaults and text_of(self.defaults[name]) == value


@frozen(kw_only=True)
class Spread:
    """How the parameters of several requests are spread.

    Args:
        varying: Values of each parameter that has several, in order.
        shared: The value of each other one, if every request has it.
    """

    varying: Mapping[str, tuple[str, ...]]
    shared: Mapping[str, str]

    @classmethod
    def of(cls, requests: Iterable[Mapping[str, str]]) -> "Spread":
        """That of requests, by their values; a request that is not known has none."""
        known = [request for request in requests if request]
        names = dict.fromkeys(name for request in known for name in request)
        varying, shared = dict[str, tuple[str, ...]](), dict[str, str]()
        for name in names:
            found = {request[name] for request in known if name in request}
            if len(found) > 1:
                varying[name] = tuple(sorted(found, key=_order))
            elif all(name in request for request in known):
                (shared[name],) = found
        return cls(varying=varying, shared=shared)


def text_of(value: Any) -> str:
    """A value of a request as a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        # The same request may hold 1 or 1.0.
        value = int(value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return str(value)


def _order(value: str) -> tuple[float, str]:
    """Numbers by their size, before texts."""
    try:
        number = float(value)
    except ValueError:
        return math.inf, value
    return (math.inf if math.isnan(number) else number), value
