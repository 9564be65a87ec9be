"""The module that exceptions give as their own: the package, from which users import them."""

import sys


def show_as_exported(module: str) -> None:
    """Make the package the `__module__` of the exceptions that a module defines and the package exports.

    Tracebacks, logs and pickles then name them as users do: `package.ServerError`. Other classes keep their module, in
    which `inspect.getsource` and `typing.get_type_hints` look for the source of a class and for its annotations.

    Args:
        module: The name of the module, which calls this at its end.
    """
    package = __name__.partition("._runtime.")[0]
    # The generator imports the runtime without a package around it.
    exported = getattr(sys.modules.get(package), "__all__", ())
    for name, value in vars(sys.modules[module]).items():
        if name in exported and isinstance(value, type) and issubclass(value, Exception) and value.__module__ == module:
            value.__module__ = package
