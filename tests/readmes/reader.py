"""A reader who follows one README from its first block to its last, with a key and a sandbox.

Commands are entered in a clone, one after another; each Python block is pasted alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

from attrs import frozen

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.readmes import ROOT
from tests.readmes.blocks import Block, UncoveredError, blocks
from tests.readmes.commands import commands, rule_for
from tests.readmes.comparing import assert_shown
from tests.readmes.drawings import check_drawing
from tests.readmes.recipes import check_yaml
from tests.readmes.shell import Shell
from tests.readmes.signatures import check_signature
from tests.readmes.snippets import Snippets

LOOPBACK_ONLY = str(ROOT / "tests" / "readmes" / "loopback_only")


@frozen
class Reader:
    """Follows the blocks of a README.

    Args:
        snippets: Run its Python, each block alone.
        shell: Runs its commands.
        scratch: A folder outside the clone.
    """

    snippets: Snippets
    shell: Shell
    scratch: Path

    def follow(self, markdown: str) -> None:
        """Check all blocks in order.

        Raises:
            AssertionError: One does not do what the README says, or no rule covers it. The message has its line.
        """
        found = blocks(markdown)
        for block, below in zip_longest(found, found[1:]):
            try:
                self._check(block)
                if below is None or below.language != "text":
                    self.snippets.settle()
            except Exception as error:
                raise AssertionError(f"{self.snippets.file}:{block.line}: {error}") from error
        if self.shell.untested:
            raise AssertionError(f"{self.snippets.file}: no command runs {', '.join(sorted(self.shell.untested))}")

    def _check(self, block: Block) -> None:
        match block.language:
            case "python" if block.file is not None:
                self.shell.save(block.file, block.text)
            case "python":
                self.snippets.run(block.text, block.line)
            case "console":
                for command in commands(block):
                    self.shell.check(command)
            case "text" if block.measured_by:
                # A table of minutes of work: its figures are not measured again, but the command that did is there.
                rule_for(block.measured_by)
            case "text":
                assert_shown(block.text, self.snippets.shown())
            case "yaml":
                check_yaml(block, self.shell, self.scratch)
            case "mermaid":
                check_drawing(block)
            case other:
                raise UncoveredError(f"no rule covers a block in {other or 'no language'!r}")


@contextmanager
def reading(file: str, folder: Path) -> Iterator[Reader]:
    """A reader in a clone of the repository, whose clients call a sandbox of its own."""
    for name in ("shims", "scratch", "snippets"):
        (folder / name).mkdir()
    with running_sandbox() as sandbox:
        shell = Shell(folder / "clone", folder / "shims", sandbox.url)
        try:
            environment = {
                **shell.environment,
                "PYTHONPATH": LOOPBACK_ONLY,
                "SEGMIND_API_KEY": KEY,
                "SEGMIND_BASE_URL": sandbox.url,
            }
            snippets = Snippets(file, folder / "snippets", environment)
            yield Reader(snippets, shell, folder / "scratch")
        finally:
            shell.close()


def check_api_reference(markdown: str) -> None:
    """Check the generated reference, whose blocks are signatures."""
    found = blocks(markdown)
    assert found, "API.md shows no signature"
    for block in found:
        if block.language != "python":
            raise UncoveredError(f"line {block.line}: no rule covers a block in {block.language!r} of API.md")
        check_signature(block.text)
