# @generated from openapi/runtime/image/media.py by `make generate`. Do not edit: change that file.
"""Results that are not JSON: files, and images among them, in memory or on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Self

from attrs import field, frozen

from ..base.errors import InvalidImageError, InvalidResponseError, NotSavedError, excerpt
from ..base.messages import Headers, Request, Response, shown_size
from ..base.wording import said
from ..spec.semantics import NO_SEMANTICS, RequestSemantics
from .image_format import ImageFacts, read_image

if TYPE_CHECKING:
    from pathlib import Path

    from ..spec.operation import Operation
    from ..spec.service import Service


@frozen(kw_only=True)
class ResultSpec:
    """What a file that an operation gives has to be.

    Args:
        media_types: Content types that the document has for it; one can be a pattern such as `image/*`.
        billed: Whether it is charged for, or None where the document does not say.
        asked: Which properties of the request mean something to the client.
        service: The facts of the document that every call needs.
    """

    media_types: tuple[str, ...]
    billed: bool | None
    asked: RequestSemantics = NO_SEMANTICS
    service: Service

    def check(self, request: Request, response: Response, error: type[InvalidResponseError]) -> None:
        """Refuse what is of another content type, empty, or not whole.

        Raises:
            InvalidResponseError: It is; the error has the bytes.
        """
        media_type = response.media_type or ""
        if media_type not in self.media_types and not _is_any_of(media_type, self.media_types):
            spec = " or ".join(self.media_types)
            raise error(request, response, f"{spec} was expected: {excerpt(response)}", billed=self.billed)
        if response.flaw:
            raise error(request, response, response.flaw, billed=self.billed)
        if not response.size:
            raise error(request, response, "the body is empty", billed=self.billed)

    def image(self, request: Request, response: Response) -> ImageFacts:
        """What the bytes of an image say of it.

        Raises:
            InvalidImageError: It is no image, not whole, not of the content type that it has, or not of the size that
                was asked for. The error has the bytes.
        """
        self.check(request, response, InvalidImageError)
        facts = read_image(response.view())
        flaw = _flaw(response, facts, self.asked.size(request))
        if facts is None or flaw:
            raise InvalidImageError(request, response, flaw, billed=self.billed)
        return facts


@frozen(kw_only=True)
class BinaryResult:
    """What files in memory and on disk have in common.

    Args:
        media_type: The content type that the service gave it, without parameters.
        headers: The headers of the response.
        request: What it was asked for with, without the key.
    """

    spec: ClassVar[ResultSpec]

    media_type: str
    headers: Headers = field(repr=False)
    request: Request = field(repr=False)


class ImageAttributes:
    """What images in memory and on disk have in common."""

    __slots__ = ()

    spec: ClassVar[ResultSpec]
    headers: Headers
    request: Request

    @property
    def seed(self) -> int | None:
        """The seed of the image: as the service says, else as it was sent; None where nobody says."""
        return self.spec.asked.used_seed(self.request, self.headers)


@frozen(kw_only=True)
class Binary(BinaryResult):
    """A file that the service sent.

    Args:
        content: Its bytes.
    """

    content: bytes = field(repr=shown_size)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes to a file and return its path. The file is whole or absent, also when the disk is full.

        Raises:
            OSError: The file cannot be written.
        """
        from pathlib import Path

        from .saving import replacing

        with replacing(path) as file:
            file.write(self.content)
        return Path(path)

    @classmethod
    def read(cls, request: Request, response: Response) -> Self:
        """Take the result from a response.

        Raises:
            InvalidResponseError: It is empty, not whole, or of another content type than the document says.
        """
        cls.spec.check(request, response, InvalidResponseError)
        return cls(
            content=response.content, media_type=response.media_type or "", headers=response.headers, request=request
        )


@frozen(kw_only=True)
class Image(Binary, ImageAttributes):
    """An image that the service sent, whole, of the format that its content type says and of the size asked for.

    Args:
        width: In pixels, as the file says; None where it does not.
        height: In pixels, as the file says; None where it does not.
        embeds: Whether `save` puts the request into the file unless told otherwise.
    """

    width: int | None = None
    height: int | None = None
    embeds: bool = field(default=True, repr=False)

    def save(self, path: str | os.PathLike[str], *, provenance: bool | None = None) -> Path:
        """Write the image to a file and return its path. The file is whole or absent, also when the disk is full.

        Args:
            path: Where to write it. What is there is replaced.
            provenance: Whether the request, prompt and all, is put into the file, from which `from_image` of its class
                reads it back. Not one pixel is touched. By default as the client says.

        Raises:
            OSError: The file cannot be written.
        """
        from io import BytesIO
        from pathlib import Path

        from .saving import replacing

        wanted = self.embeds if provenance is None else provenance
        with replacing(path) as file:
            _copier(self if wanted else None)(BytesIO(self.content), file)
        return Path(path)

    @classmethod
    def read(cls, request: Request, response: Response) -> Self:
        """Take the image from a response.

        Raises:
            InvalidImageError: The body is not the image that was asked for. The error has the bytes.
        """
        facts = cls.spec.image(request, response)
        return cls(
            content=response.content,
            media_type=facts.media_type,
            headers=response.headers,
            request=request,
            width=facts.width,
            height=facts.height,
        )


