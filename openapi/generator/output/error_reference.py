"""The exceptions in API.md."""

from collections.abc import Iterable, Iterator

from ..document.document import Document, child
from ..views.error_views import ErrorView
from .tables import cell, table


def error_lines(document: Document, errors: Iterable[ErrorView]) -> Iterator[str]:
    """The part of API.md that has the exceptions: those of the document's statuses, and those that any client has."""
    yield "## Errors\n"
    yield (
        "All are subclasses of `APIError`, can be pickled, and tell in `billed` whether the call was charged for: "
        "`False`, `True`, or `None` where nobody can know.\n"
    )
    rows = [row for error in errors for row in _error_rows(document, error)]
    yield from table(("exception", "status", "meaning", "evidence"), [*rows, *((*row, "") for row in _OTHER_ERRORS)])


def _error_rows(document: Document, error: ErrorView) -> Iterator[tuple[str, ...]]:
    """The class of a status, and one for each of its causes."""
    statuses = ", ".join(error.statuses)
    yield f"`{error.name}`", statuses, cell(error.meaning), ""
    for cause in error.causes:
        meaning = f"… {cause.meaning} Where the text has `{cause.pattern}`."
        yield f"`{cause.error}`", statuses, cell(meaning), _cause_evidence(document, cause.pointer)


def _cause_evidence(document: Document, pointer: str) -> str:
    own = document.grade(pointer) or ""
    keywords = {"text": "pattern", "ends a batch": "x-stops-batch"}
    given = {what: child(pointer, keyword) for what, keyword in keywords.items()}
    named = {what: document.grade(place) for what, place in given.items() if document.has(place)}
    return "; ".join([own, *(f"{what}: {grade}" for what, grade in named.items() if grade and grade != own)])


_OTHER_ERRORS = (
    ("`InvalidRequestError`", "", "The call breaks rules of the document, all of which it names. Nothing was sent."),
    ("`MissingKeyError`", "", "There is no key for the operation. Nothing was sent."),
    ("`ConfigurationError`", "", "The client was set up with something that it cannot use. Nothing was sent."),
    ("`BudgetExhaustedError`", "", "The call would spend more than its budget allows. Nothing was sent."),
    ("`NotSentError`", "", "No connection came about. Nothing was sent."),
    ("`OutcomeUnknownError`", "", "The request was sent, and no whole response came back. It may have been billed."),
    ("`GatewayError`", "5XX", "… but a failure that is not as documented: it is an `OutcomeUnknownError` too."),
    ("`JournalError`", "", "The journal of a batch could not be written. What was bought is in its folder."),
    ("`JobFailedError`", "", "A job ran and failed. It was not billed."),
    ("`JobExpiredError`", "", "The service has no record of a job, or no longer. It may have been billed."),
    ("`JobTimeoutError`", "", "A job goes on at the end of the time. The error says how to collect it."),
    ("`NotSavedError`", "2XX", "The image was paid for, and the disk did not take it. The error has the bytes."),
    ("`RedirectRefusedError`", "3XX", "A redirect, which is not followed."),
    ("`UndocumentedStatusError`", "any other", "The response has a status that the document does not have."),
    ("`InvalidResponseError`", "2XX", "The response is a success, and its body is not what is documented."),
    ("`InvalidImageError`", "2XX", "… where an image is documented. The error has the bytes."),
    (
        "`MismatchError`",
        "2XX",
        'A whole image other than requested, with `on_mismatch="raise"`. The error has the bytes.',
    ),
    (
        "`ImageWarning`",
        "2XX",
        "A warning: something is odd about an image that is whole. `image.warnings` has them all.",
    ),
    ("`NotEmbeddedWarning`", "2XX", "… it was saved without its request, which is too long to embed."),
)
