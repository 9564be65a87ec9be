"""A proxy on a loopback address, as companies have them between their networks and the services outside."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from attrs import define, field

from tests.client.responding_server import Received, accept_all, read_request


@define
class ForwardingProxy:
    """Passes plain HTTP requests on, one at a time.

    Args:
        url: Where it listens.
        forwarded: The requests so far.
    """

    url: str
    forwarded: list[Received] = field(factory=list[Received])

    def serve(self, connection: socket.socket) -> None:
        """Pass one request on, and its response back."""
        with connection, suppress(ConnectionError):
            request = read_request(connection)
            self.forwarded.append(request)
            method, url, version = request.line.split(" ")
            target = urlsplit(url)
            with socket.create_connection((target.hostname, target.port), timeout=10) as service:
                headers = [f"{name}: {value}" for name, value in request.headers.items()]
                head = "\r\n".join([f"{method} {target.path} {version}", *headers, "", ""])
                service.sendall(head.encode("latin-1") + request.body)
                while part := service.recv(65536):
                    connection.sendall(part)


@contextmanager
def forwarding_proxy() -> Iterator[ForwardingProxy]:
    """Run a proxy in the background while the context lasts."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = ForwardingProxy(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=accept_all, args=(listener, proxy.serve))
        thread.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
