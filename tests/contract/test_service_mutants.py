"""Service mutants are what they claim: each serves, differs from the documented service, and points at a fact."""

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import httpx
import pytest
from PIL import Image
from ruamel.yaml import YAML

from segmind_flux_schnell_sandbox.server import running_sandbox
from tests.contract import SPEC
from tests.contract.mutants.mutant import Kind, ServiceMutant
from tests.contract.mutants.mutant_server import MutantServer
from tests.contract.mutants.observations import Observer
from tests.contract.mutants.service import COMPATIBLE, DRIFTING
from tests.contract.mutants.triggers import ACCEPTED
from tests.standing_clock import standing_clock

ALL = (*DRIFTING, *COMPATIBLE)
# It shows in nothing but the time that an image takes.
SLOWER = next(mutant for mutant in COMPATIBLE if mutant.name == "slower")

each_drifting = pytest.mark.parametrize("mutant", DRIFTING, ids=lambda mutant: mutant.name)
each_compatible = pytest.mark.parametrize("mutant", COMPATIBLE, ids=lambda mutant: mutant.name)


def of_kind(kind: Kind) -> list[ServiceMutant]:
    """Return the mutants of one kind."""
    return [mutant for mutant in ALL if mutant.kind == kind]


@pytest.fixture(scope="module")
def observer() -> Iterator[Observer]:
    """Run one server for all tests of the module."""
    server = MutantServer()
    with (
        standing_clock() as clock,
        running_sandbox(server) as sandbox,
        httpx.Client(base_url=sandbox.url, trust_env=False, verify=False) as client,
    ):

        def end_jobs() -> None:
            # More time than any job takes, and less than a record lives.
            clock.now += 60

        yield Observer(server, client, sandbox.images_url, end_jobs)


@cache
def document() -> Any:
    """The document from which the mutants drift."""
    return YAML(typ="safe").load(SPEC)


def resolved(pointer: str) -> Any:
    """Return what a JSON pointer points at."""
    found = document()
    for token in pointer.removeprefix("/").split("/"):
        name = token.replace("~1", "/").replace("~0", "~")
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found


@each_drifting
def test_a_drifting_mutant_differs_from_the_documented_service(observer: Observer, mutant: ServiceMutant) -> None:
    """The trigger of a mutant gets responses that differ from those of the documented service."""
    assert observer.observations(mutant) != observer.documented_observations(mutant.trigger)


@pytest.mark.parametrize(
    "mutant", [mutant for mutant in COMPATIBLE if mutant is not SLOWER], ids=lambda mutant: mutant.name
)
def test_a_compatible_mutant_differs_too(observer: Observer, mutant: ServiceMutant) -> None:
    """A compatible change is a change all the same: otherwise the absence of an alarm would prove nothing."""
    assert observer.observations(mutant) != observer.documented_observations(mutant.trigger)


def test_the_slower_mutant_is_slower(observer: Observer) -> None:
    """An image of the slower service takes at least the added time."""
    (response,) = observer.responses(SLOWER.make(), SLOWER.trigger)
    assert response is not None
    assert float(response.headers["x-generation-time"]) >= 0.04


def test_the_documented_service_does_not_differ_from_itself(observer: Observer) -> None:
    """No trigger shows a difference between two documented services."""
    for trigger in {mutant.trigger for mutant in ALL}:
        assert observer.documented_observations(trigger) == observer.documented_observations(trigger)


@pytest.mark.parametrize("mutant", of_kind("intermittent"), ids=lambda mutant: mutant.name)
def test_an_intermittent_mutant_fails_at_the_last_image_of_its_trigger(
    observer: Observer, mutant: ServiceMutant
) -> None:
    """The images before the faulty one are as documented, with each fresh application."""
    documented = observer.documented_observations(mutant.trigger)
    for _ in range(2):
        pairs = zip(observer.observations(mutant), documented, strict=True)
        differing = [number for number, (one, other) in enumerate(pairs, start=1) if one != other]
        assert differing == [len(mutant.trigger)]


def test_mutants_are_made_afresh() -> None:
    """Two applications of one mutant have separate ledgers."""
    for mutant in ALL:
        assert mutant.make().ledger is not mutant.make().ledger, mutant.name


@each_compatible
def test_a_compatible_mutant_makes_documented_images(observer: Observer, mutant: ServiceMutant) -> None:
    """A compatible service returns the requested JPEG, the same one for the same request."""
    one, other = observer.responses(mutant.make(), (ACCEPTED, ACCEPTED))
    assert one is not None
    assert other is not None
    assert (one.status_code, one.content) == (200, other.content)
    assert one.headers["content-type"].lower().startswith("image/jpeg")
    image = Image.open(io.BytesIO(one.content))
    image.load()
    assert (image.format, image.size) == ("JPEG", (512, 512))
    assert Decimal(one.headers["x-remaining-credits"]) > Decimal(other.headers["x-remaining-credits"])


@pytest.mark.usefixtures("recorded_from_document")
def test_drifting_mutants_point_at_facts_of_the_document() -> None:
    """Every pointer of a mutant is a place in the document, and none occurs twice."""
    for mutant in DRIFTING:
        assert mutant.pointers, mutant.name
        assert len(set(mutant.pointers)) == len(mutant.pointers), mutant.name
        for pointer in mutant.pointers:
            assert resolved(pointer) is not None, (mutant.name, pointer)


@pytest.mark.usefixtures("recorded_from_document")
def test_enum_mutants_point_at_the_member() -> None:
    """A mutant that lacks one enum member names it, and points at it and at no other."""
    for mutant in of_kind("enum"):
        members = [resolved(pointer) for pointer in mutant.pointers if "/enum/" in pointer]
        assert len(members) != 1 or f"`{members[0]}`" in mutant.change, mutant.name


def test_mutants_describe_their_change() -> None:
    """A mutant's name is in kebab case, and its change is one sentence."""
    for mutant in ALL:
        assert re.fullmatch(r"[a-z0-9.]+(-[a-z0-9.]+)*", mutant.name), mutant.name
        assert re.fullmatch(r"[A-Z0-9`].*\.", mutant.change), mutant.name
        assert ". " not in mutant.change, mutant.name


def test_names_are_unique() -> None:
    """No two mutants have the same name."""
    assert len({mutant.name for mutant in ALL}) == len(ALL)


def test_compatible_mutants_point_at_nothing() -> None:
    """Compatible mutants, and only those, have no pointers."""
    assert all(mutant.kind == "compatible" and not mutant.pointers for mutant in COMPATIBLE)
    assert all(mutant.kind != "compatible" for mutant in DRIFTING)


def test_every_kind_has_mutants() -> None:
    """Each kind has at least five mutants, and there are enough in total."""
    kinds = [mutant.kind for mutant in ALL]
    assert all(kinds.count(kind) >= 5 for kind in get_args(Kind))
    assert (len(DRIFTING) >= 70, len(COMPATIBLE) >= 10) == (True, True)
