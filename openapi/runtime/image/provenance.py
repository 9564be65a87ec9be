"""The request inside the image: a JPEG says what was asked for to get it, and not one of its pixels is touched.

The record is JSON in one XMP property, beside properties that other programs show: a description, the tool, the date.
Of the libraries that write XMP into a JPEG, those that are well kept bring a binary (Exiv2, Exempi, libvips), and those
in Python alone know neither packets that are there already nor long ones: hence own code, in `jpeg_xmp`.
"""

import json
import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from attrs import asdict, field, fields_dict, frozen
from attrs.validators import and_, instance_of, not_, optional

from .jpeg_xmp import copy_with_properties, read_property
from .xmp_packet import CREATE_DATE, CREATOR_TOOL, DESCRIPTION, RECORD


def _is_object(_: object, __: object, request: object) -> None:
    if not isinstance(request, Mapping):
        raise TypeError(f"the request is no JSON object: {request!r}")


@frozen(kw_only=True)
class Provenance:
    """Where an image comes from.

    Args:
        operation: Name of the operation, as a method of the client.
        request: The body that was sent as JSON: all parameters, and the seed.
        seed: The seed of the image, or None where it is not known.
        request_id: The service's name for the call, or None.
        spec_version: Version of the document that the client was generated from.
        client: Name and version of the client, such as `segmind-flux-schnell/0.1.0`.
        created: When, in UTC, such as `2026-11-22T09:08:20Z`.
    """

    operation: str = field(validator=instance_of(str))
    request: Mapping[str, Any] = field(validator=_is_object)
    seed: int | None = field(validator=optional(and_(instance_of(int), not_(instance_of(bool)))))
    request_id: str | None = field(validator=optional(instance_of(str)))
    spec_version: str = field(validator=instance_of(str))
    client: str = field(validator=instance_of(str))
    created: str = field(validator=instance_of(str))


def embedded(content: bytes, provenance: Provenance, *, description: str | None = None) -> bytes:
    """An image with its provenance inside: `embed` for bytes."""
    target = BytesIO()
    embed(BytesIO(content), target, provenance, description=description)
    return target.getvalue()


def embed(source: BinaryIO, target: BinaryIO, provenance: Provenance, *, description: str | None = None) -> None:
    """Copy an image, and put its provenance inside.

    A JPEG gets one XMP segment, or as many as a long request needs. All its other bytes are copied as they are, and in
    little memory, whatever its size. A record that is there already is replaced. An XMP packet of another program is
    kept, as there can be only one: the properties are added to it, except a description, tool or date that it has
    itself. Such a packet is replaced where it is no XML, or where that program has rewritten a record of ours.

    What is no JPEG with pixels is copied as it is, a PNG or a WebP too, and so is a JPEG whose own XMP leaves no room.

    Args:
        source: The image: a file that can be sought in. It is read from its beginning.
        target: Another file, open for writing.
        provenance: What `recorded` shall give back.
        description: A text that other programs show with the image, such as the prompt. What XML cannot hold in it,
            control characters say, is replaced by U+FFFD; the record is exact.

    Raises:
        OSError: One of the files cannot be read or written.
        TypeError: The request is no JSON.
    """
    shown = {CREATOR_TOOL: provenance.client, CREATE_DATE: provenance.created}
    long = {RECORD: _as_json(provenance)} | ({} if description is None else {DESCRIPTION: description})
    copy_with_properties(source, target, shown, long)


def recorded(image: bytes | str | os.PathLike[str]) -> Provenance | None:
    """The provenance inside an image, or None where there is none that can be read.

    Args:
        image: Its bytes, or the path of its file. They may come from anywhere: no content raises.

    Raises:
        OSError: The file cannot be read.
    """
    if isinstance(image, bytes):
        return _recorded(BytesIO(image))
    with Path(image).open("rb") as file:
        return _recorded(file)


def _recorded(file: BinaryIO) -> Provenance | None:
    text = read_property(file, RECORD)
    try:
        return None if text is None else _from_json(text)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _as_json(provenance: Provenance) -> str:
    # Escapes for all but ASCII: so XML holds control characters and lone surrogates too.
    record = {**asdict(provenance, recurse=False), "request": dict(provenance.request)}
    return json.dumps(record, separators=(",", ":"))


def _from_json(text: str) -> Provenance:
    record = json.loads(text)
    return Provenance(**{name: record[name] for name in fields_dict(Provenance)})
