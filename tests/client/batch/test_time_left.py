"""How long the rest of a batch takes: estimates on a simulated clock, beside what turned out to be true."""

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from segmind_flux_schnell import Batch, Client, GenerateImageRequest
from segmind_flux_schnell._runtime.batch.progress_facts import facts, finished, rate, time_left
from segmind_flux_schnell._runtime.batch.report import Progress
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch.simulated import Report, Schedule, SimulatedRun

MEAN = 10.0
"""Seconds that the service of these schedules takes for an image, on average."""


def scattered(low: float, high: float, *, seed: int = 1) -> tuple[float, ...]:
    """Latencies between two bounds."""
    drawn = random.Random(seed)
    return tuple(drawn.uniform(low, high) for _ in range(97))


def skewed(seed: int = 1) -> tuple[float, ...]:
    """Latencies as services have them: most near the mean, and some two or three times as long."""
    drawn = random.Random(seed)
    return tuple(min(40.0, max(4.0, drawn.lognormvariate(2.25, 0.3))) for _ in range(97))


RUNS: dict[str, Callable[[], SimulatedRun]] = {
    "all alike": lambda: SimulatedRun(Schedule(latencies=[MEAN]), 40, 8),
    "one more than whole waves": lambda: SimulatedRun(Schedule(latencies=[MEAN]), 41, 8),
    "a little scattered": lambda: SimulatedRun(Schedule(latencies=scattered(8, 12)), 100, 8),
    "widely scattered": lambda: SimulatedRun(Schedule(latencies=scattered(5, 15)), 100, 8),
    "skewed": lambda: SimulatedRun(Schedule(latencies=skewed()), 200, 8),
    "many in flight": lambda: SimulatedRun(Schedule(latencies=scattered(8, 12)), 500, 50),
    "one at a time": lambda: SimulatedRun(Schedule(latencies=scattered(8, 12)), 12, 1),
    "every fifth fails": lambda: SimulatedRun(
        Schedule(latencies=scattered(8, 12), failing=frozenset(range(0, 100, 5))), 100, 8
    ),
    "a cold start": lambda: SimulatedRun(Schedule(latencies=scattered(8, 12), starts_in=40), 100, 8),
    "a rate limit of the client": lambda: SimulatedRun(Schedule(latencies=scattered(8, 12)), 100, 20, (30, 60)),
    "few at once": lambda: SimulatedRun(Schedule(latencies=scattered(8, 12), concurrent=5), 200, 20),
}


def later(reports: list[Report], count: int) -> list[Report]:
    """The reports after so many requests, up to the last one before the end."""
    return [report for report in reports if report.finished >= count and report.truth > 0]


@pytest.mark.parametrize("name", RUNS)
def test_the_estimate_is_near_the_truth_from_the_second_wave_on(name: str) -> None:
    """Within a third of what it turns out to be, or within one and a half calls near the end."""
    run = RUNS[name]()
    reports = later(run.reports(), 2 * run.in_flight)
    assert reports
    for report in reports:
        assert report.seconds_left is not None
        assert abs(report.seconds_left - report.truth) <= max(report.truth / 3, 1.5 * MEAN), report


@pytest.mark.parametrize("name", RUNS)
def test_a_call_that_is_still_to_be_sent_takes_its_time(name: str) -> None:
    """While something is to be sent, there is never less left than one call takes: not a second at 3 of 40."""
    reports = [one for one in RUNS[name]().reports() if one.waiting and one.seconds_left is not None]
    assert min(report.seconds_left or 0 for report in reports) >= MEAN / 2


@pytest.mark.parametrize("most", [10, 60])
def test_a_learned_rate_limit_counts(most: int) -> None:
    """Once the service has refused one, the rest of the window and all further windows are in the estimate."""
    run = SimulatedRun(Schedule(latencies=scattered(8, 12), window=(most, 60)), 6 * most, 20)
    reports = run.reports()
    refused = next(number for number, report in enumerate(reports) if report.is_held)
    for report in later(reports[refused:], 1):
        assert report.seconds_left is not None
        assert abs(report.seconds_left - report.truth) <= max(report.truth / 3, 3 * MEAN), report


