# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""The facts of the document that every call needs."""

from ._runtime.spec.credentials import SecurityScheme
from ._runtime.spec.service import Server, Service

__version__ = "0.1.0"

SPEC_SHA256 = "80f6a332d87edbfa017e7ebfa5ee866cccf9c057edc94eb33848c6d1f4e13f42"
"""SHA-256 of the OpenAPI document that this package was generated from, in hexadecimal."""

SERVERS = (Server(url="https://api.segmind.com", description="The service itself. Images made here cost money."),)
"""Where the service lives, as the document says; the first is used unless `base_url` says otherwise."""

SERVICE = Service(
    project="segmind-flux-schnell",
    package="segmind_flux_schnell",
    version=__version__,
    servers=SERVERS,
    schemes=(
        SecurityScheme(name="api_key", location="header", api_name="x-api-key", style="plain", env="SEGMIND_API_KEY"),
    ),
    keyless=False,
    request_id_header="x-request-id",
    cost_header="x-cost",
    remaining_credits_header="x-remaining-credits",
    reset_header="x-rate-limit-reset-at-utc",
    log="SEGMIND_LOG",
)
