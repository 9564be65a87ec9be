"""What the command line has to know of the operations, as the template needs it."""

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from runtime.base.rules import Field
from runtime.base.unset import UNSET
from runtime.cli.program import Option

from ..upstream.properties import model_pointer
from .docs import first_sentence
from .models import model_fields
from .operation_views import OperationView
from .python_source import source
from .schema_rules import SchemaRules


@frozen
class CommandView:
    """An operation as the command line has it: finished lines of code.

    Args:
        operation: The operation.
        rules: Makes rules.
        batch: Name of the class of its batches, or None.
    """

    operation: OperationView
    rules: SchemaRules
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
        return str(self.operation.described.get("summary") or f"Call the operation {self.name}.").strip()

    @property
    def description(self) -> str:
        """What there is to know about it."""
        return " ".join(str(self.operation.described.get("description", "")).split())

    @property
    def options(self) -> list[str]:
        """What it takes, as code."""
        return [source(option) for option in self._options()]

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
    def seconds(self) -> float | None:
        """How long a call usually takes."""
        value = self.operation.described.get("x-typical-seconds")
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def _options(self) -> Iterator[Option]:
        for view in self.operation.parameter_views:
            yield self._option(view.field, [view.pointer, f"{view.pointer}/schema"])
        if body := self.operation.flat_body:
            for field in model_fields(body, self.rules):
                yield self._option(field, self.rules.property_pointers(model_pointer(body), field.api_name))

    def _option(self, field: Field, pointers: list[str]) -> Option:
        places = [node for at in pointers for node in self._nodes(at)]
        described = (str(node.get("description", "")) for node in places)
        default = next((node["default"] for node in places if "default" in node), UNSET)
        sentence = first_sentence(next(filter(None, described), ""))
        plain = isinstance(default, (str, int, float))
        return Option(field=field, help=f"{sentence}." if sentence else "", default=default if plain else UNSET)

    def _nodes(self, pointer: str) -> Iterator[dict[str, Any]]:
        document = self.rules.document
        yield from (node for node in (document.at(pointer), document.resolved_at(pointer)) if isinstance(node, dict))
