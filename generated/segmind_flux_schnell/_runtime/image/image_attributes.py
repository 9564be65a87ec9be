# @generated from openapi/runtime/image/image_attributes.py by `make generate`. Do not edit: change that file.
"""What images in memory and on disk have in common, notebooks and arrays included."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, overload

if TYPE_CHECKING:
    import numpy
    from numpy.typing import DTypeLike, NDArray
    from PIL.Image import Image as PILImage

    from ..base.image_warnings import ImageWarning
    from ..base.messages import Headers, Request
    from .display import Displayed, MimeBundle
    from .result_spec import ResultSpec


class ImageAttributes:
    """The common attributes of images in memory and on disk."""

    __slots__ = ()

    _spec: ClassVar[ResultSpec]
    media_type: str
    headers: Headers
    request: Request
    width: int | None
    height: int | None
    warnings: tuple[ImageWarning, ...]

    @property
    def seed(self) -> int | None:
        """The seed of the image: the one that the service reports, else the one that was sent; None if unknown."""
        return self._spec.semantics.used_seed(self.request, self.headers)

    def to_pil(self) -> PILImage:
        """The image as Pillow has it, decoded: `image.to_pil().resize((256, 256))`.

        Raises:
            ModuleNotFoundError: Pillow is not installed: `pip install pillow`.
            OSError: The file of a saved image is gone; or Pillow cannot decode the image.
        """
        from .pixels import decoded

        return decoded(bytes(self), repr(self), "to_pil()")

    def __bytes__(self) -> bytes:
        raise NotImplementedError

    @overload
    def __array__(self, dtype: None = None, copy: bool | None = None) -> NDArray[numpy.uint8]: ...
    @overload
    def __array__(self, dtype: DTypeLike, copy: bool | None = None) -> NDArray[Any]: ...
    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:
        """What `np.asarray(image)` returns: the pixels, of shape (height, width, 3), as unsigned bytes.

        Transparency is left out: `np.asarray(image.to_pil())` has it.

        Raises:
            ModuleNotFoundError: NumPy or Pillow is not installed: `pip install numpy pillow`.
            ValueError: `copy` is False, since decoding makes a copy; or the pixels have more than 8 bits.
            OSError: The file of a saved image is gone; or Pillow cannot decode the image.
        """
        from .pixels import rgb

        return rgb(bytes(self), repr(self), dtype, copy)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None, **_: Any
    ) -> MimeBundle:
        """How a notebook shows the image. One that cannot be read, or that browsers do not know, is shown as text."""
        from .display import wanted_types

        wanted = wanted_types(include, exclude)
        data, metadata = self._displayed.bundle(self._readable, wanted) if wanted - {"text/plain"} else ({}, {})
        return {**data, **({"text/plain": repr(self)} if "text/plain" in wanted else {})}, metadata

    def _repr_jpeg_(self) -> tuple[bytes, dict[str, Any]] | None:
        """The same for frontends that ask for a JPEG; None for an image of another format."""
        return self._as("image/jpeg")

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]] | None:
        """The same for frontends that ask for a PNG; None for an image of another format."""
        return self._as("image/png")

    def _as(self, media_type: str) -> tuple[bytes, dict[str, Any]] | None:
        if self.media_type != media_type:
            return None
        content = self._readable
        return (content, self._displayed.metadata) if content else None

    @property
    def _displayed(self) -> Displayed:
        from .display import Displayed

        description = self._spec.semantics.description(self.request) or ""
        return Displayed(self.media_type, self.width, self.height, description)

    @property
    def _readable(self) -> bytes:
        """The bytes of the image, or none if its file is gone, or no longer such an image."""
        raise NotImplementedError
