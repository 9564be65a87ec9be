"""What a recording says of parameters and of jobs: what does not hold has to be edited by hand."""

from collections.abc import Iterator

from generator.document.document import child
from tests.contract.adoption.evidence import Recorded
from tests.contract.adoption.verdict import Verdict, confirmed, refuted, undecided


def decided_parameters(recorded: Recorded) -> Iterator[Verdict]:
    """A verdict on each parameter."""
    for name, parameter in recorded.contract.parameters.items():
        what = f"the parameter {name}"
        wrong = list(_below(recorded, parameter.pointer, parameter.schema))
        accepted = [one for one in recorded.interactions if one.accepted]
        shown = [one for one in accepted if name in recorded.contract.parameter_values(one.request)]
        if wrong:
            yield from wrong
        elif shown:
            yield confirmed(parameter.pointer, what, shown[0].probe)
        else:
            yield undecided(parameter.pointer, what, "no request with it was accepted")


def decided_jobs(recorded: Recorded) -> Iterator[Verdict]:
    """A verdict on what the document says of the jobs that an operation starts."""
    contract = recorded.contract
    if contract.job is None:
        return
    wrong = list(_below(recorded, child(contract.success, "x-job"), child(contract.success, "links")))
    started = recorded.named("accepted-base")
    yield from wrong
    for keyword in ("x-job", "links"):
        pointer = child(contract.success, keyword)
        if not wrong and started is not None and started.accepted:
            yield confirmed(pointer, f"{keyword} of {contract.name}", started.probe)
        elif not wrong:
            yield undecided(pointer, f"{keyword} of {contract.name}", "no job was started")


def _below(recorded: Recorded, *places: str) -> Iterator[Verdict]:
    for one in recorded.findings:
        if one.severity != "addition" and any(
            one.pointer == place or one.pointer.startswith(f"{place}/") for place in places
        ):
            yield refuted(one.pointer, one.expected, one.seen, one.probe)
