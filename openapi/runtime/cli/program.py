"""What the command line needs of the document. Nothing here imports a library of the extra `cli`."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from ..base.rules import Field
from ..spec.job import JobSpec
from ..spec.operation import Operation
from ..spec.service import Service

_OWN = (
    *("base-url", "count", "dry-run", "force", "grace-period", "help", "json", "max-cost", "max-wait", "on-mismatch"),
    *("open", "output", "queue", "timeout", "verbose"),
)
"""Options of the commands themselves."""


@frozen
class Option:
    """One parameter of an operation, as an option of a command.

    Args:
        field: Its name, what it is for, whether it is required, which values are allowed, and its default.
    """

    field: Field

    @property
    def help(self) -> str:
        """What it is for, in one sentence."""
        return self.field.description

    @property
    def default(self) -> Any:
        """What the service uses if it is left out, or UNSET if the document does not say."""
        return self.field.default

    @property
    def flag(self) -> str:
        """How it is written: `--sampler-name`, or `PROMPT` for one that is required."""
        name = self.field.name.replace("_", "-")
        if self.field.required:
            return self.field.name.upper()
        return f"--field-{name}" if name in _OWN else f"--{name}"

    @property
    def parameter(self) -> str:
        """The name of its value in the code of a command, different from those of the command's own options."""
        return f"field_{self.field.name}"


@frozen(kw_only=True)
class OperationOptions:
    """One operation of the document with its options.

    Args:
        operation: The operation itself.
        summary: What it does, in one sentence.
        description: What else there is to know about it.
        fields: Its parameters, in the order of its method.
        request: The class of its request, which checks values; None if a call takes more than the fields of one object.
        batch: The class of its batches, or None.
        media_type: Media type of the image that it returns, or None if it returns none.
        seconds: How long a call usually takes; None if the document does not say.
        balance: Attribute of its result with the credits of the account; None if it does not tell them.
    """

    operation: Operation[Any]
    summary: str
    description: str = ""
    fields: tuple[Field, ...] = ()
    request: Callable[..., Any] | None = None
    batch: Callable[..., Any] | None = None
    media_type: str | None = None
    seconds: float | None = None
    balance: str | None = None

    @property
    def name(self) -> str:
        """Its name as a method of the client."""
        return self.operation.name

    @property
    def makes_images(self) -> bool:
        """Whether it returns images, and the commands can call it."""
        return self.media_type is not None and self.request is not None and self.batch is not None

    @property
    def options(self) -> tuple[Option, ...]:
        """Its parameters, as options of a command."""
        return tuple(map(Option, self.fields))

    @property
    def prompt(self) -> str | None:
        """Name of the first required option: a line of plain text is a value of it."""
        return next((field.name for field in self.fields if field.required), None)

    def checked(self, **values: Any) -> Any:
        """The request with these values.

        Raises:
            InvalidRequestError: They break rules, or a name is unknown.
        """
        if self.request is None:
            raise TypeError(f"{self.name} takes more than the fields of one object")
        return self.request(**values)


@frozen(kw_only=True)
class Program:
    """The command line of a package.

    Args:
        service: The facts of the document that every call needs.
        operations: Its operations. The commands call the first one that returns images.
        job: The jobs by which the images of the commands can be bought over a queue; None if the document has none.
        client: The class of the blocking client.
        async_client: The class of the asynchronous client.
    """

    service: Service
    operations: tuple[OperationOptions, ...]
    client: Callable[..., Any]
    async_client: Callable[..., Any]
    job: JobSpec | None = None

    @property
    def operation(self) -> OperationOptions | None:
        """The operation that the commands call, or None if none returns images."""
        return next((one for one in self.operations if one.makes_images), None)

    @property
    def balance(self) -> OperationOptions | None:
        """The operation that tells the credits of the account, or None if the document has none."""
        return next((one for one in self.operations if one.balance is not None), None)
