"""What the command line has to know of the operations, as the template needs it."""

from collections.abc import Sequence

from attrs import frozen

from ..document.problems import visible
from .job_views import JobView
from .operation_views import OperationView


@frozen
class CommandView:
    """An operation as the command line has it: finished lines of code.

    Args:
        operation: The operation.
        batch: Name of the class of its batches, or None.
    """

    operation: OperationView
    batch: str | None

    @property
    def name(self) -> str:
        """Its name as a method of the client."""
        return self.operation.name

    @property
    def tag(self) -> str:
        """Module that it stands in."""
        return self.operation.tag

    @property
    def summary(self) -> str:
        """What it does."""
        return visible(str(self.operation.described.get("summary") or f"Call the operation {self.name}.")).strip()

    @property
    def description(self) -> str:
        """What there is to know about it."""
        return " ".join(visible(str(self.operation.described.get("description", ""))).split())

    @property
    def fields(self) -> str:
        """What it takes, as code: the tuples of the modules that define it."""
        body = self.operation.flat_body
        parts = [f"*_{self.name}.PARAMETERS"] if self.operation.parameters else []
        parts += [f"*_{str(body.class_info.module_name).upper()}_FIELDS"] if body else []
        return f"({', '.join(parts)},)" if parts else "()"

    @property
    def body_module(self) -> str | None:
        """Module of the class of its body, where its method takes that as keywords."""
        body = self.operation.flat_body
        return str(body.class_info.module_name) if body else None

    @property
    def request(self) -> str | None:
        """The class that holds all that a call takes, or None where none does."""
        body = self.operation.flat_body
        return str(body.class_info.name) if body and not self.operation.parameters else None

    @property
    def media_type(self) -> str | None:
        """Type of the image that it gives, or None where it gives something else."""
        successes = self.operation.successes
        if not successes or not all(one.is_file and one.result_base == "Image" for one in successes):
            return None
        return successes[0].read_types[0]

    @property
    def balance(self) -> str | None:
        """Attribute of its result with the credits of the account, where a call needs nothing to ask for them."""
        successes = self.operation.successes
        needs_more = self.operation.endpoint.bodies or any(prop.required for prop in self.operation.parameters)
        found = None if len(successes) != 1 or needs_more else successes[0].meant_properties.get("balance")
        return None if found is None else str(found.python_name)

    @property
    def seconds(self) -> float | None:
        """How long a call usually takes."""
        value = self.operation.described.get("x-typical-seconds")
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def queue_of_commands(commands: Sequence[CommandView], jobs: Sequence[JobView]) -> JobView | None:
    """The jobs by which the images of the commands can be bought, or None."""
    first = next((one for one in commands if one.media_type and one.request and one.batch), None)
    return next((job for job in jobs if first is not None and job.instead_of is first.operation), None)
