"""A proxy on a loopback address that speaks SOCKS 5 (RFC 1928, RFC 1929), with a user name and a password."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from attrs import define, field

from tests.client.responding_server import accept_all

USER, PASSWORD = "me", "hidden"


@define
class SocksProxy:
    """Opens connections for others, one at a time.

    Args:
        url: Where it listens.
        opened: Host and port of each connection so far.
    """

    url: str
    opened: list[tuple[str, int]] = field(factory=list[tuple[str, int]])

    def serve(self, client: socket.socket) -> None:
        """Open one, and pass bytes on both ways until either side is done."""
        with client, suppress(ConnectionError), client.makefile("rb") as incoming:
            _, methods = struct.unpack("BB", incoming.read(2))
            incoming.read(methods)
            client.sendall(b"\x05\x02")
            incoming.read(1)
            user, password = (incoming.read(incoming.read(1)[0]).decode() for _ in range(2))
            is_welcome = (user, password) == (USER, PASSWORD)
            client.sendall(b"\x01\x00" if is_welcome else b"\x01\x01")
            if not is_welcome:
                return
            _, _, _, kind = struct.unpack("BBBB", incoming.read(4))
            host = socket.inet_ntoa(incoming.read(4)) if kind == 1 else incoming.read(incoming.read(1)[0]).decode()
            target = host, struct.unpack(">H", incoming.read(2))[0]
            self.opened.append(target)
            with socket.create_connection(target, timeout=10) as service:
                client.sendall(b"\x05\x00\x00\x01" + bytes(6))
                back = threading.Thread(target=_pass_on, args=(service, client))
                back.start()
                _pass_on(client, service)
                back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def socks_proxy() -> Iterator[SocksProxy]:
    """Run a proxy in the background while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = SocksProxy(f"socks5://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=accept_all, args=(listener, proxy.serve))
        thread.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
