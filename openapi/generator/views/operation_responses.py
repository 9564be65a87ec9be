"""What comes back from an operation, as the templates need it."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from attrs import define

from ..document.document import child
from ..document.media_types import readable
from ..document.paths import path_of
from ..document.streams import is_separated, is_stream_path
from ..upstream.internals import Endpoint, Property
from ..upstream.naming import class_name, distinct, free, identifier
from .headers import HeaderView
from .response_views import PackageFacts, ResponseView


@define(slots=False)
class OperationResponses:
    """What comes back from an operation.

    Args:
        endpoint: The operation as openapi-python-client has it.
        pointer: Where it stands.
        package: What all views share.
        tag: Module that it stands in.
    """

    endpoint: Endpoint
    pointer: str
    package: PackageFacts
    tag: str

    @cached_property
    def name(self) -> str:
        """Its name as a method of the client."""
        return str(self.endpoint.name)

    @cached_property
    def class_name(self) -> str:
        """Its name as a class."""
        return class_name(self.endpoint.name)

    @cached_property
    def described(self) -> dict[str, Any]:
        """The operation in the document."""
        value: dict[str, Any] = self.package.document.at(self.pointer)
        return value

    @cached_property
    def responses(self) -> list[ResponseView]:
        """Its responses: exact statuses before ranges, the default last."""
        ranged = [(response, response.status_code.range or _ANY) for response in self.endpoint.responses]
        if not any(_is_success(statuses) for _, statuses in ranged):
            # Where no success is described, the default describes that too.
            ranged[-1:-1] = [(response, _SUCCESS) for response, statuses in ranged if statuses == _ANY]
        first = next((statuses for _, statuses in ranged if _is_success(statuses)), None)
        return [
            ResponseView(
                response,
                child(self.pointer, "responses", response.status_code.pattern),
                self.package,
                statuses,
                self._class(f"{'' if statuses == first else statuses[0]}Result"),
                has_body=self.endpoint.method != "head",
            )
            for response, statuses in ranged
        ]

    @cached_property
    def successes(self) -> list[ResponseView]:
        """Its responses of success."""
        return [response for response in self.responses if response.is_success]

    @cached_property
    def failures(self) -> list[ResponseView]:
        """Its responses of failure."""
        return [response for response in self.responses if not response.is_success]

    @cached_property
    def readers(self) -> dict[str, ResponseView]:
        """The functions that read bodies, by name: each with a response that it reads."""
        alike: dict[tuple[str, str], ResponseView] = {}
        for response in self.responses:
            alike.setdefault(response.reading, response)
        names = distinct([f"_read_{identifier(response.type)}" for response in alike.values()])
        return dict(zip(names, alike.values(), strict=True))

    def reader(self, response: ResponseView) -> str:
        """Name of the function that reads the body of a response."""
        return next(name for name, one in self.readers.items() if one.reading == response.reading)

    @cached_property
    def result_type(self) -> str:
        """What a call gives back."""
        return union(response.type for response in self.successes)

    @cached_property
    def stream(self) -> ResponseView | None:
        """Its response that is a stream, or None."""
        return next((response for response in self.successes if response.stream is not None), None)

    @property
    def is_separated_stream(self) -> bool:
        """Whether it is the stream of an operation that has another response too."""
        return self.stream is not None and is_stream_path(path_of(self.pointer))

    @cached_property
    def asking_property(self) -> str | None:
        """The property of its body that asks for a stream, and that its method does not take."""
        facts = self.stream.stream if self.stream is not None else None
        return facts.asked_by if facts is not None else None

    def asks(self, prop: Property) -> bool:
        """Whether a property of its body is the one that asks for a stream."""
        return self.asking_property is not None and prop.name.get_untrusted_value() == self.asking_property

    def returned(self, is_async: bool) -> str:
        """What its method gives back."""
        if self.stream is None:
            return self.result_type
        return f"{'AsyncStream' if is_async else 'Stream'}[{self.stream.event_type}]"

    @cached_property
    def parsed_type(self) -> str:
        """What any documented response is read into."""
        return union(response.type for response in self.responses)

    @cached_property
    def detailed_class(self) -> str:
        """The class of a whole response."""
        return self._class("Response")

    @cached_property
    def success_headers(self) -> list[HeaderView]:
        """Headers of its responses of success."""
        return list({header.name: header for response in self.successes for header in response.headers}.values())

    @cached_property
    def accept(self) -> str | None:
        """What to ask the service for, where it could also send what the client does not read."""
        if self.stream is not None:
            return ", ".join(self.stream.read_types)
        contents = [response.described.get("content", {}) for response in self.successes]
        are_all_read = all(len(readable(content)) == len(content) for content in contents if content)
        if are_all_read and not is_separated(self.described):
            return None
        return ", ".join(dict.fromkeys(name for content in contents if content for name in readable(content)))

    @cached_property
    def kept(self) -> ResponseView | None:
        """Its only success, where that is a file that can be written to disk while it comes in."""
        only = self.successes[0] if len(self.successes) == 1 else None
        return only if only is not None and only.is_file else None

    @cached_property
    def headers_class(self) -> str:
        """The class of what its responses of success say in their headers."""
        return self._class("Headers")

    @cached_property
    def gives_images(self) -> bool:
        """Whether a success is an image."""
        return any(response.is_file and response.result_base == "Image" for response in self.successes)

    @cached_property
    def starts_job(self) -> bool:
        """Whether a success starts a job, whose handle the method gives back."""
        return any("x-job" in response.described for response in self.successes)

    @cached_property
    def buys(self) -> bool:
        """Whether a success is charged for. Where the document does not say, an image is."""
        return any(response.billed for response in self.successes) or (
            self.gives_images and any(response.billed is None for response in self.successes)
        )

    @property
    def judges_images(self) -> bool:
        """Whether its method takes what becomes of an image other than requested. The handle of a job does instead."""
        return self.buys and not self.starts_job and self.stream is None

    def _class(self, ending: str) -> str:
        return free(f"{self.class_name}{ending}", self.package.classes)


def union(types: Iterable[str]) -> str:
    """The union of types, None at its end."""
    distinct = list(dict.fromkeys(types))
    return " | ".join(sorted(distinct, key=lambda name: name == "None")) or "None"


_ANY = (0, 999)
_SUCCESS = (200, 299)


def _is_success(statuses: tuple[int, int]) -> bool:
    return 200 <= statuses[0] <= statuses[1] <= 299
