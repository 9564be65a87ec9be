"""Texts that a document can be written in: what is read of them, and the line and column of what is wrong."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor

from generator.document import yaml_reading
from generator.document.document import Document, SpecError
from generator.document.limits import MOST_LEVELS, Unreadable
from generator.document.reading import SourceFile, read_file, read_text
from generator.document.yaml_reading import read_yaml
from generator.document.yaml_scalars import plain_value
from tests.generator import ROOT
from tests.generator.generation import DOCUMENT, DOCUMENTS

HEAD = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths: {}\n'
PUBLIC = ROOT.parent / "shared" / "documents"


def value_of(text: str, name: str = "things.yaml") -> Any:
    """What a text holds."""
    return read_text(name, text).value


def refusal(text: str | bytes, folder: Path, name: str = "things.yaml") -> str:
    """The message with which a document is refused."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SpecError) as caught:
        Document.load(path)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


SCALARS = {
    **{
        text: text
        for text in ("no", "on", "y", "NO", "12:30:45", "2024-01-01", "2024-01-01T00:00:00Z", "=", "0o9", "_1")
    },
    "1_000": 1000,
    "010": 10,
    "0o14": 12,
    "0x1F": 31,
    "0b11": 3,
    "-7": -7,
    "+7": 7,
    "1e3": 1000.0,
    "1.": 1.0,
    ".5": 0.5,
    "true": True,
    "FALSE": False,
    "~": None,
    "null": None,
    "": None,
    "nul": "nul",
    "True1": "True1",
    "0b_": "0b_",
    "-.inf": float("-inf"),
    ".INF": float("inf"),
    "1.2.3": "1.2.3",
    "-": "-",
    ".": ".",
    "1e": "1e",
    "NaN": "NaN",
}


@pytest.mark.parametrize(("text", "value"), list(SCALARS.items()), ids=lambda one: repr(one))
def test_plain_values_are_those_of_yaml_12(text: str, value: object) -> None:
    """`no` and a date are texts; no number has two meanings."""
    assert (plain_value(text), type(plain_value(text))) == (value, type(value))


class _Constructor(RoundTripConstructor):
    """Reads dates as texts, as JSON has none."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


@given(st.text("0123456789abefox_.+-:~nulltrueTFINy ", max_size=8))
@settings(max_examples=300, deadline=None)
def test_plain_values_agree_with_another_reader(text: str) -> None:
    """ruamel.yaml, which implements YAML 1.2, gives the same value, or refuses the text."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        event = next(one for one in YAML(typ="rt", pure=True).parse(text) if type(one).__name__ == "ScalarEvent")
        expected = yaml.load(text)
    except Exception:
        return
    if event.value == text and not event.style and isinstance(expected, (str, int, float, type(None))):
        # What looks like a number of its reader and is none, such as `+_`, ends in its ValueError.
        assert plain_value(text) == expected or expected != expected


def all_documents() -> Iterator[Path]:
    """Our documents, and the public ones where they are."""
    yield from (DOCUMENT, *sorted(DOCUMENTS.glob("*.yaml")))
    yield from sorted(path for path in PUBLIC.glob("*.*") if path.suffix in (".yaml", ".json"))


@pytest.mark.parametrize("path", list(all_documents()), ids=lambda path: path.stem)
def test_fast_and_slow_readers_agree(path: Path) -> None:
    """On values, their order and all places: libyaml and the parser of ruamel.yaml, JSON as such and as YAML."""
    if path.stat().st_size > 60_000:
        pytest.skip("the slow reader takes seconds")
    fast = read_file(path)
    value, spots, _ = yaml_reading._built(yaml_reading._events_of_12(path.read_text(encoding="utf-8-sig")))
    slow = SourceFile(fast.name, value, fast.digest, lambda: spots)
    assert json.dumps(fast.value) == json.dumps(slow.value)
    places = {place: fast.place(place) for place in pointers(fast.value, "")}
    assert places == {place: slow.place(place) for place in places}


