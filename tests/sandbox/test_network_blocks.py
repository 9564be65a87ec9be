"""Plugins that block the network, and a sandbox that is let through."""

import socket
from collections.abc import Callable
from typing import Any

import pytest

from segmind_flux_schnell_sandbox.addresses import loopback_listener
from segmind_flux_schnell_sandbox.network_blocks import let_through


def blocking(name: str) -> Callable[..., Any]:
    """What a plugin replaces a method of sockets by."""

    def block(self: socket.socket, address: object) -> None:
        raise PermissionError(f"{name}: {address}")

    return block


def test_what_is_let_through_connects_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """The block stays in place for all other addresses, and is put back at the end."""
    monkeypatch.setattr(socket.socket, "connect", blocking("blocked"))
    with loopback_listener("127.0.0.1", 0) as listener, loopback_listener("127.0.0.1", 0) as other:
        with let_through({listener.getsockname()}), socket.socket() as client, socket.socket() as stranger:
            client.connect(listener.getsockname())
            with pytest.raises(PermissionError, match="blocked"):
                stranger.connect(other.getsockname())
        with socket.socket() as client, pytest.raises(PermissionError, match="blocked"):
            client.connect(listener.getsockname())


def test_a_block_that_has_gone_meanwhile_is_not_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox of a module can outlast the block of one of its tests."""
    monkeypatch.setattr(socket.socket, "connect", blocking("of the first test"))
    with loopback_listener("127.0.0.1", 0) as listener:
        with let_through({listener.getsockname()}):
            monkeypatch.setattr(socket.socket, "connect", blocking("of the second test"))
        with socket.socket() as client, pytest.raises(PermissionError, match="of the second test"):
            client.connect(listener.getsockname())
