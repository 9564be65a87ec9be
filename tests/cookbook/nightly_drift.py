"""Ask every night whether the service still does what its document says, and show in CI where it does not.

    python nightly_drift.py --max-cost 0.50

Run it in a checkout of this repository, at the version that you use: `nightly_drift.yml` is the workflow. It takes the
service from BASE_URL and the key from SEGMIND_API_KEY, and announces the most that it can spend before it sends
anything.

What a crash costs: at most what was announced. A run keeps nothing that the next one needs, and buys its own probes.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """0 for no drift, 1 for drift, 2 if the run could not tell: as `python -m tests.contract drift` has it."""
    parser = argparse.ArgumentParser(description="Compare the service with the document.")
    parser.add_argument("--max-cost", default="0.50", help="dollars that a run may spend (default: 0.50)")
    parser.add_argument("--reports", type=Path, default=Path("drift"), help="folder of the reports (default: drift)")
    options = parser.parse_args()
    options.reports.mkdir(parents=True, exist_ok=True)
    annotations, summary = options.reports / "annotations.txt", options.reports / "summary.md"
    for report in (annotations, summary):
        report.unlink(missing_ok=True)  # one of yesterday would be taken for today's
    command = [sys.executable, "-m", "tests.contract", "drift", "--yes", "--max-cost", options.max_cost]
    done = subprocess.run([*command, "--annotations", annotations, "--markdown", summary], check=False)
    if annotations.exists():
        print(annotations.read_text("utf-8"))  # GitHub shows each beside its line of the document
    else:
        print("::warning::The run has no report: see its output above.")
    if summary.exists() and "GITHUB_STEP_SUMMARY" in os.environ:
        with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as page:
            page.write(summary.read_text("utf-8"))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
