"""A thousand prompts from a CSV file: a trial first, a budget, and nothing that is paid for twice.

    python thousand_prompts.py prompts.csv images --first 10
    python thousand_prompts.py prompts.csv images --max-credits 8.00
    flux-schnell review images

The file has a column `prompt`, and may have `seed`, `width` and `height`. `flux-schnell batch` does the same without a
line of Python; this is where to start when your prompts come from somewhere else.

What a crash costs: run it again, with more or fewer prompts, and it buys only what is missing, even after `kill -9`.
What was in flight then may be paid for: it is listed, and not sent again. With `route="queue"` it is collected.
"""

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from segmind_flux_schnell import APIError, Batch, Budget, Client, GenerateImageRequest


def requests_of(file: Path) -> Iterator[GenerateImageRequest]:
    """A request for each row. Its seed is that of the row, or how often its prompt stands in the rows above.

    With a random seed, or the number of the row, a row that you insert would make all rows below it new requests.
    """
    seen = Counter[str]()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            numbers = {name: int(row[name]) for name in ("seed", "width", "height") if row.get(name)}
            yield GenerateImageRequest.from_dict({"prompt": row["prompt"], "seed": seen[row["prompt"]], **numbers})
            seen[row["prompt"]] += 1


def main() -> int:
    """Buy what is missing; 1 if something is still missing then."""
    parser = argparse.ArgumentParser(description="A thousand prompts from a CSV file.")
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, help="only the first rows, for a trial")
    parser.add_argument("--max-credits", default="1.00", help="what this run may spend (default: 1.00)")
    options = parser.parse_args()
    try:
        requests = list(requests_of(options.file))[: options.first]
        batch = Batch(options.folder)
        print(len(requests), "requests,", len(batch.plan(requests).to_send), "to send")
        with Client(budget=Budget(max_credits=options.max_credits)) as client:
            summary = batch.run(client, requests, in_flight=20, progress=True)
    except APIError as error:
        raise SystemExit(str(error)) from None
    print(f"{summary.done} bought, {summary.failed} failed, {len(summary.unknown)} unknown, {summary.spent} credits")
    if summary.stopped:
        print(f"stopped early: {summary.stopped}")
    print(f"look at them with: flux-schnell review {options.folder}")
    return 0 if summary.done + summary.from_disk == summary.total else 1


if __name__ == "__main__":
    sys.exit(main())
