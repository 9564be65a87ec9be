"""A batch of 200 as it goes in the worst hour of a service, in seconds where it would take minutes."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox.accounts import KEY, Account, Window
from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.image import draw_floored
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import create_app
from tests.client.cli.running import MODULE, environment
from tests.waiting import PATIENCE, until

COUNT = 200
# Of the 40 seconds of a cold start and the 60 of a window, a thirtieth.
COLD, WINDOW = 40 / 30, Window(60, 60 / 30)


def begun(folder: Path, sandbox: Sandbox) -> "subprocess.Popen[str]":
    """The same command each time."""
    return subprocess.Popen(
        [*MODULE, "batch", "prompts.jsonl", "--json", "--base-url", sandbox.url],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process on SIGTERM")
def test_two_hundred_images_are_each_paid_for_once(tmp_path: Path) -> None:
    """A cold model, a rate limit, sizes that are floored, and SIGTERM twice: none is lost, and none is bought twice."""
    lines = [json.dumps({"prompt": f"tiger {number}", "width": 520, "height": 512}) for number in range(COUNT)]
    (tmp_path / "prompts.jsonl").write_text("\n".join(lines))
    account = Account(KEY, latency=0.05, starts_in=COLD, rate_limit=WINDOW)
    summaries = []
    with running_sandbox(create_app(evolve(DOCUMENTED, accounts=(account,), draw=draw_floored))) as sandbox:
        for stop_at in (40, 120, None):
            with begun(tmp_path, sandbox) as process:
                if stop_at is not None:
                    until(lambda stop_at=stop_at: images(sandbox) >= stop_at)  # type: ignore[misc]
                    process.send_signal(signal.SIGTERM)
                out, err = process.communicate(timeout=PATIENCE)
                assert process.returncode == (0 if stop_at is None else 143), err
                summaries.append(json.loads(out))
    prompts = Counter(json.loads(entry.body)["prompt"] for entry in sandbox.ledger.posts if entry.billed)
    assert prompts == Counter(f"tiger {number}" for number in range(COUNT))
    found = list((tmp_path / "out").glob("*.jpg"))
    assert (len(found), {size(path) for path in found}) == (COUNT, {(512, 512)})
    assert [summary["stopped"] for summary in summaries] == ["SIGTERM", "SIGTERM", None]
    assert all(summary["failed"] == 0 and summary["unknown"] == [] for summary in summaries)
    statuses = Counter(entry.status for entry in sandbox.ledger.posts)
    # Eight in flight at first, and again in each run that meets a full window; then few.
    assert statuses[503] <= 8 + 8
    assert statuses[429] <= 3 * 8 + 10


def size(path: Path) -> tuple[int, int]:
    """The size of an image in pixels."""
    with Image.open(path) as image:
        return image.size


def images(sandbox: Sandbox) -> int:
    """How many images it has billed."""
    return sum(entry.status == 200 for entry in sandbox.ledger.posts)
