"""Where probes are sent, and with whose keys."""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from attrs import field, frozen

from segmind_flux_schnell._runtime.spec.configuration import usable_base_url
from segmind_flux_schnell_sandbox import accounts as sandbox
from tests.contract.probing.probe import Probe

ENVIRONMENT = "SEGMIND_API_KEY"
"""Variable with the main account's key; another account's name is appended to it (`SEGMIND_API_KEY_CRASH`)."""

_PUBLIC_KEYS = {"main": sandbox.KEY, "no-credits": sandbox.KEY_NO_CREDITS, "crash": sandbox.KEY_CRASH}
"""Keys that any service on loopback is assumed to have."""

_OWN_KEYS = {
    **_PUBLIC_KEYS,
    "team-limit": sandbox.KEY_TEAM_LIMIT,
    "forbidden": sandbox.KEY_FORBIDDEN,
    "retired": sandbox.KEY_RETIRED,
    "rate-limited": sandbox.KEY_RATE_LIMITED,
    "cold": sandbox.KEY_COLD,
}


@frozen
class Target:
    """A service to send probes to.

    Args:
        base_url: URL of the service.
        keys: The key of each account, as far as known.
        name: The name of the service in reports and recordings.
    """

    base_url: str
    keys: Mapping[str, str] = field(repr=False)
    name: str

    @classmethod
    def of(cls, base_url: str, environment: Mapping[str, str] = os.environ) -> "Target":
        """The service at a URL, with keys from the environment; on loopback, the sandbox's keys by default.

        Raises:
            ConfigurationError: It is not a URL, or has more than an origin and a path. No password is shown.
        """
        url = usable_base_url(base_url, allow_http=True, source="BASE_URL")
        # Without blanks around it, a key is what the client sends, and what a recording must not have.
        given = {_account(name): key.strip() for name, key in environment.items() if name.startswith(ENVIRONMENT)}
        keys = {account: key for account, key in given.items() if key}
        local = _is_loopback(url)
        if local and "main" not in keys:
            keys = {**_PUBLIC_KEYS, **keys}
        return cls(url, keys, "a service on loopback" if local else urlsplit(url).netloc)

    @classmethod
    def sandbox(cls, base_url: str) -> "Target":
        """This repository's own sandbox."""
        return cls(base_url, _OWN_KEYS, "sandbox")

    @property
    def is_local(self) -> bool:
        """Whether the service is on this machine, where nothing costs money and equal images have equal pixels."""
        return _is_loopback(self.base_url)

    def can_send(self, probe: Probe) -> bool:
        """Whether the key of the account that a probe needs is known."""
        return probe.request.account in ("none", "wrong") or probe.request.account in self.keys


def _account(variable: str) -> str:
    rest = variable.removeprefix(ENVIRONMENT)
    return rest.strip("_").lower().replace("_", "-") or "main"


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
