"""Results that are not JSON: files, and pictures among them, in memory or on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Self

from attrs import field, frozen

from ..base.errors import InvalidAnswerError, InvalidImageError, NotSavedError, excerpt
from ..base.messages import Answer, Headers, Request, shown_size
from ..base.wording import said
from ..spec.semantics import NOTHING_ASKED, Asked
from .image_format import PictureFacts, read_picture

if TYPE_CHECKING:
    from pathlib import Path

    from ..spec.operation import Operation
    from ..spec.service import Service


@frozen(kw_only=True)
class Expected:
    """What a file that an operation gives has to be.

    Args:
        media_types: Content types that the document has for it; one can be a pattern such as `image/*`.
        billed: Whether it is charged for, or None where the document does not say.
        asked: Which properties of the request mean something to the client.
        service: The facts of the document that every call needs.
    """

    media_types: tuple[str, ...]
    billed: bool | None
    asked: Asked = NOTHING_ASKED
    service: Service

    def check(self, request: Request, answer: Answer, error: type[InvalidAnswerError]) -> None:
        """Refuse what is of another content type, empty, or not whole.

        Raises:
            InvalidAnswerError: It is; the error has the bytes.
        """
        from fnmatch import fnmatchcase

        if not any(fnmatchcase(answer.media_type or "", pattern) for pattern in self.media_types):
            expected = " or ".join(self.media_types)
            raise error(request, answer, f"{expected} was expected: {excerpt(answer)}", billed=self.billed)
        if answer.flaw:
            raise error(request, answer, answer.flaw, billed=self.billed)
        if not answer.size:
            raise error(request, answer, "the body is empty", billed=self.billed)

    def picture(self, request: Request, answer: Answer) -> PictureFacts:
        """What the bytes of a picture say of it.

        Raises:
            InvalidImageError: It is no picture, not whole, not of the content type that it has, or not of the size that
                was asked for. The error has the bytes.
        """
        self.check(request, answer, InvalidImageError)
        facts = read_picture(answer.view())
        flaw = _flaw(answer, facts, self.asked.size(request))
        if facts is None or flaw:
            raise InvalidImageError(request, answer, flaw, billed=self.billed)
        return facts


@frozen(kw_only=True)
class Received:
    """What files in memory and on disk have in common.

    Args:
        media_type: The content type that the service gave it, without parameters.
        headers: The headers of the answer.
        request: What it was asked for with, without the key.
    """

    expected: ClassVar[Expected]

    media_type: str
    headers: Headers = field(repr=False)
    request: Request = field(repr=False)


class Picture:
    """What pictures in memory and on disk have in common."""

    __slots__ = ()

    expected: ClassVar[Expected]
    headers: Headers
    request: Request

    @property
    def seed(self) -> int | None:
        """The seed of the picture: as the service says, else as it was sent; None where nobody says."""
        return self.expected.asked.used_seed(self.request, self.headers)


@frozen(kw_only=True)
class Binary(Received):
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
    def read(cls, request: Request, answer: Answer) -> Self:
        """Take the result from an answer.

        Raises:
            InvalidAnswerError: It is empty, not whole, or of another content type than the document says.
        """
        cls.expected.check(request, answer, InvalidAnswerError)
        return cls(content=answer.content, media_type=answer.media_type or "", headers=answer.headers, request=request)


@frozen(kw_only=True)
class Image(Binary, Picture):
    """A picture that the service sent, whole, of the format that its content type says and of the size asked for.

    Args:
        width: In pixels, as the file says; None where it does not.
        height: In pixels, as the file says; None where it does not.
        inscribes: Whether `save` puts the request into the file unless told otherwise.
    """

    width: int | None = None
    height: int | None = None
    inscribes: bool = field(default=True, repr=False)

    def save(self, path: str | os.PathLike[str], *, provenance: bool | None = None) -> Path:
        """Write the picture to a file and return its path. The file is whole or absent, also when the disk is full.

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

        wanted = self.inscribes if provenance is None else provenance
        with replacing(path) as file:
            _copier(self if wanted else None)(BytesIO(self.content), file)
        return Path(path)

    @classmethod
    def read(cls, request: Request, answer: Answer) -> Self:
        """Take the picture from an answer.

        Raises:
            InvalidImageError: The body is not the picture that was asked for. The error has the bytes.
        """
        facts = cls.expected.picture(request, answer)
        return cls(
            content=answer.content,
            media_type=facts.media_type,
            headers=answer.headers,
            request=request,
            width=facts.width,
            height=facts.height,
        )


