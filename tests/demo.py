"""`make demo`: the vendor's own example, through the generated client, into a file."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

from ruamel.yaml import YAML

from segmind_flux_schnell import (
    SERVERS,
    APIError,
    AttemptEnded,
    AttemptStarted,
    Client,
    GenerateImageRequest,
    GenerateImageResult,
)
from segmind_flux_schnell.api.images import generate_image
from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.server import running_sandbox

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "out" / "example.jpg"


Route = Literal["direct", "queue"]


def main(route: Route) -> int:
    """Make the image and say what it is; 1 if that did not work."""
    body = GenerateImageRequest.from_dict(documented_example())
    # Before the image is paid for, so that it cannot be lost for want of a folder.
    TARGET.parent.mkdir(exist_ok=True)
    with opened_client() as client:
        try:
            image = made(client, body, route)
            image.save(TARGET)
        except APIError as error:
            print(error, file=sys.stderr)
            return 1
    print(f"{TARGET.relative_to(ROOT)}: {image.width} x {image.height} {image.media_type}, {len(image.content)} bytes")
    print(f"credits left: {image.remaining_credits}, request id: {image.request_id}")
    return 0


def made(client: Client, body: GenerateImageRequest, route: Route) -> GenerateImageResult:
    """The image, in one call, or ordered and collected.

    Raises:
        APIError: That did not work.
    """
    if route == "direct":
        print(f"POST {client.base_url}/v1/flux-schnell with the prompt {body.prompt!r}")
        return generate_image.sync(client=client, body=body)
    print(f"POST {client.base_url}/v2/flux-schnell with the prompt {body.prompt!r}")
    job = client.submit_image(**body.to_dict())
    print(f"the order is in: request id {job.request_id}, {job.status()}")
    return job.wait()


def documented_example() -> dict[str, Any]:
    """The request that the document shows, which is the vendor's."""
    example: dict[str, Any] = operation()["requestBody"]["content"]["application/json"]["example"]
    return example


def operation() -> dict[str, Any]:
    """The operation in the document."""
    document = YAML(typ="safe").load(ROOT / "openapi" / "flux-schnell.yaml")
    described: dict[str, Any] = document["paths"]["/v1/flux-schnell"]["post"]
    return described


@contextmanager
def opened_client() -> Iterator[Client]:
    """A client of the service if a key is set, else of a sandbox that lives as long as the client."""
    if os.environ.get("SEGMIND_API_KEY"):
        with Client(hooks=[say_wait]) as client:
            if client.base_url == SERVERS[0].url:
                price = operation()["x-price-usd"]
                print(f"SEGMIND_API_KEY is set: this calls the service itself, and the image costs about ${price}.")
            else:
                print(f"{SERVERS[0].env} is set: this calls {client.base_url}, and not the service itself.")
            yield client
    else:
        print("SEGMIND_API_KEY is not set: this calls the sandbox, a stand-in for the service on this machine.")
        with running_sandbox() as sandbox, Client(api_key=KEY, base_url=sandbox.url) as client:
            yield client


def say_wait(event: AttemptStarted | AttemptEnded) -> None:
    """Say what the call waits for: a model that has to be started takes minutes."""
    if isinstance(event, AttemptEnded) and event.wait_notice:
        print(event.wait_notice, flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser(prog="tests.demo", description="Make the vendor's example image.")
    options.add_argument("--route", choices=get_args(Route), default="direct", help="how to order it")
    sys.exit(main(options.parse_args().route))
