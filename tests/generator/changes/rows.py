"""Edits of the real document, each with the kind of difference that it is, there and back again."""

from typing import Any

from attrs import frozen

from tests.contract.adoption.verdict import Edit, Remove, SetValue

REQUEST = "/components/schemas/GenerateImageRequest"
FIELDS = f"{REQUEST}/properties"
RESULT = "/components/schemas/JobResult/properties"
RESPONSES = "/components/responses"
POST = "/paths/~1v1~1flux-schnell/post"
SUBMIT = "/paths/~1v2~1flux-schnell/post"
STATUS = "/paths/~1v2~1requests~1{request_id}~1status/get"
RECORD = "/paths/~1v2~1requests~1{request_id}/get"
CREDITS = "/paths/~1v1~1get-user-credits"
GETS = (STATUS, RECORD, f"{CREDITS}/get")
FORM = f"{CREDITS}/get/requestBody/content/application~1x-www-form-urlencoded"
JOB = f"{RESPONSES}/Queued/x-job"
ORDER = "#/components/schemas/ImageOrder"
IN_REQUESTS = "in the request of `generate_image` and `submit_image`"
ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}}


@frozen
class Row:
    """One kind of edit.

    Args:
        edits: An example of it.
        kind: The kind of difference.
        title: What is said of it, or a part of that.
        back: The kind of difference that it is to take the edit back.
        before: Edits of the version before.
    """

    edits: tuple[Edit, ...]
    kind: str
    title: str
    back: str
    before: tuple[Edit, ...] = ()


def _set(pointer: str, value: Any) -> SetValue:
    return SetValue(pointer, value)


_STYLE = {"type": "string", "description": "Style of the image."}
_LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
_TEXT = {"schema": {"type": "string"}}
_FORM = {"schema": {"type": "object", "properties": {"tags": {"type": "array", "items": {"type": "string"}}}}}
_LANGUAGE = {"name": "language", "in": "query", "schema": {"type": "string"}}

