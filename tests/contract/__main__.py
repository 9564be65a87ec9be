"""The command line of the contract tests: `python -m tests.contract record | adopt | drift | accept | …`."""

import argparse
import io
import os
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from segmind_flux_schnell._runtime.base.amounts import amount
from tests.contract.commands import Options, accept, adopt, documentation, drift, guarded, record
from tests.contract.reports import FORMATS

_YES = ("1", "yes", "true", "y", "on")
_NO = ("", "0", "no", "false", "n", "off")

_DESCRIPTION = (
    "Compare a service with the OpenAPI document. Options can also be set as environment variables. "
    "Exit codes: 0 no drift, 1 drift, 2 could not tell."
)


def main(arguments: list[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Run a command and return its exit code: 0 for no drift, 1 for drift, 2 if the run could not tell."""
    # A report has characters that some terminals cannot show: that must not end a run that was paid for.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    parser = _parser(environment)
    parsed = parser.parse_args(arguments)
    if parsed.command == "mutants":
        from tests.contract.mutants.scores import mutants

        return mutants(quick=parsed.quick)
    formats = {name: path for name in FORMATS if (path := getattr(parsed, name, None))}
    if parsed.command == "documentation":
        return documentation(parsed.page, formats)
    if parsed.command == "adopt":
        return adopt()
    if parsed.command == "accept":
        return accept(parsed.finding, parsed.reason, parsed.until, parsed.report)
    agreed = parsed.yes or _agreed(environment.get("YES", ""))
    if agreed is None:
        parser.error(
            f"YES is {environment['YES']!r}, not one of {', '.join(_YES)}, or {', '.join(filter(None, _NO))}. "
            "Nothing was sent."
        )
    options = Options(
        base_url=parsed.base_url,
        max_cost=parsed.max_cost,
        yes=agreed,
        formats=formats,
        rehearse=getattr(parsed, "rehearse", False),
    )
    return guarded({"record": record, "drift": drift}[parsed.command], options)


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.contract", description=_DESCRIPTION)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (
        ("record", "send all probes and replace the committed recordings"),
        ("drift", "send all probes, judge the responses, compare them with the recordings; change nothing"),
    ):
        _add_options(commands.add_parser(name, help=purpose), environment)
    commands.choices["record"].add_argument(
        "--rehearse",
        action="store_true",
        help="treat the service as the real one, so that `adopt` has something to do; never commit what follows",
    )
    commands.add_parser("adopt", help="edit the document as the last recording of the service says, and generate anew")
    page = commands.add_parser(
        "documentation", help="compare the vendor's page with the document fact by fact; needs no key and costs nothing"
    )
    page.add_argument(
        "page",
        nargs="?",
        metavar="FILE|URL",
        help="the page, as text, Markdown or HTML; the one that the document names (externalDocs) by default",
    )
    _add_formats(page, environment)
    _add_accepting(commands.add_parser("accept", help="accept a finding until a day, in baseline.yaml"), environment)
    scores = commands.add_parser("mutants", help="measure how much drift the contract tests notice")
    scores.add_argument("--quick", action="store_true", help="skip the comparison with Schemathesis")
    return parser


def _add_options(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    parser.add_argument(
        "--base-url",
        default=environment.get("BASE_URL") or None,
        help="URL of the service (BASE_URL); this repository's sandbox by default. Keys are read from the environment "
        "only: SEGMIND_API_KEY, SEGMIND_API_KEY_NO_CREDITS, …",
    )
    parser.add_argument(
        "--max-cost",
        type=_dollars,
        default=environment.get("MAX_COST", "").strip() or "0.5",
        help="upper limit for the cost of a run, in US dollars (MAX_COST; 0.50 by default)",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="start without asking, even if the run costs money (YES=1)",
    )
    _add_formats(parser, environment)


def _add_accepting(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    path = environment.get("JSON")
    parser.add_argument("finding", help="its fingerprint, or the end of its fact: steps/maximum")
    parser.add_argument("--reason", required=True, help="why it is accepted")
    parser.add_argument("--until", required=True, type=_day, help="the last day on which it is: 2027-01-31")
    parser.add_argument(
        "--report",
        type=Path,
        default=Path(path) if path else None,
        help="the report as JSON that has the finding (JSON); the findings on the committed recordings by default",
    )


def _add_formats(parser: argparse.ArgumentParser, environment: Mapping[str, str]) -> None:
    for name in FORMATS:
        path = environment.get(name.upper())
        parser.add_argument(
            f"--{name}",
            type=Path,
            default=Path(path) if path else None,
            help=f"also write the report to this file, as {name} ({name.upper()})",
        )


def _agreed(text: str) -> bool | None:
    """Whether the variable YES agrees to a run that costs money; None if it says neither yes nor no."""
    word = text.strip().lower()
    return True if word in _YES else False if word in _NO else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, such as 2027-01-31") from error


def _dollars(text: str) -> Decimal:
    dollars = amount(text)
    if dollars is None:
        raise argparse.ArgumentTypeError(f"MAX_COST is {text!r}, not a number of US dollars from 0, such as 0.50")
    return dollars


if __name__ == "__main__":
    sys.exit(main())