def test_nothing_is_known_before_the_first_image() -> None:
    """A failure says nothing, and neither does a wait: there is no estimate, and no "1 s"."""
    failing = SimulatedRun(Schedule(latencies=[MEAN], failing=frozenset(range(7))), 40, 8).reports()
    starting = SimulatedRun(Schedule(latencies=[MEAN], starts_in=40), 40, 8).reports()
    assert {report.finished for report in failing if report.seconds_left is None} == {0, 7}
    assert all(report.seconds_left is None for report in starting if report.is_held or not report.finished)
    assert all(report.seconds_left is not None for report in failing if report.finished > 7)


def test_quick_failures_are_no_speed() -> None:
    """Seven of the first eight fail at once: the estimate is that of the images, not that of the failures."""
    run = SimulatedRun(Schedule(latencies=[MEAN], failing=frozenset(range(7))), 100, 8)
    known = [report for report in run.reports() if report.seconds_left is not None and report.truth > 0]
    assert all((report.seconds_left or 0) >= report.truth / 2 for report in known)


def test_a_call_that_is_overdue_keeps_its_time() -> None:
    """The last one takes six times as long as the others: what is left grows with it, and is not a second."""
    run = SimulatedRun(Schedule(latencies=[MEAN] * 15 + [60.0]), 16, 8)
    last = [report.seconds_left or 0 for report in run.reports() if report.finished == 15]
    assert last == sorted(last)
    assert (last[0] > 0, last[len(last) // 2] > MEAN) == (True, True)


def test_a_batch_reports_it(sandbox: Sandbox, tmp_path: Path) -> None:
    """`Progress` has it: nothing before the first image, then a time, and 0 at the end. Images on disk do not count."""
    requests = [GenerateImageRequest(prompt="tiger", seed=seed, width=512, height=512) for seed in range(6)]
    batch, seen = Batch(tmp_path), list[Progress]()
    with Client(base_url=sandbox.url, api_key="sandbox-key") as client:
        batch.run(client, requests[:3], in_flight=1, progress=seen.append)
        first, seen = seen, []
        batch.run(client, requests, in_flight=1, progress=seen.append)
    assert (first[0].seconds_left, first[-1].seconds_left) == (None, 0.0)
    assert (seen[0].seconds_left, seen[0].from_disk, seen[-1].seconds_left) == (None, 3, 0.0)
    assert all(one.seconds_left is not None for one in seen if one.done)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0.0, "about 1 s left"),
        (7.2, "about 8 s left"),
        (41, "about 45 s left"),
        (200, "about 3 min 30 s left"),
        (3000.0, "about 50 min left"),
        (4000, "about 1 h 7 min left"),
    ],
)
def test_it_is_shown_no_more_exactly_than_it_is_known(seconds: float | None, text: str) -> None:
    """In steps of a second, five, half a minute, or a minute."""
    assert time_left(seconds) == text


def progress(**values: int | float | str | None) -> Progress:
    """A `Progress` with these values."""
    counts = dict.fromkeys(("total", "done", "from_disk", "failed", "unknown", "missing", "submitted", "expired"), 0)
    others = {"in_flight": 0, "spent": Decimal("0.016"), "remaining_credits": None, "seconds": 10.0}
    return Progress(**{**counts, **others, **values})  # type: ignore[arg-type]


def test_failures_are_finished_and_come_first() -> None:
    """What a person has to act on stands where a narrow terminal still shows it."""
    some = progress(total=9, done=2, failed=3, unknown=1, from_disk=1)
    assert finished(some) == 7
    assert facts(some) == "3 failed, 1 of unknown outcome, 12/min, 0.016 spent"


@pytest.mark.parametrize(("done", "seconds", "text"), [(0, 0.1, ""), (1, 10.0, "6/min"), (30, 10.0, "3.0/s")])
def test_a_rate_is_in_a_unit_that_shows_it(done: int, seconds: float, text: str) -> None:
    """Nothing before the first image, and images a minute where a second brings none."""
    assert rate(progress(done=done, seconds=seconds)) == text
