"""Suggestions: what was probably meant by a name that nobody knows."""

import pytest

from segmind_flux_schnell._runtime.base.suggestions import meant_field, nearest
from segmind_flux_schnell.models.generate_image_request import FIELDS

NAMES = [field.name for field in FIELDS]

TYPOS = {
    "smapler": "sampler_name",
    "samper": "sampler_name",
    "sampler": "sampler_name",
    "sampler_nmae": "sampler_name",
    "samplername": "sampler_name",
    "samplerName": "sampler_name",
    "smapler_name": "sampler_name",
    "smapler-name": "sampler_name",
    "samples_name": "sampler_name",
    "smaples": "samples",
    "sampels": "samples",
    "sample": "samples",
    "num_sampels": "samples",
    "num_image": "samples",
    "n_samples": "samples",
    "promt": "prompt",
    "pormpt": "prompt",
    "prompts": "prompt",
    "propmt": "prompt",
    "text_prompt": "prompt",
    "widht": "width",
    "wdith": "width",
    "with": "width",
    "image_width": "width",
    "hieght": "height",
    "hight": "height",
    "heigth": "height",
    "heightt": "height",
    "num_steps": "steps",
    "num_stpes": "steps",
    "stpes": "steps",
    "step": "steps",
    "n_steps": "steps",
    "sampling_steps": "steps",
    "num_inference_stpes": "steps",
    "inference_step": "steps",
    "scheduller": "scheduler",
    "sheduler": "scheduler",
    "shceduler": "scheduler",
    "sched": "scheduler",
    "scheduler_name": "scheduler",
    "seeed": "seed",
    "sed": "seed",
    "sede": "seed",
    "Seed": "seed",
    "random_seed": "seed",
    "denoise_strength": "denoise",
    "denosie": "denoise",
    "denoising": "denoise",
}
"""Names that people type, each with the parameter that they mean."""

NO_TYPOS = [
    "cfg",
    "cfg_scale",
    "guidance",
    "negative",
    "model",
    "style",
    "lora",
    "n",
    "w",
    "x",
    "",
    "_",
    "o",
    "quality",
]
"""Names that mean none of them."""


@pytest.mark.parametrize(("typed", "meant"), TYPOS.items())
def test_a_typing_error_finds_its_field(typed: str, meant: str) -> None:
    """Also where two letters have changed places, and where only the first word of a name is given."""
    assert meant_field(typed, FIELDS) == meant


@pytest.mark.parametrize("typed", NO_TYPOS)
def test_another_name_finds_none(typed: str) -> None:
    """A wrong suggestion is worse than none."""
    assert meant_field(typed, FIELDS) is None


def _with_one_error(word: str) -> set[str]:
    """The word with a letter left out, doubled, or swapped with the next one."""
    places = range(len(word))
    left_out = {word[:place] + word[place + 1 :] for place in places}
    doubled = {word[:place] + word[place] + word[place:] for place in places}
    swapped = {word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places[:-1]}
    return (left_out | doubled | swapped) - {word}


@pytest.mark.parametrize("name", NAMES)
def test_one_error_anywhere_is_understood(name: str) -> None:
    """Whichever letter is missing, doubled or swapped, and whichever other fields there are."""
    assert {typed for typed in _with_one_error(name) if meant_field(typed, FIELDS) != name} == set()


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("euler_a", ["euler", "euler_pp", "euler_ancestral", "euler_ancestral_pp"], "euler_ancestral"),
        ("eulr", ["heun", "euler", "euler_pp"], "euler"),
        ("dpm++_2m", ["dpm_2", "dpmpp_2m", "dpmpp_2m_sde"], "dpmpp_2m"),
        ("Euler Ancestral", ["euler", "euler_ancestral"], "euler_ancestral"),
        ("guidance", ["guidance_scale", "negative_prompt"], "guidance_scale"),
        ("promt", ["negative_prompt", "prompt"], "prompt"),
        ("genrate", ["generate", "batch", "plan"], "generate"),
        ("colect", ["credits", "collect"], "collect"),
        ("weight", ["width", "height"], "height"),
        ("a" * 101, ["a" * 100], None),
    ],
)
def test_values_and_commands_are_suggested_too(typed: str, known: list[str], meant: str | None) -> None:
    """The same holds for the values of a parameter, and for commands."""
    assert nearest(typed, known) == meant
