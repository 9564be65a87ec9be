"""What it costs to import the package: a list of modules is steadier than milliseconds."""

import json
import subprocess
import sys

import pytest

CODE = "import {module}, json, sys; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"


@pytest.mark.parametrize(
    "module",
    [
        "segmind_flux_schnell",
        "segmind_flux_schnell.api.images.generate_image",
        "segmind_flux_schnell.cli",
    ],
)
def test_the_http_library_is_loaded_by_the_first_client(module: str) -> None:
    """Importing the package loads neither httpx nor TLS, nor anything else but attrs and the standard library."""
    loaded = _loaded_by(CODE.format(module=module))
    assert {"segmind_flux_schnell", "attrs"} <= loaded
    assert loaded.isdisjoint({"httpx", "httpcore", "anyio", "ssl", "_ssl", "certifi", "asyncio"})
    assert not {name for name in loaded - _loaded_by(CODE.format(module="json")) if _is_foreign(name)}


def _loaded_by(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def _is_foreign(name: str) -> bool:
    return name not in sys.stdlib_module_names and name not in {"segmind_flux_schnell", "attr", "attrs"}
