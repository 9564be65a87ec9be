"""JSON pointers of the facts in `openapi/flux-schnell.yaml`."""

PATH = "/paths/~1v1~1flux-schnell"
OPERATION = f"{PATH}/post"
OPERATION_TEXT = f"{OPERATION}/description"
RESPONSES = f"{OPERATION}/responses"
BODY = f"{OPERATION}/requestBody"
REQUEST = "/components/schemas/GenerateImageRequest"
REQUIRED = f"{REQUEST}/required"
ERROR = "/components/schemas/ErrorBody"
API_KEY = "/components/securitySchemes/apiKey"
IMAGE = "/components/responses/Image"
JPEG = f"{IMAGE}/content/image~1jpeg"

SUBMIT_PATH = "/paths/~1v2~1flux-schnell"
SUBMIT = f"{SUBMIT_PATH}/post"
STATUS_PATH = "/paths/~1v2~1requests~1{request_id}~1status"
RESULT_PATH = "/paths/~1v2~1requests~1{request_id}"
STATUS_GET = f"{STATUS_PATH}/get"
RESULT_GET = f"{RESULT_PATH}/get"
CREDITS_PATH = "/paths/~1v1~1get-user-credits"
QUEUED = "/components/responses/Queued"
JOB = f"{QUEUED}/x-job"
LINKS = f"{QUEUED}/links"
FAILED = "/components/responses/Unprocessable"
CREDITS_GET = f"{CREDITS_PATH}/get"
CREDITS = "/components/responses/Credits"

STATUSES = {
    "Image": 200,
    "BadRequest": 400,
    "Unauthorized": 401,
    "ModelNotPermitted": 403,
    "NotFound": 404,
    "MethodNotAllowed": 405,
    "NotAcceptable": 406,
    "ModelRetired": 410,
    "RateLimited": 429,
    "ServerError": 500,
}
_NOTHING_REQUIRED = ("JobMetrics",)
ERRORS = tuple(name for name in STATUSES if name != "Image")


def field_pointer(name: str, *keywords: str) -> str:
    """Return the pointer of a request field, or of one of its keywords."""
    return "/".join((f"{REQUEST}/properties/{name}", *keywords))


def schema_pointers(name: str, *properties: str) -> tuple[str, ...]:
    """Return the pointers of properties of a named schema, and of what it requires; of all of it by default."""
    schema = f"/components/schemas/{name}"
    if not properties:
        return (schema,)
    required = () if name in _NOTHING_REQUIRED else (f"{schema}/required",)
    return (*required, *(f"{schema}/properties/{one}" for one in properties))


def job_pointers(*keys: str) -> tuple[str, ...]:
    """Return the pointers of what the document says of jobs beside their links."""
    return tuple(f"{JOB}/{key}" for key in keys)


def response_pointer(name: str, *below: str) -> str:
    """Return the pointer of a named response, or of something below it."""
    return "/".join((f"/components/responses/{name}", *below))


def status_pointers(name: str) -> tuple[str, str]:
    """Return the pointers of both places that define the status of a named response."""
    return response_pointer(name), f"{RESPONSES}/{STATUSES[name]}"


def header_pointers(component: str, name: str) -> tuple[str, str]:
    """Return the pointers of both places that define a header of an image."""
    return f"/components/headers/{component}", response_pointer("Image", "headers", name)


def error_contents(*names: str) -> tuple[str, ...]:
    """Return the pointers of the places that define the bodies of the named errors; of all errors by default."""
    return (ERROR, *(response_pointer(name, "content") for name in names or ERRORS))