@frozen(kw_only=True)
class KeptFile(Received):
    """A file that was written to disk while it came in.

    Args:
        path: Where it is.
        byte_count: How many bytes the service sent.
    """

    path: Path
    byte_count: int

    @classmethod
    def keep(
        cls, operation: Operation[Any], request: Request, answer: Answer, path: str | os.PathLike[str], inscribes: bool
    ) -> Self:
        """Check what is in the spool of an answer, and put it into its place.

        Args:
            operation: What was called.
            request: With what.
            answer: What came.
            path: Where to write it. What is there is replaced.
            inscribes: Whether the request is put into the file.

        Raises:
            AnswerError: The answer is no success, or not what was asked for.
            NotSavedError: The disk did not take it. The error has the bytes.
        """
        from pathlib import Path

        failure = operation.failure(request, answer)
        if failure is not None:
            raise failure
        kept = cls._checked(request, answer, Path(path))
        _put(answer, kept.path, _copier(kept if inscribes and isinstance(kept, Picture) else None))
        return kept

    @classmethod
    def _checked(cls, request: Request, answer: Answer, path: Path) -> Self:
        cls.expected.check(request, answer, InvalidAnswerError)
        return cls(
            path=path,
            byte_count=answer.size,
            media_type=answer.media_type or "",
            headers=answer.headers,
            request=request,
        )


@frozen(kw_only=True)
class KeptImage(KeptFile, Picture):
    """A picture that was written to disk while it came in, whole, of the format and the size that it shall have.

    Args:
        width: In pixels, as the file says; None where it does not.
        height: In pixels, as the file says; None where it does not.
    """

    width: int | None = None
    height: int | None = None

    @classmethod
    def _checked(cls, request: Request, answer: Answer, path: Path) -> Self:
        facts = cls.expected.picture(request, answer)
        return cls(
            path=path,
            byte_count=answer.size,
            media_type=facts.media_type,
            headers=answer.headers,
            request=request,
            width=facts.width,
            height=facts.height,
        )


def _copier(picture: Picture | None) -> Callable[[BinaryIO, BinaryIO], None]:
    """What copies a file: as it is, or with the request put in."""
    return _plain_copy if picture is None else lambda source, target: _inscribed_copy(picture, source, target)


def _plain_copy(source: BinaryIO, target: BinaryIO) -> None:
    from shutil import copyfileobj

    source.seek(0)
    copyfileobj(source, target)


def _inscribed_copy(picture: Picture, source: BinaryIO, target: BinaryIO) -> None:
    from datetime import UTC, datetime

    from .provenance import Provenance, inscribe

    asked, service = picture.expected.asked, picture.expected.service
    record = Provenance(
        operation=picture.request.operation,
        request=picture.request.json,
        seed=picture.seed,
        request_id=picture.headers.get(service.request_id_header or ""),
        spec_version=service.version,
        client=service.client,
        created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )
    inscribe(source, target, record, description=asked.description(picture.request))


def _put(answer: Answer, path: Path, copy: Callable[[BinaryIO, BinaryIO], None]) -> None:
    from io import BytesIO

    from .saving import replacing

    failure = answer.spool.failure if answer.spool is not None else None
    if failure is None:
        try:
            with replacing(path) as target:
                copy(answer.spool.file if answer.spool is not None else BytesIO(answer.content), target)
        except OSError as error:
            failure = error
    if failure is not None:
        raise NotSavedError(answer.body, str(path), said(failure))


def _flaw(answer: Answer, facts: PictureFacts | None, size: tuple[int, int] | None) -> str:
    if facts is None:
        return f"labelled {answer.media_type}, but no picture: {excerpt(answer)}"
    if facts.media_type != answer.media_type:
        return f"labelled {answer.media_type}, but the bytes are {facts.media_type}"
    if facts.whole is False:
        return f"the picture is cut off: its {answer.size} bytes have no end marker of {facts.media_type}"
    # A format whose header is not read has neither.
    if size is not None and facts.width is not None and (facts.width, facts.height) != size:
        return f"the picture is {facts.width} x {facts.height} pixels, not {size[0]} x {size[1]} as asked for"
    if size is not None and facts.width is None and facts.media_type == "image/jpeg":
        return "the size of the picture cannot be read"
    return ""
