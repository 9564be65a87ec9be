# @generated from openapi/runtime/cli/program.py by `make generate`. Do not edit: change that file.
"""What the document says that the command line needs. Nothing here loads a library of terminals."""

from collections.abc import Callable
from typing import Any

from attrs import frozen

from ..base.rules import Field
from ..base.unset import UNSET
from ..spec.operation import Operation
from ..spec.service import Service

_OWN = ("base-url", "force", "help", "json", "output", "timeout")
"""Options that the commands have themselves."""


@frozen(kw_only=True)
class Option:
    """One parameter of an operation, as an option of a command.

    Args:
        field: Its name, whether a call has to give it, and what its value has to be.
        help: What it is for, in one sentence.
        default: What the service takes where it is left out, or UNSET where nobody says.
    """

    field: Field
    help: str = ""
    default: Any = UNSET

    @property
    def flag(self) -> str:
        """How it is written: `--sampler-name`, or `PROMPT` for what has to be given."""
        name = self.field.name.replace("_", "-")
        if self.field.required:
            return self.field.name.upper()
        return f"--field-{name}" if name in _OWN else f"--{name}"

    @property
    def parameter(self) -> str:
        """What the code of a command calls it, unlike any option of the command's own."""
        return f"field_{self.field.name}"


@frozen(kw_only=True)
class OperationOptions:
    """One operation of the document with its options.

    Args:
        operation: The operation itself.
        summary: What it does, in one sentence.
        description: What there is to know about it.
        options: What it takes, in the order of its method.
        request: The class of its request, which checks; None where a call takes more than the fields of one object.
        batch: The class of its batches, or None.
        media_type: Type of the image that it gives, or None where it gives none.
        seconds: How long a call usually takes; None where nobody says.
    """

    operation: Operation[Any]
    summary: str
    description: str = ""
    options: tuple[Option, ...] = ()
    request: Callable[..., Any] | None = None
    batch: Callable[..., Any] | None = None
    media_type: str | None = None
    seconds: float | None = None

    @property
    def name(self) -> str:
        """Its name as a method of the client."""
        return self.operation.name

    @property
    def makes_images(self) -> bool:
        """Whether the commands can call it."""
        return self.media_type is not None and self.request is not None and self.batch is not None

    @property
    def fields(self) -> tuple[Field, ...]:
        """What its options have to be."""
        return tuple(option.field for option in self.options)

    @property
    def prompt(self) -> str | None:
        """Name of the first option that a call has to give, which a plain line of text stands for."""
        return next((field.name for field in self.fields if field.required), None)

    def checked(self, **values: Any) -> Any:
        """The request with these values.

        Raises:
            InvalidRequestError: They break rules, or a name is not known.
        """
        if self.request is None:
            raise TypeError(f"{self.name} takes more than the fields of one object")
        return self.request(**values)


@frozen(kw_only=True)
class Program:
    """The command line of a package.

    Args:
        service: The facts of the document that every call needs.
        operations: Its operations. The commands call the first that makes images.
        client: The class of the blocking client.
        async_client: The class of the asynchronous client.
    """

    service: Service
    operations: tuple[OperationOptions, ...]
    client: Callable[..., Any]
    async_client: Callable[..., Any]

    @property
    def operation(self) -> OperationOptions | None:
        """The operation that the commands call, or None where none makes images."""
        return next((one for one in self.operations if one.makes_images), None)
