"""What the tests of batches over the queue share: a service whose queue is quick, and clients that ask as quickly."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from attrs import define, evolve, field
from starlette.types import Message, Receive, Scope, Send

from segmind_flux_schnell import AsyncImageJob, ImageJob
from segmind_flux_schnell_sandbox.behaviour import Behaviour
from segmind_flux_schnell_sandbox.jobs import Queue
from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.server import Sandbox, running_sandbox
from segmind_flux_schnell_sandbox.service import SandboxApp, create_app
from tests.client.batch.conftest import BEHAVIOUR

SUBMIT = "/v2/flux-schnell"

QUICK = Queue(queued_seconds=0.02, processing_seconds=0.03)
"""Jobs that are done at once, nearly."""

SLOW = Queue(queued_seconds=0.0, processing_seconds=3600.0)
"""Jobs that no test waits for."""

POLL = 0.02
"""Seconds between two questions about a job, instead of the second of the document."""

ASKED_A_SECOND = 2000.0


def scale_polls(patch: pytest.MonkeyPatch, seconds: float = POLL, **changes: Any) -> None:
    """Ask for jobs more often than the document allows: the sandbox does not mind.

    Args:
        patch: Undoes it.
        seconds: Seconds between two questions.
        changes: What else the document would say of jobs.
    """
    for kind in (ImageJob, AsyncImageJob):
        patch.setattr(kind, "_spec", kind._spec._replace(poll=seconds, **changes))
    patch.setattr("segmind_flux_schnell._runtime.batch.polling.ASKED_A_SECOND", ASKED_A_SECOND)


@define
class Watched:
    """A sandbox that notes which job it made of which prompt, and can refuse to tell of jobs."""

    app: SandboxApp
    jobs: dict[str, list[str]] = field(factory=dict[str, list[str]])
    refusals: int = 0
    refusal: int = 429

    @property
    def ledger(self) -> Ledger:
        """What it has received, answered and billed."""
        return self.app.ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] == "GET" and scope["path"].endswith("/status") and self.refusals:
            self.refusals -= 1
            await send({"type": "http.response.start", "status": self.refusal, "headers": []})
            await send({"type": "http.response.body", "body": b"{}"})
            return
        if scope["path"] != SUBMIT:
            await self.app(scope, receive, send)
            return
        bodies: list[bytes] = []

        async def received() -> Message:
            message = await receive()
            bodies.append(message.get("body", b""))
            return message

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body" and b'"request_id"' in message["body"]:
                prompt = json.loads(b"".join(bodies))["prompt"]
                self.jobs.setdefault(prompt, []).append(json.loads(message["body"])["request_id"])
            await send(message)

        await self.app(scope, received, sent)

    def asked(self, prompt: str) -> int:
        """How often the sandbox was asked for the jobs of a prompt."""
        ids = self.jobs.get(prompt, [])
        return sum(any(f"/{one}" in entry.path for one in ids) for entry in self.ledger.entries)


@contextmanager
def queueing_sandbox(queue: Queue = QUICK, **changes: Any) -> Iterator[Sandbox]:
    """A sandbox whose queue takes so long."""
    behaviour: Behaviour = evolve(BEHAVIOUR, queue=queue, **changes)
    with running_sandbox(Watched(create_app(behaviour))) as running:
        yield running


def questions(sandbox: Sandbox) -> Counter[str]:
    """How often the sandbox was asked for the state of each job, by its id."""
    paths = (entry.path for entry in sandbox.ledger.entries if entry.path.endswith("/status"))
    return Counter(path.split("/")[-2] for path in paths)
