"""Bodies of the requests of an operation as the templates need them."""

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from ..document.media_types import plain_type
from ..upstream.internals import AnyProperty, Body


@frozen
class BodyView:
    """One of the bodies that a request can have.

    Args:
        condition: The line of code before what is done for it, or None where it always is.
        variable: Name of the variable for its JSON.
        parsed: The body as openapi-python-client has it, past that line.
        content_type: Code for its content type, or None where the HTTP library names it.
    """

    condition: str | None
    variable: str
    parsed: Body
    content_type: str | None

    @property
    def is_file(self) -> bool:
        """Whether it is sent as it is."""
        return self.parsed.body_type == "content"


def body_views(bodies: Sequence[Body], required: bool) -> Iterator[BodyView]:
    """The bodies that can be told apart by their classes."""
    found = list({_class_of(body): body for body in reversed(bodies)}.values())[::-1]
    # What can be anything can only come last.
    found.sort(key=lambda body: isinstance(body.prop, AnyProperty))
    for index, body in enumerate(found):
        is_last = index == len(found) - 1
        yield BodyView(
            _condition(_class_of(body), index == 0, is_last, required),
            f"_json_{index}",
            evolve(body, prop=evolve(body.prop, required=True)),
            _content_type(body),
        )


def _condition(class_: str, is_first: bool, is_last: bool, required: bool) -> str | None:
    if is_first and is_last:
        return None if required else "if not isinstance(body, Unset):"
    if is_last:
        return "else:" if required else "elif not isinstance(body, Unset):"
    return f"{'if' if is_first else 'elif'} isinstance(body, {class_}):"


def _class_of(body: Body) -> str:
    return body.prop.get_instance_type_string().as_unembedded_code()


def _content_type(body: Body) -> str | None:
    name = body.content_type.get_untrusted_value()
    if body.body_type == "files":
        return None
    if body.body_type == "content":
        return f"body.mime_type or {'application/octet-stream' if '*' in plain_type(name) else name!r}"
    return repr(name)
