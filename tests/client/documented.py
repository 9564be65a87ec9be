"""Parts of the document that the tests compare the package with."""

from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All operations, by `operationId`."""
    items = (item[method] for item in document["paths"].values() for method in METHODS if method in item)
    return {operation["operationId"]: operation for operation in items}


def responses(document: dict[str, Any], operation_id: str = "generateImage") -> dict[str, dict[str, Any]]:
    """The responses of an operation, by status, without references."""
    found = operations(document)[operation_id]["responses"]
    return {status: resolved(document, response) for status, response in found.items()}


def failures(document: dict[str, Any], operation_id: str = "generateImage") -> dict[str, dict[str, Any]]:
    """The responses of an operation that are not successes."""
    found = responses(document, operation_id)
    return {status: response for status, response in found.items() if not status.startswith("2")}


def success(document: dict[str, Any], operation_id: str = "generateImage") -> dict[str, Any]:
    """The response of success of an operation."""
    (found,) = (response for status, response in responses(document, operation_id).items() if status.startswith("2"))
    return found


def fields(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The properties of the request for an image, by name."""
    found: dict[str, dict[str, Any]] = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    return found


def resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """A part of the document, or the part that it refers to."""
    while "$ref" in node:
        target: Any = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token]
        node = target
    return node
