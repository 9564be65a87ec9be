"""Bodies of the requests of an operation as the templates need them."""

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from runtime.spec.forms import Part
from runtime.spec.parameter_styles import Parameter

from ..document.document import Document, child
from ..document.encodings import encodings
from ..document.media_types import MediaKind, media_kind, plain_type
from ..upstream.internals import AnyProperty, Body
from .python_source import source


@frozen
class BodyView:
    """One of the bodies that a request can have.

    Args:
        condition: The line of code before what is done for it, or None where it always is.
        operation: Name of the operation.
        media_type: Its media type.
        content_type: Code for its content type, or None where that follows from the body.
        described: Code for what the document says of the fields of a form, or the parts of a multipart body.
    """

    condition: str | None
    operation: str
    media_type: str
    content_type: str | None
    described: str

    @property
    def kind(self) -> MediaKind:
        """The kind of body that it is."""
        return media_kind(self.media_type)


def body_views(
    bodies: Sequence[Body], required: bool, operation: str, document: Document, content: str
) -> Iterator[BodyView]:
    """The bodies that can be told apart by their classes.

    Args:
        bodies: The bodies as openapi-python-client has them.
        required: Whether there has to be one.
        operation: Name of the operation.
        document: The document.
        content: Where the media types of the body stand.
    """
    found = list({_class_of(body): body for body in reversed(bodies)}.values())[::-1]
    # What can be anything can only come last.
    found.sort(key=lambda body: isinstance(body.prop, AnyProperty))
    for index, body in enumerate(found):
        is_last = index == len(found) - 1
        name = body.content_type.get_untrusted_value()
        yield BodyView(
            _condition(_class_of(body), index == 0, is_last, required),
            operation,
            name,
            _content_type(name),
            _described(document, child(content, name)),
        )


def _condition(class_: str, is_first: bool, is_last: bool, required: bool) -> str | None:
    if is_first and is_last:
        return None if required else "if not isinstance(body, Unset):"
    if is_last:
        return "else:" if required else "elif not isinstance(body, Unset):"
    return f"{'if' if is_first else 'elif'} isinstance(body, {class_}):"


def _class_of(body: Body) -> str:
    return body.prop.get_instance_type_string().as_unembedded_code()


def _content_type(name: str) -> str | None:
    kind = media_kind(name)
    if kind in ("multipart", "text"):
        return None
    if kind == "file":
        return f"body.mime_type or {'application/octet-stream' if '*' in plain_type(name) else name!r}"
    return repr(name)


def _described(document: Document, media: str) -> str:
    parts: dict[str, Any] = {}
    for name, encoding in encodings(document, media).items():
        parts[name] = Part(encoding.media_type, encoding.headers)
        if encoding.style is not None:
            style: Any = encoding.style.style
            own = encoding.style
            parts[name] = Parameter(
                name, name, "query", style, own.explode, own.media_type, allow_reserved=own.allow_reserved
            )
    return f"{{{', '.join(f'{name!r}: {source(part)}' for name, part in parts.items())}}}"
