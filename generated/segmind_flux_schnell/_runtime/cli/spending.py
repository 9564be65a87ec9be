# @generated from openapi/runtime/cli/spending.py by `make generate`. Do not edit: change that file.
"""How much a batch may spend: options, and the budget of the client that they stand for."""

from decimal import Decimal
from typing import Any

import click

from ..base.amounts import amount
from ..client.budget import Budget
from .estimates import Estimate
from .output import counted


def max_cost() -> click.Option:
    """The option of a command that buys images."""
    return click.Option(
        ["--max-cost"],
        callback=_credits,
        metavar="CREDITS",
        help="Most credits to spend in this run. It stops before an image that would exceed them, at the price "
        "known so far: if the service charges more than documented, requests in flight can exceed the limit.",
    )


def parameters() -> list[click.Parameter]:
    """The options of a command that spends a lot."""
    return [
        max_cost(),
        click.Option(["--max-images"], type=click.IntRange(0), metavar="N", help="Most images to buy in this run."),
        click.Option(
            ["--keep-credits"],
            callback=_credits,
            metavar="CREDITS",
            help="Credits to leave in the account. The balance is known after the first image.",
        ),
    ]


def budget(options: dict[str, Any]) -> Budget:
    """The budget that options stand for. Options that were not given are None, or not there."""
    return Budget(
        max_credits=options["max_cost"],
        max_images=options.get("max_images"),
        keep_credits=options.get("keep_credits"),
    )


def excess(options: dict[str, Any], estimate: Estimate) -> str:
    """What would not be bought for `--max-cost`, in words; empty if all would be."""
    limit = options["max_cost"]
    if limit is None or estimate.cost is None or estimate.cost <= limit:
        return ""
    bought = int(limit * estimate.images / estimate.cost)
    return f"--max-cost {limit} allows {bought} of {counted(estimate.images, 'image')}"


def _credits(context: click.Context, parameter: click.Parameter, value: str | None) -> Decimal | None:
    number = amount(value)
    if number is None and value is not None:
        raise click.BadParameter(f"{value!r} is not a number of credits, such as 2.50.", context, parameter)
    return number
