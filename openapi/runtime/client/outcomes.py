"""The outcome of each of many requests: a result or an error, which type checkers tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Never, TypeAlias, TypeVar, final

from attrs import field, frozen

from ..base.errors import APIError

RequestT = TypeVar("RequestT")
ResultT = TypeVar("ResultT")


@frozen(kw_only=True)
class BaseOutcome(Generic[RequestT, ResultT]):
    """The outcome of one of many requests: a `SuccessfulOutcome` or a `FailedOutcome`.

    Args:
        index: Position of the request, from 0.
        request: The request, as it was given.
    """

    index: int
    request: RequestT

    if not TYPE_CHECKING:

        def __new__(cls, **fields: Any) -> Any:
            """Make the one of the two classes that fits."""
            if cls is BaseOutcome:
                cls = SuccessfulOutcome if fields.get("error") is None else FailedOutcome
            return object.__new__(cls)

    def unwrap(self) -> ResultT:
        """The result.

        Raises:
            APIError: The call failed: this is its error.
        """
        raise NotImplementedError


@final
@frozen(kw_only=True)
class SuccessfulOutcome(BaseOutcome[RequestT, ResultT]):
    """The outcome of a request that brought its result.

    Args:
        index: Position of the request, from 0.
        request: The request, as it was given.
        result: The result of the call.
        error: None.
    """

    result: ResultT
    error: None = field(default=None, repr=False)

    def unwrap(self) -> ResultT:
        """The result."""
        return self.result


@final
@frozen(kw_only=True)
class FailedOutcome(BaseOutcome[RequestT, Never]):
    """The outcome of a request that brought no result.

    Args:
        index: Position of the request, from 0.
        request: The request, as it was given.
        error: The error of the call.
        result: None.
    """

    error: APIError
    result: None = field(default=None, repr=False)

    def unwrap(self) -> Never:
        """Raise the error.

        Raises:
            APIError: The error of the call.
        """
        raise self.error


Outcome: TypeAlias = SuccessfulOutcome[RequestT, ResultT] | FailedOutcome[RequestT]
"""The outcome of one of many requests: a `SuccessfulOutcome` or a `FailedOutcome`.

`outcome.result is None` and `outcome.error is None` tell type checkers which one it is. To Python, `Outcome` is the
base of the two: `isinstance` takes it, and `Outcome(index=0, request=request, error=error)` makes the one that fits.
"""

if not TYPE_CHECKING:
    Outcome = BaseOutcome