def pointers(value: Any, pointer: str) -> Iterator[str]:
    """The pointers of all values."""
    yield pointer
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from pointers(one, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


READ = {
    "a surrogate pair in JSON": ('{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
    "a surrogate pair in YAML": ('a: "\\ud83d\\ude00"', {"a": "\U0001f600"}),
    "a surrogate pair in a key": ('{"\\ud83d\\ude00": 1}', {"\U0001f600": 1}),
    "an escaped slash": ('a: "\\/"', {"a": "/"}),
    "keys that are numbers": ("{200: a, 1.10: b, true: c, ~: d}", {"200": "a", "1.10": "b", "true": "c", "~": "d"}),
    "an alias": ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
    "an alias as a key": ("a: &x b\n*x : 1", {"a": "b", "b": 1}),
    "a merge": ("a: &x {b: 1, c: 1}\nd: {<<: *x, c: 2}", {"a": {"b": 1, "c": 1}, "d": {"b": 1, "c": 2}}),
    "merges": ("a: &x {b: 1}\nd: {<<: [*x, {b: 2, c: 3}]}", {"a": {"b": 1}, "d": {"b": 1, "c": 3}}),
    "a merge in quotes": ('"<<": {b: 1}', {"<<": {"b": 1}}),
    "a tag of JSON": ("a: !!str 1\nb: !!float 1\nc: !!int '1'\nd: !!map {}", {"a": "1", "b": 1.0, "c": 1, "d": {}}),
    "lines that end with CRLF": ("a: |\r\n  x\r\n  y\r\nb: 1\r\n", {"a": "x\ny\n", "b": 1}),
    "a comma too many": ('{"a": [1, 2,],}', {"a": [1, 2]}),
    "a comment in JSON": ('{"a": 1} # one', {"a": 1}),
    "tabs in JSON": ('{\n\t"a":\t1\n}', {"a": 1}),
}


@pytest.mark.parametrize(("text", "value"), READ.values(), ids=READ)
def test_what_is_read(text: str, value: object) -> None:
    """As its author meant it."""
    assert value_of(text) == value


def test_aliases_are_copies() -> None:
    """What changes at one place does not change at another."""
    value = value_of("a: &x {b: {}}\nc: *x")
    assert value["a"]["b"] is not value["c"]["b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding: str, tmp_path: Path) -> None:
    """UTF-8 needs none."""
    path = tmp_path / "things.yaml"
    path.write_bytes(HEAD.replace("title: t", "title: 日本").encode(encoding))
    assert Document.load(path).root["info"]["title"] == "日本"


REFUSED = {
    "nothing": ("", "1: not an OpenAPI document: the file is empty"),
    "a comment": ("# nothing", "1: not an OpenAPI document: the file is empty"),
    "a word": ("hello", "1: not an OpenAPI document: this is 'hello', and a mapping is expected"),
    "a list": ("[1]", "1: not an OpenAPI document: this is a list, and a mapping is expected"),
    "a page": ("<!DOCTYPE html>\n<html></html>", "1: this is an HTML or XML page, not an OpenAPI document"),
    "an alias of nothing": ("a: *x", "1: not YAML: the alias 'x' stands for nothing"),
    "an alias of itself": ("a: 1\nb: &x [*x]", "2: not YAML: the alias 'x' stands for what it is a part of"),
    "an object of Python": (
        "a: !!python/object/apply:os.system [echo]",
        "1: not YAML: the tag 'tag:yaml.org,2002:python/object/apply:os.system' makes what JSON does not have",
    ),
    "a text of Python": ("a: !!python/name:os.system ''", "1: not YAML: the tag 'tag:yaml.org,2002:python/name:os.sys"),
    "a tag of its own": ("a: !secret x", "1: not YAML: the tag '!secret' makes what JSON does not have"),
    "a set": ("a: !!set {x}", "1: not YAML: the tag 'tag:yaml.org,2002:set' makes what JSON does not have"),
    "bytes": ("a: !!binary aGk=", "1: not YAML: the tag 'tag:yaml.org,2002:binary' makes what JSON does not have"),
    "a wrong tag": ("a: !!int x", "1: not YAML: 'x' is not what the tag 'tag:yaml.org,2002:int' says"),
    "a key that is a list": ("? [a]\n: 1", "1: not YAML: a key is a list or mapping, which JSON does not have"),
    "a merge of a text": ("<<: a", "1: not YAML: `<<` adds a mapping or a list of mappings, and nothing else"),
    "two documents": ("a: 1\n---\nb: 1", "2: not YAML: expected a single document, but found another document"),
    "a tab": ("a:\n\tb: 1", "2: not YAML: found character '\\t' that cannot start any token"),
    "a NUL": ("a: 1\nb: \0", "2: not YAML: the character U+0000 is not allowed"),
    "a control character": ("a: 1\nb: \x07", "2: not YAML: the character U+0007 is not allowed"),
    "half of a JSON text": ('{"a": 1,\n "b": ', "2: not YAML"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """In one line that has the place."""
    assert refusal(text, tmp_path).startswith(f"things.yaml:{message}")


REFUSED_JSON = {
    "a comment": ('{\n  // no\n  "a": 1}', "2:3: not JSON: Expecting property name enclosed in double quotes"),
    "an unclosed text": ('{"a": "b}', "1:7: not JSON: Unterminated string starting at"),
    "two values": ('{"a": 1} {"b": 1}', "1:10: not JSON: Extra data"),
    "a long number": ('{"a": ' + "9" * 5000 + "}", "1: not JSON: Exceeds the limit"),
}


@pytest.mark.parametrize(("text", "message"), REFUSED_JSON.values(), ids=REFUSED_JSON)
def test_json_is_refused_with_a_column(text: str, message: str, tmp_path: Path) -> None:
    """Since it is often one line."""
    assert refusal(text, tmp_path, "things.json").startswith(f"things.json:{message}")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    """With their line and what to do."""
    message = "things.yaml:2: not YAML: the byte 0xe9 is not a part of a text in UTF-8; save the file as UTF-8"
    assert refusal(b"a: 1\nb: caf\xe9", tmp_path) == message


DEEP = 10_000
DEEP_TEXTS = {
    "JSON": '{"a":' * DEEP + "1" + "}" * DEEP,
    "lists in JSON": "[" * DEEP + "]" * DEEP,
    "YAML in one line": "a: " + "{a: " * DEEP + "1" + "}" * DEEP,
    "YAML": "\n".join(f"{' ' * level}a:" for level in range(300)),
    "JSON beyond the limit": "[" * (MOST_LEVELS + 1) + "]" * (MOST_LEVELS + 1),
}


@pytest.mark.parametrize("text", DEEP_TEXTS.values(), ids=DEEP_TEXTS)
def test_depth_has_a_limit(text: str, tmp_path: Path) -> None:
    """One line says so, whatever the depth."""
    message = refusal(text, tmp_path, "things.json" if text[0] in "[{" else "things.yaml")
    assert message.endswith("objects and arrays lie within each other more than 100 levels deep")
    assert re.match(r"things\.(json|yaml):\d+:\d+: ", message)


def test_a_text_at_the_limit_is_read() -> None:
    """As JSON and as YAML."""
    text = "[" * MOST_LEVELS + "]" * MOST_LEVELS
    assert value_of(text, "a.json") == read_yaml(text)[0]


BOMBS = {
    "of lists": "\n".join(
        [
            f"a0: &a0 [{', '.join(['x'] * 10)}]",
            *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)),
        ]
    ),
    "of merges": "\n".join(
        ["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{k0: *a{n - 1}, k1: *a{n - 1}, k2: *a{n - 1}}}" for n in range(1, 40))]
    ),
    "of one long text": "a: &a " + "x" * 1_000_000 + "\nb: [" + ", ".join(["*a"] * 1000) + "]",
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_aliases_have_a_limit(text: str, tmp_path: Path) -> None:
    """A text of a kilobyte cannot stand for a gigabyte."""
    message = refusal(text, tmp_path)
    assert re.match(r"things\.yaml:\d+: aliases stand for more than 1,000,000 values: use `\$ref` instead", message)


def test_a_file_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is read that is larger than any document."""
    monkeypatch.setattr("generator.document.reading.MOST_BYTES", 2 << 20)
    message = "things.yaml:1: the file is larger than 2 MiB, so it is not read"
    assert refusal("x" * (3 << 20), tmp_path) == message


TWICE = {
    "JSON": ('{"openapi": "3.1.0",\n "x": {"a": 1,\n "a": 2}, "info": {}, "paths": {}}', "things.json:3", 2),
    "YAML": (f"{HEAD}x:\n  a: 1\n  a: 2\n", "things.yaml:6", 5),
}


@pytest.mark.parametrize(("text", "place", "first"), TWICE.values(), ids=TWICE)
def test_a_key_that_is_written_twice_is_reported(text: str, place: str, first: int, tmp_path: Path) -> None:
    """With both lines; the last one counts, as in other readers."""
    path = tmp_path / place.partition(":")[0]
    path.write_text(text, encoding="utf-8")
    document = Document.load(path)
    (problem,) = document.remarks
    assert document.at("/x/a") == 2
    assert (str(document.place_of(problem)), problem.instead) == (place, "the last one is used")
    assert problem.message.endswith(f"first at line {first}")


COLUMNS = {
    '{"openapi": "3.1.0", "info": {"title": "t"}}': ("/info/title", "things.json:1:31"),
    '{\n "openapi": "3.1.0",\n "info": {\n  "title": "t"\n }\n}': ("/info/title", "things.json:4"),
    "openapi: 3.1.0\ninfo: {title: t}": ("/info/title", "things.yaml:2:8"),
    "openapi: 3.1.0\ninfo:\n  title: t": ("/info/title", "things.yaml:3"),
    "openapi: 3.1.0\ntags:\n- name: a": ("/tags/0/name", "things.yaml:3"),
    "openapi: 3.1.0\ntags: [a, b]": ("/tags/1", "things.yaml:2:11"),
}


@pytest.mark.parametrize(("text", "expected"), list(COLUMNS.items()))
def test_a_place_has_a_column_where_its_line_has_several(text: str, expected: tuple[str, str]) -> None:
    """In a document of one line, the line alone would say nothing."""
    pointer, place = expected
    assert str(Document.parse(place.partition(":")[0], text).place(pointer)) == place


def test_a_message_stays_on_its_line(tmp_path: Path) -> None:
    """What a terminal would obey, or what turns the direction of a text, is written as an escape."""
    text = json.dumps({"openapi": "9\n\x1b[31m\u202e", "info": {}, "paths": {}})
    message = refusal(text, tmp_path, "things.json")
    assert message.isprintable()
    assert "9\\n\\x1b[31m\\u202e" in message
    error = Unreadable("x")
    assert (error.line, error.column) == (0, None)
