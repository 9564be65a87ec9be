"""`links` and `x-job` that no handle could be made of: each problem is named, with the line that it is in."""

from functools import cache

import pytest
from attrs import frozen

from generator.checks.validation import selected
from generator.document.document import Document, SpecError
from tests.generator.generation import DOCUMENT


@frozen
class Edit:
    """A change of the real document.

    Args:
        old: The text to replace, wherever it stands.
        new: The text to put there.
        place: A text on the line that the message has to name; the first line that has it.
        message: A part of the message.
        also: Another text, and the one to put in its place.
    """

    old: str
    new: str
    place: str
    message: str
    also: tuple[str, str] = ("\n", "\n")


BODY = "parameters: {request_id: $response.body#/request_id}"
TLS = ("url: https://api.segmind.com", "url: http://api.segmind.com")
RESULT_PATH = "  /v2/requests/{request_id}:\n    parameters:\n"

KEYS = {
    "an unknown key": Edit("poll-seconds: 1", "poll-second: 1", "poll-second: 1", "did you mean 'poll-seconds'?"),
    "a missing key": Edit("        state: /status\n", "", "x-job:\n", "a job needs `state`"),
    "no object": Edit(
        "x-job:\n        name: ImageJob\n", "x-job: ImageJob\n      x-other:\n", "x-job: I", "is an object"
    ),
    "a name that cannot be a class": Edit("name: ImageJob", "name: image job", "name: image", "it becomes a class"),
    "a keyword as its name": Edit("name: ImageJob", 'name: "None"', 'name: "None"', "it becomes a class"),
    "a name with a quote": Edit("name: ImageJob", "name: Image'Job", "name: Image'", "it becomes a class"),
    "a pointer that is not one": Edit("state: /status", "state: status", "state: status\n", "it takes a JSON pointer"),
    "states that are no list": Edit("done: [COMPLETED]", "done: COMPLETED", "done: COMP", "it takes a list of states"),
    "a state that is true": Edit("failed: [FAILED]", "failed: [true]", "failed: [true]", "it takes a list of states"),
    "no state of success": Edit("done: [COMPLETED]", "done: []", "done: []", "no job would end"),
    "a status of success as gone": Edit("gone: [404]", "gone: [200]", "gone: [200]", "statuses from 400 to 599"),
    "no time between polls": Edit("poll-seconds: 1", "poll-seconds: 0", "poll-seconds: 0", "seconds above 0"),
    "a time beyond any calendar": Edit(
        "record-seconds: 3600", "record-seconds: 1e300", "record-seconds: 1e300", "seconds up to 1,000,000,000"
    ),
    "a time in words": Edit("record-seconds: 3600", "record-seconds: 1h", "record-seconds: 1h", "seconds above 0"),
    "a key or not, in words": Edit("image-key: false", "image-key: never", "image-key: n", "it takes true or false"),
    "reports without names": Edit(
        "reports:\n          cost: /metrics/cost\n",
        "reports: [/seed]\n        x-evidence:\n",
        "reports: [",
        "JSON pointers",
    ),
    "a report of an impossible name": Edit(
        "cost: /metr", "Cost!: /metr", "reports:", "is not a word for `x-semantics`"
    ),
    "an unknown grade": Edit(
        "record-seconds: 3600",
        "record-seconds: 3600\n        x-evidence: hearsay",
        "x-evidence: hearsay",
        "'hearsay' is not a grade",
    ),
}

PLACES = {
    "at an operation": Edit(
        "operationId: submitImage", "operationId: submitImage\n      x-job: {}", "x-job: {}", "has no effect here"
    ),
    "beside the statuses": Edit(
        '        "200":\n          $ref: "#/components/responses/Queued"',
        '        x-job: {}\n        "200":\n          $ref: "#/components/responses/Queued"',
        "x-job: {}",
        "has no effect here",
    ),
    "at a schema": Edit("The job that was queued.", "Queued.\n      x-job: {}", "x-job: {}", "has no effect here"),
    "at a failure": Edit(
        '        "400":\n          $ref: "#/components/responses/BadRequest"',
        '        "400": {description: Bad., x-job: {}}',
        "x-job: {}",
        "stands at a response of success",
    ),
    "beside another success": Edit(
        '        "200":\n          $ref: "#/components/responses/Queued"',
        '        "201": {description: Done.}\n        "200":\n          $ref: "#/components/responses/Queued"',
        "responses: # of the order",
        "has one response of success",
    ),
}

