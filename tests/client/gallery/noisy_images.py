"""A folder of a thousand images that are as hard to compress as photographs."""

import json
import math
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.client.gallery.folders import PLAIN, Folder, reviewed

THOUSAND = 1000

_SIZES = ((768, 512), (512, 768), (640, 640), (1024, 432), (576, 720), (720, 576))
_DISTINCT = 36
_FIRST_QUANTISER = 5
"""Bytes from a marker of quantisation tables to the first number of its first table."""


def folder_of_a_thousand(path: Path, number: int = THOUSAND) -> Folder:
    """A folder of that many different images, with prompts, seeds and costs, and its gallery."""
    path.mkdir(exist_ok=True)
    originals = [_jpeg(*_SIZES[one % len(_SIZES)], seed=one) for one in range(min(number, _DISTINCT))]
    with (path / "journal.jsonl").open("w", encoding="utf-8") as journal:
        for index in range(number):
            name = f"{index:016x}.jpg"
            original = originals[index % len(originals)]
            (path / name).write_bytes(_varied(original, index // len(originals)))
            width, height = _SIZES[index % len(originals) % len(_SIZES)]
            journal.writelines(f"{json.dumps(line)}\n" for line in _lines(index, name, width, height))
    return reviewed(path)


def _lines(index: int, name: str, width: int, height: int) -> Iterator[dict[str, Any]]:
    prompt = f"{PLAIN[index % len(PLAIN)]}, number {index}"
    request = {"prompt": prompt, "steps": (1, 4, 8)[index % 3], "seed": index, "width": width, "height": height}
    yield {"event": "sending", "key": name, "request": request}
    yield {"event": "done", "key": name, "file": name, "cost": "0.008", "seconds": 2 + index % 7 / 10}


def _jpeg(width: int, height: int, seed: int) -> bytes:
    """A JPEG of noise whose strength falls with its frequency, and that has more of light than of colour."""
    random = np.random.default_rng(seed)
    light = 48 * _noise(random, width, height, fall=1.5)
    colours = [20 * _noise(random, width, height, fall=2.0) for _ in range(3)]
    pixels = np.clip(128 + light[..., None] + np.stack(colours, axis=-1), 0, 255)
    file = BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "JPEG", quality=85)
    return file.getvalue()


def _noise(random: np.random.Generator, width: int, height: int, fall: float) -> NDArray[np.float64]:
    """Noise of mean 0 and deviation 1, whose amplitude falls with that power of its frequency."""
    frequencies = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None, :])
    frequencies[0, 0] = math.inf
    spectrum = np.fft.rfft2(random.standard_normal((height, width))) / frequencies**fall
    noise: NDArray[np.float64] = np.fft.irfft2(spectrum, (height, width))
    noise -= noise.mean()
    noise /= noise.std()
    return noise


def _varied(jpeg: bytes, variation: int) -> bytes:
    """Another image at next to no cost: one of the numbers that its coefficients are multiplied by is larger."""
    place = jpeg.index(b"\xff\xdb") + _FIRST_QUANTISER + variation
    return jpeg[:place] + bytes([jpeg[place] + (3 if variation else 0)]) + jpeg[place + 1 :]
