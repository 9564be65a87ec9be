"""Differences of the package's public names, in copies of the real package that are edited."""

from functools import cache
from pathlib import Path

import griffe
import pytest
from attrs import frozen

from generator.changes.annotations import annotation_effect
from generator.changes.change import Change
from generator.changes.package_changes import PackageError, changes_of_names, package_changes, read_package
from tests.generator.changes.packages import PACKAGE, TextEdit, first, in_few_copies, package_copy

RETRYING = "_runtime/client/retrying.py"
RATES = "_runtime/client/rate_limit.py"
_REQUESTS = "    requests: int = field(converter=_whole)\n"


@frozen
class Row:
    """An edit of a file of the package.

    Args:
        file: The file.
        was: A text in it; all that is equal is replaced.
        now: What stands there instead.
        kind: The kind of difference.
        title: What is said of it.
        more: Edits of further files: file, text, new text.
    """

    file: str
    was: str
    now: str
    kind: str
    title: str
    more: tuple[TextEdit, ...] = ()

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """All edits of it."""
        return ((self.file, self.was, self.now), *self.more)


ROWS = {
    "a class is gone": Row(
        "errors.py",
        "class ModelRetiredError",
        "class RetiredError",
        "name-removed",
        "`ModelRetiredError`: is gone",
        more=(("__init__.py", "ModelRetiredError", "RetiredError"),),
    ),
    "a class is new": Row(
        "errors.py",
        "class ModelRetiredError",
        "class RetiredError",
        "name-added",
        "`RetiredError`: is new",
        more=(("__init__.py", "ModelRetiredError", "RetiredError"),),
    ),
    "an attribute is gone": Row(
        "_runtime/client/budget.py", "max_images", "most_images", "name-removed", "`Budget.max_images`: is gone"
    ),
    "a parameter is gone": Row(
        "client.py",
        "        denoise: float | Unset = 1.0,\n",
        "",
        "argument-removed",
        "`AsyncClient.generate_image` (and 5 more): the parameter `denoise` is gone",
    ),
    "a parameter is new": Row(
        "client.py",
        "        denoise: float | Unset = 1.0,\n",
        "        denoise: float | Unset = 1.0,\n        tone: str | Unset = UNSET,\n",
        "argument-added",
        "the parameter `tone` is new",
    ),
    "a parameter is new and required": Row(
        "client.py",
        "        prompt: str,\n",
        "        prompt: str,\n        style: str,\n",
        "argument-added-required",
        "the parameter `style` is new and required",
    ),
    "a parameter is required now": Row(
        "client.py",
        "steps: int | Unset = 4",
        "steps: int",
        "argument-now-required",
        "the parameter `steps` is required now",
    ),
    "a default is another": Row(
        "client.py",
        "steps: int | Unset = 4",
        "steps: int | Unset = 3",
        "argument-default-changed",
        "the default is `steps=3`, was `steps=4`",
    ),
    "a parameter takes less": Row(
        "client.py",
        "rate_limit: RateLimit | str | None = None",
        "rate_limit: RateLimit | None = None",
        "argument-type-narrower",
        "takes RateLimit | None, was RateLimit | str | None",
    ),
    "a parameter takes more": Row(
        "client.py",
        "base_url: str | None = None",
        "base_url: str | os.PathLike[str] | None = None",
        "argument-type-wider",
        "takes str | os.PathLike[str] | None, was str | None",
    ),
    "a parameter takes something else": Row(
        "client.py", "allow_http: bool = False", "allow_http: int = False", "type-other", "is int, was bool"
    ),
    "a result is another": Row(
        "client.py",
        ") -> GenerateImageResult:",
        ") -> GenerateImageResult | None:",
        "result-type-wider",
        "gives GenerateImageResult | None, was GenerateImageResult",
    ),
    "a result is narrower": Row(
        "_runtime/base/errors.py",
        "def text(self) -> str:",
        "def text(self) -> str | None:",
        "result-type-wider",
        ".text` (and",
    ),
    "a result that is never missing": Row(
        RETRYING,
        "retry_after: float | None) -> float | None:",
        "retry_after: float | None) -> float:",
        "result-type-narrower",
        "`Backoff.wait` (and `Retry.wait`): gives float, was float | None",
    ),
    "a parameter that has moved": Row(
        RETRYING,
        "attempt: int, error: APIError, retry_after",
        "error: APIError, attempt: int, retry_after",
        "argument-moved",
        "the parameter `error` has moved",
    ),
    "a parameter by name alone": Row(
        "_runtime/batch/batch.py",
        "        requests: Iterable[Given],\n        *,\n",
        "        *,\n        requests: Iterable[Given],\n",
        "argument-kind-changed",
        "the parameter `requests` is given in another way",
    ),
    "nothing is said of a result": Row(
        "client.py", ") -> GenerateImageResult:", "):", "returns-nothing", "was GenerateImageResult"
    ),
    "a base class is gone": Row(
        "errors.py",
        "class ServerError(StatusError)",
        "class ServerError(APIError)",
        "base-removed",
        "`ServerError`: is not a `ResponseError`, `StatusError` any more",
    ),
    "a class that is a function now": Row(
        "errors.py",
        "class ModelRetiredError(StatusError)",
        "def ModelRetiredError(status)",
        "kind-changed",
        "`ModelRetiredError`: is of the kind function, was of the kind class",
    ),
    "a function that has to be awaited": Row(
        "client.py",
        "    def generate_image(",
        "    async def generate_image(",
        "kind-changed",
        "`Client.generate_image`: is of the kind async function, was of the kind function",
    ),
    "a default of a policy is another": Row(
        RETRYING,
        "max_connect_wait: float = 30.0",
        "max_connect_wait: float = 60.0",
        "attribute-value-changed",
        "`Backoff.max_connect_wait`: is `60.0` by default, was `30.0`",
    ),
    "fields of a class in another order": Row(
        RATES,
        f"{_REQUESTS}    per: float = field(default=60.0, converter=_seconds)\n",
        f"    per: float = field(converter=_seconds)\n{_REQUESTS}",
        "argument-moved",
        "`RateLimit`: the parameter `requests` has moved",
    ),
    "a field of a class by name alone": Row(
        RATES,
        "field(default=60.0, converter",
        "field(default=60.0, kw_only=True, converter",
        "argument-kind-changed",
        "`RateLimit`: the parameter `per` is given in another way",
    ),
    "a field that cannot be given any more": Row(
        RATES,
        "field(default=60.0, converter",
        "field(default=60.0, init=False, converter",
        "argument-removed",
        "`RateLimit`: the parameter `per` is gone",
    ),
    "a required field of a class": Row(
        RETRYING,
        "    first: float = 0.5\n",
        "    first: float = 0.5\n    jitter: float\n",
        "argument-added-required",
        "`Backoff`: the parameter `jitter` is new and required",
    ),
    "a field of a class that is required now": Row(
        RETRYING,
        "    attempts: int | None = None\n",
        "    attempts: int | None\n",
        "argument-now-required",
        "`Backoff`: the parameter `attempts` is required now",
    ),
    "a header of a result of another type": Row(
        "results.py",
        "-> Decimal | None",
        "-> int | None",
        "type-other",
        "`GenerateImageFile.cost` (and 3 more): is int | None, was Decimal | None",
    ),
    "a kind of outcome is new": Row(
        "_runtime/base/errors.py",
        'Literal["never_sent"',
        'Literal["postponed", "never_sent"',
        "result-type-wider",
        "`OutcomeName`: gives Literal",
    ),
}


