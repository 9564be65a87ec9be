"""The independent writer: the table of styles in the OpenAPI specification, and what it leaves open."""

from typing import Any

import pytest

from tests.generator.public_documents.wire import Part, UndefinedError, form_pairs, form_parts, written

COLOURS = ["blue", "black", "brown"]
CHANNELS = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, COLOURS, ";color=blue,black,brown"),
        ("matrix", False, CHANNELS, ";color=R,100,G,200,B,150"),
        ("matrix", True, COLOURS, ";color=blue;color=black;color=brown"),
        ("matrix", True, CHANNELS, ";R=100;G=200;B=150"),
        ("label", False, "blue", ".blue"),
        ("label", False, COLOURS, ".blue,black,brown"),
        ("label", True, COLOURS, ".blue.black.brown"),
        ("label", True, CHANNELS, ".R=100.G=200.B=150"),
        ("simple", False, COLOURS, "blue,black,brown"),
        ("simple", False, CHANNELS, "R,100,G,200,B,150"),
        ("simple", True, CHANNELS, "R=100,G=200,B=150"),
    ],
)
def test_a_path_has_the_styles_of_the_specification(style: str, explode: bool, value: Any, text: str) -> None:
    """Simple, label and matrix, each exploded or not."""
    parameter = {"name": "color", "in": "path", "style": style, "explode": explode}
    assert written(parameter, value).path == text


@pytest.mark.parametrize(
    ("style", "explode", "value", "pairs"),
    [
        ("form", True, COLOURS, [("color", "blue"), ("color", "black"), ("color", "brown")]),
        ("form", False, COLOURS, [("color", "blue,black,brown")]),
        ("form", True, CHANNELS, [("R", "100"), ("G", "200"), ("B", "150")]),
        ("form", False, CHANNELS, [("color", "R,100,G,200,B,150")]),
        ("spaceDelimited", False, COLOURS, [("color", "blue black brown")]),
        ("pipeDelimited", False, COLOURS, [("color", "blue|black|brown")]),
        ("deepObject", True, CHANNELS, [("color[R]", "100"), ("color[G]", "200"), ("color[B]", "150")]),
    ],
)
def test_a_query_has_the_styles_of_the_specification(
    style: str, explode: bool, value: Any, pairs: list[tuple[str, str]]
) -> None:
    """Form, delimited lists and deepObject."""
    parameter = {"name": "color", "in": "query", "style": style, "explode": explode}
    assert list(written(parameter, value).pairs) == pairs


def test_the_defaults_are_those_of_the_place() -> None:
    """A query repeats the members of a list, a header joins them; a parameter with `content` is JSON."""
    assert written({"name": "a", "in": "query"}, [1, True]).pairs == (("a", "1"), ("a", "true"))
    assert written({"name": "a", "in": "header"}, [1, 2]).header == "1,2"
    content = {"name": "a", "in": "query", "content": {"application/json": {}}}
    assert written(content, {"b": [1]}).pairs == (("a", '{"b": [1]}'),)


@pytest.mark.parametrize("value", [{"a": {"b": 1}}, [[1]], None, []])
def test_what_the_specification_leaves_open_is_not_compared(value: Any) -> None:
    """Nothing is said of objects in objects, null and empty lists."""
    with pytest.raises(UndefinedError):
        written({"name": "a", "in": "query"}, value)


def test_forms_have_json_for_objects_and_a_part_for_each_member() -> None:
    """In a multipart body, files are told apart from texts."""
    assert form_pairs({"a": [1, 2], "b": {"c": 1}}, {}) == [("a", "1"), ("a", "2"), ("b", '{"c": 1}')]
    assert form_parts({"file": ["x", "y"], "b": {"c": 1}}, {"file": True}, {}) == [
        Part("file", "x", "file"),
        Part("file", "y", "file"),
        Part("b", '{"c": 1}', "json"),
    ]
