"""Processes that permissions bind, also where the tests run as root."""

import os
import shutil

import pytest


def bound_by_permissions() -> list[str]:
    """What a command starts with so that permissions bind it: root reads and writes whatever their modes say."""
    if os.name == "nt":
        pytest.skip("Windows has other permissions")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv, to give up what root may")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
