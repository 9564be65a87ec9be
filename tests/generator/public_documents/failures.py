"""What goes wrong with an operation on its way to the service or back."""

from typing import Any, Literal

from attrs import asdict, frozen

Kind = Literal["refusal", "crash", "missing", "wire", "read", "back", "type", "error"]

MEANINGS: dict[str, str] = {
    "refusal": "the client refuses a value that the document allows",
    "crash": "the client raises something that is not its own",
    "missing": "a parameter of the document is not an argument",
    "wire": "the service receives something else than OpenAPI says",
    "read": "the client cannot read a response that the document allows",
    "back": "a result does not have the values of its response",
    "type": "a result does not have the annotated type",
    "error": "a documented failure does not raise its class, or without its body",
}

SILENT = frozenset({"wire", "back", "type"})
"""The kinds that nobody notices when they happen."""


@frozen
class Failure:
    """One thing that went wrong.

    Args:
        operation: The operation's id.
        kind: What kind of thing.
        expected: What was expected.
        seen: What was seen.
    """

    operation: str
    kind: Kind
    expected: str
    seen: str

    @property
    def is_silent(self) -> bool:
        """Whether nobody would notice it."""
        return self.kind in SILENT

    def to_json(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def shown(value: object) -> str:
    """A value in one short line."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    return text if len(text) <= 300 else f"{text[:300]}…"


def raised(error: BaseException) -> str:
    """An exception in one line, with the place in the package where it was raised."""
    place, frame = "", error.__traceback__
    while frame is not None:
        name = frame.tb_frame.f_code.co_filename
        if "/package/" in name:
            place = f" ({name.rpartition('/package/')[2].partition('/')[2]}:{frame.tb_lineno})"
        frame = frame.tb_next
    return shown(f"{type(error).__name__}: {error}{place}")
