# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""The facts of the document that every call needs."""

from ._runtime.spec.credentials import SecurityScheme
from ._runtime.spec.service import Server, Service

__version__ = "0.1.0"

SPEC_SHA256 = "163bd25ec0a04ee625d78073244337e35d2341b778a1dfdd8d18aca851727ea7"
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
