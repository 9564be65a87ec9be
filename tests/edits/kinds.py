"""The kinds of change that a maintainer makes to the document, one example or two of each."""

from typing import Any, Literal

from attrs import frozen

from tests.contract.adoption.verdict import Edit, Remove, SetValue

_FIELDS = "/components/schemas/GenerateImageRequest/properties"
_RESPONSES = "/components/responses"
_IMAGE = "/paths/~1v1~1flux-schnell/post"
_ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}}


FACTS = (
    "tests/contract/test_consistency.py::test_the_recordings_are_of_the_document",
    "tests/contract/test_replay.py",
    "tests/test_readmes.py::test_a_reader_gets_what_the_readme_says",
)
"""The tests that hold each fact against what was recorded, and against what the READMEs show of it or of a drift."""


@frozen
class Kind:
    """A kind of change of the document.

    Args:
        name: What the change is.
        edits: An example of it.
        meant: The tests that are about the changed fact, by the beginning of their names, and so may fail.
        group: With which others it is tried at once in `make test`: those after which the document offers more, or
            less. Those that callers have to follow are tried alone, by `make edits`.
    """

    name: str
    edits: tuple[Edit, ...]
    meant: tuple[str, ...] = FACTS
    group: Literal["more", "less", "alone"] = "more"

    def means(self, test: str) -> bool:
        """Whether a test is about the changed fact."""
        return test.startswith(self.meant)


def _operation(name: str, tag: str, **more: Any) -> dict[str, Any]:
    return {"operationId": name, "tags": [tag], "x-timeout-seconds": 60, "x-evidence": "inferred", **more}


