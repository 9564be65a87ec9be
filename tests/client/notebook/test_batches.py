"""Batches and jobs in a notebook: how far they are, how they ended, and what an interruption leaves."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import define

from segmind_flux_schnell_sandbox import FluxSchnellSandbox
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.generation import Generation
from tests.client.notebook.kernel import Kernel
from tests.waiting import until

REQUESTS = "requests = [GenerateImageRequest(prompt=f'tiger {n}', width=512, height=512) for n in range(5)]\n"

SECONDS = 1.0
"""How long an image takes whose call is interrupted."""

LONG = 3.0
"""How long it takes if the interruption may not wait for it."""

MARKED = """
from pathlib import Path
from segmind_flux_schnell._runtime.batch import drive, interrupts
stop, together = drive._stop, interrupts.SIGNALS_TOGETHER
def stopped(*arguments, **options):
    stop(*arguments, **options)
    Path('stopped').touch()
drive._stop, interrupts.SIGNALS_TOGETHER = stopped, 0.0
"""
"""Leaves a file once a batch has received its first interruption; any other one is a second one then."""

RUNS = {
    "blocking": "Batch('tigers').run(Client(), requests, {options})",
    "awaited": "async with AsyncClient() as client:\n"
    "    summary = await Batch('tigers').run_async(client, requests, {options})\nsummary",
}


@pytest.fixture(params=RUNS)
def run(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """A cell that runs a batch with some options, blocking or in the loop of the kernel."""
    return lambda options: REQUESTS + RUNS[request.param].format(options=options)


@define
class Interruptions:
    """Those of a batch, whose images are held back until the test lets them go.

    Args:
        mark: A file that is there once the batch has received the first one.
        may_go: Whether images may go.
    """

    mark: Path
    may_go: Callable[[], bool]


@pytest.fixture
def interruptions(kernel: Kernel, sandbox: FluxSchnellSandbox, tmp_path: Path) -> Iterator[Interruptions]:
    """Interruptions that are noted, while images are held back."""
    found, drawn = Interruptions(tmp_path / "stopped", lambda: False), Generation.drawn

    async def held(self: Generation, parameters: Parameters, latency: float) -> bytes:
        await asyncio.to_thread(until, lambda: found.may_go())
        return await drawn(self, parameters, latency)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Generation, "drawn", held)
        kernel.run(MARKED)
        yield found
        found.may_go = lambda: True
        kernel.run("drive._stop, interrupts.SIGNALS_TOGETHER = stop, together")
        until(lambda: sandbox.ledger.in_flight == 0)


class Table(HTMLParser):
    """The text of a table, and which elements it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element."""
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.texts.append(data)


def test_a_bar_shows_how_far_a_batch_is(kernel: Kernel, run: Callable[[str], str]) -> None:
    """One output, which is brought up to date and has words too; below it the summary, once the batch has ended."""
    cell = kernel.run(run("progress=True"))
    (bar,) = cell.displayed
    assert '<progress value="5" max="5"' in bar["text/html"]
    assert re.fullmatch(r"5 of 5, .*0\.040 spent, .* left, after \d+ s", bar["text/plain"])
    table = Table(cell.value["text/html"])
    assert "5 bought" in table.texts
    assert table.tags == {"table", "caption", "tbody", "tr", "th", "td"}
    assert not cell.printed


WATCHED = """
from IPython import display
states, update = [], display.DisplayHandle.update
def noted(self, bundle, **options):
    states.append(bundle['text/plain'])
    update(self, bundle, **options)
