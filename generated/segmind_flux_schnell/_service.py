# @generated from openapi/flux-schnell.yaml (SHA-256 12671def83e8) by `make generate`. Do not edit: change that file.
"""The facts of the document that every call needs."""

from ._runtime.spec.credentials import SecurityScheme
from ._runtime.spec.service import Server, Service

__version__ = "0.1.0"

SPEC_SHA256 = "12671def83e8f72e90677e496ced9759c70155f615d6c90858c565244b11884d"
"""SHA-256 of the OpenAPI document that this package was generated from, in hexadecimal."""

SERVERS: tuple[Server, ...] = (
    Server(
        url="https://api.segmind.com", description="The live service. Each image costs money.", env="SEGMIND_BASE_URL"
    ),
)
"""The servers of the document. A client uses the first, unless its `base_url` or the variable `env` names another."""

SERVICE = Service(
    project="segmind-flux-schnell",
    package="segmind_flux_schnell",
    version=__version__,
    servers=SERVERS,
    base_url_env="SEGMIND_BASE_URL",
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
