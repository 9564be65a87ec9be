"""Commands that other packages add to the program, by entry points of the group `<package>.commands`."""

from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from ..base.wording import said
from .suggesting import Group


class PluginGroup(Group):
    """The program with the commands of other packages, which are looked up if a command is not one of its own.

    Args:
        entry_points: Group of the entry points. Each is a `click.Command`, under its name.
        options: The options of `click.Group`.
    """

    def __init__(self, *, entry_points: str, **options: Any) -> None:
        super().__init__(**options)
        self._group = entry_points

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands; those of other packages stand at the end."""
        return [*super().list_commands(ctx), *self._plugins]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Find a command; None if there is none of this name."""
        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in self._plugins:
            return own
        return _loaded(self._plugins[cmd_name])

    @cached_property
    def _plugins(self) -> dict[str, EntryPoint]:
        found = sorted(entry_points(group=self._group), key=lambda point: point.name)
        return {point.name: point for point in found if point.name not in self.commands}


class _Broken(click.Command):
    """Stands for a command that cannot be loaded: it says why, in the list of commands and when it is run."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, help=f"Cannot be loaded: {why}", add_help_option=False)
        self._why = why

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Refuse whatever it is run with.

        Raises:
            click.UsageError: Always.
        """
        raise click.UsageError(f"The command {self.name!r} cannot be loaded: {self._why}")


def _loaded(point: EntryPoint) -> click.Command:
    try:
        command = point.load()
    # A package that is broken costs its own command, and no other.
    except Exception as error:
        return _Broken(point.name, said(error))
    if isinstance(command, click.Command):
        return command
    return _Broken(point.name, f"{point.value} is not a command of click")
