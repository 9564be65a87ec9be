"""The table of options that the generator writes from the document."""

from decimal import Decimal
from typing import Any

import pytest

from segmind_flux_schnell import GenerateImageRequest
from segmind_flux_schnell.cli import OPERATIONS, PROGRAM
from segmind_flux_schnell.models.generate_image_request import FIELDS
from tests.client.cli.conftest import Flux
from tests.client.documented import operations

(OPERATION,) = (one for one in OPERATIONS if one.operation.name == "generate_image")


def test_each_property_is_an_option(document: dict[str, Any]) -> None:
    """Names, defaults and sentences are those of the document, and the rules those of the client."""
    described = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    assert OPERATION.fields == FIELDS
    assert [option.field.api_name for option in OPERATION.options] == list(described)
    for option in OPERATION.options:
        facts = described[option.field.api_name]
        assert facts["description"].startswith(option.help.rstrip("."))
        assert option.default == facts.get("default", option.default)


def test_the_operations_of_the_commands_follow_from_the_document(document: dict[str, Any]) -> None:
    """Images come from the one that returns them, credits from the one whose response has a balance."""
    assert PROGRAM.operation is OPERATION
    if "getUserCredits" not in operations(document):
        assert PROGRAM.balance is None
        return
    assert PROGRAM.balance is not None
    (name,) = (
        name
        for name, facts in document["components"]["schemas"]["UserCredits"]["properties"].items()
        if facts.get("x-semantics") == "balance"
    )
    assert (PROGRAM.balance.name, PROGRAM.balance.balance) == ("get_user_credits", name)


def test_price_and_time_are_the_documents(document: dict[str, Any]) -> None:
    """What a call costs, and how long it takes, are facts of the document."""
    facts = document["paths"]["/v1/flux-schnell"]["post"]
    assert OPERATION.operation.price == Decimal(str(facts["x-price-usd"]))
    assert OPERATION.seconds == facts["x-typical-seconds"]
    assert OPERATION.summary == facts["summary"]
    assert OPERATION.media_type == "image/jpeg"
    assert OPERATION.request is GenerateImageRequest


@pytest.mark.parametrize("option", OPERATION.options, ids=lambda option: option.flag)
def test_each_option_is_in_the_help(flux: Flux, option: Any) -> None:
    """The help shows each option with its sentence and its default."""
    shown = " ".join(flux("generate", "--help").out.split())
    assert option.flag in shown
    if not option.field.required:
        assert option.help in shown
        assert f"default: {option.default}]" in shown