REQUEST_ROWS = {
    "a new required field": Row(
        (_set(f"{FIELDS}/style", _STYLE), _set(f"{REQUEST}/required/-", "style")),
        "field-added-required",
        f"`style` {IN_REQUESTS}: the field is new and required",
        "field-removed",
    ),
    "a new optional field": Row(
        (_set(f"{FIELDS}/style", _STYLE),), "field-added", f"`style` {IN_REQUESTS}: the field is new", "field-removed"
    ),
    "a renamed field": Row(
        (Remove(f"{FIELDS}/samples"), _set(f"{FIELDS}/count", {"type": "integer", "default": 2})),
        "field-renamed",
        f"`samples` {IN_REQUESTS}: the field is called count, was samples",
        "field-renamed",
        before=(_set(f"{FIELDS}/samples", {"type": "integer", "default": 2}),),
    ),
    "a field that is required now": Row(
        (_set(f"{REQUEST}/required/-", "seed"),), "field-now-required", "is required now", "field-now-optional"
    ),
    "a read-only field": Row(
        (_set(f"{FIELDS}/samples/readOnly", True),), "field-now-read-only", "is read-only now", "field-now-sent"
    ),
    "a required field that leaves its place in the order": Row(
        (Remove(f"{REQUEST}/required/1"),),
        "field-order-changed",
        "has its fields in the order prompt, steps, seed",
        "field-now-required",
        before=(_set(f"{REQUEST}/required/-", "seed"),),
    ),
    "fields in another order": Row(
        (Remove(f"{FIELDS}/steps"), _set(f"{FIELDS}/steps", {"type": "integer"})),
        "field-order-changed",
        "`GenerateImageRequest` in the request of `generate_image` and `submit_image`: has its fields in the order",
        "field-order-changed",
        before=(_set(f"{FIELDS}/steps", {"type": "integer"}),),
    ),
    "a lower maximum": Row(
        (_set(f"{FIELDS}/steps/maximum", 6),),
        "request-bound-narrower",
        f"`maximum` of `steps` {IN_REQUESTS}: `6`, was `8`",
        "request-bound-wider",
    ),
    "a higher minimum": Row(
        (_set(f"{FIELDS}/width/minimum", 640),),
        "request-bound-narrower",
        "`minimum` of `width`",
        "request-bound-wider",
    ),
    "a new bound": Row(
        (_set(f"{FIELDS}/samples/maximum", 4),),
        "request-bound-narrower",
        "`maximum` of `samples`",
        "request-bound-wider",
    ),
    "a shorter text": Row(
        (_set(f"{FIELDS}/prompt/maxLength", 500),),
        "request-bound-narrower",
        "`maxLength` of `prompt`",
        "request-bound-wider",
    ),
    "a longer text at least": Row(
        (_set(f"{FIELDS}/prompt/minLength", 3),),
        "request-bound-narrower",
        "`minLength` of `prompt`",
        "request-bound-wider",
    ),
    "a new pattern": Row(
        (_set(f"{FIELDS}/prompt/pattern", "^[a-z]"),), "request-bound-narrower", "`pattern`", "request-bound-wider"
    ),
    "another pattern": Row(
        (_set(f"{FIELDS}/prompt/pattern", "^[a-z]"),),
        "request-other",
        "`pattern` of `prompt`",
        "request-other",
        before=(_set(f"{FIELDS}/prompt/pattern", "^[A-Z]"),),
    ),
    "a coarser step": Row(
        (_set(f"{FIELDS}/width/multipleOf", 16),),
        "request-bound-narrower",
        "`multipleOf` of `width`",
        "request-bound-wider",
    ),
    "another step": Row(
        (_set(f"{FIELDS}/width/multipleOf", 12),), "request-other", "`multipleOf` of `width`", "request-other"
    ),
    "a removed enum member": Row(
        (Remove(f"{FIELDS}/scheduler/enum/5"),),
        "request-enum-narrower",
        f'`scheduler` {IN_REQUESTS}: does not take "ddim_uniform" any more',
        "request-enum-wider",
    ),
    "a list of values, where there was none": Row(
        (_set(f"{FIELDS}/samples/enum", [1, 2]),),
        "request-bound-narrower",
        "`enum` of `samples`",
        "request-bound-wider",
    ),
    "a wider type": Row(
        (_set(f"{FIELDS}/samples/type", "number"),),
        "request-type-wider",
        "takes number, was integer",
        "request-type-narrower",
    ),
    "another type": Row(
        (_set(f"{FIELDS}/prompt/type", "boolean"), Remove(f"{FIELDS}/prompt/minLength")),
        "request-type-other",
        "takes boolean, was string",
        "request-type-other",
    ),
    "a value that can be null": Row(
        (_set(f"{FIELDS}/denoise/type", ["number", "null"]),),
        "request-null-wider",
        "can be null now",
        "request-null-narrower",
    ),
    "a smaller range of integers": Row(
        (_set(f"{FIELDS}/seed/format", "int32"),), "request-narrower", "`int32`, was `int64`", "request-wider"
    ),
    "another default": Row(
        (_set(f"{FIELDS}/steps/default", 3),),
        "default-changed",
        f"`steps` {IN_REQUESTS}: the default is `3`, was `4`",
        "default-changed",
    ),
    "no default any more": Row(
        (Remove(f"{FIELDS}/steps/default"),), "default-removed", "the default `4` is gone", "default-added"
    ),
    "no further fields": Row(
        (_set(f"{REQUEST}/additionalProperties", False),),
        "request-bound-narrower",
        "`additionalProperties` of the body",
        "request-bound-wider",
    ),
    "further rules of an object": Row(
        (_set(f"{REQUEST}/dependentRequired", {"width": ["height"]}),),
        "request-bound-narrower",
        "`dependentRequired` of the body",
        "request-bound-wider",
    ),
    "other rules of an object": Row(
        (_set(f"{REQUEST}/not", {"required": ["seed"]}),),
        "unclassified",
        "an edit that no rule knows",
        "unclassified",
        before=(_set(f"{REQUEST}/not", {"required": ["steps"]}),),
    ),
    "another meaning": Row(
        (_set(f"{FIELDS}/width/x-semantics", "image-height"), _set(f"{FIELDS}/height/x-semantics", "image-width")),
        "semantics-changed",
        "means `image-height` to the client, was `image-width`",
        "semantics-changed",
    ),
    "no meaning any more": Row(
        (Remove(f"{FIELDS}/prompt/x-semantics"),), "semantics-removed", "does not mean `prompt`", "semantics-added"
    ),
    "another random seed": Row(
        (_set(f"{FIELDS}/seed/x-random", -2),), "random-changed", "is `-2`, was `-1`", "random-changed"
    ),
    "no random seed any more": Row(
        (Remove(f"{FIELDS}/seed/x-random"),), "random-removed", "`-1` does not ask for a random one", "random-added"
    ),
    "a deprecated field": Row(
        (_set(f"{FIELDS}/denoise/deprecated", True),), "deprecated-on", "is deprecated", "deprecated-off"
    ),
    "another class": Row(
        (
            _set("/components/schemas/ImageOrder", {"type": "object", "properties": {"prompt": {"type": "string"}}}),
            *(_set(f"{at}/requestBody/content/application~1json/schema", {"$ref": ORDER}) for at in (POST, SUBMIT)),
        ),
        "class-renamed",
        "the class is called ImageOrder, was GenerateImageRequest",
        "class-renamed",
    ),
    "a body that may be left out": Row(
        (_set(f"{POST}/requestBody/required", False),), "body-now-optional", "the body is optional", "body-now-required"
    ),
    "another media type": Row(
        (_set(f"{CREDITS}/get/requestBody/content/text~1plain", _TEXT),),
        "media-type-added",
        "`get_user_credits`: takes text/plain too",
        "media-type-removed",
        before=(_set(f"{CREDITS}/get/requestBody", {"content": {"application/json": _TEXT}}),),
    ),
    "another media type first": Row(
        (
            _set(
                f"{CREDITS}/get/requestBody", {"content": {"application/vnd.x+json": _TEXT, "application/json": _TEXT}}
            ),
        ),
        "media-type-sent",
        "bodies are sent as application/vnd.x+json, was application/json",
        "media-type-sent",
        before=(
            _set(
                f"{CREDITS}/get/requestBody",
                {"content": {"application/json": _TEXT, "application/vnd.x+json": _TEXT}},
            ),
        ),
    ),
    "a form of another encoding": Row(
        (_set(f"{FORM}/encoding", {"tags": {"explode": True}}),),
        "encoding-changed",
        "the form is encoded in another way",
        "encoding-changed",
        before=(
            _set(f"{CREDITS}/get/requestBody", {"content": {"application/x-www-form-urlencoded": _FORM}}),
            _set(f"{FORM}/encoding", {"tags": {"explode": False}}),
        ),
    ),
}
"""What callers send."""

