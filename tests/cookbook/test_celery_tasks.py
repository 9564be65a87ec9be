"""The task of `celery_tasks.py` in a real worker that is killed, with a broker in a folder."""

import os
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from segmind_flux_schnell_sandbox.accounts import KEY, KEY_SLOW
from segmind_flux_schnell_sandbox.server import FluxSchnellSandbox, Sandbox
from tests.cookbook.conftest import PATIENCE, Recipes, wait_until

# RabbitMQ and Redis take its place in production.
SETTINGS = """\
broker_url = "filesystem://"
broker_transport_options = {"data_folder_in": "broker", "data_folder_out": "broker", "control_folder": "control"}
broker_connection_retry_on_startup = True
"""
DIE_IN_THE_SUBMIT = """\
import os
from celery_tasks import make_image
from segmind_flux_schnell._runtime.transport.connection import SyncConnection
SyncConnection.send = lambda self, attempt: os._exit(9)
make_image("order-17", "a red fox", 7)
"""
MAKE = "from celery_tasks import make_image; make_image('order-17', 'a red fox', 7)"
SEND = "from celery_tasks import make_image; make_image.delay('order-17', 'a red fox', seed=7)"


@pytest.fixture
def image(recipes: Recipes) -> Path:
    """The recipe is copied and configured; where the image of the order will be."""
    recipes.copy("celery_tasks.py")
    (recipes.folder / "settings.py").write_text(SETTINGS)
    (recipes.folder / "broker").mkdir()
    recipes.environment["CELERY_CONFIG_MODULE"] = "settings"
    # `celery` finds the modules of the folder that it is started in; so does `python -c`.
    return recipes.folder / "images" / "order-17"


def worker(recipes: Recipes) -> subprocess.Popen[str]:
    """Start a worker with one process for tasks."""
    options = ("--loglevel", "INFO", "--concurrency", "1", "--without-gossip", "--without-mingle")
    return recipes.start("-m", "celery", "-A", "celery_tasks", "worker", *options)


def has_image(folder: Path) -> bool:
    """Whether the image of an order is there."""
    return bool(list(folder.glob("*.jpg")))


def has_job(folder: Path) -> bool:
    """Whether the journal of an order has the id of its job."""
    return any("job_id" in journal.read_text("utf-8") for journal in folder.glob("journal*.jsonl"))


def ended(process: subprocess.Popen[str]) -> str:
    """End a worker as an operator does, and return what it printed."""
    process.send_signal(signal.SIGTERM)
    printed, _ = process.communicate(timeout=60)
    return printed


def test_a_task_makes_an_image(recipes: Recipes, image: Path, sandbox: Sandbox) -> None:
    """Sent twice, it is paid for once."""
    process = worker(recipes)
    recipes.run("-c", SEND)
    wait_until(lambda: has_image(image), process)
    recipes.run("-c", SEND)
    wait_until(lambda: not list((recipes.folder / "broker").iterdir()), process)
    printed = ended(process)
    assert printed.count("order-17: an image") == 2
    assert [post.path for post in sandbox.ledger.posts] == ["/v2/flux-schnell"]


def test_a_killed_process_of_a_worker_loses_and_repeats_nothing(
    recipes: Recipes, image: Path, sandbox: Sandbox
) -> None:
    """The worker delivers the task again, which collects the job that was ordered before the kill."""
    recipes.environment["SEGMIND_API_KEY"] = KEY_SLOW
    process = worker(recipes)
    recipes.run("-c", SEND)
    wait_until(lambda: has_job(image), process)
    assert not has_image(image)
    for child in psutil.Process(process.pid).children():
        os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: has_image(image), process)
    assert "order-17: an image" in ended(process)
    assert len(sandbox.ledger.posts) == 1


def test_a_killed_machine_loses_and_repeats_nothing(recipes: Recipes, image: Path, sandbox: Sandbox) -> None:
    """The worker and all of its processes die; the task is sent again to another one, which collects the job."""
    recipes.environment["SEGMIND_API_KEY"] = KEY_SLOW
    process = worker(recipes)
    recipes.run("-c", SEND)
    wait_until(lambda: has_job(image), process)
    recipes.kill(process)
    assert not has_image(image)
    process = worker(recipes)
    recipes.run("-c", SEND)
    wait_until(lambda: has_image(image), process)
    assert "order-17: an image" in ended(process)
    assert len(sandbox.ledger.posts) == 1


def test_what_may_be_paid_for_is_not_sent_again(recipes: Recipes, image: Path, sandbox: Sandbox) -> None:
    """A submit whose answer never came, since the worker died in it, fails the task each time."""
    recipes.environment["SEGMIND_API_KEY"] = KEY
    image.mkdir(parents=True)
    dying = recipes.run("-c", DIE_IN_THE_SUBMIT, code=9)
    assert dying == ""
    process = worker(recipes)
    recipes.run("-c", SEND)
    lines: list[str] = []
    assert process.stdout is not None
    while not any("RuntimeError" in line for line in lines):
        lines.append(process.stdout.readline())
        assert lines[-1], "the worker ended"
    assert any("order-17 may be paid for, and is not sent again" in line for line in lines)
    ended(process)
    assert sandbox.ledger.posts == ()


def test_a_task_that_is_delivered_twice_at_once_comes_back_later(
    recipes: Recipes, image: Path, sandbox: FluxSchnellSandbox
) -> None:
    """While the first worker has the order, the second does not give it up: the first may die."""
    sandbox.takes(PATIENCE)
    first = recipes.start("-c", MAKE)
    wait_until(lambda: has_job(image), first)
    second = worker(recipes)
    recipes.run("-c", SEND)
    lines: list[str] = []
    assert second.stdout is not None
    while not any("Retry in 60s" in line for line in lines):
        lines.append(second.stdout.readline())
        assert lines[-1], "the worker ended"
    recipes.kill(second)
    assert [post.path for post in sandbox.ledger.posts] == ["/v2/flux-schnell"]


def test_an_image_that_was_removed_is_not_bought_again(recipes: Recipes, image: Path, sandbox: Sandbox) -> None:
    """The task fails at once: there is nothing to wait for, and whether to pay again is for people to say."""
    recipes.run("-c", MAKE)
    for file in image.glob("*.jpg"):
        file.unlink()
    assert "RuntimeError: order-17 may be paid for, and is not sent again" in recipes.run("-c", MAKE, code=1)
    assert len(sandbox.ledger.posts) == 1


def test_a_task_is_acknowledged_only_once_it_is_done(recipes: Recipes, image: Path) -> None:
    """The settings that deliver the task of a dead worker again are those that Celery works with."""
    printed = recipes.run("-m", "celery", "-A", "celery_tasks", "report")
    assert "task_acks_late: True" in printed
    assert "task_reject_on_worker_lost: True" in printed
