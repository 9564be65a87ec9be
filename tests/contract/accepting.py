"""Accepting a finding: it is looked up in a report, so that nobody types its fingerprint, fact and oracle."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from segmind_flux_schnell._runtime.base.wording import reason
from tests.contract import CASSETTES
from tests.contract.model.contract import Contract
from tests.contract.reporting.baseline import Acceptance, NotAcceptedError
from tests.contract.reports import replay_report

Found = Sequence[Mapping[str, Any]]
"""Findings as the JSON of a report has them, those that are accepted already included."""


def found_in(source: Path) -> Found:
    """The findings in a report as JSON.

    Raises:
        NotAcceptedError: It cannot be read, or is not a report.
    """
    try:
        return _findings(json.loads(source.read_text(encoding="utf-8")))
    except OSError as error:
        raise NotAcceptedError(f"{source} cannot be read: {reason(error)}.") from error
    except (ValueError, LookupError, TypeError) as error:
        raise NotAcceptedError(f"{source} is not a report as JSON, which `drift --json FILE` writes.") from error


def found_in_recordings(contract: Contract) -> Found:
    """The findings on the committed recordings.

    Raises:
        NotAcceptedError: There are no recordings.
    """
    try:
        return _findings(json.loads(replay_report(contract).json()))
    except FileNotFoundError as error:
        raise NotAcceptedError(f"{CASSETTES.name} has no recordings; give a report as JSON (--report).") from error


def accepting(found: Found, named: str, why: str, until: date) -> list[Acceptance]:
    """The entries for a finding, or for all findings on a fact.

    Args:
        found: The findings to look in.
        named: The fingerprint of the finding, or the end of the pointer of the fact.
        why: Why it is accepted.
        until: The last day on which it is.

    Raises:
        NotAcceptedError: No finding is named so, or several facts are.
    """
    fitting = {
        one["fingerprint"]: one
        for one in found
        if one["fingerprint"] == named or f"/{one['pointer']}".endswith(f"/{named.lstrip('/')}")
    }
    facts = dict.fromkeys(str(one["pointer"]) for one in fitting.values())
    if len(facts) > 1:
        raise NotAcceptedError(f"{named} names {len(facts)} facts; give more of one of them: {', '.join(facts)}.")
    if not fitting:
        known = ", ".join(sorted({str(one["fingerprint"]) for one in found})) or "none"
        raise NotAcceptedError(f"no finding has the fingerprint or the fact {named!r}; the report has {known}.")
    return [
        Acceptance(
            fingerprint=one["fingerprint"],
            oracle=one["oracle"],
            fact=one["pointer"],
            seen=one["seen"],
            reason=why,
            until=until,
        )
        for one in fitting.values()
    ]


def _findings(report: Mapping[str, Any]) -> Found:
    return [*report["findings"], *report["accepted"]]