LINKS = {
    "an unknown link": Edit(
        "        status: status\n", "        status: state\n", "status: state\n", "no link 'state'"
    ),
    "an unknown operation": Edit(
        "operationId: getRequestStatus\n          desc",
        "operationId: getRequestState\n          desc",
        "operationId: getRequestState\n",
        "no operation with the operationId 'getRequestState'; did you mean 'getRequestStatus'?",
    ),
    "an operation elsewhere": Edit(
        "operationId: getRequestStatus\n          desc",
        "operationRef: https://b.example/#/paths\n          desc",
        "status:\n          operationRef",
        "names its operation by an `operationId`",
    ),
    "no parameters": Edit(f"          {BODY}\n", "", "status:\n          operationId", "this one has no parameter"),
    "two parameters": Edit(
        BODY,
        "parameters: {request_id: $response.body#/request_id, path.request_id: $response.body#/status}",
        "status:\n          operationId",
        "this one has 2 parameters",
    ),
    "an unknown parameter": Edit(
        BODY,
        "parameters: {id: $response.body#/request_id}",
        "{id: $resp",
        "no parameter 'id'; its parameters: request_id",
    ),
    "a parameter that is missing": Edit(
        BODY, "parameters: {id: $response.body#/request_id}", "status:\n          operationId", "gives no 'request_id'"
    ),
    "a value that the body does not have": Edit(
        "$response.body#/request_id", "$response.body#/id", "$response.body#/id", "no value at /id in its body"
    ),
    "a header that the response does not have": Edit(
        "$response.body#/request_id", "$response.header.location", "header.loc", "the response has no header 'location'"
    ),
    "a constant": Edit(
        "$response.body#/request_id", "a-b-c", "{request_id: a-b", "'a-b-c' is not a value of the response"
    ),
    "a value of the request": Edit(
        "$response.body#/request_id", "$request.body#/seed", "{request_id: $req", "is not a value of the response"
    ),
    "an operation that is not safe": Edit(
        f'{RESULT_PATH}      - $ref: "#/components/parameters/RequestId"\n    get:',
        f'{RESULT_PATH}      - $ref: "#/components/parameters/RequestId"\n    post:',
        "operationId: getRequestResult\n          desc",
        "getRequestResult is a POST: a job is asked for by GET",
    ),
    "an id in the query": Edit(
        "      operationId: getRequestResult\n      tags",
        "      parameters: [{name: id, in: query, schema: {}}]\n      operationId: getRequestResult\n      tags",
        "{id: $resp",
        "'id' is a query parameter: the job's id has to stand in the path",
        also=(
            f"once it is done.\n          {BODY}",
            "once it is done.\n          parameters: {id: $response.body#/request_id}",
        ),
    ),
}

VALUES = {
    "a state that no response has": Edit("state: /status", "state: /state", "state: /state", "has no value at /state"),
    "a state that is an object": Edit("state: /status", "state: /metrics", "state: /metrics", "is of type object"),
    "an image that no response has": Edit(
        "image: /images/0/url", "image: /images/0/uri", "0/uri", "no value at /images/0/uri"
    ),
    "an image that is an object": Edit("image: /images/0/url", "image: /images/0", "image: /images/0", "type object"),
    "an image of a list without a number": Edit(
        "/images/0/url", "/images/url", "/images/url", "no value at /images/url"
    ),
    "an error that no response has": Edit("error: /error", "error: /reason", "error: /reason", "no value at /reason"),
    "a report that no response has": Edit(
        "/metrics/cost", "/metrics/costs", "/metrics/costs", "no value at /metrics/costs"
    ),
    "a report of a list": Edit("cost: /metrics/cost", "cost: /images", "cost: /images", "/images is of type array"),
    "a state in two lists": Edit(
        "done: [COMPLETED]", "done: [COMPLETED, QUEUED]", "done: [", "the state 'QUEUED' is in `active` and `done`"
    ),
    "a state twice": Edit(
        "[QUEUED, PROCESSING]", "[QUEUED, QUEUED]", "active: [", "the state 'QUEUED' is in `active` twice"
    ),
    "a state that the schema does not list": Edit(
        "[QUEUED, PROCESSING]", "[QUEUED, RUNNING]", "active: [", "the schema of /status has no 'RUNNING'"
    ),
    "a state of another type": Edit("failed: [FAILED]", "failed: [3]", "failed: [3]", "the schema of /status has no 3"),
    "a status that is not documented": Edit(
        "gone: [404]", "gone: [402]", "gone: [402]", "no response with the status 402"
    ),
}

