"""`make demo`: against a sandbox of its own without a key, and wherever SEGMIND_BASE_URL points with one."""

import os
import subprocess
import sys
from pathlib import Path

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import running_sandbox

ROOT = Path(__file__).parents[1]


def demo(*options: str, **variables: str) -> str:
    """What the demo prints."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generated"), **variables}
    command = [sys.executable, "-m", "tests.demo", *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def test_the_demo_can_be_tried_against_a_sandbox() -> None:
    """With a key and the base URL of a sandbox the image is made there, and nothing is said of money."""
    with running_sandbox() as sandbox:
        printed = demo(SEGMIND_API_KEY=KEY, SEGMIND_BASE_URL=sandbox.url)
        assert len(sandbox.ledger.posts) == 1
    assert printed.startswith(f"SEGMIND_BASE_URL is set: this calls {sandbox.url}, and not the service itself.\n")
    assert "costs about" not in printed


def test_without_a_key_the_demo_has_a_sandbox_of_its_own() -> None:
    """A terminal that knows only ASCII is enough."""
    assert demo(PYTHONIOENCODING="ascii").startswith("SEGMIND_API_KEY is not set: this calls the sandbox")


def test_over_the_queue_the_image_is_ordered_and_collected() -> None:
    """The order is one POST, and its id is printed before the image is waited for."""
    with running_sandbox() as sandbox:
        printed = demo("--route", "queue", SEGMIND_API_KEY=KEY, SEGMIND_BASE_URL=sandbox.url)
        (post,) = sandbox.ledger.posts
    assert post.path == "/v2/flux-schnell"
    assert "the order is in: request id " in printed
    assert "out/example.jpg: 1024 x 1024 image/jpeg" in printed
