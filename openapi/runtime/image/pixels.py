"""The pixels of an image, for Pillow and NumPy where these are installed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from ..base.optional_libraries import need
from ..base.wording import one_line

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray
    from PIL import Image


def decoded(content: bytes, name: str, purpose: str) -> Image.Image:
    """An image as Pillow has it, decoded.

    Args:
        content: The bytes of its file.
        name: What messages call it.
        purpose: What asks for it, as a user writes it.

    Raises:
        ModuleNotFoundError: Pillow is not installed. The message has the command that installs it.
        OSError: Pillow cannot decode it.
    """
    need("PIL", purpose)
    from PIL import Image, UnidentifiedImageError

    try:
        opened = Image.open(BytesIO(content))
        # Now, and not at the first use, which may be far from here.
        opened.load()
    except UnidentifiedImageError:
        # Its own message names an address in memory.
        raise OSError(f"{purpose}: Pillow does not know the format of {name}") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise OSError(f"{purpose}: Pillow cannot decode {name}: {one_line(str(error))}") from error
    return opened


def rgb(content: bytes, name: str, dtype: DTypeLike | None, copy: bool | None) -> NDArray[Any]:
    """The pixels of an image, as an array of shape (height, width, 3).

    Args:
        content: The bytes of its file.
        name: What messages call it.
        dtype: Type of the elements; None for unsigned bytes.
        copy: As in NumPy. The pixels are decoded, and so always a copy.

    Raises:
        ModuleNotFoundError: NumPy or Pillow is not installed. The message has the command that installs it.
        ValueError: `copy` is False; or the image has more than 8 bits in a pixel's channel.
        OSError: Pillow cannot decode it.
    """
    if copy is False:
        raise ValueError("copy is False, but the pixels of an image are decoded from its file, which makes a copy")
    need("numpy", "np.asarray(image)")
    import numpy

    opened = decoded(content, name, "np.asarray(image)")
    if opened.mode.startswith(_DEEP):
        raise ValueError(f"the image has pixels of mode {opened.mode}, not of 8 bits: use np.asarray(image.to_pil())")
    return numpy.array(opened.convert("RGB"), dtype=dtype)


_DEEP = ("I", "F")
"""What the modes of Pillow begin with that have 16 or 32 bits: in RGB they would be cut off."""
