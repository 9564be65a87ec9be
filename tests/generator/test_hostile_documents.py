"""Documents of strangers: each is refused with its line, or gives a package that can be imported and does nothing."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generate
import pytest
from ruamel.yaml import YAML

from tests.generator.apart import IMPORT_ALL, run_apart
from tests.generator.generation import DOCUMENTS
from tests.generator.test_unusable_document import USABLE

HOSTILE = {
    "two dots": "..",
    "three quotes": '"""',
    "a class of Python": "__class__",
    "no letter": "🦊",
    "code": "'; import os; os.abort() #",
    "quotes and lines": 'a"""\nimport os\nos.abort()\n"""\\',
    "templates": "{{ 7 * 7 }}{% raw %}{# x",
    "a keyword": "class",
}


def _renamed(members: dict[str, Any], old: str, new: str) -> None:
    members.update({new if name == old else name: value for name, value in list(members.items())})
    if new != old:
        del members[old]


def _operation(document: Any) -> Any:
    return document["paths"]["/things/{id}"]["post"]


def _tag(document: Any, text: str) -> None:
    _operation(document)["tags"] = [text]


def _property(document: Any, text: str) -> None:
    _renamed(document["components"]["schemas"]["Thing"]["properties"], "kind", text)


def _parameter(document: Any, text: str) -> None:
    _operation(document)["parameters"][0]["name"] = text


def _texts(document: Any, text: str) -> None:
    thing = document["components"]["schemas"]["Thing"]
    document["info"]["title"] = text
    thing["properties"]["kind"].update({"enum": ["a", text], "default": text})
    for owner in (document["info"], thing, thing["properties"]["kind"], _operation(document)["responses"]["200"]):
        owner["description"] = text
    _operation(document).update({"summary": text, "description": text})


def _headers(document: Any, text: str) -> None:
    _operation(document)["responses"]["200"]["headers"] = {text: {"schema": {"type": "string"}}}


def _scheme(document: Any, text: str) -> None:
    _renamed(document["components"]["securitySchemes"], "key", text)
    document["security"] = [{text: []}]


def _anywhere(document: Any, text: str) -> None:
    for put in (_tag, _parameter, _texts, _headers):
        put(document, text)


