"""The exceptions in API.md."""

from collections.abc import Iterable, Iterator

from ..document.document import Document, child
from ..views.error_views import ErrorView
from .tables import cell, table


def error_lines(document: Document, errors: Iterable[ErrorView]) -> Iterator[str]:
    """The part of API.md that has the exceptions: those of the document's statuses, and those that any client has."""
    yield "## Errors\n"
    yield (
        "All are subclasses of `APIError` and can be pickled. `billed` says whether the call was charged for: "
        "`False`, `True`, or `None` if nobody can know.\n"
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
    ("`InvalidRequestError`", "", "The call breaks rules of the document. `faults` lists them. Nothing was sent."),
    ("`MissingKeyError`", "", "There is no key for the operation. Nothing was sent."),
    ("`ConfigurationError`", "", "The client cannot use an argument or a setting. Nothing was sent."),
    ("`BudgetExhaustedError`", "", "The call would spend more than its budget allows. Nothing was sent."),
    ("`NotSentError`", "", "No connection could be made. Nothing was sent."),
    ("`OutcomeUnknownError`", "", "The request was sent, but no whole response was received. It may have been billed."),
    ("`GatewayError`", "5XX", "… or a 5xx that the document does not explain. It is also an `OutcomeUnknownError`."),
    ("`JournalError`", "", "The journal of a batch could not be written. The images are in its folder."),
    ("`JobFailedError`", "", "A job ran and failed. It was not billed."),
    ("`JobExpiredError`", "", "The service has no record of a job, or has deleted it. The job may have been billed."),
    ("`JobTimeoutError`", "", "A job was still active when the time was up. The error says how to collect it."),
    ("`NotSavedError`", "2XX", "The image was paid for, but could not be written to disk. The error has the bytes."),
    ("`RedirectRefusedError`", "3XX", "A redirect, which is not followed."),
    ("`UndocumentedStatusError`", "any other", "The response has a status that the document does not have."),
    ("`InvalidResponseError`", "2XX", "The status is a success, but the body is not as documented."),
    ("`InvalidImageError`", "2XX", "… and should have been an image. The error has the bytes."),
    (
        "`MismatchError`",
        "2XX",
        'A whole image that differs from the request, with `on_mismatch="raise"`. The error has the bytes.',
    ),
    (
        "`ImageWarning`",
        "2XX",
        "A warning: an image is whole, but something about it is odd. `image.warnings` lists all warnings.",
    ),
    (
        "`NotEmbeddedWarning`",
        "2XX",
        "… it was saved without its request: the format cannot hold one, or the request is too long.",
    ),
)
