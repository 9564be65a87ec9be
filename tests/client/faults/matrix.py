"""The table: each fault, what the service does, and what the client has to make of it.

The client has its default policy of retries, with waits of no length and at most four attempts. Each call may take a
minute, and a quarter of a second at first where the service would never come to an end.
"""

from tests.client.faults.fault import ServiceFault
from tests.client.faults.images import ANOTHER_IMAGE, ENCODED, INSIDE_THE_IMAGE, NOT_THE_IMAGE, STRICT, UNUSUAL
from tests.client.faults.payloads import BEFORE_THE_HEADERS, CONNECTING
from tests.client.faults.refusals import FAILED, REDIRECTED, REFUSED

FAULTS: tuple[ServiceFault, ...] = (
    *CONNECTING,
    *BEFORE_THE_HEADERS,
    *INSIDE_THE_IMAGE,
    *ENCODED,
    *NOT_THE_IMAGE,
    *ANOTHER_IMAGE,
    *STRICT,
    *UNUSUAL,
    *REDIRECTED,
    *REFUSED,
    *FAILED,
)
