"""The fields of a page beside the properties of the document."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contract.documentation.comparison import (
    Comparison,
    agrees,
    cannot_be_compared,
    differs,
    listed,
    not_in_document,
    not_on_page,
    shown,
)
from tests.contract.documentation.stated import PageFacts, PageField, StatedValues
from tests.contract.model.findings import Severity
from tests.contract.model.grades import is_first_hand
from tests.contract.model.operation_contract import OperationContract

_RULES = ("type", "default", "minimum", "maximum", "multipleOf")
_LIMITS = ("minimum", "maximum", "multipleOf")


def compared_fields(contract: OperationContract, page: PageFacts) -> Iterator[Comparison]:
    """Each property of the request with what the page says of it, and the fields that only the page has."""
    for name in contract.properties:
        if name in page.fields:
            yield from _compared(contract, page, page.fields[name])
        else:
            yield not_on_page(contract.fact(name), f"a field {name}", is_drift=_is_on_pages(contract, name))
    for name, field in page.fields.items():
        if name not in contract.properties:
            needed = field.facts.get("required")
            is_required = needed is not None and needed.value is True
            what = f"a {'required ' if is_required else ''}field {name}: {_summary(field)}"
            # A call without it would be refused.
            yield not_in_document(
                f"{contract.schema}/properties", what, field.line, "breaking" if is_required else "addition"
            )


def _compared(contract: OperationContract, page: PageFacts, field: PageField) -> Iterator[Comparison]:
    node = contract.properties[field.name]
    stated_of_others = {keyword for one in page.fields.values() for keyword in one.facts}
    for keyword in _RULES:
        yield from _rule(contract, node, field, keyword, keyword in stated_of_others)
    yield from _required(contract, page, field)
    yield from _members(contract, node, field)


def _rule(
    contract: OperationContract, node: Mapping[str, Any], field: PageField, keyword: str, is_usual: bool
) -> Iterator[Comparison]:
    pointer, stated = contract.fact(field.name, keyword), field.facts.get(keyword)
    what = f"{keyword} of {field.name}"
    if keyword in node and stated is not None:
        if _equal(node[keyword], stated.value):
            yield agrees(pointer, f"{keyword} {shown(node[keyword])}", stated.line)
        else:
            yield differs(pointer, f"{what}: {shown(node[keyword])}", shown(stated.value), stated.line)
    elif keyword in node:
        drift = is_usual and is_first_hand(contract.document.grade(pointer))
        yield not_on_page(pointer, f"{what}: {shown(node[keyword])}", is_drift=drift, near=field.line)
    elif stated is not None:
        # A limit that the document lacks lets callers send what is refused.
        severity: Severity = "breaking" if keyword in _LIMITS else "addition"
        yield not_in_document(
            contract.fact(field.name), f"{what}: {shown(stated.value)}", stated.line, severity, f"no {keyword}"
        )


def _required(contract: OperationContract, page: PageFacts, field: PageField) -> Iterator[Comparison]:
    pointer, documented = f"{contract.schema}/required", field.name in contract.required
    stated = field.facts.get("required")
    marked = any(one.facts["required"].value is True for one in page.fields.values() if "required" in one.facts)
    words = {True: f"{field.name} is required", False: f"{field.name} is optional"}
    if stated is None and not marked:
        if documented:
            yield cannot_be_compared(pointer, words[True], "the page marks no field as required", field.line)
        return
    # Where a page marks the required fields, one without a mark is optional.
    is_required = stated is not None and stated.value is True
    line = stated.line if stated is not None else field.line
    if is_required == documented:
        yield agrees(pointer, words[documented], line)
    else:
        yield differs(pointer, words[documented], words[is_required], line)


def _members(contract: OperationContract, node: Mapping[str, Any], field: PageField) -> Iterator[Comparison]:
    documented, values = node.get("enum"), field.values
    pointer = contract.fact(field.name, "enum")
    if documented is None:
        if values is not None and values.shown:
            stated = f"values of {field.name}: {listed(one.value for one in values.shown)}"
            yield not_in_document(contract.fact(field.name), stated, values.line, "breaking", "any value")
    elif values is None:
        yield not_on_page(pointer, f"{len(documented)} values of {field.name}", is_drift=False, near=field.line)
    else:
        yield from _listed_members(contract, field.name, [str(one) for one in documented], values)


def _listed_members(
    contract: OperationContract, name: str, documented: list[str], values: StatedValues
) -> Iterator[Comparison]:
    pointer = contract.fact(name, "enum")
    stated = {str(one.value): one.line for one in values.shown}
    for value, line in stated.items():
        if value in documented:
            yield agrees(contract.fact(name, "enum", str(documented.index(value))), value, line)
        else:
            yield not_in_document(pointer, f"value of {name}: {value!r}", line)
    total = values.total if values.total is not None else len(stated)
    hidden = [value for value in documented if value not in stated]
    is_whole = bool(stated) and not values.is_cut and total == len(stated)
    if hidden and is_whole:
        for value in hidden:
            missing = contract.fact(name, "enum", str(documented.index(value)))
            yield differs(missing, f"value of {name}: {value!r}", "not in the page's list", values.line)
    elif hidden:
        why = f"the page cuts the list off after {len(stated)} ({values.is_cut or f'{total} in total'})"
        yield cannot_be_compared(
            pointer,
            f"{len(hidden)} of {len(documented)} values of {name}: {listed(hidden)}",
            why if stated else "the page's list has no values in it",
            values.line,
        )
    if values.total is not None and values.total != len(documented) and not is_whole:
        yield differs(pointer, f"{len(documented)} values of {name}", f"{values.total} values", values.line)


def _is_on_pages(contract: OperationContract, name: str) -> bool:
    return is_first_hand(contract.document.grade(contract.fact(name)))


def _summary(field: PageField) -> str:
    return ", ".join(f"{keyword} {shown(one.value)}" for keyword, one in field.facts.items() if keyword != "required")


def _equal(documented: Any, stated: Any) -> bool:
    if isinstance(documented, bool) or isinstance(stated, bool):
        return documented is stated
    return bool(documented == stated) or str(documented) == str(stated)
