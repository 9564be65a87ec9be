# @generated from openapi/runtime/media.py by `make generate`. Do not edit: change that file.
"""Results that are not JSON: files, and pictures among them."""

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Self

from attrs import field, frozen

from .errors import InvalidAnswerError, InvalidImageError, excerpt
from .exchange import Answer, Headers, Request, shown_size
from .picture_format import PictureFacts, read_picture
from .saving import replacing


@frozen(kw_only=True)
class Binary:
    """A file that the service sent.

    Args:
        content: Its bytes.
        media_type: The content type that the service gave it, without parameters.
        headers: The headers of the answer.
    """

    content: bytes = field(repr=shown_size)
    media_type: str
    headers: Headers = field(repr=False)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes to a file and return its path. The file is whole or absent, also when the disk is full.

        Raises:
            OSError: The file cannot be written.
        """
        with replacing(path) as file:
            file.write(self.content)
        return Path(path)

    @classmethod
    def read(cls, request: Request, answer: Answer, media_types: tuple[str, ...], billed: bool | None) -> Self:
        """Take the result from an answer.

        Raises:
            InvalidAnswerError: It is empty, or of another content type than the document says.
        """
        if not _is_expected(answer, media_types):
            raise _wrong_type(InvalidAnswerError, request, answer, media_types, billed)
        if not answer.content:
            raise InvalidAnswerError(request, answer, "the body is empty", billed=billed)
        return cls(content=answer.content, media_type=answer.media_type or "", headers=answer.headers)


@frozen(kw_only=True)
class Image(Binary):
    """A picture that the service sent, whole and of the format that its content type says.

    Args:
        content: The bytes of the file.
        media_type: The content type that the service gave it, without parameters.
        headers: The headers of the answer.
        width: In pixels, as the file says; None where it does not.
        height: In pixels, as the file says; None where it does not.
    """

    width: int | None = None
    height: int | None = None

    @classmethod
    def read(cls, request: Request, answer: Answer, media_types: tuple[str, ...], billed: bool | None) -> Self:
        """Take the picture from an answer.

        Raises:
            InvalidImageError: The body is no picture, not whole, or not of the content type that it has. The error has
                the bytes.
        """
        if not _is_expected(answer, media_types):
            raise _wrong_type(InvalidImageError, request, answer, media_types, billed)
        facts = read_picture(answer.content)
        flaw = _flaw(answer, facts)
        if facts is None or flaw:
            raise InvalidImageError(request, answer, flaw, billed=billed)
        return cls(
            content=answer.content,
            media_type=facts.media_type,
            headers=answer.headers,
            width=facts.width,
            height=facts.height,
        )


def _is_expected(answer: Answer, media_types: tuple[str, ...]) -> bool:
    # A document may say `image/*`.
    return any(fnmatchcase(answer.media_type or "", pattern) for pattern in media_types)


def _wrong_type(
    error: type[InvalidAnswerError],
    request: Request,
    answer: Answer,
    media_types: tuple[str, ...],
    billed: bool | None,
) -> InvalidAnswerError:
    expected = " or ".join(media_types)
    return error(request, answer, f"{expected} was expected: {excerpt(answer)}", billed=billed)


def _flaw(answer: Answer, facts: PictureFacts | None) -> str:
    if facts is None:
        return f"labelled {answer.media_type}, but no picture: {excerpt(answer)}"
    if facts.media_type != answer.media_type:
        return f"labelled {answer.media_type}, but the bytes are {facts.media_type}"
    if facts.whole is False:
        return f"the picture is cut off: its {len(answer.content)} bytes have no end marker of {facts.media_type}"
    return ""
