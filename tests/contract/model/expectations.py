"""What the document says the service will do with a request."""

from functools import lru_cache

from attrs import frozen

from generator.document.document import tokens
from tests.contract.model.contract import BrokenRule, Contract
from tests.contract.model.conversions import ACCEPTS_ALSO, CONTENT_TYPE_IGNORED, kind_of
from tests.contract.model.interactions import ProbeRequest

OTHER_CONTENT_TYPE = "another content type"
BROKEN = "broken"
"""With a keyword behind it: a body that breaks such a rule."""


@frozen
class Expectation:
    """The expected outcome of a request.

    Args:
        outcome: `accepted`, `rejected` (with any documented error), or the status that is documented for the cause.
        fact: Pointer of the fact that says so.
        reason: Why, in words.
        is_lenient: Whether a service that converts values ("4" to 4, true to 1) may accept the request all the same.
    """

    outcome: str
    fact: str
    reason: str
    is_lenient: bool = False


@lru_cache(maxsize=4096)
def expectation(contract: Contract, request: ProbeRequest) -> Expectation:
    """What the document says the service will do with a request."""
    cause = provocation(contract, request)
    if cause is not None:
        return _provoked(contract, cause)
    if request.content_type not in _media_types(contract) and not _reads_any_content_type(contract):
        return Expectation("rejected", f"{contract.pointer}/requestBody/content", f"a body of {request.content_type}")
    broken = contract.broken_rules(request.json())
    if broken and _is_converted(contract, broken, request):
        return Expectation("accepted", broken[0].pointer, "the service converts the value")
    if broken:
        return Expectation("rejected", broken[0].pointer, broken[0].reason, _is_coercible(contract, broken, request))
    return Expectation("accepted", contract.schema, "the body fits the schema")


def provocation(contract: Contract, request: ProbeRequest) -> str | None:
    """What in a request, other than the values of its body, provokes a refusal, or None if nothing does."""
    if request.account != "main":
        return {"none": "no key", "wrong": "wrong key"}.get(request.account, f"account {request.account}")
    if request.path != contract.path:
        return "another path"
    if request.method != contract.method:
        return "another method"
    if request.content_type in _media_types(contract) and request.json() is None:
        return "malformed body"
    return None


def provoking_words(contract: Contract, request: ProbeRequest) -> list[str]:
    """What in a request the document may name as a cause of a failure (`x-provoked-by`)."""
    cause = provocation(contract, request)
    if cause is not None:
        return [cause]
    if request.content_type not in _media_types(contract):
        return [OTHER_CONTENT_TYPE]
    broken = contract.broken_rules(request.json())
    # Where several rules are broken, any of them may be the reason.
    return [f"{BROKEN} {broken[0].pointer.rpartition('/')[2]}"] if len(broken) == 1 else []


def _provoked(contract: Contract, cause: str) -> Expectation:
    for provoked in contract.provoked(cause):
        return Expectation(provoked.status, provoked.response, cause)
    return Expectation("rejected", f"{contract.pointer}/responses", cause)


def _is_coercible(contract: Contract, broken: list[BrokenRule], request: ProbeRequest) -> bool:
    """Whether the only broken rule is the type of a value that could be converted: a boolean or a numeral."""
    name = broken[0].pointer.split("/")[-2]
    value = request.json().get(name) if isinstance(request.json(), dict) else None
    numeral = isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit()
    return len(broken) == 1 and broken[0].pointer.endswith("/type") and (isinstance(value, bool) or numeral)


def _is_converted(contract: Contract, broken: list[BrokenRule], request: ProbeRequest) -> bool:
    """Whether all broken rules are about one value, of a kind that the service is known to convert."""
    names = {rule.pointer.rpartition("/")[0] for rule in broken}
    name = tokens(next(iter(names)))[-1]
    body, node = request.json(), contract.properties.get(name, {})
    return (
        len(names) == 1
        and isinstance(body, dict)
        and name in body
        and kind_of(body[name], node) in node.get(ACCEPTS_ALSO, ())
    )


def _reads_any_content_type(contract: Contract) -> bool:
    return bool(contract.document.at(f"{contract.pointer}/requestBody").get(CONTENT_TYPE_IGNORED))


def _media_types(contract: Contract) -> list[str]:
    return list(contract.document.at(f"{contract.pointer}/requestBody").get("content", {}))
