"""The module that the exceptions of the package name as theirs: the one that users import them from."""

import sys


def show_as_exported(module: str) -> None:
    """Let the exceptions that a module defines and the package exports have the package as their `__module__`.

    Tracebacks, logs and pickles then name them as users do, `package.ServerError`. Other classes keep theirs:
    `inspect.getsource` and `typing.get_type_hints` look into it for the source of a class and for its annotations.

    Args:
        module: The name of the module, which calls this at its end.
    """
    package = __name__.partition("._runtime.")[0]
    # The generator imports the runtime without a package around it.
    exported = getattr(sys.modules.get(package), "__all__", ())
    for name, value in vars(sys.modules[module]).items():
        if name in exported and isinstance(value, type) and issubclass(value, Exception) and value.__module__ == module:
            value.__module__ = package
