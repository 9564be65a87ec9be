"""The table's arithmetic, on figures that were never measured."""

from tests.bench.report import OURS, Goal, Section, table
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


def test_each_call_has_its_turns() -> None:
    """Calls are made in turns, all equally often, and the first few are not counted."""
    made: list[str] = []
    times = interleaved({"one": lambda: made.append("one"), "other": lambda: made.append("other")}, rounds=3)
    assert made == ["one", "other"] * (WARM_UP + 3)
    assert set(times) == {"one", "other"}
