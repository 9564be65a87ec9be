"""What exceptions are called where they are shown: by the name that users import them by."""

import inspect
import pickle
import pydoc
import subprocess
import sys
from types import ModuleType
from typing import Any, get_type_hints

import pytest

import segmind_flux_schnell
from segmind_flux_schnell import APIError, GenerateImageResult, InvalidRequestError, NotSentError, SeedMismatchWarning
from segmind_flux_schnell._runtime.base import errors, image_warnings
from tests.client.faults.responses import JSON_TYPE
from tests.client.responding_server import RespondingServer, http_response

PACKAGE = segmind_flux_schnell.__name__

EXPORTED: dict[str, Any] = {name: getattr(segmind_flux_schnell, name) for name in segmind_flux_schnell.__all__}

CLASSES = {name: value for name, value in EXPORTED.items() if inspect.isclass(value)}

EXCEPTIONS = {name: value for name, value in CLASSES.items() if issubclass(value, Exception)}

CALL = """
from segmind_flux_schnell import Client

with Client(api_key="k", base_url={url!r}, retry=None) as client:
    client.generate_image(prompt="a tiger")
"""


def uncaught(code: str, *flags: str) -> str:
    """The last line of the traceback that ends a program."""
    done = subprocess.run([sys.executable, *flags, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    return done.stderr.strip().splitlines()[-1]


def test_a_traceback_names_an_exception_as_users_import_it(server: RespondingServer) -> None:
    """A program that has not imported it sees no private module either."""
    server.response = http_response("500 ", b'{"error": "Internal"}', JSON_TYPE)
    assert uncaught(CALL.format(url=server.url)).startswith(f"{PACKAGE}.ServerError: ")
    assert uncaught(CALL.format(url="nowhere")).startswith(f"{PACKAGE}.ConfigurationError: ")
    code = f"import warnings; from {PACKAGE} import SeedMismatchWarning as W; warnings.warn(W(1, 2))"
    assert uncaught(code, "-W", "error").startswith(f"{PACKAGE}.SeedMismatchWarning: ")


def test_all_exceptions_that_are_exported_have_such_a_name() -> None:
    """Those of the document and those of any API, and the warnings."""
    assert len(EXCEPTIONS) > 40
    assert {value.__module__ for value in EXCEPTIONS.values()} == {PACKAGE}
    assert [name for name, value in EXCEPTIONS.items() if value.__qualname__ != name] == []


def test_an_exception_of_a_user_keeps_its_module() -> None:
    """A class below one of the package is not the package's."""
    own = type("OwnError", (APIError,), {"__module__": __name__})
    assert own.__module__ == __name__


def test_exceptions_travel_between_processes() -> None:
    """One raised there has the same class here. A pickle that names the module of its definition still works."""
    code = (
        f"import pickle, sys\nfrom {PACKAGE} import Client\n"
        "try:\n    Client(api_key='k', base_url='http://127.0.0.1:1', retry=None).generate_image(prompt='a tiger')\n"
        "except Exception as error:\n    sys.stdout.buffer.write(pickle.dumps(error))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert type(pickle.loads(done.stdout)) is NotSentError
    read = "import pickle, sys; print(type(pickle.loads(sys.stdin.buffer.read())).__name__)"
    there = subprocess.run([sys.executable, "-c", read], input=done.stdout, capture_output=True, timeout=60, check=True)
    assert there.stdout.strip() == b"NotSentError"
    assert pickle.loads(f"c{PACKAGE}._runtime.base.errors\nNotSentError\n.".encode()) is NotSentError


@pytest.mark.parametrize("module", [errors, image_warnings], ids=["errors", "warnings"])
def test_the_annotations_of_exceptions_can_be_read(module: ModuleType) -> None:
    """Their module does not define them, and has none of the names that their annotations use."""
    defined = [value for value in EXCEPTIONS.values() if vars(module).get(value.__name__) is value]
    assert len(defined) >= 9
    for value in defined:
        assert set(vars(value).get("__annotations__", ())) <= set(get_type_hints(value)), value


def test_help_describes_an_exception() -> None:
    """`help` finds its docstring, its bases and its attributes."""
    text = pydoc.plain(pydoc.render_doc(InvalidRequestError))
    assert f"{InvalidRequestError.__doc__}".splitlines()[0] in text
    assert "class InvalidRequestError(APIError, builtins.ValueError)" in text


def test_other_classes_keep_the_module_that_has_their_source() -> None:
    """`inspect.getsource`, which editors and notebooks use, finds them where they are defined."""
    others = {name: value for name, value in CLASSES.items() if name not in EXCEPTIONS}
    own = {name: value for name, value in others.items() if value.__module__.startswith(PACKAGE)}
    assert GenerateImageResult in own.values()
    assert [name for name, value in own.items() if f"class {value.__name__}" not in inspect.getsource(value)] == []
    assert SeedMismatchWarning not in own.values()
