"""Libraries that the package can do without, until something is called that needs one."""

from importlib.util import find_spec

from .notebook import notebook_shell

PROJECTS = {"PIL": ("Pillow", "pillow"), "numpy": ("NumPy", "numpy")}
"""By the name of a module: what people call the library, and what pip calls it."""


def need(module: str, purpose: str) -> None:
    """Refuse to continue without a library.

    Args:
        module: Its top-level module.
        purpose: What needs it, as a user writes it.

    Raises:
        ModuleNotFoundError: It is not installed. The message has the command that installs it.
    """
    if find_spec(module) is None:
        library, project = PROJECTS[module]
        raise ModuleNotFoundError(
            f"{purpose} needs {library}, which is not installed: {install_command(project)}", name=module
        )


def install_command(project: str) -> str:
    """The command that installs a library into the environment of this program."""
    # In a notebook, `%pip` is the pip of its kernel; another one may stand first on the path.
    return f"{'%pip' if notebook_shell() is not None else 'pip'} install {project}"
