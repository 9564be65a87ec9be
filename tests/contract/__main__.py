"""`python -m tests.contract record | drift | mutants`: each option is also the environment variable of its name."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.contract.commands import Options, drift, guarded, record


def main(arguments: list[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Run a command and return its exit code: 0 no drift, 1 drift, 2 could not tell."""
    asked = _parser(environment).parse_args(arguments)
    if asked.command == "mutants":
        from tests.contract.mutants.scores import mutants

        return mutants(quick=asked.quick)
    formats = {name: getattr(asked, name) for name in ("json", "markdown", "junit") if getattr(asked, name)}
    options = Options(base_url=asked.base_url, max_cost=asked.max_cost, yes=asked.yes, formats=formats)
    return guarded({"record": record, "drift": drift}[asked.command], options)


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.contract", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (
        ("record", "record all probes in place of the committed recordings"),
        ("drift", "record aside, judge and compare; change nothing"),
    ):
        _add_options(commands.add_parser(name, help=purpose), environment)
    scores = commands.add_parser("mutants", help="measure how much of a drift is noticed")
    scores.add_argument("--quick", action="store_true", help="leave out Schemathesis")
    return parser


def _add_options(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    parser.add_argument(
        "--base-url",
        default=environment.get("BASE_URL") or None,
        help="the service (BASE_URL); by default this repository's sandbox. Keys come from SEGMIND_API_KEY, "
        "SEGMIND_API_KEY_NO_CREDITS, … in the environment alone",
    )
    parser.add_argument(
        "--max-cost",
        type=float,
        default=environment.get("MAX_COST") or "0.5",
        help="the most that a run may cost, in US dollars (MAX_COST, 0.50)",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        default=environment.get("YES", "") not in ("", "0"),
        help="begin without asking, also where it costs money (YES=1)",
    )
    for name in ("json", "markdown", "junit"):
        given = environment.get(name.upper())
        parser.add_argument(f"--{name}", type=Path, default=Path(given) if given else None, help=f"report as {name}")


if __name__ == "__main__":
    sys.exit(main())
