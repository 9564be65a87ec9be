"""The table of jobs: each fault of a queue or of its image host, and what the client has to make of it.

The facts are the vendor's: states, statuses and what is billed. Here a poll comes 20 ms after the last one, and a job
takes 60 ms.
"""

from attrs import evolve

from segmind_flux_schnell import (
    GatewayError,
    InvalidImageError,
    InvalidResponseError,
    JobExpiredError,
    JobFailedError,
    JobTimeoutError,
    MismatchError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitedError,
    RedirectRefusedError,
    ServerError,
    UnauthorizedError,
    UndocumentedStatusError,
)
from tests.client.faults.job_fault import IMAGE, JobFault, kept, nothing
from tests.client.faults.limits import LIMIT, LIMITED
from tests.client.faults.queue_relay import (
    At,
    Cut,
    Edited,
    Instead,
    Redirected,
    closed,
    collected_meanwhile,
    dripping,
    lost,
    passed,
    refusal,
    silent,
)
from tests.client.faults.responses import HTML, HTML_TYPE, JSON_TYPE
from tests.client.images import jpeg
from tests.client.responding_server import JPEG_TYPE, http_response

ENOUGH = 0.5
"""Seconds for a call that does not end before, and in which a job ends."""

ANOTHER_SIZE = Instead(http_response("200 OK", jpeg(640, 512), JPEG_TYPE))
PAGE = Instead(http_response("200 OK", HTML, HTML_TYPE))
BAD_GATEWAY = Instead(http_response("502 Bad Gateway", HTML, HTML_TYPE))
NO_RECORD = refusal("404 Not Found", error="Request id not found, or its record has expired")
LIMITED_FOR_NOW = refusal("429 Too Many Requests", "retry-after: 0")
LIMITED_FOR_LONG = refusal("429 Too Many Requests", "retry-after: 3600")
FAILED = {"status": "FAILED", "error": "CUDA out of memory"}
FAILED_FOR_FREE = {**FAILED, "metrics": {"total_time": 0.1}}
ENDLESS = Instead(http_response("200 OK", b"\xff\xd8\xff" + bytes(4 * LIMIT), JPEG_TYPE))
WITHOUT_ID = Instead(http_response("200 OK", b'{"status": "QUEUED"}', JSON_TYPE))

