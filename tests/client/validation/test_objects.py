"""What is wrong with an object as a whole, and with the members of arrays, in words."""

import pytest

from segmind_flux_schnell._runtime.base.rules import Field, ObjectRule, Rule, described
from segmind_flux_schnell._runtime.validation.objects import object_flaws
from segmind_flux_schnell._runtime.validation.values import faults, whole_faults

WORDS = {"rgbValue": "rgb_value"}


@pytest.mark.parametrize(
    ("rule", "given", "flaws"),
    [
        (ObjectRule(required=("a",)), {"b"}, ["has no 'a', which is needed"]),
        (ObjectRule(min_properties=1), set(), ["has 0 properties, at least 1 is needed"]),
        (ObjectRule(max_properties=1), {"a", "b"}, ["has 2 properties, at most 1 is allowed"]),
        (
            ObjectRule(dependent=(("rgbValue", ("space", "depth")),)),
            {"rgbValue", "depth"},
            ["has rgb_value, and not 'space', which it needs then"],
        ),
        (ObjectRule(any_of=((("a",), ("b", "c")),)), {"b"}, ["needs 'a' or 'b' and 'c'"]),
        (
            ObjectRule(one_of=((("a",), ("b",)),)),
            {"a", "b"},
            ["needs either 'a' or 'b', and not more than one of them"],
        ),
        (ObjectRule(none_of=(("a", "rgbValue"),)), {"a", "rgbValue"}, ["must not have 'a' and rgb_value together"]),
        (ObjectRule(known=("a",)), {"a", "b", "rgbValue"}, ["has 'b', and no property of that name is allowed"]),
        (ObjectRule(known=(), patterns=(("^n", Rule()),)), {"n1"}, []),
        (ObjectRule(), {"a"}, []),
    ],
)
def test_an_object_as_a_whole_is_judged_in_words(rule: ObjectRule, given: set[str], flaws: list[str]) -> None:
    """A property has the name that the caller knows it by; one that the document does not know is in quotes."""
    assert list(object_flaws(rule, given, WORDS)) == flaws


def test_what_is_unset_does_not_count() -> None:
    """Only properties that are sent count."""
    rule, field = ObjectRule(min_properties=1), Field(name="a", api_name="a")
    assert [str(fault) for fault in whole_faults(rule, [field], {}, (), "body")] == [
        "body: has 0 properties, at least 1 is needed"
    ]
    assert not list(whole_faults(rule, [field], {"a": None}, (), "body"))
    assert not list(whole_faults(rule, [field], {}, ["b"], "body"))


@pytest.mark.parametrize(
    ("rule", "value", "fault"),
    [
        (Rule(kind="array", contains=Rule(kind="integer", minimum=3)), [1], "has 0 members that are int, 3 or more"),
        (
            Rule(kind="array", contains=Rule(), min_contains=0, max_contains=1),
            [1, 2],
            "has 2 members that are anything",
        ),
        (
            Rule(kind="array", prefix_items=(Rule(kind="string"),), items=Rule(kind="integer")),
            ["a", "b"],
            "[1]: 'b' is",
        ),
        (Rule(excluded=Rule(kind="string")), "a", "'a' is what is not allowed: str"),
        (Rule(excluded=Rule()), None, "None is not allowed"),
        (Rule(kind="array", unique_items=True), [[1, {"a": True}], [1, {"a": True}]], "has the same member twice"),
    ],
)
def test_members_and_excluded_values_are_judged_in_words(rule: Rule, value: object, fault: str) -> None:
    """The message has what is allowed."""
    (found,) = faults(rule, value, "value")
    assert fault in str(found)


def test_true_is_not_one_however_deep() -> None:
    """In JSON, they are two values."""
    assert not list(faults(Rule(kind="array", unique_items=True), [[1], [True], {"a": 1}, {"a": True}], "value"))
    assert list(faults(Rule(enum=({"a": 1},)), {"a": True}, "value"))


def test_a_boolean_is_not_a_number() -> None:
    """Bounds do not concern it, be its type not described."""
    assert not list(faults(Rule(minimum=3), True, "value"))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule(kind="array", contains=Rule(kind="string")), "list, at least 1 member of this kind: str"),
        (Rule(kind="array", prefix_items=(Rule(kind="string"),)), "list, first str"),
        (Rule(kind="integer", excluded=Rule(enum=(0,))), "int, but not one of 0"),
    ],
)
def test_what_is_allowed_is_described(rule: Rule, words: str) -> None:
    """Docstrings and API.md say so in a few words."""
    assert described(rule) == words
