"""Keys in recordings: looked for in every encoding, and in bodies as they are once they are unpacked."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from vcr.persisters.filesystem import FilesystemPersister
from vcr.serializers import yamlserializer

from segmind_flux_schnell._runtime.spec.decoding import UndecodableError, decodings
from segmind_flux_schnell._runtime.spec.tunables import SHORTEST_SECRET

KEY_SHAPES = re.compile(rb"SG_[0-9a-f]{16}|sandbox-key[a-z-]*", re.IGNORECASE)
"""What looks like a key of the vendor, and like one of the sandbox."""

_SHAPED = (b"sg_", b"sandbox-key")


def leaks(folder: Path, keys: Sequence[str]) -> Iterator[str]:
    """Names of the files of a folder that have a key or something shaped like one, or that cannot be searched.

    Args:
        folder: The recordings.
        keys: Keys to look for, besides everything that is shaped like one. One that is shorter than the client looks
            for can be any word, and is not looked for here either.
    """
    # The client sends a key without the blanks around it; what has them has the key within.
    stripped = [key.strip() for key in keys]
    searched = [key.lower().encode() for key in stripped if len(key) >= SHORTEST_SECRET]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            if any(_has_key(text, searched) for text in _texts(path)):
                yield path.name
        except UndecodableError as error:
            yield f"{path.name} ({error}, so nobody can tell)"


def _has_key(text: bytes, keys: Sequence[bytes]) -> bool:
    lower = text.lower()
    # Most texts have none of the words that every shape has, which is found out sooner than by the pattern.
    is_shaped = any(word in lower for word in _SHAPED) and KEY_SHAPES.search(lower)
    return bool(is_shaped) or any(key in lower for key in keys)


def _texts(path: Path) -> Iterator[bytes]:
    yield from decodings(path.read_bytes())
    if path.suffix == ".yaml":
        _, responses, *_ = FilesystemPersister.load_cassette(path, yamlserializer)
        for response in responses:
            headers = {name.lower(): values for name, values in response["headers"].items()}
            encoding = ",".join(headers.get("content-encoding", ()))
            body = response["body"].get("string") or b""
            yield from decodings(body if isinstance(body, bytes) else body.encode(), encoding)
            # YAML may write a text in another way than it was received.
            parts = chain(headers, *headers.values(), [str(response["status"]["message"])])
            yield from decodings("\n".join(parts).encode())
