"""What it costs to import the package: a list of modules is steadier than milliseconds."""

import json
import subprocess
import sys

import pytest

CODE = "{statement}; import json, sys; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"


@pytest.mark.parametrize(
    "statement",
    [
        "from segmind_flux_schnell import *",
        "from segmind_flux_schnell import AsyncClient, Batch, Client, GenerateImageRequest",
        "import segmind_flux_schnell.api.images.generate_image",
        "import segmind_flux_schnell.cli",
    ],
)
def test_the_http_library_is_loaded_by_the_first_client(statement: str) -> None:
    """All of the package together loads neither httpx nor TLS, nor anything but attrs and the standard library."""
    loaded = _loaded_by(CODE.format(statement=statement))
    assert {"segmind_flux_schnell", "attrs"} <= loaded
    assert loaded.isdisjoint({"httpx", "httpcore", "anyio", "ssl", "_ssl", "certifi", "asyncio"})
    # What took most of the time once: for what few calls need, or none.
    assert loaded.isdisjoint({"difflib", "email", "fractions", "hashlib", "logging", "random", "secrets", "shutil"})
    assert not {name for name in loaded - _loaded_by(CODE.format(statement="import json")) if _is_foreign(name)}


def test_the_package_alone_loads_nothing() -> None:
    """Each name of the package brings what it needs when it is first used."""
    loaded = _loaded_by(CODE.format(statement="import segmind_flux_schnell"))
    assert {"attr", "attrs", "decimal", "json.decoder"}.isdisjoint(loaded)


def test_the_program_starts_in_a_module_that_loads_nothing() -> None:
    """Until its own lines run, nothing of ours can keep a Ctrl-C from showing a stack trace."""
    code = "import sys{}; found = sorted(sys.modules); import json; print(json.dumps(found))"
    loaded = _loaded_by(code.format(", segmind_flux_schnell.__main__")) - _loaded_by(code.format(""))
    assert loaded == {"segmind_flux_schnell", "segmind_flux_schnell.__main__"}


def _loaded_by(code: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def _is_foreign(name: str) -> bool:
    return name not in sys.stdlib_module_names and name not in {"segmind_flux_schnell", "attr", "attrs"}
