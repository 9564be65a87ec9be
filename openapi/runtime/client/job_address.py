"""The addresses that a queue gives: those that lead to a job, and that of its image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from ..base.wording import shown
from ..spec.configuration import is_loopback, is_whole_url
from .tunables import LONGEST_ID

if TYPE_CHECKING:
    from ..spec.job import JobLink


def is_job_id(value: object) -> bool:
    """Whether a value can be the id of a job: a text that can be written into an address, and is not all of it."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ID:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def id_in(value: object, requested: str, base_url: str, link: JobLink) -> str | None:
    """The id of a job, from an id or from an address that has it; None for anything else.

    Args:
        value: What the response has where the document says.
        requested: The URL that the response came from.
        base_url: Where the service lives: an address on another host does not lead to a job.
        link: The link that the address has to fit.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if "/" not in text:
        return text if is_job_id(text) else None
    try:
        address, base = urlsplit(urljoin(requested, text)), urlsplit(base_url)
        if _origin(address) != _origin(base):
            return None
    except ValueError:
        return None
    before, _, after = link.path.partition(f"{{{link.parameter}}}")
    fits = re.fullmatch(f"{re.escape(base.path + before)}([^/]+){re.escape(after)}", address.path)
    found = unquote(fits[1]) if fits else None
    return found if is_job_id(found) else None


def flaw_of_image_address(address: object, base_url: str) -> str:
    """Why the address of an image is not used, in words; empty if it is.

    Without TLS an image is fetched only from this machine, for a service that is on it too.
    """
    if not isinstance(address, str) or not address.strip():
        return "there is no address of an image"
    text = address.strip()
    if not is_whole_url(text):
        return f"the address of the image is {shown(address)}, not a URL"
    parts, base = urlsplit(text), urlsplit(base_url)
    if "@" in parts.netloc:
        return "the address of the image holds a user name or a password"
    both_here = is_loopback(parts.hostname or "") and is_loopback(base.hostname or "") and base.scheme == "http"
    if parts.scheme != "https" and not both_here:
        return f"the address of the image is {shown(address)}, without TLS"
    return ""


def divided(address: str) -> tuple[str, str]:
    """The origin of an address, and its path with the query."""
    parts = urlsplit(address.strip())
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path or '/'}{query}"


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)
