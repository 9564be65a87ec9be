"""Errors in a notebook: what was wrong, below the line that was wrong, and nothing else."""

import re

import pytest

from tests.client.notebook.kernel import Cell, Kernel

COLOURS = re.compile(r"\x1b\[[0-9;]*m")

ERRORS = {
    "InvalidRequestError": "client.generate_image(prompt='a tiger', sampler_name='eulr', steps=9)",
    "KeyRefusedError": "Client(api_key='wrong').generate_image(prompt='a tiger')",
    "NotEnoughCreditsError": "Client(api_key='sandbox-key-no-credits').generate_image(prompt='a tiger')",
    "NotSentError": "Client(base_url='http://127.0.0.1:1', retry=None).generate_image(prompt='a tiger')",
    "ConfigurationError": "Client(api_key='')",
    "BudgetExhaustedError": "Client(budget=Budget(max_images=0)).generate_image(prompt='a tiger')",
}


def traceback(cell: Cell) -> str:
    """What stands below a cell, as people read it."""
    return COLOURS.sub("", "\n".join(cell.error.traceback))


@pytest.mark.parametrize(("name", "code"), ERRORS.items(), ids=ERRORS)
def test_an_error_shows_the_cell_and_the_message(kernel: Kernel, name: str, code: str) -> None:
    """The frames of the package, of its HTTP library and of the standard library would bury both."""
    cell = kernel.fail(f"client = Client()\n{code}")
    shown = traceback(cell)
    assert cell.error.ename == name
    assert f"----> 2 {code}" in shown
    assert shown.endswith(f"{name}: {cell.error.evalue}")
    assert "File " not in shown
    assert len(shown.splitlines()) <= 10


def test_an_awaited_error_is_as_short(kernel: Kernel) -> None:
    """In the loop of the kernel there are more frames to leave out."""
    shown = traceback(
        kernel.fail("""
        async with AsyncClient(api_key='wrong') as client:
            await client.generate_image(prompt='a tiger')
    """)
    )
    assert "----> 2     await client.generate_image(prompt='a tiger')" in shown
    assert "File " not in shown


def test_the_frames_of_the_caller_stay(kernel: Kernel) -> None:
    """Those that call the package, and those that it calls."""
    shown = traceback(
        kernel.fail("""
        def prompts():
            yield GenerateImageRequest(prompt='')
        def run():
            return Batch('tigers').run(Client(), prompts())
        run()
    """)
    )
    assert [line for line in shown.splitlines() if "> " in line] == [
        "----> 5 run()",
        "----> 4     return Batch('tigers').run(Client(), prompts())",
        "----> 2     yield GenerateImageRequest(prompt='')",
    ]
    assert "File " not in shown


def test_a_cause_is_shown(kernel: Kernel) -> None:
    """An exception that the caller raises from one of ours shows both."""
    shown = traceback(
        kernel.fail("""
        try:
            Client().generate_image(prompt='')
        except APIError as error:
            raise RuntimeError('no tiger today') from error
    """)
    )
    assert "InvalidRequestError: generate_image: 1 fault" in shown
    assert shown.endswith("RuntimeError: no tiger today")


def test_all_frames_can_be_seen(kernel: Kernel) -> None:
    """`%xmode Verbose` is for those who look for a mistake of ours."""
    cell = kernel.fail("%xmode Verbose\nClient().generate_image(prompt='')")
    kernel.run("%xmode Context")
    assert "checking.py" in traceback(cell)


def test_an_outcome_raises_its_error_as_shortly(kernel: Kernel) -> None:
    """`unwrap` is one of ours, too."""
    shown = traceback(
        kernel.fail("""
        with Client(api_key='wrong') as client:
            images = [outcome.unwrap() for outcome in client.generate_many([GenerateImageRequest(prompt='a tiger')])]
    """)
    )
    assert "File " not in shown
    assert "KeyRefusedError: " in shown
