# @generated from openapi/runtime/base/wording.py by `make generate`. Do not edit: change that file.
"""How values and texts of others are put into one line of a message: escaped, shortened, and never failing."""

_VALUE_SHOWN = 80
_TEXT_SHOWN = 300


def shown(value: object) -> str:
    """The repr of a value; of one whose repr fails, its type."""
    try:
        text = repr(value)
    except Exception:
        return f"<{type(value).__name__}>"
    return one_line(text, _VALUE_SHOWN)


def quoted(text: str) -> str:
    """A text in quotes, its blanks and line ends as one blank each."""
    return repr(_shortened(" ".join(text.split()), _TEXT_SHOWN))


def one_line(text: str, most: int = _TEXT_SHOWN) -> str:
    """A text without line ends and other characters that a terminal would act upon."""
    short = _shortened(text, most)
    return short if short.isprintable() else repr(short)[1:-1]


def said(error: BaseException) -> str:
    """The type of an exception, and what it says."""
    sentence = one_line(str(error)).rstrip(".")
    return f"{type(error).__name__}: {sentence}" if sentence else type(error).__name__


def _shortened(text: str, most: int) -> str:
    # The end is kept too: that of a stack trace says what went wrong.
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-(most - most // 2) :]}"
