"""What is done with a document before anything is called: generating, importing, checking the types."""

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from attrs import frozen

from tests.generator import ROOT

PACKAGE = "public_client"
"""Name of every package: mypy reads what they have in common from its cache only if it has the same name."""

_MEMORY = 6 * 1024**3
_MYPY_LOCK = threading.Lock()


@frozen
class Run:
    """A process that has ended.

    Args:
        code: Its exit code, or None where it took too long.
        text: What it has printed.
        seconds: How much time it took of the processors, that of its own processes included.
        megabytes: The most memory that it had.
    """

    code: int | None
    text: str
    seconds: float
    megabytes: int


def run(*command: str, cwd: Path, limit: float) -> Run:
    """Run Python in a process of its own, within limits of time and memory.

    Args:
        command: Its arguments.
        cwd: The folder that it runs in.
        limit: Time limit in seconds.
    """
    started = time.monotonic()
    with (cwd / ".output").open("w+b") as output:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(cwd)])}
        process = subprocess.Popen(
            [sys.executable, *command], cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        resource.prlimit(process.pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        timer = threading.Timer(limit, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode(errors="replace")
    late = time.monotonic() - started >= limit
    code = None if late and process.returncode < 0 else process.returncode
    return Run(code, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def generated(document: Path, folder: Path) -> Run:
    """Generate the package of a document into `folder/package`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    driver = str(ROOT / "openapi" / "generate.py")
    options = ["--spec", str(document), "--output", str(folder / "package"), "--package", PACKAGE]
    return run(driver, *options, cwd=folder, limit=300)


def imported(package: Path) -> Run:
    """Import every module of a package."""
    return run("-W", "error", "-m", "tests.generator.public_documents.importing", PACKAGE, cwd=package, limit=120)


def typed(package: Path, cache: Path) -> Run:
    """Check a package with `mypy --strict`."""
    options = ["--strict", "--config-file=", f"--cache-dir={cache}", "--python-version=3.11", "--no-error-summary"]
    with _MYPY_LOCK:
        return run("-m", "mypy", *options, "-p", PACKAGE, cwd=package, limit=240)
