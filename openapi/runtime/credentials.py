"""Keys: where they come from, where they go, and that nobody sees them."""

import base64
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NoReturn

from attrs import field, frozen

from .errors import ConfigurationError, MissingKeyError


class Secret:
    """A text that no repr, log or pickle shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is not pickled: make a client where it is needed, from the environment.")


@frozen(kw_only=True)
class SecurityScheme:
    """A way of the document to prove who calls.

    Args:
        name: Name of the parameter of the client.
        location: Where the key goes.
        wire: Name of the header, query parameter or cookie.
        style: `plain` sends the key as it is, `bearer` and `basic` as these schemes of HTTP do.
        env: Environment variable that the key is taken from, or None.
    """

    name: str
    location: Literal["header", "query", "cookie"] = "header"
    wire: str = "Authorization"
    style: Literal["plain", "bearer", "basic"] = "plain"
    env: str | None = None

    def value(self, secret: Secret) -> str:
        """What is sent for a key."""
        if self.style == "bearer":
            return f"Bearer {secret.reveal()}"
        if self.style == "basic":
            return f"Basic {base64.b64encode(secret.reveal().encode()).decode()}"
        return secret.reveal()


@frozen
class Keyring:
    """The keys that a client has, each under the name of its scheme."""

    schemes: tuple[SecurityScheme, ...]
    secrets: Mapping[str, Secret] = field(repr=False)

    @classmethod
    def gather(cls, schemes: Sequence[SecurityScheme], given: Mapping[str, str | None]) -> "Keyring":
        """Take the keys from the parameters of the client, and from the environment where there are none.

        Raises:
            ConfigurationError: A key cannot be sent in a header. The error does not show it.
        """
        found = {scheme.name: given.get(scheme.name) or _from_environment(scheme) for scheme in schemes}
        return cls(tuple(schemes), {name: _secret(name, key) for name, key in found.items() if key})

    def chosen(
        self, operation: str, alternatives: Sequence[Sequence[str]]
    ) -> "Iterator[tuple[SecurityScheme, Secret]]":
        """The keys for an operation: those of its first alternative that are all at hand.

        Raises:
            MissingKeyError: Keys are missing for every alternative.
        """
        if not alternatives:
            return iter(())
        for names in alternatives:
            if all(name in self.secrets for name in names):
                return ((scheme, self.secrets[scheme.name]) for scheme in self.schemes if scheme.name in names)
        raise MissingKeyError(f"{operation} needs {self._needed(alternatives)}. Nothing was sent.")

    def require_any(self) -> None:
        """Refuse to go on without any key.

        Raises:
            MissingKeyError: There is none.
        """
        if not self.secrets:
            needed = self._needed([[scheme.name] for scheme in self.schemes])
            raise MissingKeyError(f"The client needs {needed}. Nothing was sent.")

    def _needed(self, alternatives: Sequence[Sequence[str]]) -> str:
        schemes = {scheme.name: scheme for scheme in self.schemes}
        return ", or ".join(" and ".join(_where_to_put(schemes[name]) for name in names) for names in alternatives)


def _where_to_put(scheme: SecurityScheme) -> str:
    variable = f" or the environment variable {scheme.env}" if scheme.env else ""
    return f"a key in {scheme.name}=…{variable}"


def _from_environment(scheme: SecurityScheme) -> str | None:
    return os.environ.get(scheme.env) if scheme.env else None


def _secret(name: str, key: object) -> Secret:
    if not isinstance(key, str):
        raise ConfigurationError(f"{name} is {type(key).__name__}, not str. Nothing was sent.")
    text = key.strip()
    if not text.isascii() or not text.isprintable() or not text:
        raise ConfigurationError(
            f"{name} is {len(key)} characters with blanks or control characters among them, or with letters beyond "
            "ASCII, which no header can hold. Nothing was sent."
        )
    return Secret(text)
