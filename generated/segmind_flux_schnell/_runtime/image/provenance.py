# @generated from openapi/runtime/image/provenance.py by `make generate`. Do not edit: change that file.
"""The request inside the image: a JPEG says which request it came from, and not one of its pixels is touched.

The record is JSON in one XMP property, beside properties that other programs show: a description, the tool, the date.
Of the libraries that write XMP into a JPEG, those that are well maintained need a binary (Exiv2, Exempi, libvips), and
those in Python alone drop the packets of other programs: hence our own code, in `jpeg_xmp`.
"""

import json
import logging
import os
import warnings
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from attrs import asdict, field, fields_dict, frozen
from attrs.validators import and_, instance_of, not_, optional

from ..base.image_warnings import NotEmbeddedWarning
from ..base.regular_files import open_regular
from ..base.wording import one_line
from .jpeg_segments import LONGEST_PACKET
from .jpeg_xmp import copy_with_properties, read_property
from .xmp_files import packet_in
from .xmp_packet import CREATE_DATE, CREATOR_TOOL, DESCRIPTION, EMPTY, RECORD, Packet


def _is_object(_: object, __: object, request: object) -> None:
    if not isinstance(request, Mapping):
        raise TypeError(f"the request is not a JSON object: {request!r}")


def _warnings(listed: Iterable[object]) -> tuple[Mapping[str, str], ...]:
    found: list[Mapping[str, str]] = []
    for one in listed:
        match one:
            case {"code": str(code), "message": str(message)}:
                found.append({"code": str(code), "message": str(message)})
            case _:
                raise TypeError(f"not a warning: {one!r}")
    return tuple(found)


@frozen(kw_only=True)
class Provenance:
    """Where an image comes from.

    Args:
        operation: Name of the operation, as a method of the client.
        request: The body that was sent as JSON: all parameters, with the seed.
        seed: The seed of the image, or None if it is unknown.
        request_id: The service's name for the call, or None.
        spec_version: Version of the document that the client was generated from.
        client: Name and version of the client, such as `segmind-flux-schnell/0.1.0`.
        created: The time in UTC, such as `2026-11-22T09:08:20Z`.
        warnings: What is odd about the image, each with its `code` and its `message`.
    """

    operation: str = field(validator=instance_of(str))
    request: Mapping[str, Any] = field(validator=_is_object)
    seed: int | None = field(validator=optional(and_(instance_of(int), not_(instance_of(bool)))))
    request_id: str | None = field(validator=optional(instance_of(str)))
    spec_version: str = field(validator=instance_of(str))
    client: str = field(validator=instance_of(str))
    created: str = field(validator=instance_of(str))
    warnings: tuple[Mapping[str, str], ...] = field(default=(), converter=_warnings)


def embed(source: BinaryIO, target: BinaryIO, provenance: Provenance, *, description: str | None = None) -> bool:
    """Copy an image and embed its provenance in the copy.

    A JPEG gets one XMP segment. All its other bytes are copied as they are, in little memory whatever its size. An
    earlier record is replaced. An XMP packet of another program is kept, as there can be only one: the properties are
    added to it, except a description, tool or date that it has already. A packet that is not XML is replaced, and so is
    one in which another program has rewritten a record of ours.

    A file that is not a JPEG with pixels, such as a PNG or a WebP, is copied as it is. So is a JPEG whose packet would
    become longer than a segment can be, 65,502 bytes: the request has the prompt twice, in the record and the
    description.

    Args:
        source: The image: a seekable file. It is read from its beginning.
        target: Another file, open for writing.
        provenance: What `read_provenance` will return.
        description: A text that other programs show with the image, such as the prompt. Characters that XML cannot
            hold, such as control characters, are replaced by U+FFFD there; the record is exact.

    Returns:
        False if the provenance is too long, and the JPEG was copied as it is; else True.

    Raises:
        OSError: A file cannot be read or written.
        TypeError: JSON cannot hold the request.
    """
    return copy_with_properties(source, target, _properties(provenance, description))


def packet_of(provenance: Provenance, description: str | None) -> bytes:
    """The XMP packet for an image of another format, with what `embed` puts into a JPEG."""
    return EMPTY.with_properties(_properties(provenance, description))


TOO_LONG = f"its request is too long for the {LONGEST_PACKET} bytes of XMP that a JPEG can hold"


def warn_not_embedded(path: str | os.PathLike[str], reason: str) -> None:
    """Warn that an image was saved without its request, and log it.

    Args:
        path: The file.
        reason: Why.
    """
    message = f"{one_line(os.fspath(path))} was saved without its request: {reason}"
    logging.getLogger(__name__).warning("%s", message)
    # The caller of `save`.
    warnings.warn(message, NotEmbeddedWarning, stacklevel=4)


def read_provenance(image: bytes | str | os.PathLike[str]) -> Provenance | None:
    """The provenance in an image, or None if there is none that can be read.

    Args:
        image: Its bytes, or the path of its file. It can come from anywhere: no content raises.

    Raises:
        OSError: The file cannot be read, or is a pipe, a device or a folder.
    """
    if isinstance(image, bytes):
        return _read(BytesIO(image))
    with open_regular(image) as file:
        return _read(file)


def _read(file: BinaryIO) -> Provenance | None:
    text = read_property(file, RECORD)
    if text is None:
        packet = Packet.read(packet_in(file) or b"")
        text = packet.properties.get(RECORD) if packet else None
    try:
        return None if text is None else _from_json(text)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _properties(provenance: Provenance, description: str | None) -> dict[str, str]:
    return {
        RECORD: _as_json(provenance),
        **({} if description is None else {DESCRIPTION: description}),
        CREATOR_TOOL: provenance.client,
        CREATE_DATE: provenance.created,
    }


def _as_json(provenance: Provenance) -> str:
    # ASCII with escapes, so that XML can hold control characters and lone surrogates too.
    record = {**asdict(provenance, recurse=False), "request": dict(provenance.request)}
    if not provenance.warnings:
        del record["warnings"]
    return json.dumps(record, separators=(",", ":"))


def _from_json(text: str) -> Provenance:
    record = json.loads(text)
    known = {name: record[name] for name in fields_dict(Provenance) if name != "warnings"}
    return Provenance(**known, warnings=record.get("warnings", ()))
