"""The queue's jobs: a request that was submitted, and what has become of it since."""

import time
from collections.abc import Mapping
from decimal import Decimal
from threading import Lock
from uuid import uuid4

from attrs import frozen

from segmind_flux_schnell_sandbox.attributes import Parameters


@frozen
class Queue:
    """The addresses of the queue, and how long its jobs take and its records live, in seconds.

    `{}` in an address stands for the id of a request. The documentation gives a record about an hour, and an image a
    week; how long a job waits is made up.
    """

    submit_path: str = "/v2/flux-schnell"
    poll_path: str = "/v1/requests/{}"
    status_path: str = "/v2/requests/{}/status"
    result_path: str = "/v2/requests/{}"
    queued_seconds: float = 0.1
    processing_seconds: float = 0.2
    record_seconds: float = 3600.0
    image_seconds: float = 7 * 24 * 3600.0

    def request_id(self, path: str) -> tuple[str, bool] | None:
        """Return the id in the address of a job, and whether it asks for the status alone; None for another address."""
        for pattern in (self.status_path, self.result_path, self.poll_path):
            before, _, after = pattern.partition("{}")
            name = path.removeprefix(before).removesuffix(after)
            if path == before + name + after and name and "/" not in name:
                return name, pattern == self.status_path
        return None


@frozen
class Job:
    """A request that was submitted, at `submitted` seconds of the monotonic clock.

    It costs `cost` credits, after which `remaining` are left, unless it ends in `failure`: then it costs nothing. The
    model takes `latency` seconds longer than the queue's jobs usually do.
    """

    request_id: str
    key: str
    parameters: Parameters
    submitted: float
    cost: Decimal
    remaining: Decimal
    failure: str | None = None
    latency: float = 0.0

    def state(self, queue: Queue, now: float) -> str:
        """Return the state at a moment: `QUEUED`, `PROCESSING`, `COMPLETED` or `FAILED`."""
        age = now - self.submitted
        if age < queue.queued_seconds:
            return "QUEUED"
        if age < queue.queued_seconds + self.processing_seconds(queue):
            return "PROCESSING"
        return "COMPLETED" if self.failure is None else "FAILED"

    def processing_seconds(self, queue: Queue) -> float:
        """Return how long the model takes."""
        return queue.processing_seconds + self.latency

    def metrics(self, queue: Queue) -> Mapping[str, object]:
        """Return the times, and what the job cost if it cost anything."""
        times = {
            "inference_time": self.processing_seconds(queue),
            "queue_time": queue.queued_seconds,
            "total_time": queue.queued_seconds + self.processing_seconds(queue),
            "retry_count": 0,
        }
        if self.failure is not None:
            return times
        return {"cost": float(self.cost), "remaining_credits": float(self.remaining), **times}


class Jobs:
    """The jobs of one sandbox, in memory; safe to use from any thread."""

    def __init__(self, queue: Queue) -> None:
        """Start without any."""
        self._queue = queue
        self._lock = Lock()
        self._jobs: dict[str, Job] = {}

    def submit(
        self,
        key: str,
        parameters: Parameters,
        *,
        cost: Decimal,
        remaining: Decimal,
        failure: str | None,
        latency: float = 0.0,
    ) -> Job:
        """Add a job, and return it."""
        job = Job(str(uuid4()), key, parameters, time.monotonic(), cost, remaining, failure, latency)
        with self._lock:
            self._jobs[job.request_id] = job
        return job

    def recorded(self, request_id: str, key: str) -> Job | None:
        """Return the job of an account; None if it has none of this id, or its record has expired."""
        job = self._job(request_id)
        if job is None or job.key != key or time.monotonic() - job.submitted > self._queue.record_seconds:
            return None
        return job

    def with_image(self, request_id: str) -> Job | None:
        """Return the job whose image can be had: it is complete, and its image has not expired."""
        job, now = self._job(request_id), time.monotonic()
        if job is None or job.state(self._queue, now) != "COMPLETED":
            return None
        return job if now - job.submitted <= self._queue.image_seconds else None

    def _job(self, request_id: str) -> Job | None:
        with self._lock:
            return self._jobs.get(request_id)
