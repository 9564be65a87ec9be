"""Shards: parts of one batch for several machines, which share a folder or put their folders together."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmind_flux_schnell import Batch, ConfigurationError
from segmind_flux_schnell._runtime.batch.shards import Shard
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_NO_CREDITS
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.batch import bought, prompts
from tests.client.batch.conftest import blocking_client


@given(keys=st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex)), count=st.integers(1, 40))
def test_shards_are_a_partition(keys: list[str], count: int) -> None:
    """Each request belongs to exactly one shard, whatever their number."""
    shards = [Shard(number, count) for number in range(1, count + 1)]
    assert all(sum(shard.takes(key) for shard in shards) == 1 for key in keys)


def test_duplicates_fall_into_the_same_shard(folder: Path) -> None:
    """Each shard is given all requests, and all together they plan each of them once."""
    requests = [*prompts(20), *prompts(20)]
    plans = [Batch(folder, shard=(number, 4)).plan(requests) for number in range(1, 5)]
    assert sorted(planned.index for plan in plans for planned in plan.to_send) == list(range(20))
    assert sorted(planned.index for plan in plans for planned in plan.duplicates) == list(range(20, 40))
    assert all(len(plan.to_send) + len(plan.duplicates) + len(plan.other_shards) == 40 for plan in plans)


def test_all_shards_together_are_the_batch(sandbox: Sandbox, folder: Path) -> None:
    """Each shard buys its part into the same folder, with a journal of its own; nothing is bought twice."""
    with blocking_client(sandbox.url) as client:
        summaries = [Batch(folder, shard=(number, 3)).run(client, prompts(12)) for number in (1, 2, 3)]
        assert sum(summary.done for summary in summaries) == 12
        assert {path.name for path in folder.glob("*.jsonl")} == {
            f"journal-{number}-of-3.jsonl" for number in (1, 2, 3)
        }
        assert len(Batch(folder).entries()) == 12
        assert Batch(folder).run(client, prompts(12)).from_disk == 12
    assert set(bought(sandbox).values()) == {1}


def test_two_shards_run_at_the_same_time(sandbox: Sandbox, folder: Path) -> None:
    """Each shard locks its own journal: others of the same number of shards can run meanwhile."""
    with blocking_client(sandbox.url) as client:

        def other(progress: Any) -> None:
            if not progress.in_flight and progress.done == progress.total:
                Batch(folder, shard=(2, 2)).run(client, prompts(8))

        Batch(folder, shard=(1, 2)).run(client, prompts(8), progress=other)
    assert sum(bought(sandbox).values()) == len(bought(sandbox)) == 8


@pytest.mark.parametrize("shard", [(1, 1), (1, 3), (2, 4)])
def test_shards_that_overlap_do_not_run_at_the_same_time(
    sandbox: Sandbox, folder: Path, shard: tuple[int, int]
) -> None:
    """A run that divides the requests otherwise is refused while another runs, and buys nothing; later it can run."""
    refused: list[ConfigurationError] = []
    with blocking_client(sandbox.url) as client:

        def other(_: Any) -> None:
            with pytest.raises(ConfigurationError, match=r"another process with shards of 2, not of") as raised:
                Batch(folder, shard=shard).run(client, prompts(8))
            refused.append(raised.value)

        Batch(folder, shard=(1, 2)).run(client, prompts(8), progress=other)
        assert refused
        for shard_of_all in (shard, (1, 1)):
            Batch(folder, shard=shard_of_all).run(client, prompts(8))
    assert sum(bought(sandbox).values()) == len(bought(sandbox)) == 8


def test_what_another_shard_finished_counts(sandbox: Sandbox, folder: Path) -> None:
    """A failure in one journal does not hide the image of another: the number of shards can change between runs."""
    with blocking_client(sandbox.url, KEY_NO_CREDITS) as poor, blocking_client(sandbox.url, KEY) as client:
        Batch(folder).run(poor, prompts(1))
        Batch(folder, shard=(1, 2)).run(client, prompts(1))
        Batch(folder, shard=(2, 2)).run(client, prompts(1))
        assert Batch(folder).run(client, prompts(1)).from_disk == 1
    assert [entry.status for entry in Batch(folder).entries()] == ["done"]


@pytest.mark.parametrize("shard", [(0, 1), (3, 2), (1, 0), (1,), "2/8", None, (1.0, 2)])
def test_an_invalid_shard_is_refused(shard: Any) -> None:
    """Anything but a pair such as (2, 8) is refused when the batch is constructed, and the error names it."""
    with pytest.raises(ConfigurationError, match=r"it takes a pair such as \(2, 8\)"):
        Batch("unused", shard=shard)
