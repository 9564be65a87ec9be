"""Keys: where they come from, where they go, and that nobody sees them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NoReturn

from attrs import field, frozen

from ..base.errors import ConfigurationError, MissingKeyError


class Secret:
    """A key that no repr, log or pickle shows.

    Args:
        key: What was given as a key. Blanks and line ends around it, which files and shells add, do not count.
    """

    __slots__ = ("_key",)

    def __init__(self, key: object) -> None:
        self._key = key.strip() if isinstance(key, str) else key

    def reveal(self) -> str:
        """The key itself."""
        return str(self._key)

    @property
    def flaw(self) -> str:
        """Why no header can hold the key, without showing it; empty if one can."""
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
    """A key as no repr shows it."""
    return None if key is None else Secret(key)


@frozen(kw_only=True)
class SecurityScheme:
    """A way of the document to prove who calls.

    Args:
        name: Name of the parameter of the client.
        location: Where the key goes.
        api_name: Name of the header, query parameter or cookie.
        style: `plain` sends the key as it is, `bearer` and `basic` as these schemes of HTTP do.
        env: Environment variable that the key is taken from, or None.
    """

    name: str
    location: Literal["header", "query", "cookie"] = "header"
    api_name: str = "Authorization"
    style: Literal["plain", "bearer", "basic"] = "plain"
    env: str | None = None

    def value(self, secret: Secret) -> str:
        """What is sent for a key."""
        if self.style == "bearer":
            return f"Bearer {secret.reveal()}"
        if self.style == "basic":
            import base64

            return f"Basic {base64.b64encode(secret.reveal().encode()).decode()}"
        return secret.reveal()


@frozen
class Keyring:
    """The keys that a client has, each under the name of its scheme."""

    schemes: tuple[SecurityScheme, ...]
    secrets: Mapping[str, Secret] = field(repr=False)

    @classmethod
    def gather(cls, schemes: Sequence[SecurityScheme], given: Mapping[str, str | Secret | None]) -> "Keyring":
        """Take the keys from the parameters of the client, and from the environment where there are none.

        An empty variable of the environment counts as none. An empty parameter does not: it is a mistake, and the key
        in the environment may be another account's.

        Raises:
            ConfigurationError: A key cannot be sent in a header. The error does not show it.
        """
        found = {scheme.name: _secret(scheme, given.get(scheme.name)) for scheme in schemes}
        return cls(tuple(schemes), {name: secret for name, secret in found.items() if secret is not None})

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

    def is_in(self, parts: Iterable[bytes]) -> bool:
        """Whether the service repeats a key."""
        whole = b"\n".join(parts)
        return any(key in whole for key in self._telling())

    def redacted(self, content: bytes) -> bytes:
        """Bytes of the service without the keys, which it may repeat to say what is wrong with them."""
        for key in self._telling():
            content = content.replace(key, b"[key]")
        return content

    def _telling(self) -> "Iterator[bytes]":
        for secret in self.secrets.values():
            key = secret.reveal().encode()
            # A short one, of a test say, may be any word.
            if len(key) >= _SHORTEST_TELLING:
                yield key
                # JSON may write a slash with a backslash before it.
                if b"/" in key:
                    yield key.replace(b"/", b"\\/")

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


_SHORTEST_TELLING = 8


def _where_to_put(scheme: SecurityScheme) -> str:
    variable = f" or in the environment variable {scheme.env}" if scheme.env else ""
    return f"a key, as {scheme.name}=…{variable}"


def _secret(scheme: SecurityScheme, given: object) -> Secret | None:
    if given is None and not _in_environment(scheme):
        return None
    # No local variable holds the key itself: tools that collect errors collect these too.
    secret = given if isinstance(given, Secret) else Secret(os.environ[str(scheme.env)] if given is None else given)
    if secret.flaw:
        source = scheme.name if given is not None else f"The environment variable {scheme.env}"
        raise ConfigurationError(f"{source} {secret.flaw}. Nothing was sent.")
    return secret


def _in_environment(scheme: SecurityScheme) -> bool:
    return bool(scheme.env and os.environ.get(scheme.env, "").strip())
