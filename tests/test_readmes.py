"""The READMEs: each command and each snippet does what they say, without a network.

Commands are entered in order, in a clone. A snippet is pasted alone: it needs nothing of those above it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from ruamel.yaml import YAML

from tests.readmes import ROOT
from tests.readmes.blocks import UncoveredError, broken_links, code_spans
from tests.readmes.commands import missing_parts, rule_for
from tests.readmes.reader import Reader, check_api_reference, reading
from tests.readmes.shell import tracked

API = "generated/API.md"
FILES = [name for name in tracked("*.md") if name != API]


@frozen
class Fault:
    """A README with one mistake in it.

    Args:
        markdown: Its text.
        found: A part of what the reader says of it.
    """

    markdown: str
    found: str


def _block(language: str, *lines: str) -> str:
    return "\n".join([f"```{language}", *lines, "```", ""])


FAULTS = {
    "a call that is not there": Fault(_block("python", "from segmind_flux_schnell import Cliënt"), "cannot import"),
    "a block that needs the imports of an earlier one": Fault(
        _block("python", "from segmind_flux_schnell import Client") + _block("python", "Client().close()"),
        "NameError: name 'Client' is not defined",
    ),
    "a block that needs a file of an earlier one": Fault(
        _block("python", "open('a.txt', 'w').close()") + _block("python", "open('a.txt').close()"),
        "FileNotFoundError",
    ),
    "a block that cannot be run as a file": Fault(
        _block("python", "import asyncio", "await asyncio.sleep(0)"), "'await' outside function"
    ),
    "a block that warns": Fault(_block("python", "import warnings", "warnings.warn('old')"), "UserWarning: old"),
    "tests without a file": Fault(_block("python", "def test_nothing(): ..."), "name their file"),
    "a mistake that is not shown": Fault(
        _block("python", "from segmind_flux_schnell import Client", "Client().generate_image(prompt='')"), "1 fault"
    ),
    "output that is not printed": Fault(_block("python", "print(1 + 1)") + _block("text", "3"), "differ"),
    "less output than printed": Fault(_block("python", "print(1)\nprint(2)") + _block("text", "1"), "differ"),
    "output of nothing": Fault(_block("text", "done"), "no Python block"),
    "a target that is not there": Fault(_block("console", "$ make tset"), "no rule covers the make target 'tset'"),
    "a program without a rule": Fault(_block("console", "$ sudo make check"), "no rule covers the program 'sudo'"),
    "an option that is not there": Fault(
        _block("console", "$ flux-schnell generate fox --stepz 4"), "flux-schnell generate fox --stepz 4 ended with 2"
    ),
    "an extra that is not there": Fault(_block("console", "$ pip install '.[clii]'"), "does not provide the extra"),
    "an extra that uv does not find": Fault(_block("console", "$ uv pip install '.[clii]'"), "extra named `clii`"),
    "an option of uv that is not there": Fault(_block("console", "$ uv add --tset ../segmind-flux-schnell"), "--tset"),
    "an option of a slow command": Fault(_block("console", "$ python -m tests.bench --quik"), "not all options are in"),
    "other output of a command": Fault(_block("console", "$ printf 'a fox'", "an owl"), "differ"),
    "a test that is not there": Fault(_block("console", "$ .venv/bin/python -m pytest tests/clients"), "ended with 4"),
    "a test to save that fails": Fault(
        _block("python", "# test_fox.py", "def test_fox():", "    assert 0")
        + _block("console", "$ pytest test_fox.py"),
        "pytest test_fox.py ended with 1",
    ),
    "a file to save that no command runs": Fault(_block("python", "# test_fox.py", "import os"), "no command runs"),
    "other output of a test": Fault(
        _block("python", "# test_fox.py", "def test_fox(): pass")
        + _block("console", "$ pytest -q test_fox.py", "2 passed"),
        "differ",
    ),
    "a language without a rule": Fault(_block("toml", "a = 1"), "no rule covers a block in 'toml'"),
    "a recipe with an unknown key": Fault(_block("yaml", "- run: make check", "  iff: always()"), "iff"),
    "a recipe that fails": Fault(_block("yaml", "- run: make chekc"), "no rule covers the make target 'chekc'"),
    "YAML that is not in the document": Fault(_block("yaml", "steps: {maximum: 9}"), "nor a part of"),
    "a drawing without an import": Fault(
        _block("mermaid", "graph TD", "%% imports of runtime", "spec --> base"), "imported, but not drawn"
    ),
    "a drawing of an import that is not there": Fault(
        _block("mermaid", "graph TD", "%% imports of runtime", "base --> cli"),
        "drawn, but not imported: {('base', 'cli')}",
    ),
    "a block that is not closed": Fault("```python\nprint(1)\n", "is not closed"),
}


@pytest.fixture
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reader]:
    """Someone who reads a file of the repository."""
    file: str = request.node.callspec.params.get("file", "README.md")
    with reading(file, tmp_path) as reader:
        yield reader


@pytest.mark.parametrize("file", FILES)
def test_a_reader_gets_what_the_readme_says(file: str, reader: Reader) -> None:
    """All blocks of a file are run in order, each Python block alone; what they print is what it shows."""
    reader.follow((ROOT / file).read_text("utf-8"))


def test_the_reference_shows_the_signatures_of_the_clients() -> None:
    """Parameters and defaults of API.md are those of both clients."""
    check_api_reference((ROOT / API).read_text("utf-8"))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_mistake_in_a_readme_fails(fault: Fault, reader: Reader) -> None:
    """None of the rules lets a mistake of its kind pass."""
    with pytest.raises((AssertionError, UncoveredError), match=re.escape(fault.found)):
        reader.follow(fault.markdown)


@pytest.mark.parametrize("file", [*FILES, API])
def test_links_lead_somewhere(file: str) -> None:
    """Each relative link leads to a file of the repository, and to a heading that it has."""
    assert broken_links(ROOT / file) == []


def test_the_hooks_of_pre_commit_are_there() -> None:
    """Each hook starts a tool of the `.venv`, or a make target."""
    configuration = YAML(typ="safe").load(ROOT / ".pre-commit-config.yaml")
    entries = [hook["entry"] for repository in configuration["repos"] for hook in repository["hooks"]]
    assert entries
    for entry in entries:
        if entry.startswith("make "):
            rule_for(entry)
        else:
            assert missing_parts(entry) == []


@pytest.mark.parametrize("file", FILES)
def test_targets_in_prose_are_there(file: str) -> None:
    """A make target that is named between backticks has a rule, as those in blocks have."""
    for span in code_spans((ROOT / file).read_text("utf-8")):
        if span.startswith("make "):
            rule_for(span)
