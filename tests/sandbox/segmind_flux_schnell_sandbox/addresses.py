"""Where a sandbox listens: on loopback addresses, which other machines cannot reach."""

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

# Room for a thousand clients that connect at once.
BACKLOG = 2048


class NotLoopback(ValueError):
    """The sandbox was to listen where other machines could reach it."""


def loopback_listener(host: str, port: int) -> socket.socket:
    """Return a listening socket, for port 0 on a free one; raise `NotLoopback` for any other host."""
    if not is_loopback(host):
        raise NotLoopback(
            f"The sandbox does not listen on {host}: its keys are public, so it serves this "
            "machine only. Use 127.0.0.1, ::1 or localhost."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # asyncio does not set this on a socket that it did not open, and without it the kernel delays
    # the second half of every response by 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def address_of(url: str) -> tuple[str, int]:
    """Return the host and the port that a sandbox with this URL listens on."""
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 0)


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, as far as its name or its address shows."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
