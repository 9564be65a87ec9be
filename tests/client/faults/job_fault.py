"""One row of the table of jobs, and what it is expected to come to."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import evolve, field, fields, frozen

from segmind_flux_schnell import APIError
from tests.client.faults.limits import AMPLE
from tests.client.faults.queue_relay import Steps

Way = Literal["generate_image", "generate_image_to_file", "wait"]
"""How the image is bought: the first two by a client with `route="queue"`, the third by `submit_image` and `wait`."""


@frozen(kw_only=True)
class ExpectedJob:
    """The end of a call by the queue.

    Args:
        error: The class of what is raised, or None for an image.
        billed: What the error says of the bill; True for an image.
        submits: How many submits came to the service.
        charged: For how many images the sandbox's books have a charge.
        bought: Images that the budget has bought afterwards.
        reserved: Images that it keeps reserved.
        is_named: Whether the error names the job, and says how to collect it.
        is_there: Whether another client collects the image by the id, once the fault is over.
    """

    error: type[APIError] | None = None
    billed: bool | None = True
    submits: int = 1
    charged: int = 1
    bought: int = 1
    reserved: int = 0
    is_named: bool = True
    is_there: bool = True

    def differences(self, expected: "ExpectedJob") -> Iterator[str]:
        """Where it is not as expected, in words."""
        for attribute in fields(ExpectedJob):
            found, wanted = getattr(self, attribute.name), getattr(expected, attribute.name)
            if found != wanted:
                yield f"{attribute.name} is {found!r}, not {wanted!r}"


IMAGE = ExpectedJob()


def kept(error: type[APIError], billed: bool | None = None) -> ExpectedJob:
    """The image is paid for and not there yet, and the error says how to collect it."""
    return ExpectedJob(error=error, billed=billed)


def nothing(error: type[APIError], **changes: Any) -> ExpectedJob:
    """There is no image, and nothing was paid for."""
    unpaid = ExpectedJob(error=error, billed=False, charged=0, bought=0, is_named=False, is_there=False)
    return evolve(unpaid, **changes)


@frozen
class JobFault:
    """A row.

    Args:
        name: What goes wrong.
        expected: What the call comes to.
        steps: What the relay does with the requests of each kind; it hands on the others.
        deadline: Seconds within which the call has to end. By default they are many, and the call ends without them;
            if they are few, it lasts until then, and is given more where they were too few to get as far.
        options: What the client is set up with besides.
        arguments: What is ordered besides.
        warnings: Codes of the warnings that the image has to have.
        largest: Most bytes of a body that may be kept, or None where it does not matter.
    """

    name: str
    expected: ExpectedJob
    steps: Steps = field(factory=dict[Any, Any], repr=False)
    deadline: float = field(default=AMPLE, kw_only=True)
    options: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)
    arguments: Mapping[str, Any] = field(factory=dict[str, Any], kw_only=True)
    warnings: tuple[str, ...] = field(default=(), kw_only=True)
    largest: int | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        return self.name