PLACES: dict[str, Callable[[Any, str], None]] = {"property": _property, "scheme": _scheme, "others": _anywhere}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_or_harmless(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In each place where a document names something, and in its texts. Most places take any text."""
    for place, put in PLACES.items():
        document = YAML(typ="safe").load(USABLE)
        put(document, text)
        path, output = tmp_path / "things.yaml", tmp_path / place
        path.write_text(json.dumps(document, indent=1), encoding="utf-8")
        code = generate.main(["--spec", str(path), "--output", str(output), "--package", "service"])
        said = capsys.readouterr().err
        assert code == 0 or (code == 2 and place != "others"), (place, said)
        if code == 2:
            assert said.startswith("things.yaml:"), (place, said)
            assert "a defect in the generator" not in said, (place, said)
            assert not output.exists()
            continue
        done = run_apart(IMPORT_ALL, output)
        assert done.returncode == 0, (place, done.stderr)
        assert {one.name for one in output.iterdir()} - {"__pycache__", "left-out.md"} == {"API.md", "service"}


def _job(text: str) -> Any:
    """The document of a queue, with a text in all places where a job has one that is not a name of Python."""
    document = YAML(typ="safe").load(DOCUMENTS / "numbered_jobs.yaml")
    order = document["paths"]["/paintings"]["post"]["responses"]["201"]
    order["links"] = {text: {**order["links"]["painting"], "description": text}}
    place = text.replace("~", "~0").replace("/", "~1")
    order["x-job"].update(
        {"status": text, "state": f"/task/{place}", "active": ["0", text], "done": ["2"], "failed": []}
    )
    order["x-job"]["reports"] = {"cost": f"/task/{place}", "class": f"/task/{place}"}
    task = document["components"]["schemas"]["Task"]
    task["properties"][text] = {"type": "string", "description": text, "enum": ["0", text, "2"]}
    del task["properties"]["state"]
    task["required"] = ["number", text]
    return document


@pytest.mark.parametrize("name", ["code", "quotes and lines", "templates"])
def test_a_hostile_text_in_a_job_is_harmless(name: str, tmp_path: Path) -> None:
    """States, links and pointers are data: they are in the package as the document writes them."""
    path, output = tmp_path / "things.yaml", tmp_path / "output"
    path.write_text(json.dumps(_job(HOSTILE[name]), indent=1), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 0
    done = run_apart(f"{IMPORT_ALL}\nimport service.jobs\nprint(ascii(service.jobs.PAINTING.active[1]))", output)
    assert (done.returncode, done.stdout.strip()) == (0, ascii(HOSTILE[name])), done.stderr


IDS = {
    **{name: HOSTILE[name] for name in ("two dots", "three quotes", "no letter")},
    "nothing": "",
    "one dot": ".",
    "underscores": "__",
    "a NUL": "\0",
    "a direction of text": "\u202e",
    "too long for a file": "x" * 300,
}


@pytest.mark.parametrize("name", IDS.values(), ids=IDS)
def test_an_operation_id_without_a_name_costs_the_name(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The method is named by something else, which the report says with file and line; nothing hides in the line."""
    path, output = tmp_path / "things.yaml", tmp_path / "generated"
    path.write_text(USABLE.replace("operationId: putThing", f"operationId: {json.dumps(name)}"), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "things.yaml:10 /paths/~1things~1{id}/post/operationId the operationId " in said
    assert said.isascii() or "\u202e" not in said
    assert run_apart(IMPORT_ALL, output).returncode == 0


@pytest.mark.parametrize("escape", ["\\ud83e", "\\udd8a", "\\udd8a\\ud83e"])
@pytest.mark.parametrize("place", ["operationId: putThing", "title: Things"])
def test_half_of_a_character_is_refused(
    escape: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON and YAML can write it, and no file can hold it."""
    path = tmp_path / "things.yaml"
    path.write_text(USABLE.replace(place, f'{place.partition(":")[0]}: "a{escape}"'), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(tmp_path / "generated"), "--package", "service"]) == 2
    said = capsys.readouterr().err
    assert "has half of a character, which no file can hold" in said
    assert said.isascii()


def test_a_letter_that_json_writes_as_two_escapes_is_one_letter(tmp_path: Path) -> None:
    """As every program that writes JSON in ASCII does."""
    path = tmp_path / "things.yaml"
    path.write_text(USABLE.replace("title: Things", 'title: "\\ud83e\\udd8a"'), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(tmp_path / "generated"), "--package", "service"]) == 0
    assert "\U0001f98a" in (tmp_path / "generated" / "API.md").read_text(encoding="utf-8")


NAMED = {
    "class": "class_",
    "None": "none",
    "__init__": "field_init",
    "__class__": "field_class",
    "__import__": "field_import",
    "1abc": "field_1abc",
    "../../x": "x",
    "'; import os": "import_os",
    "results": "results_operation",
    "close": "close_operation",
    "\ufb01": "fi",
    "\U0001d41a": "a",
    "日本": "日本",
}


DEVICES = {
    "lower case": ("con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"),
    "other case": ("CON", "Nul"),
}


@pytest.mark.parametrize("names", DEVICES.values(), ids=DEVICES)
def test_no_module_has_the_name_of_a_device(names: tuple[str, ...], tmp_path: Path) -> None:
    """Windows cannot have such a file, whatever its ending: an operation, a tag and a schema get an underscore."""
    document = YAML(typ="safe").load(USABLE)
    schemas = document["components"]["schemas"]
    for name in names:
        schemas[name] = schemas["Thing"]
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        responses = {"204": {"description": "Done."}}
        operation = {"operationId": name, "tags": [name], "requestBody": {"content": content}, "responses": responses}
        document["paths"][f"/{name}"] = {"post": operation}
    path, output = tmp_path / "things.yaml", tmp_path / "generated"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 0
    modules = {f"{name.lower()}_" for name in names}
    assert not {one.stem for one in output.rglob("*")} & {name.removesuffix("_") for name in modules}
    assert {one.name for one in (output / "service" / "api").iterdir()} > modules
    assert all((output / "service" / "api" / name / f"{name}.py").is_file() for name in modules)
    done = run_apart(IMPORT_ALL, output)
    assert done.returncode == 0, done.stderr


def test_any_other_operation_id_gets_a_name(tmp_path: Path) -> None:
    """A method, and a module of the same name, which Python can read."""
    document = YAML(typ="safe").load(USABLE)
    for number, name in enumerate(NAMED):
        operation = {"operationId": name, "responses": {"204": {"description": "Done."}}}
        document["paths"][f"/{number}"] = {"get": operation}
    path, output = tmp_path / "things.yaml", tmp_path / "generated"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 0
    modules = {one.stem for one in (output / "service" / "api" / "default").iterdir()}
    assert modules >= set(NAMED.values())
    done = run_apart(f"{IMPORT_ALL}\nassert {set(NAMED.values())} <= set(dir(service.Client))", output)
    assert done.returncode == 0, done.stderr


HIDDEN = "a\x1b[31m\u202e\u2066\x00\x7f z"


def test_nothing_hides_in_a_text(tmp_path: Path) -> None:
    """What a terminal obeys, and what turns letters around for a reader of the code, is written as an escape."""
    document = YAML(typ="safe").load(USABLE)
    _texts(document, HIDDEN)
    path, output = tmp_path / "things.json", tmp_path / "output"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 0
    for written in (one for one in output.rglob("*.*") if one.is_file() and "_runtime" not in one.parts):
        text = written.read_text(encoding="utf-8")
        assert not set(HIDDEN) & set(text) - set("a[31m z"), written.name
    assert "\\u202e" in (output / "API.md").read_text(encoding="utf-8")


def _as_its_module(document: Any) -> None:
    _operation(document).update(operationId="things", tags=["things"])


def _path_default(document: Any) -> None:
    document["paths"]["/things/{id}"]["parameters"][0]["schema"]["default"] = 3


def _escaped_braces(document: Any) -> None:
    place = "#/paths/~1things~1%7Bid%7D/post/requestBody/content/application~1json/schema/title"
    schemas = document["components"]["schemas"]
    _operation(document)["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/A%7B"}
    schemas["A{"] = {"type": "object", "properties": {"size": {"type": "integer"}}, "x-place": place}


def _long_names(document: Any) -> None:
    long = "x" * 10_000
    _property(document, long)
    _tag(document, long)
    schemas = document["components"]["schemas"]
    schemas[long] = {"type": "object", "properties": {"a": {"enum": [long, "a"]}}}
    schemas["Other"]["properties"][long] = {"$ref": f"#/components/schemas/{long}"}


def _deep_schema(document: Any) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(40):
        schema = {"type": "object", "properties": {"inner": schema}}
    document["components"]["schemas"]["Thing"]["properties"]["deep"] = schema


CRASHES: dict[str, Callable[[Any], None]] = {
    "an operation with the name of its module": _as_its_module,
    "a default of a path parameter": _path_default,
    "escaped braces in a reference": _escaped_braces,
    "names of 10,000 characters": _long_names,
    "objects in objects": _deep_schema,
}


@pytest.mark.parametrize("change", CRASHES.values(), ids=CRASHES)
def test_what_was_a_crash_is_a_package(change: Callable[[Any], None], tmp_path: Path) -> None:
    """It can be imported, and has its operation."""
    document = YAML(typ="safe").load(USABLE)
    change(document)
    path, output = tmp_path / "things.json", tmp_path / "output"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 0
    assert "/things/{id}" in (output / "API.md").read_text(encoding="utf-8")
    done = run_apart(IMPORT_ALL, output)
    assert done.returncode == 0, done.stderr


def _chain(document: Any) -> None:
    schemas = document["components"]["schemas"]
    schemas.update({f"S{number}": {"$ref": f"#/components/schemas/S{number + 1}"} for number in range(2000)})
    schemas["S2000"] = {"type": "string"}
    schemas["Thing"]["properties"]["other"] = {"$ref": "#/components/schemas/S0"}


def _circle(document: Any) -> None:
    document["components"]["schemas"]["Other"] = {"$ref": "#/components/schemas/Third"}
    document["components"]["schemas"]["Third"] = {"$ref": "#/components/schemas/Other"}


def _text(document: Any) -> None:
    document["components"]["schemas"]["Thing"]["properties"]["other"] = {"$ref": "#/info/title"}


def _dangling(document: Any) -> None:
    document["components"]["schemas"]["Other"] = {"$ref": "#/components/schemas/Third"}


REFERENCES: dict[str, tuple[Callable[[Any], None], str]] = {
    "a chain without end": (_chain, "it leads on over more than 100 further references"),
    "a circle": (_circle, "it leads back to itself"),
    "a text": (_text, "it does not lead to an object"),
    "a chain to nowhere": (_dangling, "the document has no such place"),
}


@pytest.mark.parametrize(("change", "message"), REFERENCES.values(), ids=REFERENCES)
def test_a_reference_that_cannot_be_followed_is_named(
    change: Callable[[Any], None], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its line; nothing recurses until Python gives up."""
    document = YAML(typ="safe").load(USABLE)
    change(document)
    path, output = tmp_path / "things.json", tmp_path / "output"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert generate.main(["--spec", str(path), "--output", str(output), "--package", "service"]) == 2
    said = capsys.readouterr().err
    assert re.search(rf"(?m)^things\.json:\d+: \$ref '.*': {message} \(at ", said), said[:500]
    assert "a defect in the generator" not in said


def test_alternatives_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By their title, or by where they stand, rather than by a number."""
    document = YAML(typ="safe").load(USABLE)
    alternatives = {"oneOf": [{"type": "object", "title": "Cat"}, {"type": "object"}]}
    document["components"]["schemas"]["Thing"]["properties"]["other"] = alternatives
    path = tmp_path / "things.json"
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")
    options = ["--spec", str(path), "--output", str(tmp_path / "output"), "--package", "service", "--strict"]
    assert generate.main(options) == 3
    assert "nothing tells 'Cat' and oneOf/1 apart" in capsys.readouterr().err
