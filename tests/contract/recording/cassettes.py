"""Cassettes: one for each probe, without keys, and with images in files of their own."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import vcr
from vcr.cassette import Cassette
from vcr.persisters.filesystem import FilesystemPersister
from vcr.request import Request as RecordedRequest
from vcr.serializers import yamlserializer

from segmind_flux_schnell._runtime.base.messages import Headers, Response
from segmind_flux_schnell._runtime.base.wording import one_line
from tests.contract.model.interactions import Interaction, ProbeRequest
from tests.contract.recording.leaks import KEY_SHAPES

SCRUBBED = "SCRUBBED"
RECORDED_HOST = "http://recorded.localhost"
"""Stands for the service in each cassette; the provenance names the service."""

_BLOB = "blob"
_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


def settings(folder: Path) -> dict[str, Any]:
    """Options of vcrpy, the same for recording and for pytest-recording."""
    return {
        # Bytes rather than parsed JSON, in which 1 equals true and 1.0.
        "match_on": ("method", "path", "query", "raw_body"),
        "before_record_request": _without_key,
        "before_record_response": _without_key_shapes,
        "before_save_interaction": lambda request, response: (request, _with_blob_aside(folder, response)),
        "after_load_interaction": lambda request, response: (request, _with_blob(folder, response)),
    }


def recorder(folder: Path) -> vcr.VCR:
    """A recorder into a folder, which sends every request and replays none."""
    return vcr.VCR(cassette_library_dir=str(folder), record_mode=vcr.record_mode.RecordMode.ALL, **settings(folder))


def cassette_path(folder: Path, probe: str) -> Path:
    """Path of a probe's cassette."""
    return folder / f"{probe}.yaml"


def load(
    folder: Path, probe: str, *, account: str, operation: str, header_parameters: Sequence[str] = ()
) -> Interaction:
    """The interaction in a cassette.

    Args:
        folder: The recordings.
        probe: The name of the probe.
        account: Whose key was sent.
        operation: The operation that the request was for.
        header_parameters: Names of the headers that are parameters of the operation.

    Raises:
        FileNotFoundError: There is no such cassette.
        ValueError: It cannot be read, does not hold exactly one interaction, or its image is not the recorded one.
    """
    path = cassette_path(folder, probe)
    try:
        requests, responses, *_ = FilesystemPersister.load_cassette(path, yamlserializer)
        is_read = all(isinstance(one["status"]["code"], int) for one in responses)
    except FileNotFoundError:
        raise
    except Exception as error:  # Parsers raise whatever they stumble over in what is not a cassette.
        raise ValueError(f"{path.name} is not a cassette: {one_line(str(error), 120)}") from error
    if not is_read:
        raise ValueError(f"{path.name} is not a cassette: its status is not a number")
    if len(requests) != 1:
        raise ValueError(f"{path.name} holds {len(requests)} interactions instead of one")
    sent = requests[0]
    request = ProbeRequest(
        operation=operation,
        method=sent.method,
        path=sent.path,
        query=tuple((name, value) for name, value in sent.query),
        headers=tuple((name, _text(sent.headers[name])) for name in header_parameters if name in sent.headers),
        body=sent.body if isinstance(sent.body, bytes) else b"",
        content_type=sent.headers.get("content-type", "application/json"),
        account=account,
    )
    return Interaction(
        probe, request, _response(_with_blob(folder, responses[0])), frozenset(name.lower() for name in sent.headers)
    )


def all_played(cassette: Cassette) -> bool:
    """Whether each recorded interaction has been replayed."""
    return bool(cassette.all_played)


def _response(recorded: dict[str, Any]) -> Response:
    headers = tuple((name, value) for name, values in recorded["headers"].items() for value in values)
    return Response(
        status_code=recorded["status"]["code"], headers=Headers(headers), content=recorded["body"]["string"]
    )


def _without_key(request: RecordedRequest) -> RecordedRequest:
    for name in [name for name in request.headers if _carries_key(name, request.headers[name])]:
        request.headers[name] = SCRUBBED
    request.headers["host"] = urlsplit(RECORDED_HOST).netloc
    path = request.path
    request.uri = f"{RECORDED_HOST}{path}{_query_without_key(request)}"
    return request


def _query_without_key(request: RecordedRequest) -> str:
    pairs = [(name, SCRUBBED if _carries_key(name, value) else value) for name, value in request.query]
    return f"?{urlencode(pairs)}" if pairs else ""


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _carries_key(name: str, value: Any) -> bool:
    text = _text(value)
    return name.lower() in ("authorization", "cookie") or "key" in name.lower() or _is_key_shaped(text)


def _is_key_shaped(text: str) -> bool:
    return bool(KEY_SHAPES.search(text.encode()))


def _without_key_shapes(response: dict[str, Any]) -> dict[str, Any]:
    # Hooks run on loading too, so this has to be idempotent.
    body = response["body"]["string"]
    if isinstance(body, bytes) and not body.startswith((b"\xff\xd8", b"\x89PNG")):
        response["body"]["string"] = KEY_SHAPES.sub(SCRUBBED.encode(), body)
    for name, values in response["headers"].items():
        response["headers"][name] = [KEY_SHAPES.sub(SCRUBBED.encode(), value.encode()).decode() for value in values]
    return response


def _with_blob_aside(folder: Path, response: dict[str, Any]) -> dict[str, Any]:
    body, kinds = response["body"]["string"], response["headers"].get("content-type", [""])
    suffix = _SUFFIXES.get(kinds[0].partition(";")[0].strip().lower())
    if suffix is None or not body:
        return response
    name = f"{hashlib.sha256(body).hexdigest()}{suffix}"
    (folder / "blobs").mkdir(exist_ok=True)
    (folder / "blobs" / name).write_bytes(body)
    response["body"] = {"string": "", _BLOB: name}
    return response


def _with_blob(folder: Path, response: dict[str, Any]) -> dict[str, Any]:
    name = response["body"].pop(_BLOB, None)
    if name is not None:
        content = (folder / "blobs" / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != Path(name).stem:
            raise ValueError(f"blobs/{name} is not what was recorded: its hash differs")
        response["body"]["string"] = content
    return response
