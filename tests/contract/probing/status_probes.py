"""Probes of the statuses and causes that say what provokes them (`x-provoked-by`)."""

from collections.abc import Callable, Iterator

from attrs import evolve

from tests.contract.model.conversions import CONTENT_TYPE_IGNORED
from tests.contract.model.expectations import UNKNOWN_ID, unknown_id
from tests.contract.model.interactions import ProbeRequest
from tests.contract.model.operation_contract import OperationContract
from tests.contract.probing.probe import Probe, rejected
from tests.contract.probing.valid_requests import valid_request

_METHODS = ("GET", "POST", "PUT", "PATCH")


def status_probes(contract: OperationContract) -> Iterator[Probe]:
    """A probe for each word that applies to an operation. What a wrong value provokes has a probe of the value."""
    for word, provoked in contract.provocations:
        request = provoking_request(contract, word)
        if request is not None:
            yield Probe(
                name=f"{contract.prefix}status-{provoked.status}-{word.replace(' ', '-')}",
                fact=provoked.place,
                purpose=f"provoke {provoked.status}: {word}",
                expected=provoked.status,
                request=request,
            )
    if contract.request_body is None or contract.document.at(contract.request_body).get(CONTENT_TYPE_IGNORED):
        return
    plain = evolve(valid_request(contract), content_type="text/plain")
    fact = f"{contract.pointer}/requestBody/content"
    yield rejected(contract, "content-type", fact, "send the body as text/plain", plain)


def provoking_request(contract: OperationContract, word: str) -> ProbeRequest | None:
    """The request that something provokes a failure with; None if that does not apply to the operation."""
    kind, _, account = word.partition(" ")
    if kind == "account":
        applies = contract.is_billed and word not in contract.job_words
        return evolve(valid_request(contract), account=account) if applies else None
    make = _REQUESTS.get(word)
    return make(contract) if make is not None else None


def _without_key(contract: OperationContract) -> ProbeRequest | None:
    return evolve(valid_request(contract), account="none") if contract.key is not None else None


def _with_wrong_key(contract: OperationContract) -> ProbeRequest | None:
    return evolve(valid_request(contract), account="wrong") if contract.key is not None else None


def _of_another_path(contract: OperationContract) -> ProbeRequest:
    valid = valid_request(contract)
    # Behind a parameter, more letters would be another value of it.
    suffix = "/no-such-path" if contract.path.endswith("}") else "-no-such-model"
    return evolve(valid, path=f"{valid.path}{suffix}")


def _with_another_method(contract: OperationContract) -> ProbeRequest | None:
    item = contract.document.at(contract.pointer.rpartition("/")[0])
    method = next((one for one in _METHODS if one.lower() not in item), None)
    return evolve(valid_request(contract), method=method, body=b"") if method is not None else None


def _malformed(contract: OperationContract) -> ProbeRequest | None:
    return evolve(valid_request(contract), body=b'{"prompt": ') if contract.has_json_body else None


def _with_unknown_id(contract: OperationContract) -> ProbeRequest | None:
    request, ids = valid_request(contract), [one for one in contract.parameters.values() if one.location == "path"]
    for parameter in ids:
        request = parameter.placed(evolve(request, path=contract.path), unknown_id(parameter.rules))
    return request if ids and not contract.broken_by(request) else None


_REQUESTS: dict[str, Callable[[OperationContract], ProbeRequest | None]] = {
    "no key": _without_key,
    "wrong key": _with_wrong_key,
    "another path": _of_another_path,
    "another method": _with_another_method,
    "malformed body": _malformed,
    UNKNOWN_ID: _with_unknown_id,
}
