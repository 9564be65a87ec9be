"""Where probes are sent, with whose keys, and for how much money."""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from attrs import field, frozen

from tests.contract.probing.probes import Probe
from tests.sandbox import accounts as sandbox

ENVIRONMENT = "SEGMIND_API_KEY"
"""The main account's key; that of another account is in this name with the account's behind it."""

_PUBLIC_KEYS = {"main": sandbox.KEY, "no-credits": sandbox.KEY_NO_CREDITS, "crash": sandbox.KEY_CRASH}
"""Keys that any sandbox has, also one that is not this repository's."""

_OWN_KEYS = {
    **_PUBLIC_KEYS,
    "forbidden": sandbox.KEY_FORBIDDEN,
    "retired": sandbox.KEY_RETIRED,
    "rate-limited": sandbox.KEY_RATE_LIMITED,
    "cold": sandbox.KEY_COLD,
}


@frozen
class Target:
    """A service to send probes to.

    Args:
        base_url: Where it lives.
        keys: The key of each account that there is a key for.
        name: What reports and recordings call it.
    """

    base_url: str
    keys: Mapping[str, str] = field(repr=False)
    name: str

    @classmethod
    def of(cls, base_url: str, environment: Mapping[str, str] = os.environ) -> "Target":
        """The service at a URL, with the keys of the environment; on loopback, a sandbox's by default."""
        keys = {_account(name): key for name, key in environment.items() if name.startswith(ENVIRONMENT) and key}
        local = _is_loopback(base_url)
        if local and "main" not in keys:
            keys = {**_PUBLIC_KEYS, **keys}
        return cls(base_url.rstrip("/"), keys, "a service on loopback" if local else urlsplit(base_url).netloc)

    @classmethod
    def sandbox(cls, base_url: str) -> "Target":
        """This repository's own sandbox."""
        return cls(base_url, _OWN_KEYS, "sandbox")

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, where nothing costs money and images are the same to the pixel."""
        return _is_loopback(self.base_url)

    def can_send(self, probe: Probe) -> bool:
        """Whether there is a key for the account that a probe needs."""
        return probe.sent.account in ("none", "wrong") or probe.sent.account in self.keys


def _account(variable: str) -> str:
    rest = variable.removeprefix(ENVIRONMENT)
    return rest.strip("_").lower().replace("_", "-") or "main"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
