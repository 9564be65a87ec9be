"""The page's "Attributes" table as data: the fields of a request and their allowed values."""

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

Value = str | int | float
Parameters = Mapping[str, Value]
# The fields of a body before any check.
Fields = Mapping[str, object]


@frozen
class Attribute:
    """One row of the table.

    `kind` is the page's word for the type. A row without a `default` is required. `minimum` and
    `maximum` are inclusive, `multiple` is the step of the allowed values, and an empty `allowed`
    allows every value. `drawn` is whether the image depends on the value.
    """

    name: str
    kind: Literal["str", "int", "float"]
    default: Value | None = None
    minimum: float | None = None
    maximum: float | None = None
    multiple: int | None = None
    allowed: tuple[str, ...] = ()
    may_be_empty: bool = True
    drawn: bool = True

    @property
    def required(self) -> bool:
        """Whether a request without this attribute is refused."""
        return self.default is None


# The page truncates the list of samplers. Another page of the vendor shows the first ten; the other
# seventeen are ComfyUI's, at the commit whose list has the same length, beginning and schedulers.
SAMPLERS_SHOWN = (
    "euler",
    "euler_pp",
    "euler_ancestral",
    "euler_ancestral_pp",
    "heun",
    "heunpp2",
    "dpm_2",
    "dpm_2_ancestral",
    "lms",
    "dpm_fast",
)
SAMPLERS_INFERRED = (
    "dpm_adaptive",
    "dpmpp_2s_ancestral",
    "dpmpp_sde",
    "dpmpp_sde_gpu",
    "dpmpp_2m",
    "dpmpp_2m_sde",
    "dpmpp_2m_sde_gpu",
    "dpmpp_3m_sde",
    "dpmpp_3m_sde_gpu",
    "ddpm",
    "lcm",
    "ipndm",
    "ipndm_v",
    "deis",
    "ddim",
    "uni_pc",
    "uni_pc_bh2",
)
SCHEDULERS = ("normal", "karras", "exponential", "sgm_uniform", "simple", "ddim_uniform")

# The page gives no range for the seed: only what exceeds a signed 64-bit integer is refused.
SEED_MINIMUM, SEED_MAXIMUM = -(2**63), 2**63 - 1

ATTRIBUTES = (
    Attribute("prompt", "str", may_be_empty=False),
    Attribute("steps", "int", 4, minimum=1, maximum=8),
    Attribute("seed", "int", 123456789, minimum=SEED_MINIMUM, maximum=SEED_MAXIMUM),
    Attribute("sampler_name", "str", "euler", allowed=SAMPLERS_SHOWN + SAMPLERS_INFERRED),
    Attribute("scheduler", "str", "normal", allowed=SCHEDULERS),
    Attribute("samples", "int", 1, minimum=1),
    Attribute("width", "int", 1024, minimum=512, maximum=2048, multiple=8),
    Attribute("height", "int", 1024, minimum=512, maximum=2048, multiple=8),
    Attribute("denoise", "float", 1.0, minimum=0, maximum=1),
)
