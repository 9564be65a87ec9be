"""What passes the events of a call to the log and to the hooks of a client."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from ..base.errors import APIError, ConfigurationError
from ..base.wording import one_line, shown

if TYPE_CHECKING:
    import logging

    from .events import AttemptEnded, AttemptOutcome, AttemptStarted, Hook


def usable_hooks(hooks: object) -> tuple[Hook, ...]:
    """The hooks of a client.

    Raises:
        ConfigurationError: They are not a sequence of callables.
    """
    found = cast("Sequence[Hook]", hooks)
    if not isinstance(hooks, Sequence) or not all(map(callable, found)):
        raise ConfigurationError(f"hooks is {shown(found)}: it takes a list of functions.")
    return tuple(found)


class EventDispatcher:
    """Passes events to the log and to hooks.

    Args:
        log: The logger of the package.
        hooks: The hooks of the client.
        polls: Whether the attempts are polls, of which there are many: the log has those that succeed at `DEBUG` only.
    """

    def __init__(self, log: logging.Logger, hooks: tuple[Hook, ...], *, polls: bool = False) -> None:
        self.log = log
        self.hooks = hooks
        self._polls = polls

    def for_polls(self) -> EventDispatcher:
        """The same for attempts that ask how far a job is."""
        return EventDispatcher(self.log, self.hooks, polls=True)

    def with_hooks(self, hooks: tuple[Hook, ...]) -> EventDispatcher:
        """The same with further hooks, which are called after those that are there."""
        return EventDispatcher(self.log, (*self.hooks, *hooks), polls=self._polls)

    def has_listeners(self, outcome: AttemptOutcome) -> bool:
        """Whether a hook or the log takes the event of an attempt with this outcome."""
        return bool(self.hooks) or self.log.isEnabledFor(self._level(outcome))

    def started(self, event: AttemptStarted) -> None:
        """Dispatch the event before sending. What a hook raises stops the call."""
        for hook in self.hooks:
            hook(event)

    def ended(self, event: AttemptEnded) -> None:
        """Dispatch the event after an attempt. What a hook raises is only logged: the image may be paid for."""
        self.log.log(self._level(event.outcome), "%s", _LogLine(event))
        for hook in self.hooks:
            try:
                hook(event)
            except Exception:
                self.log.exception("A hook failed")

    def _level(self, outcome: AttemptOutcome) -> int:
        import logging

        if self._polls and outcome == "succeeded":
            return logging.DEBUG
        return logging.WARNING if outcome == "unknown" else logging.INFO


class _LogLine:
    """An event as a line of the log, which is composed only if a handler writes it."""

    def __init__(self, event: AttemptEnded) -> None:
        self.event = event

    def __str__(self) -> str:
        event = self.event
        result = str(event.status_code) if event.status_code is not None else type(event.error).__name__
        parts = [f"{event.request}: {result} in {event.seconds:.3f} s", event.outcome]
        parts += [f"cost {event.cost}"] if event.cost is not None else []
        parts += [f"{event.remaining_credits} credits left"] if event.remaining_credits is not None else []
        parts += [f"request id {one_line(event.request_id)}"] if event.request_id else []
        parts += [f"attempt {event.attempt}"] if event.attempt > 1 or event.retry_in is not None else []
        parts += [event.wait_notice] if event.wait_notice else []
        return ", ".join(parts)


def log_of(package: str, variable: str) -> logging.Logger:
    """The logger of the package, silent unless the program handles its records or an environment variable turns it on.

    Args:
        package: Name of the package.
        variable: Name of the environment variable, which holds `debug`, `info` or `warning`.

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
    # A program with handlers of its own gets the records there.
    if not logging.getLogger().handlers and all(isinstance(one, logging.NullHandler) for one in log.handlers):
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        log.addHandler(handler)
    return log


_LEVELS = ("DEBUG", "INFO", "WARNING")


def outcome_of(error: BaseException | None, billed: bool | None) -> AttemptOutcome:
    """The outcome of an attempt.

    Args:
        error: Its error, or None for a success.
        billed: Whether it was charged for, or None if unknown.
    """
    if isinstance(error, APIError):
        return error.outcome
    if error is not None:
        return "unknown" if billed is None else "never_sent"
    return "billed" if billed else "succeeded"