_USAGE = {"operationId": "listUsage", "responses": {"200": {"description": "The usage."}}}

OPERATION_ROWS = {
    "a new operation": Row(
        (_set("/paths/~1v1~1usage", {"get": _USAGE}),),
        "operation-added",
        "`list_usage`: the operation is new",
        "operation-removed",
    ),
    "another name": Row(
        (_set(f"{CREDITS}/get/operationId", "getBalance"),),
        "operation-renamed",
        "`get_balance`: the operation is called get_balance, was get_user_credits",
        "operation-renamed",
    ),
    "another path": Row(
        (_set("/paths/~1v1~1usage", {"get": _USAGE}), Remove("/paths/~1v1~1used")),
        "path-changed",
        "`list_usage`: is sent to GET /v1/usage, was GET /v1/used",
        "path-changed",
        before=(_set("/paths/~1v1~1used", {"get": _USAGE}),),
    ),
    "another group": Row(
        (_set(f"{CREDITS}/get/tags", ["images"]),), "module-changed", "is in the group images", "module-changed"
    ),
    "a shorter timeout": Row(
        (_set(f"{POST}/x-timeout-seconds", 100),),
        "timeout-lowered",
        "times out after 100 seconds, was 300",
        "timeout-raised",
    ),
    "no timeout": Row(
        (Remove(f"{POST}/x-timeout-seconds"),), "timeout-changed", "another default timeout", "timeout-changed"
    ),
    "a higher price": Row(
        (_set(f"{POST}/x-price-usd", 0.01),), "price-raised", "costs 0.01 US dollars, was 0.008", "price-lowered"
    ),
    "no price": Row((Remove(f"{POST}/x-price-usd"),), "price-changed", "has another price", "price-changed"),
    "pages": Row(
        (_set(f"{STATUS}/x-pages", {"next": "page"}),),
        "pages-added",
        "`get_request_status`: has pages",
        "pages-removed",
    ),
    "other pages": Row(
        (_set(f"{STATUS}/x-pages", False),),
        "pages-changed",
        "has other pages",
        "pages-changed",
        before=(_set(f"{STATUS}/x-pages", {"next": "page"}),),
    ),
    "an optional parameter": Row(
        (_set(f"{CREDITS}/get/parameters", [_LIMIT]),),
        "parameter-added",
        "`limit` of `get_user_credits`",
        "parameter-removed",
    ),
    "a required parameter": Row(
        (_set(f"{CREDITS}/get/parameters", [{**_LIMIT, "required": True}]),),
        "parameter-added-required",
        "`limit` of `get_user_credits`: the parameter is new and required",
        "parameter-removed",
    ),
    "a parameter that is required now": Row(
        (_set(f"{CREDITS}/get/parameters", [{**_LIMIT, "required": True}]),),
        "field-now-required",
        "is required now",
        "parameter-now-optional",
        before=(_set(f"{CREDITS}/get/parameters", [_LIMIT]),),
    ),
    "a parameter in a header": Row(
        (_set(f"{CREDITS}/get/parameters", [{**_LANGUAGE, "in": "header"}]),),
        "parameter-moved",
        "the parameter is sent in the header, was in the query",
        "parameter-moved",
        before=(_set(f"{CREDITS}/get/parameters", [_LANGUAGE]),),
    ),
    "a parameter that is written in another way": Row(
        (_set(f"{CREDITS}/get/parameters", [{**_LANGUAGE, "style": "pipeDelimited"}]),),
        "style-changed",
        "is written in another way: `pipeDelimited`, was `form`",
        "style-changed",
        before=(_set(f"{CREDITS}/get/parameters", [_LANGUAGE]),),
    ),
    "a parameter that is written in yet another way": Row(
        (_set(f"{CREDITS}/get/parameters", [{**_LANGUAGE, "style": "spaceDelimited"}]),),
        "style-changed",
        "is written in another way: `spaceDelimited`, was `pipeDelimited`",
        "style-changed",
        before=(_set(f"{CREDITS}/get/parameters", [{**_LANGUAGE, "style": "pipeDelimited"}]),),
    ),
    "a parameter of fewer values": Row(
        (_set("/components/parameters/RequestId/schema/minLength", 8),),
        "request-bound-narrower",
        "`minLength` of `request_id` of `get_request_status` and `get_request_result`",
        "request-bound-wider",
    ),
    "a body that was not there": Row(
        (_set(f"{CREDITS}/get/requestBody", {"content": {"application/json": _TEXT}}),),
        "body-added",
        "takes a body now",
        "body-removed",
    ),
    "a required body that was not there": Row(
        (_set(f"{CREDITS}/get/requestBody", {"required": True, "content": {"application/json": _TEXT}}),),
        "body-added-required",
        "takes a body now, which is required",
        "body-removed",
    ),
    "no proof needed": Row(
        (_set(f"{CREDITS}/get/security", []),), "security-added", "no key is accepted, too", "security-removed"
    ),
    "a scope of the key": Row(
        (_set("/security/0/apiKey", ["images"]),),
        "scope-added",
        "the call of all operations: the key needs the scope images now",
        "scope-removed",
    ),
    "the key in another header": Row(
        (_set("/components/securitySchemes/apiKey/name", "x-key"),),
        "key-changed",
        "`x-key`, was `x-api-key`",
        "key-changed",
    ),
    "the key from another variable": Row(
        (_set("/components/securitySchemes/apiKey/x-env", "FLUX_KEY"),),
        "env-changed",
        "the key `apiKey`: is read from FLUX_KEY, was SEGMIND_API_KEY",
        "env-changed",
    ),
    "the key from no variable": Row(
        (Remove("/components/securitySchemes/apiKey/x-env"),),
        "env-removed",
        "is not read from SEGMIND_API_KEY",
        "env-added",
    ),
    "another server": Row(
        (_set("/servers/0/url", "https://eu.segmind.com"),),
        "server-changed",
        "requests go to https://eu.segmind.com, was https://api.segmind.com",
        "server-changed",
    ),
    "a further server": Row(
        (_set("/servers/-", {"url": "https://eu.segmind.com"}),),
        "server-added",
        "https://eu.segmind.com",
        "server-removed",
    ),
    "the base URL from another variable": Row(
        (_set("/servers/0/x-env", "FLUX_URL"),), "env-changed", "the base URL: is read from FLUX_URL", "env-changed"
    ),
    "an operation at a server of its own": Row(
        (_set(f"{CREDITS}/get/servers", [{"url": "https://account.segmind.com"}]),),
        "server-changed",
        "`get_user_credits`: requests go to https://account.segmind.com, was the server of the document",
        "server-changed",
    ),
    "the log from another variable": Row(
        (_set("/info/x-log-env", "FLUX_LOG"),), "env-changed", "the log: is read from FLUX_LOG", "env-changed"
    ),
    "a keyword of ours where nothing reads it": Row(
        (_set(f"{POST}/x-random", 7),),
        "unclassified",
        "`x-random` of `generate_image`: an edit that no rule knows",
        "unclassified",
    ),
}
"""Which operations there are, and how they are called."""

