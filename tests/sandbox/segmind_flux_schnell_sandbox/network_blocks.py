"""Connections to a sandbox in tests in which pytest plugins block the network, by replacing methods of sockets."""

import _socket
import socket
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from typing import Any

_METHODS = ("connect", "connect_ex")


@contextmanager
def let_through(addresses: Collection[tuple[str, int]]) -> Generator[None, None, None]:
    """Let sockets connect to some addresses while the context lasts, whatever stands in their way.

    Nothing is replaced where nothing stands in the way.
    """
    blocks = {name: vars(socket.socket)[name] for name in _METHODS if name in vars(socket.socket)}
    ours = {name: _around(block, getattr(_socket.socket, name), addresses) for name, block in blocks.items()}
    for name, method in ours.items():
        setattr(socket.socket, name, method)
    try:
        yield
    finally:
        for name, block in blocks.items():
            # Where the context outlasts the block, as that of a module does, the block is not put back.
            if vars(socket.socket).get(name) is ours[name]:
                setattr(socket.socket, name, block)


def _around(
    block: Callable[..., Any], connect: Callable[..., Any], addresses: Collection[tuple[str, int]]
) -> Callable[..., Any]:
    def connecting(self: socket.socket, address: Any, *rest: Any) -> Any:
        ours = isinstance(address, tuple) and address[:2] in addresses
        return connect(self, address) if ours else block(self, address, *rest)

    return connecting