@cache
def _real() -> griffe.Module:
    return read_package(PACKAGE)


def _changes(folder: Path, *edits: TextEdit) -> list[Change]:
    """What differs in an edited copy of the real package."""
    return changes_of_names(_real(), read_package(package_copy(folder, *edits)))


@pytest.mark.parametrize("names", in_few_copies({name: row.edits for name, row in ROWS.items()}), ids=first)
def test_differences_of_public_names_are_found(names: list[str], tmp_path: Path) -> None:
    """Each difference has its kind, and names what users call it."""
    rows = [ROWS[name] for name in names]
    found = _changes(tmp_path, *(edit for row in rows for edit in row.edits))
    titles = [(change.rule.kind, change.title) for change in found]
    for name, row in zip(names, rows, strict=True):
        assert [title for kind, title in titles if kind == row.kind and row.title in title], (name, titles)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (
            "def draw(what: str, how: int = 1): ...",
            "def draw(what: str | None, size: int): ...",
            {
                "`draw`: the parameter `how` is gone",
                "`draw`: the parameter `size` is new and required",
                "`draw(what)`: takes str | None, was str",
            },
        ),
        ("@frozen\nclass draw:\n    a: int", "@frozen\nclass draw:\n    a: int = 1", {"`draw.a`: is optional now"}),
        (
            "@frozen\nclass draw:\n    a: int = field()\n    @a.default\n    def _one(self): ...",
            "@frozen\nclass draw:\n    a: int",
            {"`draw`: the parameter `a` is required now"},
        ),
        (
            "@frozen\nclass _base:\n    a: int\n@frozen\nclass draw(_base):\n    b: int",
            "@frozen\nclass draw:\n    b: int\n    a: int",
            {"`draw`: the parameter `a` has moved", "`draw`: the parameter `b` has moved"},
        ),
    ],
)
def test_what_a_call_takes_is_compared(was: str, now: str, said: set[str], tmp_path: Path) -> None:
    """Functions, of which the real package exports none so far, and classes without an `__init__` of their own."""
    versions = [tmp_path / side / "pencil" for side in ("old", "new")]
    for folder, code in zip(versions, (was, now), strict=True):
        folder.mkdir(parents=True)
        head = 'from attrs import field, frozen\n__all__ = ["draw"]\n'
        (folder / "__init__.py").write_text(f"{head}{code}\n", "utf-8")
    assert {change.title for change in package_changes(*versions)} == said


