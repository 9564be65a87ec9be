# @generated from openapi/runtime/base/notebook.py by `make generate`. Do not edit: change that file.
"""What runs the program, if it is IPython: in the kernel of a notebook or in a terminal. It is never imported here."""

import sys
from pathlib import Path
from types import TracebackType
from typing import Any, cast


def notebook_shell() -> Any:
    """The IPython of the running kernel, such as Jupyter's; None in a terminal or a script."""
    shell = _shell()
    return shell if getattr(shell, "kernel", None) is not None else None


def traceback_lines(error: BaseException) -> list[str]:
    """The traceback of an error as IPython shows it, without the frames of this package and of what it calls.

    They are many, push the message out of sight, and say nothing that the message does not say. `%xmode Verbose`
    shows all of them.
    """
    import traceback

    shell = _shell()
    if shell is None:
        return traceback.format_exception(error)
    shows_all = shell.InteractiveTB.mode == "Verbose"
    shown = error.__traceback__ if shows_all else _callers_frames(error.__traceback__)
    return cast("list[str]", shell.InteractiveTB.structured_traceback(type(error), error, shown))


def _shell() -> Any:
    # Whatever runs in it was started by it, and it is imported by then.
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return get_ipython() if get_ipython is not None else None


def _callers_frames(traceback: TracebackType | None) -> TracebackType | None:
    """A traceback up to where this package is called, and what it calls of the caller's."""
    frames: list[TracebackType] = []
    is_inside, libraries = False, _libraries()
    while traceback is not None:
        is_inside = is_inside or _is_within(traceback, _PACKAGE)
        if not (is_inside and _is_within(traceback, _PACKAGE, *libraries)):
            frames.append(traceback)
        traceback = traceback.tb_next
    shown: TracebackType | None = None
    for frame in reversed(frames):
        shown = TracebackType(shown, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return shown


def _is_within(traceback: TracebackType, *folders: str) -> bool:
    return traceback.tb_frame.f_code.co_filename.startswith(folders)


def _libraries() -> tuple[str, ...]:
    from sysconfig import get_paths

    paths = get_paths()
    return tuple({paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")})


_PACKAGE = str(Path(__file__).parents[2])
"""The folder of this package."""
