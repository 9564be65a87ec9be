"""How long a command waits for the service, how fast it sends, and how it ends at a signal: options."""

from typing import Any

import click

from ..base.errors import ConfigurationError
from ..batch.tunables import GRACE_PERIOD, MAX_WAIT
from ..client.rate_limit import usable_rate_limit
from ..client.retrying import Backoff


def parameters() -> list[click.Parameter]:
    """The options of a command that sends one request."""
    return [
        click.Option(
            ["--max-wait"],
            type=click.FloatRange(0),
            metavar="SECONDS",
            help="Most seconds to wait while the service takes no requests; 0 sends only once. By default, the timeout "
            "is the limit.",
        ),
        _grace_period("the request"),
    ]


def batch_parameters() -> list[click.Parameter]:
    """The options of a command that sends many."""
    return [
        click.Option(
            ["--rate-limit"],
            callback=_rate_limit,
            metavar="RATE",
            help="How fast to send, such as '60 a minute' or '2/s'. By default, the batch learns it from 429s.",
        ),
        click.Option(
            ["--max-wait"],
            type=click.FloatRange(0),
            default=MAX_WAIT,
            show_default=True,
            metavar="SECONDS",
            help="End the batch after the service has taken no requests for this many seconds.",
        ),
        _grace_period("requests"),
    ]


def retry(options: dict[str, Any]) -> dict[str, Any]:
    """The argument of a client that `--max-wait` stands for; none if it was not given."""
    return {} if options["max_wait"] is None else {"retry": Backoff(max_wait=options["max_wait"])}


def _grace_period(what: str) -> click.Option:
    return click.Option(
        ["--grace-period"],
        type=click.FloatRange(0),
        default=GRACE_PERIOD,
        show_default=True,
        metavar="SECONDS",
        help=f"How long {what} in flight may still take after SIGTERM or SIGHUP.",
    )


def _rate_limit(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
    try:
        return usable_rate_limit(value)
    except ConfigurationError:
        text = f"{value!r} is not a rate, such as '60 a minute' or '2/s'."
        raise click.BadParameter(text, context, parameter) from None
