"""How parameters are written, against the table of the OpenAPI specification.

Source: https://spec.openapis.org/oas/v3.1.1#style-examples
"""

import datetime
import uuid
from typing import Any, get_args

import pytest

from segmind_flux_schnell._runtime.base.errors import InvalidRequestError
from segmind_flux_schnell._runtime.base.messages import Request
from segmind_flux_schnell._runtime.base.unset import UNSET
from segmind_flux_schnell._runtime.spec.parameter_styles import Location, Parameter, RequestTemplate, Style

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}

TABLE: dict[tuple[Location, Style, bool], tuple[str | None, str, str, str]] = {
    ("path", "matrix", False): (";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("path", "matrix", True): (";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ("path", "label", False): (".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("path", "label", True): (".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("path", "simple", False): (None, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("path", "simple", True): (None, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("header", "simple", False): ("", "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("header", "simple", True): ("", "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("query", "form", False): ("color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("query", "form", True): ("color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("query", "spaceDelimited", False): (
        "color=",
        "color=blue",
        "color=blue%20black%20brown",
        "color=R%20100%20G%20200%20B%20150",
    ),
    ("query", "pipeDelimited", False): (
        "color=",
        "color=blue",
        "color=blue%7Cblack%7Cbrown",
        "color=R%7C100%7CG%7C200%7CB%7C150",
    ),
    ("query", "deepObject", True): (
        "color=",
        "color=blue",
        "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
    ),
    ("cookie", "form", False): ("", "blue", "blue,black,brown", "R,100,G,200,B,150"),
}
"""What each style makes of an empty text, a text, a list and an object. The table has a dot for an empty label, which
would be a step along the path."""

CASES = [
    pytest.param(*key, value, text, id=f"{'-'.join(map(str, key))}-{name}")
    for key, texts in TABLE.items()
    for name, value, text in zip(
        ("empty", "string", "array", "object"), ("", "blue", ARRAY, OBJECT), texts, strict=True
    )
]


def request(parameter: Parameter, value: Any, **further: Any) -> Request:
    """The request of an operation with one parameter."""
    path = f"/colors/{{{parameter.api_name}}}" if parameter.location == "path" else "/colors"
    return RequestTemplate("get_colors", "GET", path, (parameter,), **further).request({parameter.name: value})


def written(parameter: Parameter, value: Any) -> str:
    """What a parameter becomes, where it stands."""
    sent = request(parameter, value)
    if parameter.location == "query":
        return "&".join(f"{name}={text}" for name, text in sent.query)
    if parameter.location == "path":
        return sent.path.removeprefix("/colors/")
    return {"header": sent.headers, "cookie": sent.cookies}[parameter.location][parameter.api_name]


def fault(parameter: Parameter, value: Any) -> str:
    """What is wrong with a value."""
    with pytest.raises(InvalidRequestError) as error:
        request(parameter, value)
    (found,) = error.value.faults
    return f"{found.field} {found.rule}"


@pytest.mark.parametrize(("location", "style", "explode", "value", "text"), CASES)
def test_each_style_writes_as_the_specification_shows(
    location: Location, style: Style, explode: bool, value: Any, text: str | None
) -> None:
    """The examples of the specification come out as it shows them."""
    parameter = Parameter("color", "color", location, style, explode)
    if text is None:
        assert fault(parameter, value) == "color would leave a segment of the path empty"
    else:
        assert written(parameter, value) == ("%2E" if text == "." else text)


def test_the_table_has_all_styles() -> None:
    """No style is left out of the table."""
    assert {style for _, style, _ in TABLE} == set(get_args(Style))


RED = {"name": "red", "parts": [1, 2], "shade": {"of": "red"}, "none": None}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (0.5, "0.5"),
        (datetime.date(2024, 5, 1), "2024-05-01"),
        (datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC), "2024-05-01T00%3A00%3A00%2B00%3A00"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ("a b&c=d+e/ü", "a%20b%26c%3Dd%2Be%2F%C3%BC"),
    ],
)
def test_a_value_is_written_as_in_json_and_encoded(value: Any, text: str) -> None:
    """Dates, UUIDs, numbers and booleans become what JSON writes, without quotes."""
    assert written(Parameter("color", "color", "query", "form", True), value) == f"color={text}"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("deepObject", "c%5Bname%5D=red&c%5Bparts%5D%5B0%5D=1&c%5Bparts%5D%5B1%5D=2&c%5Bshade%5D%5Bof%5D=red"),
        ("form", "name=red&parts=1&parts=2&shade=%7B%22of%22%3A%22red%22%7D"),
    ],
)
def test_members_that_are_lists_or_objects_have_a_convention(style: Style, text: str) -> None:
    """OpenAPI leaves them open: a deepObject has brackets within brackets, a form repeats lists and writes JSON."""
    assert written(Parameter("color", "c", "query", style, True), RED) == text


@pytest.mark.parametrize("name", ["filter[name]", "$select", "@x", "a b&c"])
def test_odd_names_are_encoded(name: str) -> None:
    """A name can have characters that mean something else in a query."""
    encoded = {"filter[name]": "filter%5Bname%5D", "$select": "%24select", "@x": "%40x", "a b&c": "a%20b%26c"}
    assert written(Parameter("odd", name, "query", "form", True), 1) == f"{encoded[name]}=1"


@pytest.mark.parametrize(
    ("location", "text"),
    [
        ("query", "color=%7B%22a%22%3A%5B1%2Cnull%2C%22%5Cu00fc%22%5D%7D"),
        ("header", '{"a":[1,null,"\\u00fc"]}'),
        ("path", "%7B%22a%22%3A%5B1%2Cnull%2C%22%5Cu00fc%22%5D%7D"),
        ("cookie", "%7B%22a%22%3A%5B1%2Cnull%2C%22%5Cu00fc%22%5D%7D"),
    ],
)
def test_a_parameter_with_content_is_json(location: Location, text: str) -> None:
    """Its value is written as JSON, in ASCII."""
    parameter = Parameter("color", "color", location, "simple", media_type="application/json")
    assert written(parameter, {"a": [1, None, "ü"]}) == text


def test_reserved_characters_stay_where_they_are_allowed() -> None:
    """`allowReserved` keeps them, but for those that would end the value or the query."""
    parameter = Parameter("color", "color", "query", "form", True, allow_reserved=True)
    assert written(parameter, "/a:b?c%2Fd,e&f#g=h+i%[j]") == "color=/a:b?c%2Fd,e%26f%23g%3Dh%2Bi%25%5Bj%5D"


@pytest.mark.parametrize(
    ("location", "style", "explode", "value", "expected"),
    [
        ("query", "form", False, ["a", "b,c"], "colors[1] holds ',', which separates the members"),
        ("query", "spaceDelimited", False, ["a b"], "colors[0] holds ' ', which separates the members"),
        ("query", "pipeDelimited", False, {"a": "b|c"}, "colors['a'] holds '|', which separates the members"),
        ("path", "label", True, ["a.b"], "colors[0] holds '.', which separates the members"),
        ("header", "simple", False, ["a", "b,c"], "colors[1] holds ',', which separates the members"),
        ("header", "simple", False, " a", "colors begins or ends with a blank, which a header loses"),
        ("path", "simple", False, [], "colors would leave a segment of the path empty"),
    ],
)
def test_what_could_not_be_read_back_is_refused(
    location: Location, style: Style, explode: bool, value: Any, expected: str
) -> None:
    """A member that holds the separator would be read as two: the fault names it, and nothing is sent."""
    assert fault(Parameter("colors", "color", location, style, explode), value) == expected


def test_what_is_left_out_is_not_sent() -> None:
    """UNSET, null in a query, and an empty list whose members are written one by one leave nothing behind."""
    parameter = Parameter("color", "color", "query", "form", True)
    nothing: list[Any] = [UNSET, None, []]
    assert [request(parameter, value).query for value in nothing] == [(), (), ()]


def test_one_error_has_the_faults_of_all_parameters() -> None:
    """Two parameters that cannot be written make one error."""
    one, two = (Parameter(name, name, "query", "form") for name in ("one", "two"))
    template = RequestTemplate("get_colors", "GET", "/colors", (one, two))
    with pytest.raises(InvalidRequestError) as error:
        template.request({"one": ["a,b"], "two": ["c,d"]})
    assert [found.field for found in error.value.faults] == ["one[0]", "two[0]"]


def test_a_query_of_the_path_is_sent_with_its_parameters_filled_in() -> None:
    """What the document has after `?` goes first; a parameter of the query with the same name replaces it."""
    version = Parameter("version", "v", "path", "simple")
    page = Parameter("page", "page", "query", "form", True)
    template = RequestTemplate("a", "GET", "/a", (version, page), (("page", "1"), ("v", "{v}"), ("all", "")))
    assert template.request({"version": "a b", "page": UNSET}).query == (("page", "1"), ("v", "a%20b"), ("all", ""))
    assert template.request({"version": 1, "page": 2}).query == (("v", "1"), ("all", ""), ("page", "2"))