def test_what_is_nobodys_business_is_no_difference(tmp_path: Path) -> None:
    """A private name is nobody's promise, and a further sampler is the document's to classify."""
    edits = [
        ("_runtime/cli/estimates.py", "def ", "def renamed_"),
        ("_runtime/base/wording.py", "def ", "def renamed_"),
        ("models/generate_image_request_scheduler.py", '"normal"', '"normal", "beta"'),
    ]
    assert _changes(tmp_path, *edits) == []


def test_a_folder_that_is_not_a_package_is_refused(tmp_path: Path) -> None:
    """Without `__all__`, nobody can tell what is public."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "__init__.py").touch()
    with pytest.raises(PackageError, match="does not say in `__all__`"):
        package_changes(tmp_path / "empty", tmp_path / "empty")
    with pytest.raises(PackageError, match="cannot be read"):
        package_changes(tmp_path / "missing", tmp_path / "missing")


@pytest.mark.parametrize(
    ("was", "now", "effect"),
    [
        ("int", "int | None", "wider"),
        ("Optional[int]", "int", "narrower"),
        ("Union[int, str]", "str | int", "none"),
        ("int", "str", "other"),
        ("int", "Any", "none"),
        ('Literal["a"]', 'Literal["a", "b"]', "wider"),
        ("Callable[[int | str], None]", "Callable[[int], None]", "other"),
        ("not python", "not python either", "other"),
    ],
)
def test_alternatives_of_an_annotation_tell_what_it_allows(was: str, now: str, effect: str) -> None:
    """More alternatives allow more; whatever else differs is another type."""
    assert annotation_effect(was, now) == effect