_USAGE = _operation(
    "listUsage",
    "account",
    summary="List what the account has used.",
    parameters=[
        {
            "name": "day",
            "in": "query",
            "description": "A day.",
            "schema": {"type": "string", "format": "date"},
        },
        {
            "name": "limit",
            "in": "query",
            "description": "The most entries to list.",
            "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
        },
    ],
    responses={
        "200": {
            "description": "The usage.",
            "x-billed": False,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"day": {"type": "string"}, "credits": {"type": "number"}},
                        },
                    }
                }
            },
        },
        "401": {"$ref": "#/components/responses/Unauthorized"},
    },
)
_UPSCALE = _operation(
    "upscaleImage",
    "images",
    summary="Enlarge an image.",
    **{"x-price-usd": 0.02},
    requestBody={
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["image"],
                    "properties": {
                        "image": {"type": "string", "description": "The address of the image.", "minLength": 1},
                        "factor": {
                            "type": "integer",
                            "description": "How many times larger.",
                            "minimum": 2,
                            "maximum": 4,
                            "default": 2,
                        },
                    },
                }
            }
        },
    },
    responses={
        "200": {"$ref": "#/components/responses/Image"},
        "401": {"$ref": "#/components/responses/Unauthorized"},
        "406": {"$ref": "#/components/responses/NotAcceptable"},
    },
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "a range is widened",
        (SetValue(f"{_FIELDS}/steps/maximum", 12), SetValue(f"{_FIELDS}/width/minimum", 256)),
    ),
    Kind(
        "a range is narrowed",
        (SetValue(f"{_FIELDS}/steps/maximum", 6), SetValue(f"{_FIELDS}/width/maximum", 1536)),
        group="less",
    ),
    Kind("a default is another", (SetValue(f"{_FIELDS}/steps/default", 3), SetValue(f"{_FIELDS}/height/default", 768))),
    Kind("a value of an enum is added", (SetValue(f"{_FIELDS}/scheduler/enum/-", "beta"),)),
    Kind("a value of an enum is removed", (Remove(f"{_FIELDS}/scheduler/enum/5"),), group="less"),
    Kind(
        "an optional field is added",
        (
            SetValue(
                f"{_FIELDS}/guidance",
                {
                    "type": "number",
                    "description": "How closely to follow the prompt.",
                    "default": 3.5,
                    "minimum": 0,
                    "maximum": 20,
                    "x-evidence": "inferred",
                },
            ),
        ),
    ),
    Kind(
        "a required field is added",
        (
            SetValue(
                f"{_FIELDS}/style",
                {"type": "string", "description": "Style of the image.", "minLength": 1, "x-evidence": "inferred"},
            ),
            SetValue("/components/schemas/GenerateImageRequest/required/-", "style"),
        ),
        group="alone",
    ),
    Kind(
        "a field is renamed",
        (
            Remove(f"{_FIELDS}/denoise"),
            SetValue(
                f"{_FIELDS}/strength",
                {
                    "type": "number",
                    "description": "Share of the noise to remove; 1 removes all of it.",
                    "default": 1,
                    "minimum": 0,
                    "maximum": 1,
                    "x-mistaken-names": ["denoise"],
                    "x-evidence": "page",
                },
            ),
            Remove(f"{_IMAGE}/requestBody/content/application~1json/example/denoise"),
        ),
        group="alone",
    ),
    Kind(
        "a field is removed",
        (
            Remove(f"{_FIELDS}/denoise"),
            Remove(f"{_IMAGE}/requestBody/content/application~1json/example/denoise"),
        ),
        group="less",
    ),
    Kind(
        "a status is added",
        (
            SetValue(
                f"{_IMAGE}/responses/402",
                {"description": "Payment is due.", "x-billed": False, "x-evidence": "inferred", **_ERROR},
            ),
            SetValue(
                f"{_IMAGE}/responses/502",
                {"description": "The model did not respond.", "x-billed": False, "x-evidence": "inferred", **_ERROR},
            ),
        ),
    ),
    Kind(
        "a status is removed",
        (
            Remove(f"{_IMAGE}/responses/410"),
            Remove("/paths/~1v2~1flux-schnell/post/responses/410"),
            Remove(f"{_RESPONSES}/ModelRetired"),
        ),
        group="less",
    ),
    Kind(
        "a header is added",
        (
            SetValue(
                f"{_RESPONSES}/Image/headers/x-queue-seconds",
                {"description": "Seconds spent waiting.", "schema": {"type": "number"}, "x-evidence": "inferred"},
            ),
        ),
    ),
    Kind("a header is removed", (Remove(f"{_RESPONSES}/Image/headers/x-output-metadata"),), group="less"),
    Kind(
        "a cause is added",
        (
            SetValue(
                f"{_RESPONSES}/NotAcceptable/x-causes/-",
                {
                    "name": "PromptRefused",
                    "pattern": "^Prompt refused",
                    "description": "A filter refuses the prompt.",
                    "x-evidence": "inferred",
                },
            ),
        ),
    ),
    Kind(
        "the text of a cause is another",
        (SetValue(f"{_RESPONSES}/NotAcceptable/x-causes/1/pattern", "^Not enough credits|^Insufficient credits"),),
    ),
    Kind("a cause is removed", (Remove(f"{_RESPONSES}/NotAcceptable/x-causes/2"),), group="less"),
    Kind(
        "price and times are others",
        (
            SetValue(f"{_IMAGE}/x-price-usd", 0.01),
            SetValue("/paths/~1v2~1flux-schnell/post/x-price-usd", 0.01),
            SetValue(f"{_IMAGE}/x-timeout-seconds", 240),
            SetValue(f"{_IMAGE}/x-typical-seconds", 12),
        ),
    ),
    Kind("a GET is added", (SetValue("/paths/~1v1~1usage", {"get": _USAGE}),)),
    Kind("a second POST is added", (SetValue("/paths/~1v1~1upscale", {"post": _UPSCALE}),), group="alone"),
    Kind(
        "an operation is removed",
        (
            Remove("/paths/~1v1~1get-user-credits"),
            Remove(f"{_RESPONSES}/Credits"),
            Remove("/components/schemas/UserCredits"),
            Remove("/tags/2"),
        ),
        group="less",
    ),
    Kind(
        "the service is elsewhere",
        (SetValue("/servers/0/url", "https://api.segmind.example"),),
    ),
    Kind(
        "the key is sent in another header",
        (SetValue("/components/securitySchemes/apiKey/name", "x-segmind-key"),),
        group="alone",
    ),
    Kind(
        "a description is another",
        (
            SetValue(f"{_FIELDS}/steps/description", "How often the image is refined."),
            SetValue(f"{_IMAGE}/summary", "Make an image from a text prompt."),
            SetValue(f"{_RESPONSES}/NotFound/description", "There is nothing at this URL."),
        ),
        meant=(),
    ),
    Kind("the version is another", (SetValue("/info/version", "0.2.0"),), meant=()),
)
"""Each kind of change with its example. Every example makes a document that the generator takes."""
