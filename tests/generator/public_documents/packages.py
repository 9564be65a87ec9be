"""The operations of a generated package, as its user finds them: methods, their arguments, classes."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from attrs import frozen

from tests.generator.public_documents.annotations import meaning

_TITLE = re.compile(r"`([A-Z]+)\s+(.+?)`", re.DOTALL)


@frozen(eq=False)
class GeneratedOperation:
    """An operation of a package.

    Args:
        name: The method of the clients.
        module: The module with its functions.
        method: Method of HTTP.
        path: The path, as the document has it.
        arguments: The arguments of the method, with their types.
        result: The type of the result.
        body_class: The class of the body, where the arguments are its properties.
    """

    name: str
    module: ModuleType
    method: str
    path: str
    arguments: dict[str, Any]
    result: Any
    body_class: Any

    @property
    def is_stream(self) -> bool:
        """Whether its result is a stream of events."""
        return "Stream[" in str(self.result)

    def argument(self, api_name: str, place: str) -> str | None:
        """The argument for a parameter of the document."""
        names = [field.name for field in self.module.PARAMETERS if field.api_name == api_name]
        if len(names) > 1:
            names = [name for name in names if name.rstrip("_").endswith(place)]
        return names[0] if names and names[0] in self.arguments else None


def operations(package: ModuleType) -> list[GeneratedOperation]:
    """All operations of a package."""
    return list(_operations(package))


def _operations(package: ModuleType) -> Iterator[GeneratedOperation]:
    client = importlib.import_module(f"{package.__name__}.client")
    api = importlib.import_module(f"{package.__name__}.api")
    for info in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        module = importlib.import_module(info.name)
        title = _TITLE.search(module.__doc__ or "")
        if not hasattr(module, "OPERATION") or title is None:
            continue
        name = module.OPERATION.name
        signature = inspect.signature(getattr(client.Client, name))
        arguments = {
            one.name: meaning(one.annotation, client.__name__)
            for one in signature.parameters.values()
            if one.name != "self"
        }
        result = meaning(signature.return_annotation, client.__name__)
        body = inspect.signature(module.build_request).parameters.get("body")
        given = signature.parameters.get("body")
        # An object whose properties are arguments can have one that is called `body`.
        flat = body is not None and (given is None or given.annotation != body.annotation)
        body_class = meaning(body.annotation, module.__name__) if flat and body is not None else None
        yield GeneratedOperation(name, module, title[1], title[2], arguments, result, body_class)


def api_names(cls: type) -> dict[str, str]:
    """The names of a class's properties in Python, by their names in the document."""
    declared = getattr(cls, "PROPERTIES", None) or getattr(inspect.getmodule(cls), "FIELDS", None) or ()
    return {field.api_name: getattr(field, "python_name", None) or field.name for field in declared}


def keys(client: type) -> dict[str, str]:
    """An invented key for each scheme that a client takes."""
    names = list(inspect.signature(client).parameters)
    return {name: "user:secret" for name in names[: names.index("timeout")] if name != "base_url"}
