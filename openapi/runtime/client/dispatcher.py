"""Tells the hooks of a client, and the log, what happens to its calls."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from ..base.errors import APIError, ConfigurationError, OutcomeName
from ..base.wording import one_line, shown

if TYPE_CHECKING:
    import logging

    from .events import AttemptEnded, AttemptStarted, Hook


def usable_hooks(hooks: object) -> tuple[Hook, ...]:
    """The hooks that a client is given.

    Raises:
        ConfigurationError: They are no sequence of callables.
    """
    found = cast("Sequence[Hook]", hooks)
    if not isinstance(hooks, Sequence) or not all(map(callable, found)):
        raise ConfigurationError(f"hooks is {shown(found)}: it takes a list of functions.")
    return tuple(found)


class EventDispatcher:
    """Tells the log and the hooks what happens.

    Args:
        log: The log of the package.
        hooks: The caller's hooks.
    """

    def __init__(self, log: logging.Logger, hooks: tuple[Hook, ...]) -> None:
        self.log = log
        self.hooks = hooks

    def has_listeners(self, outcome: str) -> bool:
        """Whether anybody would hear of an attempt that ends so."""
        return bool(self.hooks) or self.log.isEnabledFor(_LEVEL_OF_UNKNOWN if outcome == "unknown" else _LEVEL)

    def started(self, event: AttemptStarted) -> None:
        """Before sending: what a hook raises stops the call."""
        for hook in self.hooks:
            hook(event)

    def ended(self, event: AttemptEnded) -> None:
        """After it: what a hook raises is logged, since the image that was paid for has to get through."""
        self.log.log(_LEVEL_OF_UNKNOWN if event.outcome == "unknown" else _LEVEL, "%s", _Line(event))
        for hook in self.hooks:
            try:
                hook(event)
            except Exception:
                self.log.exception("A hook failed")


class _Line:
    """One line of the log. It is put together only if somebody reads it."""

    def __init__(self, event: AttemptEnded) -> None:
        self.event = event

    def __str__(self) -> str:
        event = self.event
        came = str(event.status_code) if event.status_code is not None else type(event.error).__name__
        parts = [f"{event.request}: {came} in {event.seconds:.3f} s", event.outcome]
        parts += [f"cost {event.cost}"] if event.cost is not None else []
        parts += [f"{event.remaining_credits} credits left"] if event.remaining_credits is not None else []
        parts += [f"request id {one_line(event.request_id)}"] if event.request_id else []
        parts += [f"attempt {event.attempt}"] if event.attempt > 1 or event.retry_in is not None else []
        parts += [f"again in {event.retry_in:.3f} s"] if event.retry_in is not None else []
        return ", ".join(parts)


def log_of(package: str, variable: str) -> logging.Logger:
    """The log of the package. It is silent unless the program listens, or an environment variable turns it on.

    Args:
        package: Its name.
        variable: The environment variable: `debug`, `info` or `warning`.

    Raises:
        ConfigurationError: The variable holds another word.
    """
    import logging

    log = logging.getLogger(package)
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    level = os.environ.get(variable, "").strip().upper()
    if not level:
        return log
    if level not in _LEVELS:
        allowed = ", ".join(_LEVELS).lower()
        raise ConfigurationError(f"The environment variable {variable} is {level!r}, not one of {allowed}.")
    log.setLevel(level)
    # Where the program has handlers of its own, the lines go there.
    if not logging.getLogger().handlers and all(isinstance(one, logging.NullHandler) for one in log.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        log.addHandler(handler)
    return log


_LEVELS = ("DEBUG", "INFO", "WARNING")

# Those of `logging`, which is imported with the first client only.
_LEVEL, _LEVEL_OF_UNKNOWN = 20, 30


def outcome_of(error: BaseException | None, billed: bool | None) -> OutcomeName | Literal["answered"]:
    """What became of a request."""
    if isinstance(error, APIError):
        return error.outcome
    if billed is None:
        return "answered" if error is None else "unknown"
    if error is not None:
        return "never_sent"
    return "billed" if billed else "answered"
