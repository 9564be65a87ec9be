"""What the document says the service will do with a request."""

from functools import lru_cache
from typing import Any

from attrs import frozen

from generator.document.document import tokens
from tests.contract.model.conversions import ACCEPTS_ALSO, CONTENT_TYPE_IGNORED, kind_of
from tests.contract.model.interactions import ProbeRequest
from tests.contract.model.operation_contract import BrokenRule, OperationContract

OTHER_CONTENT_TYPE = "another content type"
UNKNOWN_ID = "unknown id"
BROKEN = "broken"
"""With a keyword behind it: a body that breaks such a rule."""


@frozen
class Expectation:
    """The expected outcome of a request.

    Args:
        outcome: `accepted`, `rejected` (with any documented error), `as the job` (what it is depends on a job that
            another request has started), or the status that is documented for the cause.
        fact: Pointer of the fact that says so.
        reason: Why, in words.
        is_lenient: Whether a service that converts values ("4" to 4, true to 1) may accept the request all the same.
    """

    outcome: str
    fact: str
    reason: str
    is_lenient: bool = False


@lru_cache(maxsize=4096)
def expectation(contract: OperationContract, request: ProbeRequest) -> Expectation:
    """What the document says the service will do with a request."""
    cause = provocation(contract, request)
    if cause is not None:
        return _provoked(contract, cause)
    if _has_other_content_type(contract, request) and not _reads_any_content_type(contract):
        return Expectation("rejected", f"{contract.pointer}/requestBody/content", f"a body of {request.content_type}")
    broken = contract.broken_by(request)
    if len(broken) == 1 and word_of(broken[0]) in contract.job_words:
        return Expectation("accepted", contract.success, "the job fails, not the call that starts it")
    if broken and _is_converted(contract, broken, request):
        return Expectation("accepted", broken[0].pointer, "the service converts the value")
    if broken:
        return Expectation("rejected", broken[0].pointer, broken[0].reason, _is_coercible(contract, broken, request))
    if contract.linked:
        return Expectation("as the job", contract.pointer, "the id is that of a job")
    return Expectation("accepted", contract.schema, "the request fits the document")


def provocation(contract: OperationContract, request: ProbeRequest) -> str | None:
    """What in a request, other than the values in it, provokes a refusal, or None if nothing does."""
    if request.account in _WITHOUT_ACCOUNT:
        return _WITHOUT_ACCOUNT[request.account] if contract.key is not None else None
    # What an account may not buy, it may still ask about.
    if request.account != "main" and contract.is_billed:
        return f"account {request.account}"
    if not contract.fits_path(request.path):
        return "another path"
    if request.method != contract.method:
        return "another method"
    if contract.has_json_body and request.content_type in contract.media_types and request.json() is None:
        return "malformed body"
    return UNKNOWN_ID if _has_unknown_id(contract, request) else None


_WITHOUT_ACCOUNT = {"none": "no key", "wrong": "wrong key"}


def unknown_id(rules: dict[str, Any]) -> int | str:
    """A value of a parameter in the path that no service has."""
    if rules.get("type") == "integer":
        return int(rules.get("maximum", 2_147_483_629))
    return "00000000-0000-4000-8000-00000000dead"


def _has_unknown_id(contract: OperationContract, request: ProbeRequest) -> bool:
    values = contract.parameter_values(request)
    return any(
        values.get(name) == unknown_id(parameter.rules)
        for name, parameter in contract.parameters.items()
        if parameter.location == "path"
    )


def provoking_words(contract: OperationContract, request: ProbeRequest) -> list[str]:
    """What in a request the document may name as a cause of a failure (`x-provoked-by`)."""
    cause = provocation(contract, request)
    if cause is not None:
        return [cause]
    if _has_other_content_type(contract, request):
        return [OTHER_CONTENT_TYPE]
    broken = contract.broken_by(request)
    # Where several rules are broken, any of them may be the reason.
    return [word_of(broken[0])] if len(broken) == 1 else []


def word_of(broken: BrokenRule) -> str:
    """What the document calls a request that breaks a rule (`broken minimum`)."""
    return f"{BROKEN} {broken.pointer.rpartition('/')[2]}"


def _provoked(contract: OperationContract, cause: str) -> Expectation:
    if cause in contract.job_words:
        return Expectation("accepted", contract.success, "the job fails, not the call that starts it")
    for provoked in contract.provoked(cause):
        return Expectation(provoked.status, provoked.response, cause)
    return Expectation("rejected", f"{contract.pointer}/responses", cause)


def _is_coercible(contract: OperationContract, broken: list[BrokenRule], request: ProbeRequest) -> bool:
    """Whether the only broken rule is the type of a value that could be converted: a boolean or a numeral."""
    name = broken[0].pointer.split("/")[-2]
    value = request.json().get(name) if isinstance(request.json(), dict) else None
    numeral = isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit()
    return len(broken) == 1 and broken[0].pointer.endswith("/type") and (isinstance(value, bool) or numeral)


def _is_converted(contract: OperationContract, broken: list[BrokenRule], request: ProbeRequest) -> bool:
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


def _reads_any_content_type(contract: OperationContract) -> bool:
    return contract.request_body is not None and bool(
        contract.document.at(contract.request_body).get(CONTENT_TYPE_IGNORED)
    )


def _has_other_content_type(contract: OperationContract, request: ProbeRequest) -> bool:
    return bool(contract.media_types) and request.content_type not in contract.media_types