SUBMITTING = (
    JobFault("no fault", IMAGE),
    JobFault(
        "the answer to the submit is lost",
        nothing(OutcomeUnknownError, billed=None, charged=1, reserved=1),
        {"submit": [lost]},
    ),
    JobFault("the answer to the submit breaks off behind the id", IMAGE, {"submit": [Cut(b'", "status"')]}),
    JobFault(
        "the answer to the submit breaks off before the id",
        nothing(InvalidResponseError, billed=True, charged=1, bought=1),
        {"submit": [Cut(b'{"request_id"')]},
    ),
    JobFault(
        "the submit is answered without an id",
        nothing(InvalidResponseError, billed=True, bought=1),
        {"submit": [WITHOUT_ID]},
    ),
    JobFault(
        "the submit has to wait", evolve(IMAGE, submits=3), {"submit": [LIMITED_FOR_NOW, LIMITED_FOR_NOW, passed]}
    ),
    JobFault("a 502 for the submit", nothing(GatewayError, billed=None, reserved=1), {"submit": [BAD_GATEWAY]}),
    JobFault("the submit is refused", nothing(UnauthorizedError), {"submit": [refusal("401 Unauthorized")]}),
)
POLLING = (
    JobFault(
        "a status that goes backwards",
        IMAGE,
        {
            "status": [
                Edited({"status": "COMPLETED"}),
                Edited({"status": "PROCESSING"}),
                Edited({"status": "QUEUED"}),
                passed,
            ],
            "result": [Edited({"status": "PROCESSING", "images": []}), passed],
        },
    ),
    JobFault("a state that is not documented", IMAGE, {"status": [Edited({"status": "WARMING"}), passed]}),
    JobFault(
        "a state that is not documented and stays",
        kept(JobTimeoutError),
        {"status": [Edited({"status": "WARMING"})]},
        deadline=ENOUGH,
    ),
    JobFault(
        "a job that does not end",
        kept(JobTimeoutError),
        {"status": [Edited({"status": "PROCESSING"})]},
        deadline=ENOUGH,
    ),
    JobFault("429 while polling", IMAGE, {"status": [LIMITED_FOR_NOW, LIMITED_FOR_NOW, passed]}),
    JobFault("429 for the result", IMAGE, {"result": [LIMITED_FOR_NOW, passed]}),
    JobFault("429 for longer than the call may take", kept(RateLimitedError), {"status": [LIMITED_FOR_LONG]}),
    JobFault("500 while polling", IMAGE, {"status": [refusal("500 Internal Server Error"), passed]}),
    JobFault("500 for the result", IMAGE, {"result": [refusal("500 Internal Server Error"), passed]}),
    JobFault("500 that stays", kept(ServerError), {"status": [refusal("500 Internal Server Error")]}, deadline=ENOUGH),
    JobFault("502 while polling", IMAGE, {"status": [BAD_GATEWAY, BAD_GATEWAY, passed]}),
    JobFault("502 that stays", kept(GatewayError), {"status": [BAD_GATEWAY]}, deadline=ENOUGH),
    JobFault(
        "connections that break while polling", IMAGE, {"status": [closed, lost, passed], "result": [closed, passed]}
    ),
    JobFault(
        "a service that is gone after the submit", kept(OutcomeUnknownError), {"status": [closed]}, deadline=ENOUGH
    ),
    JobFault("a status that never comes", kept(JobTimeoutError), {"status": [silent]}, deadline=ENOUGH),
    JobFault("a status that breaks off", IMAGE, {"status": [Cut(), passed]}),
    JobFault("a page in place of the status", IMAGE, {"status": [PAGE, passed]}),
    JobFault("a page that stays", kept(InvalidResponseError), {"status": [PAGE]}, deadline=ENOUGH),
    JobFault("the key is refused while polling", kept(UnauthorizedError), {"status": [refusal("401 Unauthorized")]}),
    JobFault("a redirect while polling", kept(RedirectRefusedError), {"status": [Redirected()]}),
)
ENDING = (
    JobFault("a job that fails", nothing(JobFailedError, is_named=True), arguments={"extra_body": {"steps": 9}}),
    JobFault(
        "a failed job with the status 200",
        nothing(JobFailedError, is_named=True, charged=1, is_there=True),
        {"status": [Edited(FAILED)]},
    ),
    JobFault(
        "a job that fails between two polls",
        nothing(JobFailedError, is_named=True, charged=1, is_there=True),
        {"status": [Edited({"status": "COMPLETED"})], "result": [Edited(FAILED_FOR_FREE, status=422)]},
    ),
    JobFault(
        "a failed job that the service charges for",
        kept(JobFailedError, True),
        {"status": [Edited({**FAILED, "metrics": {"cost": 0.008}}, status=422)]},
    ),
    JobFault("a record that has expired", kept(JobExpiredError), {"status": [NO_RECORD]}),
    JobFault("a record that expires before the result", kept(JobExpiredError), {"result": [NO_RECORD]}),
    JobFault("another process collects the job first", IMAGE, {"status": [collected_meanwhile, passed]}),
    JobFault("a result without an image", kept(InvalidImageError, True), {"result": [Edited({"images": []})]}),
    JobFault("a result of another shape", IMAGE, {"result": [Edited({"seed": ["7"], "metrics": "none"})]}),
)
DOWNLOADING = (
    JobFault(
        "an image host that is down",
        kept(NotSentError, True),
        {"result": [At("http://{nobody}/image.jpg")]},
        deadline=ENOUGH,
    ),
    JobFault(
        "an image host that is down at first",
        IMAGE,
        {"image": [closed, BAD_GATEWAY, refusal("503 Unavailable"), passed]},
    ),
    JobFault("an image host that stays broken", kept(GatewayError, True), {"image": [BAD_GATEWAY]}, deadline=ENOUGH),
    JobFault("an image that comes slowly", kept(InvalidImageError, True), {"image": [dripping]}, deadline=ENOUGH),
    JobFault("an image that never comes", kept(OutcomeUnknownError, True), {"image": [silent]}, deadline=ENOUGH),
    JobFault("an image that breaks off", IMAGE, {"image": [Cut(), Cut(), passed]}),
    JobFault("an image that is gone", kept(UndocumentedStatusError, True), {"image": [refusal("404 Not Found")]}),
    JobFault("an image that is elsewhere", kept(RedirectRefusedError, True), {"image": [Redirected()]}),
    JobFault(
        "an image without end", kept(InvalidImageError, True), {"image": [ENDLESS]}, options=LIMITED, largest=LIMIT
    ),
    JobFault("a page in place of the image", kept(InvalidImageError, True), {"image": [PAGE]}),
    JobFault("an image of another size", IMAGE, {"image": [ANOTHER_SIZE]}, warnings=("size-mismatch",)),
    JobFault(
        "an image of another size, refused",
        kept(MismatchError, True),
        {"image": [ANOTHER_SIZE]},
        options={"on_mismatch": "raise"},
    ),
    JobFault("an image of another seed", IMAGE, {"result": [Edited({"seed": "8"})]}, warnings=("seed-mismatch",)),
    JobFault(
        "an address without TLS", kept(InvalidImageError, True), {"result": [At("http://images.example/image.jpg")]}
    ),
    JobFault("an address that is not one", kept(InvalidImageError, True), {"result": [At("file:///etc/passwd")]}),
    JobFault(
        "an address with a password", kept(InvalidImageError, True), {"result": [At("http://a:b@127.0.0.1/image.jpg")]}
    ),
)
JOB_FAULTS: tuple[JobFault, ...] = (*SUBMITTING, *POLLING, *ENDING, *DOWNLOADING)
