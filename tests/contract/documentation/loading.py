"""A page from a file or from the web: no key is sent, and neither size nor time is unbounded."""

from pathlib import Path
from urllib.parse import urlsplit

import anyio
import httpx

from segmind_flux_schnell._runtime.base.wording import reason, said

MOST_BYTES = 5_000_000
"""A page of documentation has a tenth of this, with all that makes it look good."""
MOST_SECONDS = 30.0
"""How long a page may take, redirects and headers included."""
_IDLE_SECONDS = 10.0
_MOST_REDIRECTS = 5
_HEADERS = {
    "accept": "text/html, text/markdown, text/plain;q=0.9, */*;q=0.1",
    # Compressed bytes can be many more than they look.
    "accept-encoding": "identity",
    "user-agent": "segmind-flux-schnell contract tests",
}


class NotReadableError(Exception):
    """A page cannot be read: there is no such file, the server refuses, or it is too large or too slow."""


def page_text(source: str) -> str:
    """The text of a page.

    Args:
        source: Path of a file, or a URL with http or https.

    Raises:
        NotReadableError: It cannot be read.
    """
    scheme = _scheme(source)
    if scheme in ("http", "https"):
        content = anyio.run(_fetched, source)
    elif "://" in source:
        raise NotReadableError(f"{source}: only http and https can be read, not {scheme}. Nothing was sent.")
    else:
        content = _read(Path(source))
    if b"\0" in content[:1000]:
        raise NotReadableError(f"{source} is not a text.")
    return content.decode("utf-8-sig", errors="replace")


def _scheme(source: str) -> str:
    try:
        return urlsplit(source).scheme.lower()
    except ValueError as error:
        raise NotReadableError(f"{source} is not a URL: {said(error)}. Nothing was sent.") from error


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise NotReadableError(f"{path} is not a file.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise NotReadableError(f"{path} cannot be read: {reason(error)}.") from error
    _refuse_large(str(path), len(content))
    return content


async def _fetched(url: str) -> bytes:
    # The plain `Auth` keeps httpx from looking for a password in ~/.netrc.
    client = httpx.AsyncClient(
        auth=httpx.Auth(),
        headers=_HEADERS,
        timeout=_IDLE_SECONDS,
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
    )
    content = bytearray()
    try:
        # Without a deadline around all of it, each header that drips in would start the time of idleness anew.
        with anyio.fail_after(MOST_SECONDS):
            async with client, client.stream("GET", url) as response:
                if response.status_code != httpx.codes.OK:
                    raise NotReadableError(f"{url} cannot be read: status {response.status_code}.")
                async for part in response.aiter_bytes():
                    content += part
                    _refuse_large(url, len(content))
    except TimeoutError as error:
        raise NotReadableError(f"{url} takes longer than {MOST_SECONDS:g} s.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotReadableError(f"{url} cannot be read: {error or type(error).__name__}.") from error
    return bytes(content)


def _refuse_large(source: str, size: int) -> None:
    if size > MOST_BYTES:
        raise NotReadableError(f"{source} has more than {MOST_BYTES // 1_000_000} MB: it is not a page.")
