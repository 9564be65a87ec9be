"""Running the generator as `make generate` does, and importing what it has written."""

import copy
import importlib
import inspect
import io
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.generator import ROOT

DRIVER = ROOT / "openapi" / "generate.py"
DOCUMENT = ROOT / "openapi" / "flux-schnell.yaml"
DOCUMENTS = Path(__file__).parent / "documents"

Change = Callable[[Any], None]


def run(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the driver in another process."""
    command = [sys.executable, str(DRIVER), *map(str, arguments)]
    variables = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, check=False)


def strictly(document: Path, folder: Path) -> tuple[int, str]:
    """Generate with `--strict` into a folder, in this process, and return the exit code and what is said of it."""
    import generate

    with redirect_stderr(io.StringIO()) as said:
        code = generate.main(["--spec", str(document), "--output", str(folder), "--package", "strict", "--strict"])
    return code, said.getvalue()


def write_package(document: Path, folder: Path, name: str) -> None:
    """Generate a package into a folder, in this process."""
    # Not imported before it is needed: the tests of openapi-python-client's names run even where this fails.
    import generate

    code = generate.main(["--spec", str(document), "--output", str(folder), "--package", name])
    assert code == 0, f"{document.name} was refused"


@contextmanager
def imported(folder: Path, name: str) -> Iterator[Any]:
    """Import a package from a folder, and forget it at the end."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        for module in [module for module in sys.modules if f"{module}.".startswith(f"{name}.")]:
            del sys.modules[module]
        _forget_filters(name)


def _forget_filters(package: str) -> None:
    """Take the filters of a package off all logs: a client that has not been collected yet would keep them there."""
    for logger in map(logging.getLogger, tuple(logging.root.manager.loggerDict)):
        for one in tuple(logger.filters):
            if type(one).__module__.startswith(f"{package}."):
                logger.removeFilter(one)


def altered(change: Change, path: Path) -> Path:
    """Write a changed copy of the real document to a path."""
    document = copy.deepcopy(real_document())
    change(document)
    # Not the safe kind, which sorts the keys: the order of the operations decides which of them have the short names.
    YAML(typ="rt").dump(document, path)
    return path


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder, by relative path."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def docs(owner: object) -> str:
    """The docstring of something, without its indentation."""
    return inspect.getdoc(owner) or ""


@cache
def real_document() -> Any:
    """The real document, to be read only."""
    return YAML(typ="safe").load(DOCUMENT)
