"""What the generator mends of openapi-python-client, and which of its error texts it relies on."""

from pathlib import Path

import pytest

from generator.document.document import Document
from generator.document.simplification import simplified
from generator.upstream import error_texts, internals
from generator.upstream.internals import (
    Config,
    ConfigFile,
    GeneratorData,
    GeneratorError,
    PropertyProtocol,
    PythonCode,
    StringProperty,
    Value,
)
from generator.upstream.parsing import parsed
from generator.upstream.renaming import rename
from generator.upstream.settings import configuration
from generator.upstream.upstream_fixes import (
    UpstreamChanged,
    release_words,
    repair_texts,
    reserve_words,
)
from tests.generator import ROOT
from tests.generator.generation import DOCUMENTS

SETTINGS = ROOT / "openapi" / "generator.yaml"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[GeneratorData, Config]:
    """A document as openapi-python-client reads it, and its settings."""
    document, _ = simplified(Document.load(DOCUMENTS / "choices.yaml"))
    config = configuration(document, SETTINGS, "client", tmp_path_factory.mktemp("upstream") / "client")
    return parsed(document, config)[0], config


def test_error_texts_are_what_they_were() -> None:
    """A broken schema leaves behind an error of its own, a list of what goes with it, and errors of its users."""
    schema = {"$ref": "#/components/schemas/List"}
    errors = _errors(
        {
            "List": {"type": "array", "items": schema},
            "Holder": {"type": "object", "properties": {"list": schema}},
        }
    )
    assert any(error_texts.REMOVAL in str(error.detail) for error in errors)
    (of_endpoint,) = [error for error in errors if error.header.startswith(error_texts.ENDPOINT_WARNING)]
    assert error_texts.CONSEQUENCE in str(of_endpoint.detail)
    assert error_texts.causes(errors) == [error for error in errors if error is not of_endpoint]


def test_texts_of_a_document_are_hidden_in_messages() -> None:
    """A message that would have a text of the document has an object's address instead, which is left out."""
    errors = _errors({"List": {"type": "string", "enum": ["a"], "default": "b"}})
    (text,) = {str(error.detail) for error in errors if "is not valid for enum" in str(error.detail)}
    assert "object at 0x" in text
    assert error_texts.problem(text, "").message.endswith("Value b is not valid for enum …")


def test_a_fix_that_is_not_needed_says_so(data: tuple[GeneratorData, Config], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once texts are escaped as they should be, generating stops and names the fix that can go."""
    monkeypatch.setattr(StringProperty, "convert_value", lambda text: Value(PythonCode(repr(text)), text))
    with pytest.raises(UpstreamChanged, match="`repair_texts` can go"):
        repair_texts(data[0])


def test_a_name_that_is_not_taken_says_so(data: tuple[GeneratorData, Config], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a property cannot be renamed as before, generating stops and has both names."""
    (model,) = [model for model in data[0].models if str(model.class_info.name) == "Cat"]
    prop = next(iter(model.required_properties or ()))
    monkeypatch.setattr("generator.upstream.renaming.RESERVED_PROPERTIES", frozenset({str(prop.python_name)}))
    monkeypatch.setattr(PropertyProtocol, "set_python_name", lambda *_, **__: None)
    with pytest.raises(UpstreamChanged, match=r"should be called 'pet_type_' is called 'pet_type'"):
        rename(data[0], data[1])


def test_a_word_that_is_free_already_says_so() -> None:
    """A word cannot be released a second time, so that a list of words that nobody reserves is noticed."""
    with pytest.raises(UpstreamChanged, match="license can be a name"):
        release_words(["license"])


def test_a_word_that_is_reserved_already_says_so() -> None:
    """A word cannot be reserved a second time, so that a list that upstream has by now is noticed."""
    with pytest.raises(UpstreamChanged, match="con is reserved by now"):
        reserve_words(["con"])


def _errors(schemas: dict[str, object]) -> list[GeneratorError]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}
    operation = {"operationId": "a", "responses": {"200": {"description": "", "content": content}}}
    source = {
        "openapi": "3.1.0",
        "info": {"title": "a", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": schemas},
    }
    config = internals.Config.from_sources(
        ConfigFile(literal_enums=True), internals.MetaType.NONE, Path("a"), "utf-8", overwrite=False, output_path=None
    )
    data = GeneratorData.from_dict(source, config=config)
    assert isinstance(data, GeneratorData)
    groups = data.endpoint_collections_by_tag.values()
    return [*data.errors, *(error for group in groups for error in group.parse_errors)]