display.DisplayHandle.update = noted
"""
"""Keeps each state of a bar: a notebook has only the last one."""


def test_a_bar_shows_what_failed_and_how_long_the_rest_takes(kernel: Kernel, sandbox: FluxSchnellSandbox) -> None:
    """While the batch runs, and not only at its end."""
    sandbox.fails_with(500, text="CUDA out of memory", times=1)
    sandbox.takes(0.3)
    kernel.run(WATCHED)
    kernel.run(REQUESTS + "Batch('tigers').run(Client(), requests, in_flight=1, progress=True)")
    states = kernel.run("display.DisplayHandle.update = update\nprint('\\n'.join(states))").printed.splitlines()
    pattern = r"3 of 5, 1 failed, .*0\.016 spent, .* left, about \d+ s left"
    assert any(re.fullmatch(pattern, state) for state in states), states
    assert re.fullmatch(r"5 of 5, 1 failed, .*0\.032 spent, .* left, after \d+ s", states[-1])


def test_no_bar_is_shown_unless_asked_for(kernel: Kernel) -> None:
    """And a function is called as everywhere."""
    cell = kernel.run(REQUESTS + "seen = []\nBatch('tigers').run(Client(), requests, progress=seen.append).done")
    assert cell.displayed == []
    assert kernel.run("seen[-1].done").value["text/plain"] == "5"
    assert kernel.run("Batch('tigers').run(Client(), requests, progress=False).done").displayed == []


def test_a_summary_groups_failures_by_kind(kernel: Kernel, sandbox: FluxSchnellSandbox) -> None:
    """How many of each, which, and the message of the first: as text, whatever the service says."""
    sandbox.fails_with(500, text="<script>alert(1)</script>", times=2)
    sandbox.fails_with(406, text="Unsupported value", times=1)
    cell = kernel.run(REQUESTS + "Batch('tigers').run(Client(), requests, in_flight=1)")
    table = Table(cell.value["text/html"])
    print(table.texts)
    assert "2 ServerError (not billed): indices 0, 1" in table.texts
    assert "script" not in table.tags
    assert any("<script>alert(1)</script>" in text for text in table.texts)
    assert len(cell.value["text/plain"]) < 600


@pytest.mark.parametrize("client", ["Client()", "AsyncClient()"])
def test_a_job_shows_what_must_not_get_lost(kernel: Kernel, client: str) -> None:
    """Its id, when it was submitted, how long it is kept, and how it is collected; nothing is sent to show it."""
    awaits = "await " if client == "AsyncClient()" else ""
    cell = kernel.run(f"job = {awaits}{client}.submit_image(prompt='a <b>tiger</b>', seed=7)\njob")
    table = Table(cell.value["text/html"])
    found = dict(zip(table.texts[1::2], table.texts[2::2], strict=False))
    job_id = kernel.run("print(job.request_id)").printed.strip()
    assert table.texts[0] == f"{'Async' if awaits else ''}ImageJob"
    assert (found["id"], found["prompt"]) == (job_id, "a <b>tiger</b>")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", found["kept until"])
    collect = found["to collect it"]
    assert collect == f"{awaits}client.image_job('{job_id}').wait()"
    assert set(kernel.run(f"client = {client}\n{collect}").value) == {"image/jpeg", "text/plain"}


def test_an_interrupted_batch_finishes_what_it_has_begun(
    kernel: Kernel, sandbox: FluxSchnellSandbox, run: Callable[[str], str], interruptions: Interruptions
) -> None:
    """The first interruption sends nothing new: what is in flight is saved, and the next run buys the rest."""
    interruptions.may_go = interruptions.mark.exists
    cell = kernel.interrupted(run("in_flight=2, progress=True"), lambda: sandbox.ledger.in_flight == 2)
    table = Table(cell.value["text/html"])
    assert "Ctrl-C" in table.texts
    assert "2 bought" in table.texts
    assert "3: run it again to continue" in table.texts
    assert "2 of 5" in cell.displayed[0]["text/plain"]
    again = kernel.run(run(""))
    assert "3 bought, 2 on disk already" in Table(again.value["text/html"]).texts
    assert [entry.billed > 0 for entry in sandbox.ledger.posts[-5:]] == [True] * 5


def test_a_batch_that_is_interrupted_twice_says_what_may_have_been_billed(
    kernel: Kernel, sandbox: FluxSchnellSandbox, run: Callable[[str], str], interruptions: Interruptions
) -> None:
    """The second ends it at once; what was in flight is unknown: the next run lists it, and does not buy it again."""
    cell = kernel.interrupted(run("in_flight=2"), lambda: sandbox.ledger.in_flight == 2, interruptions.mark.exists)
    next_run = threading.Event()

    def has_begun() -> bool:
        """Whether the next run has: an image that arrives before would be on disk already."""
        if sandbox.ledger.in_flight > 2:
            next_run.set()
        return next_run.is_set()

    interruptions.may_go = has_begun
    assert cell.error.ename in ("KeyboardInterrupt", "CancelledError")
    (*_, last) = "\n".join(cell.error.traceback).splitlines()
    assert "2 requests in flight, which may have been billed: the next run lists them as unknown" in last
    again = kernel.run(run(""))
    texts = Table(again.value["text/html"]).texts
    assert "3 bought" in texts
    assert "2: indices 0, 1" in texts


MANY = "c.generate_many([GenerateImageRequest(prompt='a tiger', seed=seed) for seed in range(2)])"
AWAITED = {
    "a call": "await c.generate_image(prompt='a tiger')",
    "over aiohttp": "await c.generate_image(prompt='a tiger')",
    "many": f"[outcome async for outcome in {MANY}]",
}


@pytest.mark.parametrize(("name", "code"), AWAITED.items(), ids=AWAITED)
def test_what_is_awaited_can_be_interrupted_at_once(
    kernel: Kernel, sandbox: FluxSchnellSandbox, name: str, code: str
) -> None:
    """And not when the response wakes the loop of the kernel, which ipykernel leaves asleep."""
    sandbox.takes(2 * LONG)
    transport = "transport='aiohttp'" if name == "over aiohttp" else ""
    cell = kernel.interrupted(
        f"async with AsyncClient({transport}) as c:\n    {code}", lambda: sandbox.ledger.in_flight > 0
    )
    assert sandbox.ledger.in_flight > 0
    assert cell.error.ename == "CancelledError"
    (*_, last) = "\n".join(cell.error.traceback).splitlines()
    assert "may have been billed" in last


CALLS = {
    "blocking": "Client().generate_image(prompt='a tiger')",
    "awaited": "async with AsyncClient() as client:\n    await client.generate_image(prompt='a tiger')",
}


@pytest.mark.parametrize("code", CALLS.values(), ids=CALLS)
def test_an_interrupted_call_says_that_it_may_have_been_billed(
    kernel: Kernel, sandbox: FluxSchnellSandbox, code: str
) -> None:
    """At the end of the traceback, which is as long as it is for any library; the kernel goes on."""
    sandbox.takes(SECONDS, times=1)
    cell = kernel.interrupted(code, lambda: sandbox.ledger.in_flight == 1)
    assert cell.error.ename in ("KeyboardInterrupt", "CancelledError")
    (*_, last) = "\n".join(cell.error.traceback).splitlines()
    assert last.endswith("interrupted: it was sent, and may have been billed")
    assert kernel.run("1 + 1").value == {"text/plain": "2"}
