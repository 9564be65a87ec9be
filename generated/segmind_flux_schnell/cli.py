# @generated from openapi/flux-schnell.yaml (SHA-256 80f6a332d87e) by `make generate`. Do not edit: change that file.
"""The command line of this package. It needs the extra `cli`."""

from . import models as _models
from ._batch import Batch as _Batch
from ._runtime.base.rules import Field, Rule
from ._runtime.cli.program import OperationOptions, Option, Program
from ._runtime.cli.start import start
from ._service import SERVICE as _SERVICE
from .api.images import generate_image as _generate_image
from .client import AsyncClient as _AsyncClient
from .client import Client as _Client

OPERATIONS: tuple[OperationOptions, ...] = (
    OperationOptions(
        operation=_generate_image.OPERATION,
        summary="Generate an image from a text prompt.",
        description="Takes about 10 seconds, minutes when the model has to be started first. The same parameters with the same seed give the same image, and a call that leaves the seed out uses a constant one: it buys the same image each time.",
        options=(
            Option(
                field=Field(name="prompt", api_name="prompt", required=True, rule=Rule(kind="string", min_length=1)),
                help="What the image shall show, in words.",
            ),
            Option(
                field=Field(
                    name="steps",
                    api_name="steps",
                    rule=Rule(kind="integer", minimum=1, maximum=8),
                    mistaken_names=(
                        "num_inference_steps",
                        "inference_steps",
                        "num_steps",
                    ),
                ),
                help="Inference steps, each of which refines the image.",
                default=4,
            ),
            Option(
                field=Field(name="seed", api_name="seed", rule=Rule(kind="integer", bits=64, random=True)),
                help="Start of the random numbers.",
                default=123456789,
            ),
            Option(
                field=Field(
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
                ),
                help="Sampling algorithm.",
                default="euler",
            ),
            Option(
                field=Field(
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
                ),
                help="How the noise falls from step to step.",
                default="normal",
            ),
            Option(
                field=Field(
                    name="samples",
                    api_name="samples",
                    rule=Rule(kind="integer"),
                    mistaken_names=(
                        "num_images",
                        "num_outputs",
                    ),
                ),
                help="How many samples to generate.",
                default=1,
            ),
            Option(
                field=Field(
                    name="width", api_name="width", rule=Rule(kind="integer", minimum=512, maximum=2048, multiple_of=8)
                ),
                help="Width of the image in pixels.",
                default=1024,
            ),
            Option(
                field=Field(
                    name="height",
                    api_name="height",
                    rule=Rule(kind="integer", minimum=512, maximum=2048, multiple_of=8),
                ),
                help="Height of the image in pixels.",
                default=1024,
            ),
            Option(
                field=Field(name="denoise", api_name="denoise", rule=Rule(kind="number", minimum=0, maximum=1)),
                help="How much of the noise is taken away; 1 is all of it.",
                default=1,
            ),
        ),
        request=_models.GenerateImageRequest,
        batch=_Batch,
        media_type="image/jpeg",
        seconds=10,
    ),
)
"""The operations of the document, with the options that a command for them takes."""

PROGRAM = Program(service=_SERVICE, operations=OPERATIONS, client=_Client, async_client=_AsyncClient)
"""What the command line works with."""


def main() -> int:
    """Run the command line, and give back its exit code."""
    return start(PROGRAM)


__all__ = ["OPERATIONS", "PROGRAM", "main"]
