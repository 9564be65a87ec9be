"""Where the command line starts: if its libraries are missing, it says what to install."""

import sys
from collections.abc import Sequence

from .closed_terminal import open_closed_streams
from .exit_codes import INTERRUPTED, WRONG_USE
from .extra import missing_libraries
from .glyphs import show_any_character
from .program import Program


def start(program: Program, arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        program: What the document says.
        arguments: What follows the name of the program; by default, what the process was started with.

    Returns:
        The exit code.
    """
    try:
        return _run(program, arguments)
    except KeyboardInterrupt:
        # While libraries are imported: no command has begun.
        return INTERRUPTED


def _run(program: Program, arguments: Sequence[str] | None) -> int:
    open_closed_streams()
    show_any_character()
    missing = missing_libraries(program.service.project)
    if missing:
        install = f"pip install '{program.service.project}[cli]'"
        print(f"The command line needs {', '.join(missing)}: {install}", file=sys.stderr)
        return WRONG_USE
    if program.operation is None:
        print("No operation of the document makes an image: there is nothing to do here.", file=sys.stderr)
        return WRONG_USE
    from .application import run

    return run(program, program.operation, arguments)
