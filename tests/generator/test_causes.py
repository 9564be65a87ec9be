"""`x-causes`: what the generator makes of the causes of a status, and which it refuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.generator.conftest import Generate
from tests.generator.generation import altered, docs, strictly

Causes = list[dict[str, Any]]


def changed(change: Callable[[Causes], None], path: Path) -> Path:
    """A copy of the real document with other causes of a 406."""

    def turn(document: Any) -> None:
        change(document["components"]["responses"]["NotAcceptable"]["x-causes"])

    return altered(turn, path)


def test_a_new_cause_becomes_a_class(generated: Generate, tmp_path: Path) -> None:
    """A cause that is written into the document is a class below that of its status, without a line of Python."""
    added = {"name": "RegionClosed", "pattern": "^Region", "description": "The region is closed. It reopens."}
    package = generated(changed(lambda causes: causes.insert(0, added), tmp_path / "region.yaml"))
    error = package.RegionClosedError
    assert error.__bases__ == (package.NotAcceptableError,)
    assert error.meaning == "The region is closed"
    assert docs(error) == "406, as the text of the response says: The region is closed. It reopens."
    assert "RegionClosedError: … The region is closed." in docs(package.Client.generate_image)
    assert "RegionClosedError" in docs(package.errors)


def test_a_cause_cannot_take_the_name_of_another_class(generated: Generate, tmp_path: Path) -> None:
    """It gets an underscore, as any other name that is taken."""
    added = {"name": "NotSent", "pattern": "x", "description": "Not sent on."}
    package = generated(changed(lambda causes: causes.append(added), tmp_path / "taken.yaml"))
    assert issubclass(package.NotSentError_, package.NotAcceptableError)
    assert not issubclass(package.NotSentError, package.StatusError)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"pattern": "x", "description": "x"}, "a cause needs a name"),
    "no pattern": ({"name": "A", "description": "x"}, "a cause needs a pattern"),
    "no description": ({"name": "A", "pattern": "x"}, "a cause needs a description"),
    "a broken pattern": (
        {"name": "A", "pattern": "(", "description": "x"},
        "the pattern '(' is not a regular expression of Python: missing )",
    ),
    "a name that is not one": (
        {"name": "a b", "pattern": "x", "description": "x"},
        "the name 'a b' cannot become a class: it takes letters, digits and underscores",
    ),
    "a name twice": (
        {"name": "NotEnoughCredits", "pattern": "x", "description": "x"},
        "the cause 'NotEnoughCredits' is described twice, first at line",
    ),
    "an unknown keyword": (
        {"name": "A", "pattern": "x", "description": "x", "x-stop-batch": True},
        "'x-stop-batch' is not part of a cause: name, pattern, description, x-stops-batch",
    ),
    "a wrong grade": (
        {"name": "A", "pattern": "x", "description": "x", "x-evidence": "hearsay"},
        "'hearsay' is not a grade of evidence: page, vendor, vendor-2026, seen, inferred",
    ),
}


@pytest.mark.parametrize(("cause", "message"), REFUSED.values(), ids=REFUSED)
def test_a_cause_that_cannot_be_used_is_refused(tmp_path: Path, cause: dict[str, Any], message: str) -> None:
    """The line of the cause is named, and nothing is generated."""
    places: list[int] = []

    def add(causes: list[Any]) -> None:
        places.append(len(causes))
        causes.append(cause)

    document = changed(add, tmp_path / "refused.yaml")
    code, said = strictly(document, tmp_path / "package")
    assert code == 3
    assert message in said
    assert f"/components/responses/NotAcceptable/x-causes/{places[0]}" in said
    assert not (tmp_path / "package").exists()


@pytest.mark.parametrize(
    ("response", "causes", "message"),
    [
        ("NotAcceptable", {"name": "A"}, "`x-causes` is a list of causes"),
        ("NotAcceptable", ["A"], "`x-causes` is a list of causes"),
    ],
)
def test_causes_of_another_shape_are_refused(tmp_path: Path, response: str, causes: Any, message: str) -> None:
    """They would otherwise be ignored."""

    def turn(document: Any) -> None:
        document["components"]["responses"][response]["x-causes"] = causes

    code, said = strictly(altered(turn, tmp_path / "shape.yaml"), tmp_path / "package")
    assert (code, message in said) == (3, True)
