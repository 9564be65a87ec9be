"""The operations of the generated package, by the names that the document gives them."""

import importlib
import pkgutil
from functools import cache
from typing import Any

from segmind_flux_schnell import api
from segmind_flux_schnell._runtime.spec.operation import Operation


def generated_operation(name: str) -> Operation[Any] | None:
    """The generated operation with an `operationId`, or None if the package was generated without it."""
    return _operations().get(_letters(name))


@cache
def _operations() -> dict[str, Operation[Any]]:
    modules = (
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(api.__path__, f"{api.__name__}.")
        if not found.ispkg
    )
    found: list[Operation[Any]] = [module.OPERATION for module in modules if hasattr(module, "OPERATION")]
    return {_letters(one.name): one for one in found}


def _letters(name: str) -> str:
    """A name without what Python and OpenAPI write differently: `generateImage`, `generate_image`."""
    return "".join(one for one in name if one.isalnum()).lower()
