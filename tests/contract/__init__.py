"""Contract tests: does the service do what the document says, and does the client fit both?"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SPEC = ROOT / "openapi" / "flux-schnell.yaml"
CASSETTES = Path(__file__).parent / "cassettes"

# The contract tests read the document as the generator does, with its line numbers and grades of evidence.
sys.path.insert(0, str(ROOT / "openapi"))


def python_path(root: Path) -> str:
    """The `PYTHONPATH` that has the packages of a copy of the project, before those of the project itself."""
    return os.pathsep.join([str(root / "generated"), str(root / "tests" / "sandbox")])
