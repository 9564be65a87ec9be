"""The second address of a sandbox, which stands for the public host of images."""

from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

_SCOPE_KEY = "sandbox.images_url"


class WithImageHost:
    """An application that is served at a second address too, `images_url`, as the host of its images."""

    def __init__(self, app: ASGIApp, images_url: str) -> None:
        """Stand between the server and `app`."""
        self._app = app
        self._images_url = images_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""
        await self._app({**scope, _SCOPE_KEY: self._images_url}, receive, send)


def images_url(scope: Scope) -> str:
    """Return the URL of the host of images, without a trailing slash."""
    return str(scope.get(_SCOPE_KEY, ""))


def is_for_images(scope: Scope) -> bool:
    """Return whether a request arrived at the address of the images."""
    server: Any = scope.get("server")
    return bool(images_url(scope)) and server is not None and images_url(scope).endswith(f":{server[1]}")