RESPONSE_ROWS = {
    "a status that moved to another class": Row(
        (_set(f"{POST}/responses/410", {"$ref": "#/components/responses/NotFound"}),),
        "class-moved",
        "status 410 of `generate_image`: raises NotFoundError, was ModelRetiredError",
        "class-moved",
    ),
    "a status that a range covers": Row(
        (Remove(f"{CREDITS}/get/responses/404"), _set(f"{CREDITS}/get/responses/4XX", {"description": "No.", **ERROR})),
        "class-moved",
        "status 404 of `get_user_credits`: raises Status4XXError, was NotFoundError",
        "class-moved",
    ),
    "a new status": Row(
        (_set(f"{POST}/responses/402", {"description": "Pay.", **ERROR}),),
        "status-added",
        "status 402 of `generate_image`: raises PaymentRequiredError",
        "status-removed",
    ),
    "another success": Row(
        (_set(f"{CREDITS}/get/responses/202", {"description": "Later."}),),
        "success-added",
        "status 202 of `get_user_credits`: can succeed with another status",
        "success-removed",
    ),
    "a status that is billed": Row(
        (_set(f"{RESPONSES}/ServerError/x-billed", True),),
        "billed-on",
        "status 500 of all operations: is billed now",
        "billed-off",
    ),
    "a status of which nobody knows": Row(
        (Remove(f"{RESPONSES}/ServerError/x-billed"),),
        "billed-removed",
        "is not said to be billed or not",
        "billed-added",
    ),
    "a status that is sent again": Row(
        (_set(f"{RESPONSES}/ServerError/x-retry", True),), "retry-on", "is sent again now", "retry-off"
    ),
    "a status that ends a batch": Row(
        (_set(f"{RESPONSES}/ServerError/x-stops-batch", True),), "stops-batch-on", "ends a batch now", "stops-batch-off"
    ),
    "a new cause": Row(
        (
            _set(
                f"{RESPONSES}/NotAcceptable/x-causes/-",
                {"name": "Filtered", "pattern": "^Filter", "description": "It."},
            ),
        ),
        "cause-added",
        "`FilteredError` of `generate_image` and `submit_image`: the cause is new",
        "cause-removed",
    ),
    "a further cause before others": Row(
        (
            _set(
                f"{RESPONSES}/NotAcceptable/x-causes",
                [
                    {"name": "Filtered", "pattern": "credits", "description": "It."},
                    {"name": "NotEnoughCredits", "pattern": "^Insufficient credits", "description": "It."},
                ],
            ),
        ),
        "cause-added-before",
        "`FilteredError` of `generate_image` and `submit_image`: the cause is new, and looked for before others",
        "cause-removed",
        before=(
            _set(
                f"{RESPONSES}/NotAcceptable/x-causes",
                [{"name": "NotEnoughCredits", "pattern": "^Insufficient credits", "description": "It."}],
            ),
        ),
    ),
    "another text of a cause": Row(
        (_set(f"{RESPONSES}/NotAcceptable/x-causes/1/pattern", "^No credits"),),
        "cause-pattern-changed",
        "`NotEnoughCreditsError` of `generate_image` and `submit_image`: is told by `^No credits`",
        "cause-pattern-changed",
    ),
    "causes in another order": Row(
        (
            _set(
                f"{RESPONSES}/ServerError/x-causes",
                [{"name": name, "pattern": name, "description": "It."} for name in "BA"],
            ),
        ),
        "causes-reordered",
        "B, A, was A, B",
        "causes-reordered",
        before=(
            _set(
                f"{RESPONSES}/ServerError/x-causes",
                [{"name": name, "pattern": name, "description": "It."} for name in "AB"],
            ),
        ),
    ),
    "another media type of an image": Row(
        (_set(f"{RESPONSES}/Image/content/image~1png", {"schema": {"type": "string", "format": "binary"}}),),
        "read-media-type-added",
        "the body of status 200 of `generate_image`: can be image/png too",
        "read-media-type-removed",
    ),
    "a removed header": Row(
        (Remove(f"{RESPONSES}/Image/headers/x-generation-time"),),
        "header-removed",
        "the header `x-generation-time` of `generate_image`: the header is gone",
        "header-added",
    ),
    "a header with another meaning": Row(
        (_set("/components/headers/Cost/x-semantics", "remaining-credits"),),
        "semantics-changed",
        "the header `x-cost` of `generate_image`: means `remaining-credits`",
        "semantics-changed",
    ),
    "a header of another type": Row(
        (_set("/components/headers/Cost/schema/type", "string"),),
        "response-type-other",
        "the header `x-cost` in the response of `generate_image`: is string, was number",
        "response-type-other",
    ),
    "a removed field of a response": Row(
        (Remove(f"{RESULT}/seed"), Remove(f"{JOB}/reports/seed")),
        "response-field-removed",
        "`seed` in the response of",
        "response-field-added",
    ),
    "a renamed field of a response": Row(
        (Remove(f"{RESULT}/note"), _set(f"{RESULT}/remark", {"type": "string", "maxLength": 9})),
        "response-field-renamed",
        "the field is called remark, was note",
        "response-field-renamed",
        before=(_set(f"{RESULT}/note", {"type": "string", "maxLength": 9}),),
    ),
    "a field of a response that can be missing": Row(
        (_set("/components/schemas/UserCredits/required", []),),
        "response-field-now-optional",
        "`credits` in the response of `get_user_credits`: can be missing now",
        "response-field-now-required",
    ),
    "a field that is not in responses": Row(
        (_set(f"{RESULT}/seed/writeOnly", True), Remove(f"{JOB}/reports/seed")),
        "response-field-now-write-only",
        "is not in responses",
        "response-field-now-read",
    ),
    "a field of a response that can be null": Row(
        (_set(f"{RESULT}/seed/type", ["string", "null"]),),
        "response-null-wider",
        "`seed` in the response of `get_request_result`: can be null now",
        "response-null-narrower",
    ),
    "a field of a response of a wider type": Row(
        (_set("/components/schemas/JobMetrics/properties/retry_count/type", "number"),),
        "response-type-wider",
        "`retry_count` in the response of",
        "response-type-narrower",
    ),
    "a further value of a response": Row(
        (_set(f"{RESULT}/status/enum/-", "PAUSED"),),
        "response-enum-wider",
        '`status` in the response of `get_request_result`: can be "PAUSED" too',
        "response-enum-narrower",
    ),
    "a wider range of a response": Row(
        (_set("/components/schemas/JobMetrics/properties/cost/maximum", 9),),
        "response-bound-wider",
        "`maximum` of `cost`",
        "response-bound-narrower",
        before=(_set("/components/schemas/JobMetrics/properties/cost/maximum", 5),),
    ),
    "another format of a response": Row(
        (_set(f"{RESULT}/seed/format", "uuid"),), "response-other", "`seed` in the response of", "response-other"
    ),
    "a wider format of a response": Row(
        (_set("/components/schemas/JobMetrics/properties/retry_count/format", "int64"),),
        "response-wider",
        "`int64`, was `int32`",
        "response-narrower",
        before=(_set("/components/schemas/JobMetrics/properties/retry_count/format", "int32"),),
    ),
    "another encoding of a response": Row(
        (_set("/components/headers/OutputMetadata/schema/contentMediaType", "text/plain"),),
        "content-changed",
        "is encoded in another way",
        "content-changed",
    ),
    "an encoding of a response": Row(
        (_set(f"{RESULT}/seed/contentEncoding", "base64"),),
        "content-added",
        "is encoded as `base64`",
        "content-removed",
    ),
    "a link to elsewhere": Row(
        (_set(f"{RESPONSES}/Queued/links/status/operationId", "getRequestResult"),),
        "link-changed",
        "the link `status` of `submit_image`: leads elsewhere",
        "link-changed",
    ),
    "a further link": Row(
        (_set(f"{RESPONSES}/Queued/links/credits", {"operationId": "getUserCredits"}),),
        "link-added",
        "the link `credits`",
        "link-removed",
    ),
    "no job": Row((Remove(JOB),), "job-removed", "`submit_image`: does not start a job any more", "job-added"),
    "another handle": Row(
        (_set(f"{JOB}/name", "Order"),),
        "job-class-changed",
        "its handle is called Order, was ImageJob",
        "job-class-changed",
    ),
    "a shorter wait for a job": Row(
        (_set(f"{JOB}/timeout-seconds", 60),),
        "job-time-lowered",
        "`submit_image`: 60 seconds, was 600",
        "job-time-raised",
    ),
    "no wait for a job": Row((Remove(f"{JOB}/record-seconds"),), "job-time-changed", "was 3600", "job-time-changed"),
    "a job that is read in another way": Row(
        (_set(f"{JOB}/failed", ["FAILED", "PROCESSING"]), _set(f"{JOB}/active", ["QUEUED"])),
        "job-changed",
        "its handle reads jobs in another way",
        "job-changed",
    ),
}
"""What comes back."""

