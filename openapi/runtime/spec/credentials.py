"""Keys: where they come from, how they are sent, and how they are kept out of sight."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn

from ..base.errors import ConfigurationError, MissingKeyError
from .tunables import SHORTEST_SECRET

if TYPE_CHECKING:
    from .key_search import KeySearch


class Secret:
    """A key that no repr, log or pickle shows.

    Args:
        key: The key, without regard to blanks and line ends around it, which files and shells add.
    """

    __slots__ = ("_key",)

    def __init__(self, key: object) -> None:
        self._key = key.strip() if isinstance(key, str) else key

    def reveal(self) -> str:
        """The key itself."""
        return str(self._key)

    @property
    def flaw(self) -> str:
        """Why a header cannot hold the key, without showing it; empty if it can."""
        if not isinstance(self._key, str):
            return f"is {type(self._key).__name__}, not str"
        if not self._key:
            return "is empty"
        if self._key.isascii() and self._key.isprintable():
            return ""
        return (
            f"holds a line break, another control character or a letter beyond ASCII among its {len(self._key)} "
            "characters, which no header can hold"
        )

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is not pickled: make a client where it is needed, from the environment.")


def hidden(key: str | None) -> Secret | None:
    """A key that no repr shows."""
    return None if key is None else Secret(key)


class SecurityScheme(NamedTuple):
    """A way to authenticate, as the document describes it.

    Args:
        name: Name of the parameter of the client.
        location: Where the key is sent.
        api_name: Name of the header, query parameter or cookie.
        style: `plain` sends the key as it is, `bearer` and `basic` as these HTTP schemes prescribe.
        env: Environment variable that holds the key, or None.
    """

    name: str
    location: Literal["header", "query", "cookie"] = "header"
    api_name: str = "Authorization"
    style: Literal["plain", "bearer", "basic"] = "plain"
    env: str | None = None

    def value(self, secret: Secret) -> str:
        """The value that is sent for a key."""
        if self.style == "bearer":
            return f"Bearer {secret.reveal()}"
        if self.style == "basic":
            import base64

            return f"Basic {base64.b64encode(secret.reveal().encode()).decode()}"
        return secret.reveal()


class Keyring:
    """The keys of a client.

    Args:
        schemes: The ways to authenticate.
        secrets: The keys, each under the name of its scheme.
    """

    def __init__(self, schemes: tuple[SecurityScheme, ...], secrets: Mapping[str, Secret]) -> None:
        self.schemes = schemes
        self.secrets = secrets

    @classmethod
    def gather(cls, schemes: Sequence[SecurityScheme], given: Mapping[str, str | Secret | None]) -> "Keyring":
        """Take each key from its parameter of the client, or from the environment if that is None.

        An empty environment variable counts as a missing one. An empty parameter is refused: it is a mistake, and the
        key in the environment may belong to another account.

        Raises:
            ConfigurationError: A key cannot be sent in a header. The error does not show it.
        """
        found = {scheme.name: _secret(scheme, given.get(scheme.name)) for scheme in schemes}
        return cls(tuple(schemes), {name: secret for name, secret in found.items() if secret is not None})

    def chosen(
        self, operation: str, alternatives: Sequence[Sequence[str]]
    ) -> "Iterator[tuple[SecurityScheme, Secret]]":
        """The keys for an operation: those of the first alternative whose keys are all there.

        Raises:
            MissingKeyError: Each alternative lacks a key.
        """
        if not alternatives:
            return iter(())
        for names in alternatives:
            if all(name in self.secrets for name in names):
                return ((scheme, self.secrets[scheme.name]) for scheme in self.schemes if scheme.name in names)
        raise MissingKeyError(f"{operation} needs {self._needed(alternatives)}.")

    @cached_property
    def search(self) -> "KeySearch":
        """Finds the keys in what a service sends: it may repeat one to say what is wrong with it."""
        from .key_search import KeySearch

        revealed = (secret.reveal() for secret in self.secrets.values())
        return KeySearch(key for key in revealed if len(key) >= SHORTEST_SECRET)

    def require_any(self) -> None:
        """Refuse a client without any key.

        Raises:
            MissingKeyError: There is no key.
        """
        if not self.secrets:
            needed = self._needed([[scheme.name] for scheme in self.schemes])
            raise MissingKeyError(f"The client needs {needed}.")

    def _needed(self, alternatives: Sequence[Sequence[str]]) -> str:
        schemes = {scheme.name: scheme for scheme in self.schemes}
        return ", or ".join(" and ".join(_where_to_put(schemes[name]) for name in names) for names in alternatives)


def _where_to_put(scheme: SecurityScheme) -> str:
    variable = f" or in the environment variable {scheme.env}" if scheme.env else ""
    return f"a key, as {scheme.name}=…{variable}"


def _secret(scheme: SecurityScheme, given: object) -> Secret | None:
    if given is None and not _in_environment(scheme):
        return None
    # No local variable holds the key itself: tools that collect errors also collect local variables.
    secret = given if isinstance(given, Secret) else Secret(os.environ[str(scheme.env)] if given is None else given)
    if secret.flaw:
        source = scheme.name if given is not None else f"The environment variable {scheme.env}"
        raise ConfigurationError(f"{source} {secret.flaw}.")
    return secret


def _in_environment(scheme: SecurityScheme) -> bool:
    return bool(scheme.env and os.environ.get(scheme.env, "").strip())
