"""What a file is that was given as a document, and of which version: what cannot be used gets a sentence of its own."""

import re
from typing import Any

from .problems import Problem, SpecError
from .reading import SourceFile
from .source_map import SourceMap
from .version_32 import simplify_32

_SUPPORTED = re.compile(r"3\.[012]\.\d+(-.+)?")
_MARKERS = {
    "asyncapi": "this is an AsyncAPI document, which describes messages; a client is generated from OpenAPI 3 only",
    "arazzo": "this is an Arazzo document, which describes workflows: give the OpenAPI document that it names",
    "openrpc": "this is an OpenRPC document; a client is generated from OpenAPI 3 only",
    "overlay": "this is an overlay: give it by `--overlay`, and the document that it changes by `--spec`",
    "swaggerVersion": (
        "this is Swagger 1: convert it first, for example by `npx api-spec-converter --from=swagger_1 --to=openapi_3"
        " {name} > openapi.json`"
    ),
    "swagger": (
        "this is Swagger 2.0: convert it first, for example by"
        " `npx swagger2openapi --patch --outfile openapi.json {name}`"
    ),
    "_postman_id": "this is a Postman collection: export the API as OpenAPI 3, or convert the collection",
    "discoveryVersion": "this is a Google discovery document: convert it to OpenAPI 3 first",
    "_type": "this is an export of Insomnia: export the design document, as OpenAPI 3, instead",
    "$schema": "this is a JSON Schema: put it into the `components` of an OpenAPI document",
}


def require_mapping(file: SourceFile) -> None:
    """Refuse a file that is not even an object.

    Raises:
        SpecError: It is not.
    """
    if not isinstance(file.value, dict):
        raise SpecError(file.name, {Problem(f"not an OpenAPI document: {_kind(file.value)}"): 1})


def require_openapi(file: SourceFile, root: dict[str, Any], lines: SourceMap) -> None:
    """Refuse what is not OpenAPI 3.

    Raises:
        SpecError: It is not.
    """
    version = root.get("openapi")
    if version is None:
        key, text = _other_format(file, root)
        pointer = f"/{key}" if key else ""
        raise SpecError(file.name, {Problem(text.format(name=file.name), pointer): lines.place(pointer)})
    if not isinstance(version, (str, int, float)) or not re.match(r"3(\.\d+|$)", str(version)):
        text = f"version {version!r} of OpenAPI is not supported; 3.0, 3.1 and 3.2 are"
        raise SpecError(file.name, {Problem(text, "/openapi"): lines.place("/openapi")})


def normalized(root: dict[str, Any], lines: SourceMap) -> list[Problem]:
    """Write a document in the way of OpenAPI 3.0 or 3.1 where it is clear what is meant.

    Returns:
        What has another meaning then.
    """
    problems = []
    version = root["openapi"]
    if not isinstance(version, str) or not _SUPPORTED.fullmatch(version):
        root["openapi"] = meant = _meant(str(version))
        problems.append(Problem(f"{version!r} is not a version of OpenAPI", "/openapi", f"it is read as {meant}"))
    if root["openapi"].startswith("3.2"):
        problems += simplify_32(root, lines)
    return problems


def _meant(version: str) -> str:
    minor = re.match(r"3\.([01])(?!\d)", version)
    return f"3.{minor[1]}.0" if minor else "3.0.0" if version == "3" else "3.2.0"


def _kind(value: Any) -> str:
    if value is None:
        return "the file is empty"
    if isinstance(value, list):
        return "this is a list, and a mapping is expected"
    return f"this is {value!r}"[:200] + ", and a mapping is expected"


def _other_format(file: SourceFile, root: dict[str, Any]) -> tuple[str, str]:
    found = root.get("info")
    info = found if isinstance(found, dict) else {}
    if file.head.startswith("#%RAML"):
        return "", "this is a RAML document: convert it to OpenAPI 3 first"
    if "_postman_id" in info or "getpostman.com" in str(info.get("schema", "")):
        return "info", _MARKERS["_postman_id"]
    for key, text in _MARKERS.items():
        if key in root:
            return key, text
    if isinstance(root.get("log"), dict) and "entries" in root["log"]:
        return "log", "this is a HAR file, a recording; a client is generated from OpenAPI 3 only"
    if isinstance(root.get("paths"), dict):
        return "", "`openapi` is missing: say the version of OpenAPI, such as `openapi: 3.1.0`"
    return "", "not an OpenAPI document: it has no `openapi` with a version, such as `openapi: 3.1.0`, and no paths"
