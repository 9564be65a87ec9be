# @generated from openapi/flux-schnell.yaml (SHA-256 163bd25ec0a0) by `make generate`. Do not edit: change that file.
"""`GenerateImageRequest`: The image to generate."""

from __future__ import annotations

from typing import Any, TypeVar
from typing import get_args as _get_args

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .._runtime.base.rules import Field, Rule
from .._runtime.image.embedded_request import ImageFile, embedded_request
from .._runtime.spec import json_types as _json
from .._runtime.spec.json_objects import OpenObject as _OpenObject
from .._runtime.spec.json_objects import Property as _Property
from .._runtime.validation.checking import check_assignment, checked
from .._runtime.validation.seeds import drawn
from ..models.generate_image_request_sampler_name import (
    GenerateImageRequestSamplerName,
)
from ..models.generate_image_request_scheduler import (
    GenerateImageRequestScheduler,
)
from ..types import Unset

T = TypeVar("T", bound="GenerateImageRequest")

FIELDS = (
    Field(
        name="prompt",
        api_name="prompt",
        required=True,
        rule=Rule(kind="string", min_length=1),
        description="Text that describes the image.",
    ),
    Field(
        name="steps",
        api_name="steps",
        rule=Rule(kind="integer", minimum=1, maximum=8),
        mistaken_names=(
            "num_inference_steps",
            "inference_steps",
            "num_steps",
        ),
        description="Number of inference steps, each of which refines the image.",
        default=4,
    ),
    Field(
        name="seed",
        api_name="seed",
        rule=Rule(kind="integer", bits=64, random=True),
        description="Seed of the random numbers.",
        default=123456789,
    ),
    Field(
        name="sampler_name",
        api_name="sampler_name",
        rule=Rule(
            kind="string",
            enum=(
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
            ),
        ),
        mistaken_names=("sampler",),
        description="Sampling algorithm.",
        default="euler",
    ),
    Field(
        name="scheduler",
        api_name="scheduler",
        rule=Rule(
            kind="string",
            enum=(
                "normal",
                "karras",
                "exponential",
                "sgm_uniform",
                "simple",
                "ddim_uniform",
            ),
        ),
        description="How the noise decreases from step to step.",
        default="normal",
    ),
    Field(
        name="samples",
        api_name="samples",
        rule=Rule(kind="integer"),
        mistaken_names=(
            "num_images",
            "num_outputs",
        ),
        description="Number of images to generate.",
        default=1,
    ),
    Field(
        name="width",
        api_name="width",
        rule=Rule(kind="integer", minimum=512, maximum=2048, multiple_of=8),
        description="Width of the image in pixels.",
        default=1024,
    ),
    Field(
        name="height",
        api_name="height",
        rule=Rule(kind="integer", minimum=512, maximum=2048, multiple_of=8),
        description="Height of the image in pixels.",
        default=1024,
    ),
    Field(
        name="denoise",
        api_name="denoise",
        rule=Rule(kind="number", minimum=0, maximum=1),
        description="Share of the noise to remove; 1 removes all of it.",
        default=1,
    ),
)


@checked(*FIELDS)
@_attrs_define(on_setattr=check_assignment)
class GenerateImageRequest(_OpenObject[Any]):
    """The image to generate.

    Attributes:
        prompt (str): Text that describes the image. (str, at least 1 character)
        steps (int | Unset): Number of inference steps, each of which refines the image. (int, 1 to 8) Default: 4.
        seed (int | Unset): Seed of the random numbers. The same seed with the same parameters gives the same
            image; -1 asks the service to draw one. The default is a constant, so calls that leave it out buy the
            same image each time. (int, within 64 bits, or 'random') Default: 123456789.
        sampler_name (GenerateImageRequestSamplerName | Unset): Sampling algorithm. (one of the 27 values of
            `GenerateImageRequestSamplerName`) Default: 'euler'.
        scheduler (GenerateImageRequestScheduler | Unset): How the noise decreases from step to step. (one of
            normal, karras, exponential, sgm_uniform, simple, ddim_uniform) Default: 'normal'.
        samples (int | Unset): Number of images to generate. What the response to more than one looks like is not
            documented. (int) Default: 1.
        width (int | Unset): Width of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
        height (int | Unset): Height of the image in pixels. (int, 512 to 2048, a multiple of 8) Default: 1024.
        denoise (float | Unset): Share of the noise to remove; 1 removes all of it. (float, 0 to 1) Default: 1.0.
    """

    PROPERTIES = (
        _Property("prompt", "prompt", _json.STRING, required=True),
        _Property("steps", "steps", _json.INTEGER),
        _Property("seed", "seed", _json.INTEGER),
        _Property("sampler_name", "sampler_name", _json.Enum(_json.STRING, _get_args(GenerateImageRequestSamplerName))),
        _Property("scheduler", "scheduler", _json.Enum(_json.STRING, _get_args(GenerateImageRequestScheduler))),
        _Property("samples", "samples", _json.INTEGER),
        _Property("width", "width", _json.INTEGER),
        _Property("height", "height", _json.INTEGER),
        _Property("denoise", "denoise", _json.NUMBER),
    )

    prompt: str
    steps: int | Unset = 4
    seed: int | Unset = _attrs_field(default=123456789, converter=drawn)
    sampler_name: GenerateImageRequestSamplerName | Unset = "euler"
    scheduler: GenerateImageRequestScheduler | Unset = "normal"
    samples: int | Unset = 1
    width: int | Unset = 1024
    height: int | Unset = 1024
    denoise: float | Unset = 1.0
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=lambda: {})

    @classmethod
    def from_image(cls: type[T], path: ImageFile) -> T:
        """Read the request that is embedded in an image that this client has saved.

        Args:
            path: Path of the image.

        Raises:
            InvalidRequestError: The image has no request embedded, or one that this class does not accept.
            OSError: The file cannot be read.
        """
        return cls.from_dict(embedded_request(path, cls.__name__))
