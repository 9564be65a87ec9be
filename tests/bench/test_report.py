"""The table's arithmetic, on figures that were never measured."""

import signal
import sys
from functools import partial

import pytest

from tests.bench.crashes import Crashed, ending, printed_by
from tests.bench.in_flight import Spent, sections
from tests.bench.report import OURS, Goal, Section, table
from tests.bench.scale import FULL
from tests.bench.timing import WARM_UP, interleaved


def section(*goals: Goal, ours: float | None = 2.0) -> Section:
    """A section where httpx takes 4 and segmind is not installed."""
    figures = {OURS: ours, "httpx": 4.0, "segmind": None}
    return Section(title="a call", unit="ms", figures=figures, reference="httpx", goals=goals)


def test_ratios_are_of_the_reference() -> None:
    """A figure is shown as a multiple of the reference's, which is 1; a peer that is not there has none."""
    assert [section().ratio(name) for name in (OURS, "httpx", "segmind")] == [0.5, 1.0, None]


def test_a_bound_may_be_a_multiple_of_a_peers_figure() -> None:
    """At most, or at least, so many times what the peer has."""
    assert section().verdict(Goal(bound=0.5, beside="httpx")) == "at most 0.5 x httpx: met"
    assert section().verdict(Goal(bound=0.4, beside="httpx")) == "at most 0.4 x httpx: MISSED"
    assert section().verdict(Goal(bound=0.5, beside="httpx", at_least=True)) == "at least 0.5 x httpx: met"
    assert section().verdict(Goal(bound=5, beside="httpx", at_least=True)) == "at least 5 x httpx: MISSED"


def test_a_bound_may_be_a_figure() -> None:
    """Such as 8 MB, whatever the peers need."""
    assert section().verdict(Goal(bound=2.0)) == "at most 2: met"
    assert section(ours=2.01).verdict(Goal(bound=2.0)) == "at most 2: MISSED"


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    """A peer that is not installed decides nothing."""
    assert section().verdict(Goal(bound=1.0, beside="segmind")) == "at most 1 x segmind: not measured"
    assert section(ours=None).verdict(Goal(bound=1.0)) == "at most 1: not measured"


def test_the_table_counts_the_goals() -> None:
    """Its last line says how many goals are met, missed and not measured."""
    goals = (Goal(bound=1.0, beside="httpx"), Goal(bound=1.0), Goal(bound=1.0, beside="segmind"))
    text = table([section(*goals)], "head")
    assert text.startswith("head\n\na call")
    assert text.endswith("goals: 1 met, 1 missed, 1 not measured")


def test_each_measure_has_its_turns() -> None:
    """Figures are taken in turns, all equally often, and not always in the same order."""
    made: list[str] = []

    def measure(name: str) -> list[float]:
        made.append(name)
        return [1.0, 3.0]

    measured = interleaved({name: partial(measure, name) for name in "abc"}, turns=20)
    turns = ["".join(made[first : first + 3]) for first in range(0, len(made), 3)]
    assert len(turns) == WARM_UP + 20
    assert {"".join(sorted(turn)) for turn in turns} == {"abc"}
    assert len(set(turns)) > 1
    assert measured.medians == {"a": 2.0, "b": 2.0, "c": 2.0}


def test_a_peer_that_crashes_has_no_figure_and_costs_no_other_peer_its_own() -> None:
    """Its row says how it ended."""

    def crash() -> list[float]:
        raise Crashed(ending(-signal.SIGABRT))

    measured = interleaved({"a": crash, "b": lambda: [1.0]}, turns=3)
    assert (measured.medians, measured.crashes) == ({"b": 1.0}, {"a": "crashed: SIGABRT"})
    figures = {name: measured.figure(name, 1e3) for name in "ab"}
    rows = Section(title="a call", unit="ms", figures=figures, remarks=measured.crashes).lines()
    assert [" ".join(row.split()) for row in rows[1:]] == ["a - crashed: SIGABRT", "b 1000"]


def test_a_process_that_aborts_is_a_crash() -> None:
    """It is told apart from one that ends of itself."""
    assert printed_by([sys.executable, "-c", "print(7)"]) == "7\n"
    with pytest.raises(Crashed, match="crashed: SIGABRT"):
        printed_by([sys.executable, "-c", "import os; os.abort()"])
    with pytest.raises(Crashed, match="ended with status 3"):
        printed_by([sys.executable, "-c", "raise SystemExit(3)"])


def test_who_was_given_up_on_misses_the_goal() -> None:
    """How long it was waited for is a lower bound, and its CPU is not known. Of one that crashed nothing is."""
    given_up, crashed = Spent(15.0, None, "or more: given up"), Spent(None, None, "crashed: SIGABRT")
    spent = {OURS: [Spent(6.3, 1.0), given_up], "aiohttp": [Spent(6.1, 2.0)] * 3, "pyreqwest": [crashed], "httpx": []}
    wall, cpu = sections(spent, FULL)
    assert dict(wall.figures) == {"ideal": 6.0, OURS: 15.0, "aiohttp": 6.1, "pyreqwest": None, "httpx": None}
    assert wall.verdict(wall.goals[0]) == "at most 1.15 x ideal: MISSED"
    assert wall.remarks == {OURS: "or more: given up", "pyreqwest": "crashed: SIGABRT"}
    assert dict(cpu.figures) == {OURS: None, "aiohttp": 1.0, "pyreqwest": None, "httpx": None}
    assert cpu.verdict(cpu.goals[0]) == "at most 3: not measured"