DOCS_ROWS = {
    "a description": Row(
        (_set(f"{FIELDS}/steps/description", "How often."),), "description", "in other words", "description"
    ),
    "a summary": Row(
        (_set(f"{POST}/summary", "Make it."),), "description", "`generate_image`: is described", "description"
    ),
    "a title": Row((_set("/info/title", "Flux"),), "description", "the service", "description"),
    "an evidence grade": Row((_set(f"{FIELDS}/steps/x-evidence", "vendor"),), "evidence", "evidence grade", "evidence"),
    "an example": Row(
        (_set(f"{POST}/requestBody/content/application~1json/example/steps", 3),),
        "example",
        "another example",
        "example",
    ),
    "what provokes a status": Row(
        (_set(f"{RESPONSES}/NotFound/x-provoked-by", []),), "probing", "is probed", "probing"
    ),
    "a mistaken name": Row((_set(f"{FIELDS}/steps/x-mistaken-names/-", "iterations"),), "hint", "other hints", "hint"),
    "a typical duration": Row(
        (_set(f"{POST}/x-typical-seconds", 20),), "hint", "`generate_image`: has other hints", "hint"
    ),
    "what was meant before": Row(
        (_set(f"{POST}/deprecated", False),), "written", "says what was meant before", "written"
    ),
    "values in another order": Row(
        (
            _set(
                f"{FIELDS}/scheduler/enum", ["karras", "normal", "exponential", "sgm_uniform", "simple", "ddim_uniform"]
            ),
        ),
        "written",
        "says what was meant before",
        "written",
    ),
    "a format that is not checked": Row(
        (_set(f"{RESULT}/output/format", "uri"),), "unchecked", "`output` in the response of", "unchecked"
    ),
    "a default of a response": Row(
        (_set(f"{RESULT}/seed/default", "1"),), "response-default", "`seed` in the response of", "response-default"
    ),
    "a keyword of another tool": Row(
        (_set(f"{POST}/x-codeSamples", [{"lang": "curl"}]),),
        "foreign",
        '`x-codeSamples` of `generate_image`: is a note for other tools (`[{"lang": "curl"}]`, was none)',
        "foreign",
    ),
    "a keyword of another tool in a field": Row(
        (_set(f"{FIELDS}/steps/x-order", 1),), "foreign", "`x-order` of `steps`", "foreign"
    ),
    "the name of an operation in other letters": Row(
        (_set(f"{CREDITS}/get/operationId", "get_user_credits"),),
        "written",
        "`get_user_credits`: says what was meant before",
        "written",
    ),
    "the key of each operation, where there was that of all": Row(
        (Remove("/security"), *(_set(f"{at}/security", [{"apiKey": []}]) for at in (POST, SUBMIT, *GETS))),
        "written",
        "the document: says what was meant before",
        "written",
    ),
    "a component that nothing uses": Row(
        (_set("/components/schemas/Later", {"type": "string"}),), "unused", "the component `Later`", "unused"
    ),
}
"""What only readers of the documentation notice."""

ROWS = {**REQUEST_ROWS, **OPERATION_ROWS, **RESPONSE_ROWS, **DOCS_ROWS}
