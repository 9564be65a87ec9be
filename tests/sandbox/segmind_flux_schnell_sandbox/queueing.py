"""Answers the queue's requests: the submit of a job, questions about it, and the download of its image."""

import time
from collections.abc import Mapping

from attrs import frozen

from segmind_flux_schnell_sandbox.accounts import Account
from segmind_flux_schnell_sandbox.attributes import Parameters
from segmind_flux_schnell_sandbox.behaviour import Behaviour
from segmind_flux_schnell_sandbox.checking import run_model
from segmind_flux_schnell_sandbox.generation import Generation
from segmind_flux_schnell_sandbox.jobs import Job, Jobs
from segmind_flux_schnell_sandbox.refusals import Reason, Refused
from segmind_flux_schnell_sandbox.responses import SandboxResponse, json_response

SUFFIX = ".jpg"


@frozen
class Queueing:
    """Runs jobs according to `behaviour`; `generation` checks, bills and draws."""

    behaviour: Behaviour
    generation: Generation
    jobs: Jobs

    def submit(
        self,
        account: Account,
        parameters: Parameters,
        base_url: str,
        *,
        failure: str | None = None,
        latency: float = 0.0,
    ) -> SandboxResponse:
        """Queue a request. It is billed now if it is going to succeed, so that jobs cannot share the last credits.

        With `failure`, the job fails for this reason. The model takes `latency` seconds longer than usual.
        """
        queue = self.behaviour.queue
        cost = self.generation.cost(parameters)
        self.generation.check_balance(account, cost)
        parameters = self.generation.with_seed_drawn(parameters)
        failure = failure or self._failure(account, parameters)
        remaining = self.generation.charge(account, cost if failure is None else 0 * cost)
        job = self.jobs.submit(
            account.key, parameters, cost=cost, remaining=remaining, failure=failure, latency=latency
        )
        paths = {"poll_url": queue.poll_path, "status_url": queue.status_path, "response_url": queue.result_path}
        addresses = {name: base_url + path.format(job.request_id) for name, path in paths.items()}
        response = json_response(200, {"request_id": job.request_id, "status": "QUEUED", **addresses})
        return SandboxResponse(
            response.status, response.content_type, response.body, billed=cost if failure is None else 0 * cost
        )

    def status(self, account: Account, request_id: str) -> SandboxResponse:
        """Return the state of a job, without its output."""
        job, state = self._job(account, request_id)
        document: dict[str, object] = {"status": state, "request_id": job.request_id, "metrics": {}}
        if state == "FAILED":
            return json_response(422, {**document, "error": job.failure, "metrics": job.metrics(self.behaviour.queue)})
        if state == "COMPLETED":
            document["metrics"] = {"inference_time": job.processing_seconds(self.behaviour.queue)}
        return json_response(200, document)

    async def result(self, account: Account, request_id: str, images_url: str) -> SandboxResponse:
        """Return all that is known of a job: where its image is, once it is complete."""
        job, state = self._job(account, request_id)
        metrics = job.metrics(self.behaviour.queue)
        if state == "FAILED":
            return json_response(422, {"status": state, "error": job.failure, "metrics": metrics})
        if state != "COMPLETED":
            return json_response(200, {"status": state, "error": None, "output": None, "images": [], "metrics": {}})
        return json_response(200, await self._completed(job, images_url, metrics))

    async def image(self, path: str) -> SandboxResponse:
        """Return the image of a job by its public address."""
        job = self.jobs.with_image(path.removeprefix("/").removesuffix(SUFFIX))
        if job is None or not path.endswith(SUFFIX):
            raise Refused(Reason.UNKNOWN_PATH)
        return SandboxResponse(200, self.behaviour.content_type, await self.generation.drawn(job.parameters, 0))

    async def _completed(self, job: Job, images_url: str, metrics: Mapping[str, object]) -> dict[str, object]:
        body = await self.generation.drawn(job.parameters, 0)
        name = f"{job.request_id}{SUFFIX}"
        address = f"{images_url}/{name}"
        image = {
            "url": address,
            "content_type": self.behaviour.content_type,
            "file_name": name,
            "file_size": str(len(body)),
        }
        return {
            "status": "COMPLETED",
            "error": None,
            "output": address,
            "images": [image],
            "seed": str(job.parameters.get("seed", "")),
            "metrics": metrics,
        }

    def _job(self, account: Account, request_id: str) -> tuple[Job, str]:
        job = self.jobs.recorded(request_id, account.key)
        if job is None:
            raise Refused(Reason.REQUEST_UNKNOWN)
        return job, job.state(self.behaviour.queue, time.monotonic())

    def _failure(self, account: Account, parameters: Parameters) -> str | None:
        """Return why the model will fail: a job fails after the submit, and not with it."""
        if account.crashes:
            return self.behaviour.refusals[Reason.CRASH].message
        try:
            run_model(parameters, self.behaviour)
        except Refused as refused:
            return refused.detail or self.behaviour.refusals[refused.reason].message
        return None
