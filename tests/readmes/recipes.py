"""YAML blocks: steps of a workflow, which are run, or a part of the document or an overlay, which has to be there."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from segmind_flux_schnell_sandbox.accounts import KEY
from tests.readmes import ROOT
from tests.readmes.blocks import Block, UncoveredError
from tests.readmes.commands import Command
from tests.readmes.shell import Shell

_SECRET = re.compile(r"\$\{\{ secrets\.SEGMIND_API_KEY(?P<account>\w*) \}\}")

_EXAMPLES = tuple(f"tests/generator/documents/{name}.yaml" for name in ("streams", "pages"))

_DOCUMENTS = ("openapi/flux-schnell.yaml", "tests/generator/documents/painter/mending.yaml", *_EXAMPLES)


def check_yaml(block: Block, shell: Shell, folder: Path) -> None:
    """Run the steps of a recipe after actionlint has read them; find any other YAML in the document.

    Raises:
        UncoveredError: It is neither.
        AssertionError: A step fails, or the document says something else.
    """
    data = YAML(typ="safe").load(block.text)
    if isinstance(data, list) and all(isinstance(step, dict) and {"run", "uses"} & set(step) for step in data):
        _check_steps(data, block.line, shell, folder)
    elif not any(_occurs(data, YAML(typ="safe").load(ROOT / document)) for document in _DOCUMENTS):
        raise UncoveredError(f"the YAML is neither a list of steps nor a part of {' or '.join(_DOCUMENTS)}")


def _check_steps(steps: list[dict[str, Any]], line: int, shell: Shell, folder: Path) -> None:
    workflow = folder / "recipe.yml"
    job = {"runs-on": "ubuntu-latest", "steps": steps}
    with workflow.open("w", encoding="utf-8") as file:
        YAML().dump({"name": "recipe", "on": {"push": None}, "jobs": {"recipe": job}}, file)
    linted = subprocess.run(
        [f"{sys.prefix}/bin/actionlint", "-no-color", str(workflow)], capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr
    for step in steps:
        environment = {name: _value(str(value), shell.url) for name, value in step.get("env", {}).items()}
        for text in step.get("run", "").splitlines():
            shell.check(Command(line, text), environment)


def _value(text: str, url: str) -> str:
    """The value of a variable, with the sandbox and its keys in place of the service and the secrets."""
    text = _SECRET.sub(lambda found: KEY + found["account"].lower().replace("_", "-"), text)
    if "${{" in text:
        raise UncoveredError(f"no rule covers the expression {text!r}")
    return text.replace("https://api.segmind.com", url)


def _occurs(part: Any, whole: Any) -> bool:
    """Whether a part is somewhere in the whole, maybe with less in it."""
    if _is_within(part, whole):
        return True
    inner = whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ()
    return any(_occurs(part, one) for one in inner)


def _is_within(part: Any, whole: Any) -> bool:
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and _is_within(value, whole[name]) for name, value in part.items())
    return bool(part == whole)