@frozen(kw_only=True)
class SavedFile(BinaryResult):
    """A file that was written to disk while it came in.

    Args:
        path: Where it is.
        byte_count: How many bytes the service sent.
    """

    path: Path
    byte_count: int

    @classmethod
    def store(
        cls, operation: Operation[Any], request: Request, response: Response, path: str | os.PathLike[str], embeds: bool
    ) -> Self:
        """Check what is in the spool of a response, and put it into its place.

        Args:
            operation: What was called.
            request: With what.
            response: What came.
            path: Where to write it. What is there is replaced.
            embeds: Whether the request is put into the file.

        Raises:
            ResponseError: The response is no success, or not what was asked for.
            NotSavedError: The disk did not take it. The error has the bytes.
        """
        from pathlib import Path

        failure = operation.failure(request, response)
        if failure is not None:
            raise failure
        kept = cls._checked(request, response, Path(path))
        _put(response, kept.path, _copier(kept if embeds and isinstance(kept, ImageAttributes) else None))
        return kept

    @classmethod
    def _checked(cls, request: Request, response: Response, path: Path) -> Self:
        cls.spec.check(request, response, InvalidResponseError)
        return cls(
            path=path,
            byte_count=response.size,
            media_type=response.media_type or "",
            headers=response.headers,
            request=request,
        )


@frozen(kw_only=True)
class SavedImage(SavedFile, ImageAttributes):
    """An image that was written to disk while it came in, whole, of the format and the size that it shall have.

    Args:
        width: In pixels, as the file says; None where it does not.
        height: In pixels, as the file says; None where it does not.
    """

    width: int | None = None
    height: int | None = None

    @classmethod
    def _checked(cls, request: Request, response: Response, path: Path) -> Self:
        facts = cls.spec.image(request, response)
        return cls(
            path=path,
            byte_count=response.size,
            media_type=facts.media_type,
            headers=response.headers,
            request=request,
            width=facts.width,
            height=facts.height,
        )


def _is_any_of(media_type: str, patterns: tuple[str, ...]) -> bool:
    from fnmatch import fnmatchcase

    return any(fnmatchcase(media_type, pattern) for pattern in patterns)


def _copier(image: ImageAttributes | None) -> Callable[[BinaryIO, BinaryIO], None]:
    """What copies a file: as it is, or with the request put in."""
    return _plain_copy if image is None else lambda source, target: _embedding_copy(image, source, target)


def _plain_copy(source: BinaryIO, target: BinaryIO) -> None:
    from shutil import copyfileobj

    source.seek(0)
    copyfileobj(source, target)


def _embedding_copy(image: ImageAttributes, source: BinaryIO, target: BinaryIO) -> None:
    from datetime import UTC, datetime

    from .provenance import Provenance, embed

    asked, service = image.spec.asked, image.spec.service
    record = Provenance(
        operation=image.request.operation,
        request=image.request.json,
        seed=image.seed,
        request_id=image.headers.get(service.request_id_header or ""),
        spec_version=service.version,
        client=service.client,
        created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )
    embed(source, target, record, description=asked.description(image.request))


def _put(response: Response, path: Path, copy: Callable[[BinaryIO, BinaryIO], None]) -> None:
    from io import BytesIO

    from .saving import replacing

    failure = response.spool.failure if response.spool is not None else None
    if failure is None:
        try:
            with replacing(path) as target:
                copy(response.spool.file if response.spool is not None else BytesIO(response.content), target)
        except OSError as error:
            failure = error
    if failure is not None:
        raise NotSavedError(response.body, str(path), said(failure))


def _flaw(response: Response, facts: ImageFacts | None, size: tuple[int, int] | None) -> str:
    if facts is None:
        return f"labelled {response.media_type}, but no image: {excerpt(response)}"
    if facts.media_type != response.media_type:
        return f"labelled {response.media_type}, but the bytes are {facts.media_type}"
    if facts.whole is False:
        return f"the image is cut off: its {response.size} bytes have no end marker of {facts.media_type}"
    # A format whose header is not read has neither.
    if size is not None and facts.width is not None and (facts.width, facts.height) != size:
        return f"the image is {facts.width} x {facts.height} pixels, not {size[0]} x {size[1]} as asked for"
    if size is not None and facts.width is None and facts.media_type == "image/jpeg":
        return "the size of the image cannot be read"
    return ""
