"""Contract tests: does the service do what the document says, and does the client fit both?"""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SPEC = ROOT / "openapi" / "flux-schnell.yaml"
CASSETTES = Path(__file__).parent / "cassettes"

# The contract tests read the document as the generator does, with its line numbers and grades of evidence.
sys.path.insert(0, str(ROOT / "openapi"))
