"""Both kinds of client called the same way, so that each test is written once."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Literal

import httpx
from attrs import define, field, frozen

from segmind_flux_schnell import AsyncClient, Client, GenerateImageRequest, GenerateImageResponse, GenerateImageResult
from segmind_flux_schnell.api.images import generate_image
from tests.client.images import jpeg

Kind = Literal["sync", "async", "aiohttp"]
"""The blocking client, the asynchronous one, and that one over aiohttp."""


def with_transport(kind: Kind, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of an asynchronous client, with the transport of its kind; aiohttp does not support a proxy."""
    own = {"transport", "proxy", "http_client"}.intersection(options)
    return dict(options) if own else {"transport": "httpx" if kind == "async" else "aiohttp", **options}


@frozen
class Caller:
    """Makes one call with a client of its own.

    Args:
        kind: Which client.
        options: What the client is set up with. Unless they say otherwise it sends nothing again, and its transport
            loads no certificates.
    """

    kind: Kind
    options: dict[str, Any]

    def __call__(self, **call: Any) -> GenerateImageResult:
        """Call the method of the client."""
        if self.kind == "async":
            return asyncio.run(self._awaited(**call))
        with self.blocking_client() as client:
            return client.generate_image(**call)

    def function(self, body: GenerateImageRequest) -> GenerateImageResult:
        """Call `sync` or `asyncio`."""
        if self.kind == "async":
            return asyncio.run(self._awaited_function(body))
        with self.blocking_client() as client:
            return generate_image.sync(client=client, body=body)

    def detailed(self, body: GenerateImageRequest) -> GenerateImageResponse:
        """Call `sync_detailed` or `asyncio_detailed`."""
        if self.kind == "async":
            return asyncio.run(self._awaited_detailed(body))
        with self.blocking_client() as client:
            return generate_image.sync_detailed(client=client, body=body)

    def blocking_client(self) -> Client:
        """A client of the one kind."""
        return Client(**{"retry": None, "transport": httpx.HTTPTransport(verify=False), **self.options})

    def asynchronous_client(self) -> AsyncClient:
        """A client of the other kind."""
        return AsyncClient(**{"retry": None, "transport": httpx.AsyncHTTPTransport(verify=False), **self.options})

    async def _awaited(self, **call: Any) -> GenerateImageResult:
        async with self.asynchronous_client() as client:
            return await client.generate_image(**call)

    async def _awaited_function(self, body: GenerateImageRequest) -> GenerateImageResult:
        async with self.asynchronous_client() as client:
            return await generate_image.asyncio(client=client, body=body)

    async def _awaited_detailed(self, body: GenerateImageRequest) -> GenerateImageResponse:
        async with self.asynchronous_client() as client:
            return await generate_image.asyncio_detailed(client=client, body=body)


@define
class Recorder:
    """A service inside the process: it responds with an image of the requested size, and records the requests."""

    requests: list[httpx.Request] = field(factory=list[httpx.Request])

    @property
    def transport(self) -> httpx.MockTransport:
        """For a client of either kind."""
        return httpx.MockTransport(self._response)

    @property
    def sent(self) -> httpx.Request:
        """The only request."""
        (request,) = self.requests
        return request

    @property
    def body(self) -> dict[str, Any]:
        """The body of the only request."""
        body: dict[str, Any] = json.loads(self.sent.content)
        return body

    def _response(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        body = json.loads(request.content)
        image = jpeg(body.get("width", 1024), body.get("height", 1024))
        return httpx.Response(200, content=image, headers={"content-type": "image/jpeg"})
