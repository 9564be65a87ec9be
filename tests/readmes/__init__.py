"""How the READMEs are read by a test: their blocks, what covers each of them, and what counts as the output shown."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
