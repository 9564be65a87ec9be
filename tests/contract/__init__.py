"""The contract between the document and the service: probes, judge, recordings, drift."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SPEC = ROOT / "openapi" / "flux-schnell.yaml"
CASSETTES = Path(__file__).parent / "cassettes"

# The generator's reading of the document, with its lines and grades, is used here too.
sys.path.insert(0, str(ROOT / "openapi"))
