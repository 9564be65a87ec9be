# @generated from openapi/runtime/transport/options.py by `make generate`. Do not edit: change that file.
"""What a caller may pass as timeout, proxy and certificates. Importing this does not load the HTTP library."""

from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    import os
    import ssl

    import httpx

# Unions with forward references cannot be written with a bar.
Timeout = Union[float, "httpx.Timeout", None]
"""A time limit: seconds for the whole call, a `httpx.Timeout` with limits for each phase, or None for no limit."""

Proxy = Union[str, "httpx.URL", "httpx.Proxy"]
"""A proxy: its URL, or a `httpx.Proxy`."""

Certificates = Union["ssl.SSLContext", str, "os.PathLike[str]"]
"""Whom a client trusts: a context, or the path of a file or a folder with the certificates of authorities, as PEM."""
