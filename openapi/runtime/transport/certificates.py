"""Which authorities a client trusts, and what to do where that of a service is not one of them."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Sequence

import httpx

from ..base.errors import ConfigurationError
from ..base.wording import one_line, shown
from .contract import causes

VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Environment variables that name a file or a folder of trusted authorities: those of OpenSSL, requests and curl. The
first one that is set holds."""

_UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21})
"""Codes of OpenSSL for a certificate whose authority is not known, or that has none (X509_V_ERR_…)."""

_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")
"""Name of a certificate in a folder, as `openssl rehash` makes it: a hash of the authority, and a number."""


def check_certificates(given: object) -> None:
    """Check what a caller passes as `ssl_context`.

    Raises:
        ConfigurationError: It is neither a context nor a path.
    """
    if not isinstance(given, (ssl.SSLContext, str, os.PathLike, type(None))):
        raise ConfigurationError(
            f"ssl_context is {shown(given)}: it takes an ssl.SSLContext, or the path of certificates to trust."
        )


def trusting(given: ssl.SSLContext | str | os.PathLike[str] | None) -> ssl.SSLContext:
    """The context that trusts what the caller says, or else what the environment says, or else what Mozilla does.

    Args:
        given: A context, or the path of a file or a folder with certificates of authorities; None for neither.

    Raises:
        ConfigurationError: A path leads to no certificates.
    """
    if isinstance(given, ssl.SSLContext):
        return given
    if given is not None:
        return _reading("ssl_context", os.fspath(given))
    for variable in VARIABLES:
        path = os.environ.get(variable, "").strip()
        if path:
            return _reading(f"The environment variable {variable}", path)
    return httpx.create_ssl_context(trust_env=False)


def distrust_of(error: BaseException) -> str:
    """What to do about a certificate that was not trusted; empty if that was not the cause of an error."""
    cause = _refused_certificate(error)
    if cause is None:
        return ""
    if cause.verify_code in _UNKNOWN_AUTHORITY:
        others = ", ".join(VARIABLES[1:])
        return (
            "The authority of the certificate is not trusted: pass its file as ssl_context=, or name it in "
            f"{VARIABLES[0]} (or {others})"
        )
    return "The certificate is not valid for this service: check base_url, and the clock of this machine"


def _reading(source: str, path: str) -> ssl.SSLContext:
    # OpenSSL takes several folders, as PATH does.
    folders = [part for part in path.split(os.pathsep) if os.path.isdir(part)]
    try:
        if flaw := _flaw_of_folders(folders) if folders else _flaw_of_file(path):
            raise ConfigurationError(f"{source} is {one_line(path)!r}: {flaw}.")
        return ssl.create_default_context(capath=path) if folders else ssl.create_default_context(cafile=path)
    except ssl.SSLError:
        flaw = "the file holds no certificates in PEM format"
    except OSError as error:
        flaw = f"it cannot be read: {error.strerror or type(error).__name__}"
    raise ConfigurationError(f"{source} is {one_line(path)!r}: {flaw}.")


def _flaw_of_file(path: str) -> str:
    """Why a path is not a file to read certificates from; empty if it is one. A pipe or a device would never end."""
    if os.path.isfile(path):
        return ""
    return "it is not a file or a folder" if os.path.exists(path) else "there is no such file or folder"


def _flaw_of_folders(folders: Sequence[str]) -> str:
    """Why OpenSSL finds no certificates in folders; empty if it does.

    Raises:
        OSError: A folder cannot be read.
    """
    names = [name for folder in folders for name in os.listdir(folder)]
    if any(_HASHED.fullmatch(name) for name in names):
        return ""
    flaw = "the folder holds no certificates under the names that OpenSSL looks for, such as 3c2747f2.0"
    return f"{flaw}: run `openssl rehash` on it" if names else "the folder is empty"


def _refused_certificate(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """The refusal among the causes of an error."""
    for cause in causes(error):
        # That of aiohttp is of this class too, without a code.
        if isinstance(cause, ssl.SSLCertVerificationError) and hasattr(cause, "verify_code"):
            return cause
    return None
