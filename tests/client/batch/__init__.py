"""Many requests: `generate_many`, and batches that buy nothing twice."""

import json
from collections import Counter

from segmind_flux_schnell import GenerateImageRequest
from segmind_flux_schnell_sandbox.server import Sandbox

PRICE = "0.008"
"""What the sandbox bills for an image, in credits."""

BRIEF = "batch-key-brief"
"""Key of an account whose images take 0.2 seconds."""

POOR = "batch-key-poor"
"""Key of an account that can pay for three images."""

BUSY = "batch-key-busy"
"""Key of an account whose first 25 requests get a 429."""


def prompts(count: int, start: int = 0) -> list[GenerateImageRequest]:
    """Different requests for small images."""
    return [GenerateImageRequest(prompt=f"tiger {n}", width=512, height=512) for n in range(start, start + count)]


def bought(sandbox: Sandbox) -> Counter[str]:
    """How often each prompt was billed."""
    return Counter(json.loads(entry.body)["prompt"] for entry in sandbox.ledger.posts if entry.billed)
