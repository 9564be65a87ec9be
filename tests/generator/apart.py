"""Running code apart from this process, which it cannot change."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

IMPORT_ALL = """
import importlib, pkgutil, service
for module in pkgutil.walk_packages(service.__path__, "service."):
    # The runtime is the same in each package, and imported where it is used.
    if not module.name.startswith("service._runtime.") and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from service import *
for name in service.models.__all__:
    getattr(service.models, name)
"""
"""Imports all modules of the package `service`, and all of its models, which load when they are used."""


def run_apart(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python code in a fork of this process, with a folder to import from and to work in.

    A new interpreter would take most of its time to import what this process has already: attrs and httpx.
    """
    said, wrong = folder.parent / "said.txt", folder.parent / "wrong.txt"
    child = os.fork()
    if not child:
        _run(code, folder, said, wrong)
    _, status = os.waitpid(child, 0)
    texts = said.read_text("utf-8"), wrong.read_text("utf-8")
    said.unlink()
    wrong.unlink()
    return subprocess.CompletedProcess(code, os.waitstatus_to_exitcode(status), *texts)


def _run(code: str, folder: Path, said: Path, wrong: Path) -> None:
    """Run code in the child, which ends with it: nothing of the tests runs on."""
    status = 1
    try:
        sys.stdout, sys.stderr = said.open("w", encoding="utf-8"), wrong.open("w", encoding="utf-8")
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        sys.dont_write_bytecode = True
        exec(compile(code, "<apart>", "exec"), {"__name__": "__main__"})
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