ROUTES = {
    "an unknown operation to stand in for": Edit(
        "instead-of: generateImage", "instead-of: generateImages", "instead-of:", "did you mean 'generateImage'?"
    ),
    "an operation that gives no image": Edit(
        "instead-of: generateImage",
        "instead-of: getUserCredits",
        "instead-of:",
        "getUserCredits does not give an image",
    ),
    "an operation with another request": Edit(
        "instead-of: generateImage",
        "instead-of: getUserCredits",
        "instead-of:",
        "takes another request than submitImage",
    ),
    "its own operation": Edit(
        "instead-of: generateImage", "instead-of: submitImage", "instead-of:", "starts a job itself"
    ),
    "a key without TLS": Edit(
        "image-key: false", "image-key: true", "image-key:", "the key would go to the image without TLS", TLS
    ),
}

GROUPS = (KEYS, PLACES, LINKS, VALUES, ROUTES)
CASES = [pytest.param(edit, id=name) for group in GROUPS for name, edit in group.items()]


@cache
def real() -> str:
    """The text of the real document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    order = text.index("operationId: submitImage")
    return text[:order] + text[order:].replace("      responses:\n", "      responses: # of the order\n", 1)


def problems(text: str) -> dict[str, int]:
    """What costs operations of a document, each with its line."""
    document = Document.parse("queue.yaml", text)
    try:
        lost = selected(document).left_out
        found = str(document.error({problem for one in lost for problem in one.problems}))
    except SpecError as error:
        found = str(error)
    lines = [line.split(":", 2) for line in found.splitlines()]
    return {message: int(line) for _, line, message in lines}


def line_of(text: str, place: str) -> int:
    """The number of the line where a text starts, behind the comment at the head."""
    return text[: text.index(place, text.index("\npaths:"))].count("\n") + 1


@pytest.mark.parametrize("edit", CASES)
def test_a_job_that_cannot_be_used_is_refused(edit: Edit) -> None:
    """The message says what is wrong, and names its line."""
    assert edit.old in real()
    text = real().replace(edit.old, edit.new).replace(*edit.also)
    found = {line for message, line in problems(text).items() if edit.message in message}
    assert found, problems(text)
    assert line_of(text, edit.place) in found


def test_the_real_document_has_no_such_problem() -> None:
    """The document that they are all made from can be used."""
    assert problems(real()) == {}


def test_two_operations_cannot_start_the_same_job() -> None:
    """They would be two handles of one name, and two routes of one operation."""
    second = real().replace(
        "  /v1/get-user-credits:\n",
        "  /v3/flux-schnell:\n    post:\n      operationId: orderImage\n      requestBody:\n        required: true\n"
        "        content:\n          application/json:\n"
        '            schema: {$ref: "#/components/schemas/GenerateImageRequest"}\n'
        '      responses: {"200": {$ref: "#/components/responses/Queued"}}\n'
        "  /v1/get-user-credits:\n",
    )
    found = " / ".join(problems(second))
    assert "the job 'ImageJob' is described twice: submitImage starts one, and orderImage" in found
    assert "submitImage is another route of generateImage already" in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('          schema: {$ref: "#/components/schemas/JobResult"}\n', "          example: {}\n"),
        (
            "    JobMetrics:\n      type: object\n",
            "    JobMetrics:\n      type: object\n      additionalProperties: true\n",
        ),
    ],
)
def test_an_open_schema_is_taken_at_its_word(old: str, new: str) -> None:
    """Where a schema allows more than it describes, a value may be there."""
    text = real().replace(old, new)
    assert text != real()
    assert problems(text.replace("cost: /metrics/cost", "cost: /metrics/costs")) == {}


def test_links_are_checked_without_a_job() -> None:
    """A link of any response has to lead somewhere, and only that: what other tools make of it is theirs.

    Nothing is generated from it, so that a link into the void costs nothing, and is reported.
    """
    text = real()
    start = text.index("      x-job:\n")
    end = text.index("    JobStatus:\n      description: The state of the job.\n      x-billed")
    plain = text[:start] + text[end:]
    assert problems(plain) == {}
    assert odd_links(plain.replace("operationId: getRequestStatus\n          desc", "operationId: x\n          desc"))
    assert odd_links(plain.replace("parameters: {request_id: $response.body#/request_id}", "parameters: {a: 1}"))
    assert not odd_links(plain.replace("$response.body#/request_id", "$request.path.id"))


def odd_links(text: str) -> list[str]:
    """What is said of links that cost no operation."""
    selection = selected(Document.parse("queue.yaml", text))
    assert not selection.left_out
    return [one.message for one in selection.approximated if one.instead == "the link has no effect"]
