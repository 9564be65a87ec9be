"""Operations of which many calls can be made from objects of one class: their names, signatures and docstrings."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from attrs import define

from ..upstream.internals import ModelProperty, Property
from ..upstream.naming import BATCH_NAMES, RESERVED_METHODS, free
from ..upstream.properties import has_default
from . import docs
from .operation_views import OperationView


@define(slots=False)
class ManyView:
    """An operation whose method takes an object as keywords, and so can be called for many objects.

    Args:
        operation: The operation.
        body: The class of the objects.
        name: Name of the method of the client.
        batch_class: Name of the class of its batches; None where it gives no file, or needs more than the object.
    """

    operation: OperationView
    body: ModelProperty
    name: str
    batch_class: str | None

    @property
    def body_class(self) -> str:
        """Name of the class of the objects."""
        return str(self.body.class_info.name)

    @property
    def outcome(self) -> str:
        """Type of what the method yields."""
        return f"Outcome[{self.body_class}, {self.operation.result_type}]"

    @cached_property
    def requests(self) -> str:
        """Name of the parameter for the objects."""
        return self._option("requests")

    @cached_property
    def in_flight(self) -> str:
        """Name of the option for how many calls are made at once."""
        return self._option("in_flight")

    @cached_property
    def timeout(self) -> str:
        """Name of the option for the timeout."""
        return self._option("timeout")

    @property
    def shared(self) -> list[Property]:
        """Parameters of the operation besides its body: the same for all calls."""
        return sorted(self.operation.parameters, key=has_default)

    def parameters(self) -> list[str]:
        """Parameters of the method, but for `self`."""
        shared = [prop.to_string().as_unembedded_code() for prop in self.shared]
        options = [f"{self.in_flight}: int = 8", f"{self.timeout}: Timeout | Unset = UNSET"]
        return [f"{self.requests}: Iterable[{self.body_class}]", "*", *shared, *options]

    def docs(self, is_async: bool) -> str:
        """Docstring of the method."""
        return "\n".join(self._lines(is_async))

    def _lines(self, is_async: bool) -> Iterator[str]:
        yield f"Call `{self.operation.name}` for many requests, and yield an `Outcome` for each as it arrives."
        yield ""
        yield "A failed call does not end the others: its outcome has the error. Requests are read as calls finish."
        yield "`outcome.result` is None if it failed, and `outcome.error` if it did not, which type checkers know."
        yield "`outcome.unwrap()` returns the result, or raises the error."
        yield ""
        yield " ".join(_CLOSING_ASYNC if is_async else _CLOSING)
        if self.operation.has_queue:
            yield ""
            yield " ".join(_CLOSING_QUEUE)
        yield ""
        yield "Args:"
        yield f"    {self.requests}: The requests. An invalid one becomes an outcome with an `InvalidRequestError`."
        yield from docs.argument_docs(self.shared)
        yield f"    {self.in_flight}: Maximum number of calls at once, at least 1."
        yield f"    {self.timeout}: Time limit of each call; default: the client's."
        yield ""
        yield "Raises:"
        yield f"    ConfigurationError: `{self.in_flight}` is not a whole number of at least 1; nothing was sent."

    def _option(self, name: str) -> str:
        return free(name, {str(prop.python_name) for prop in self.operation.parameters})


def many_views(operations: Sequence[OperationView]) -> list[ManyView]:
    """The operations that can be called for many objects.

    Of several that would share a name, the first in the document has it, so that none is renamed when another is added
    behind it; the others have their whole names in it.
    """
    # A job is one call of several: its handles wait for it. A stream is read while it is received.
    eligible = [
        (view, view.flat_body) for view in operations if view.flat_body and not view.starts_job and view.stream is None
    ]
    batches = [view for view, _ in eligible if _gives_files(view)]
    taken = {*RESERVED_METHODS, *(view.name for view in operations)}
    found = []
    for view, body in eligible:
        short, whole = f"{view.name.partition('_')[0]}_many", f"{view.name}_many"
        name = short if short not in taken else free(whole, taken)
        taken.add(name)
        found.append(ManyView(view, body, name, _batch_class(view, batches)))
    return found


def _gives_files(view: OperationView) -> bool:
    is_json = view.endpoint.bodies[0].body_type == "json"
    needs_more = any(prop.required for prop in view.parameters)
    return is_json and not needs_more and all(one.is_file for one in view.successes)


def _batch_class(view: OperationView, batches: list[OperationView]) -> str | None:
    if not any(view is one for one in batches):
        return None
    return "Batch" if view is batches[0] else free(f"{view.class_name}Batch", {*view.package.classes, *BATCH_NAMES})


_CLOSING = (
    "If it is closed early, or left by an exception, it waits for the calls in flight, because they may have been",
    "billed. Their outcomes are not yielded, but the client's budget counts them. The log, and the exception in its",
    "notes, say how many were paid for.",
)
_CLOSING_QUEUE = (
    'With `route="queue"` it does not wait for jobs then. They stay active: the log, and the notes of the exception,',
    "name those whose outcomes were not yielded, and say how to collect them.",
)
_CLOSING_ASYNC = (
    *_CLOSING,
    "If the task itself is cancelled, or an exception other than `APIError` is raised, the calls in flight are",
    "cancelled, and their outcomes are unknown. Use `contextlib.aclosing` if a loop may be left early.",
)
