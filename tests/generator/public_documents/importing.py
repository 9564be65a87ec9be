"""Import every module of a package, and name those that cannot be imported."""

import importlib
import pkgutil
import sys


def main(name: str) -> int:
    """Import a package and all that is in it; return how many modules failed."""
    failures = 0
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}.", onerror=lambda _: None):
        if module.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(module.name)
        except Exception as error:
            failures += 1
            print(f"{module.name}: {type(error).__name__}: {error}")
    return failures


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 100))
