# @generated from openapi/runtime/cli/gallery/page.py by `make generate`. Do not edit: change that file.
"""A folder of results as one HTML file: nothing from elsewhere, all texts escaped, and readable without its scripts."""

import base64
import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from attrs import frozen

from ..tunables import FILTER_VALUES
from .captions import facts, shared_facts, shared_outcome
from .cards import Card
from .failures import FailureGroup, failure_groups
from .parameters import Parameters, Spread
from .texts import writable
from .totals import summary

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLES = ("gallery.css", "dialogs.css", "print.css")
_SCRIPTS = (
    "entries.js",
    "rows.js",
    "filters.js",
    "address.js",
    "grid.js",
    "marks.js",
    "dialogs.js",
    "lightbox.js",
    "compare.js",
    "keys.js",
    "start.js",
)
"""Files of this package, in the order in which they are joined."""

_STATES = {
    "done": "images",
    "missing": "missing or broken",
    "submitted": "submitted",
    "failed": "failed",
    "unknown": "unknown",
    "expired": "expired",
}

_WIDEST = 5.0
"""Width of a tile by its height, at most; a narrower one has the reciprocal at least. Its image is shown whole."""


@frozen(kw_only=True, slots=False)
class Gallery:
    """The page of a folder.

    Args:
        title: What it shows.
        program: The program that wrote it, and its version.
        parameters: What the document says of the parameters of a request.
        price: Credits that an image costs by the document, or None.
        cards: The results, in order.
    """

    title: str
    program: str
    parameters: Parameters
    price: Decimal | None
    cards: Sequence[Card]

    def html(self) -> str:
        """The content of the file."""
        style = "".join([*map(_source, _STYLES), *self._ratio_classes()])
        script = f'(() => {{\n"use strict";\n{"".join(map(_source, _SCRIPTS))}}})();\n'
        template = _environment().get_template("gallery.html.jinja")
        return template.render(
            gallery=self, style=style, script=script, policy=_policy(style, script), data=_json(self._data())
        )

    @property
    def summary(self) -> str:
        """How many of what, what they cost, and as of when, in one line."""
        return summary(self.cards, self.price)

    @property
    def images(self) -> list[Card]:
        """The cards with an image."""
        return [card for card in self.cards if card.thumbnail]

    @cached_property
    def failures(self) -> list[FailureGroup]:
        """The others, by cause."""
        return failure_groups(self.cards)

    @cached_property
    def spread(self) -> Spread:
        """How the parameters of the requests are spread."""
        return Spread.of(card.values for card in self.cards)

    @property
    def shared(self) -> list[str]:
        """What all requests have in common, and what all images have, in a line each."""
        return shared_facts(self.cards, self.spread, self.shared_outcome)

    @cached_property
    def shared_outcome(self) -> list[str]:
        """What all images have in common beside their requests."""
        return shared_outcome(self.cards)

    @property
    def filters(self) -> Mapping[str, Sequence[str]]:
        """The parameters that can be filtered by, each with its values."""
        return {name: values for name, values in self.spread.varying.items() if len(values) <= FILTER_VALUES}

    @property
    def columns(self) -> list[str]:
        """The parameters that have a column in the table: those that vary, and the seed."""
        seed = self.parameters.seed
        has_seed = seed in self.spread.varying or seed in self.spread.shared
        return [name for name in self.parameters.names if name in self.spread.varying or (name == seed and has_seed)]

    @property
    def states(self) -> Mapping[str, str]:
        """The states that can be chosen, with their names."""
        found = {card.state for card in self.cards}
        warned = {"warnings": "with warnings"} if any(card.warnings for card in self.cards) else {}
        return {state: name for state, name in _STATES.items() if state in found} | warned

    @property
    def orders(self) -> Mapping[str, str]:
        """What can be sorted by, with its name."""
        entries = [card.entry for card in self.cards]
        costs, times = {entry.cost for entry in entries}, {entry.at for entry in entries}
        found = {"prompt": "prompt"}
        found |= {"seed": "seed"} if any(card.seed for card in self.cards) else {}
        found |= {"cost": "cost"} if len(costs - {None}) else {}
        found |= {"duration": "duration"} if any(card.seconds for card in self.cards) else {}
        found |= {"newest": "newest first"} if len(times - {None}) > 1 else {}
        return {"": "order of requests", **found}

    def facts(self, card: Card) -> str:
        """What there is to know of a card, in one line."""
        return facts(card, self.spread, self.shared_outcome)

    def ratio_class(self, card: Card) -> str:
        """The class of a tile of its ratio: the policy allows no styles of single elements."""
        return f"r{round(_ratio(card) * _PRECISION)}"

    def _ratio_classes(self) -> list[str]:
        found = {self.ratio_class(card): _ratio(card) for card in self.images}
        return [f".{name} {{ --ratio: {ratio:.4f}; }}\n" for name, ratio in found.items()]

    def _data(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "store": self.program.rpartition(" ")[0],
            "seed": self.parameters.seed,
            "prompt": self.parameters.prompt,
            "precision": _PRECISION,
            "cards": [card.data() for card in self.cards],
        }


def link(path: str) -> str:
    """A relative path as a link. A colon in a name does not make it a scheme, nor `//` a host."""
    # A name on disk need not be UTF-8.
    return "./" + quote(os.fsencode(path.replace(os.sep, "/").lstrip("/")))


def _ratio(card: Card) -> float:
    ratio = card.thumbnail.ratio if card.thumbnail else 1.0
    return min(_WIDEST, max(1 / _WIDEST, ratio))


def _policy(style: str, script: str) -> str:
    # The originals lie beside the page, on a disk or on the server that it comes from.
    allowed = f"img-src data: file: 'self'; style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _json(value: object) -> str:
    """JSON that ends no element of HTML and starts none."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _environment() -> "Environment":
    # Only `review` needs it.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    return Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_control_characters,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _text(name: str) -> str:
    # Also from a package that is imported from an archive.
    return files(__package__ or "").joinpath(name).read_text(encoding="utf-8")


def _source(name: str) -> str:
    """A style sheet or a script without the comments at its head, which are for its own readers."""
    return _HEAD.sub("", _text(name))


def _without_control_characters(value: Any) -> Any:
    # `type`: text that is escaped already has a class of its own, and none of them.
    return writable(value) if type(value) is str else value


_HEAD = re.compile(r"\A(?:\s*(?://[^\n]*\n|/\*.*?\*/))*\s*", re.DOTALL)

_ESCAPED = re.compile(r"[&<>\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_PRECISION = 10_000
"""By which ratios are rounded: to less than a pixel of the widest screen."""
