"""What the package shows to the outside."""

import importlib
import inspect
import re
import typing
from collections.abc import Iterator
from typing import Any

import pytest

import segmind_flux_schnell
import segmind_flux_schnell_sandbox
from tests.client.documented import operations, responses, success

FROM_UPSTREAM = {"to_dict", "from_dict", "additional_keys"}
"""Methods of models that openapi-python-client writes, without docstrings."""


def test_all_is_what_the_package_has() -> None:
    """Everything in `__all__` is there, once, and is listed by `dir`; what is not in there is not there."""
    names = segmind_flux_schnell.__all__
    assert len(names) == len(set(names))
    assert all(hasattr(segmind_flux_schnell, name) for name in names)
    assert set(names) <= set(dir(segmind_flux_schnell))
    public = {name for name in dir(segmind_flux_schnell) if not name.startswith("_")}
    modules = {name for name in public if inspect.ismodule(getattr(segmind_flux_schnell, name))}
    assert public - modules - {"Any", "TYPE_CHECKING"} == set(names) - {"__version__"}
    with pytest.raises(AttributeError, match="module 'segmind_flux_schnell' has no attribute 'Clients'"):
        getattr(segmind_flux_schnell, "Clients")  # noqa: B009


def test_the_sandbox_lists_what_it_has() -> None:
    """A prompt that completes names finds what is loaded only when it is used."""
    names = segmind_flux_schnell_sandbox.__all__
    assert set(names) <= set(dir(segmind_flux_schnell_sandbox))
    assert all(hasattr(segmind_flux_schnell_sandbox, name) for name in names)


@pytest.mark.parametrize("name", ["client", "errors", "models", "results", "types"])
def test_all_is_what_a_module_defines(name: str) -> None:
    """Each public class and function that a module defines is in its `__all__`, and nothing is that is not there."""
    module = importlib.import_module(f"segmind_flux_schnell.{name}")
    # Classes of models are loaded when they are first used.
    assert all(hasattr(module, exported) for exported in module.__all__)
    defined = [value for value in vars(module).values() if inspect.isclass(value) or inspect.isfunction(value)]
    # Exceptions name the package itself as their module, and other modules import them.
    modules = (module.__name__, "segmind_flux_schnell") if name == "errors" else (module.__name__,)
    own = {value.__name__ for value in defined if value.__module__ in modules}
    assert {name for name in own if not name.startswith("_")} <= set(module.__all__)


def test_a_star_import_brings_the_public_names() -> None:
    """`from segmind_flux_schnell import *` works, and brings the version too."""
    found: dict[str, Any] = {}
    exec("from segmind_flux_schnell import *", found)
    assert set(segmind_flux_schnell.__all__) <= set(found)


def test_everything_public_is_described() -> None:
    """Each public class and function has a docstring, and so has each of their public methods and properties."""
    members = {name: getattr(segmind_flux_schnell, name) for name in segmind_flux_schnell.__all__}
    classes = {name: value for name, value in members.items() if inspect.isclass(value) or inspect.isfunction(value)}
    assert len(classes) > 25
    assert not [name for name, value in classes.items() if not inspect.getdoc(value)]
    nameless = [f"{name}.{member}" for name, value in classes.items() for member in _undescribed(value)]
    assert not nameless


def test_every_error_is_exported() -> None:
    """Whatever can be raised can be imported from the package itself."""
    errors = importlib.import_module("segmind_flux_schnell.errors")
    assert set(errors.__all__) <= set(segmind_flux_schnell.__all__)
    raised = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, Exception)]
    assert {value.__name__ for value in raised} == set(errors.__all__)


def test_enums_are_plain_strings(document: dict[str, Any]) -> None:
    """The lists of the document are Literals, which editors complete and type checkers check."""
    properties = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    samplers = typing.get_args(segmind_flux_schnell.GenerateImageRequestSamplerName)
    schedulers = typing.get_args(segmind_flux_schnell.GenerateImageRequestScheduler)
    assert list(samplers) == properties["sampler_name"]["enum"]
    assert list(schedulers) == properties["scheduler"]["enum"]


def test_the_version_is_the_documents(document: dict[str, Any]) -> None:
    """The version of the client is that of the document."""
    assert segmind_flux_schnell.__version__ == document["info"]["version"]


def _undescribed(value: Any) -> Iterator[str]:
    for member in dir(value):
        found = inspect.getattr_static(value, member)
        described = isinstance(found, property | classmethod | staticmethod) or inspect.isfunction(found)
        ours = not member.startswith("_") and member not in FROM_UPSTREAM
        if described and ours and not inspect.getdoc(getattr(value, member)):
            yield member


RESULT = {"media_type", "headers", "request", "seed", "to_pil", "width", "height", "warnings"}
CALLS = {"base_url", "budget", "generate_image", "generate_image_to_file", "generate_many", "with_options"}


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("GenerateImageResult", RESULT | {"content", "save"}),
        ("GenerateImageFile", RESULT | {"path", "byte_count"}),
        ("GenerateImageResponse", {"status_code", "content", "headers", "parsed"}),
    ],
)
def test_an_editor_offers_what_a_user_does_with_it(name: str, members: set[str], document: dict[str, Any]) -> None:
    """After a dot stand data, each documented header among it; what only the package does with results is private."""
    headers = {header.removeprefix("x-").replace("-", "_") for header in success(document)["headers"]}
    assert _offered(getattr(segmind_flux_schnell, name)) == members | headers


@pytest.mark.parametrize(("name", "own"), [("Client", {"close"}), ("AsyncClient", {"aclose"})])
def test_an_editor_offers_the_calls_of_a_client(name: str, own: set[str], document: dict[str, Any]) -> None:
    """After a dot stand the operations of the document, and what a user does with the client itself."""
    offered = _offered(getattr(segmind_flux_schnell, name))
    others = {_snake_case(operation) for operation in operations(document)} - CALLS
    files = {f"{call}_to_file" for call in others}
    handles = {_snake_case(job["name"]) for job in _jobs(document)}
    assert CALLS | own | others <= offered
    assert {member for member in offered if not member.endswith("_many")} <= CALLS | own | others | files | handles


def _jobs(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = [response for name in operations(document) for response in responses(document, name).values()]
    return [response["x-job"] for response in found if "x-job" in response]


def _offered(value: Any) -> set[str]:
    return {member for member in dir(value) if not member.startswith("_")}


def _snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
