"""The generator is run on the real document, on altered copies of it and on documents of other services."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

sys.path.insert(0, str(ROOT / "openapi"))
