"""Two queues on loopback, written after public APIs: one with numbers as states, one that responds with an address."""

import json
import re
from collections import Counter
from typing import Any

from attrs import define, field

from tests.client.images import jpeg, png
from tests.generator.recording_server import RecordedRequest, RecordingServer, Response


def as_json(status: int, body: object, **headers: str) -> Response:
    """A response with JSON."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, {"content-type": "application/json", **names}, json.dumps(body).encode())


@define
class ImageHost(RecordingServer):
    """Another host, with images that anybody may fetch."""

    image: Response = field(factory=lambda: Response(200, {"content-type": "image/jpeg"}, jpeg(16, 16)))

    def response_to(self, request: RecordedRequest) -> Response:
        """The image, whatever is requested."""
        return self.image


@define
class Queue(RecordingServer):
    """A queue whose jobs move on with each request for their state.

    Args:
        host: Where its images are.
        states: The states of a job, one for each request; the last one stays.
        orders: Bodies of the requests that ordered something.
    """

    host: str = ""
    states: list[Any] = field(factory=list[Any])
    orders: list[Any] = field(factory=list[Any])
    _asked: Counter[str] = field(factory=Counter[str])

    def moved_on(self, job: str = "") -> Any:
        """The state of a job at this request."""
        self._asked[job] += 1
        return self.states[min(self._asked[job], len(self.states)) - 1]


@define
class NumberedQueue(Queue):
    """States are numbers, ids too, and the response that tells the state has the result.

    Args:
        is_gone: Whether the service no longer has the job.
    """

    states: list[Any] = field(factory=lambda: [0, 1, 2])
    is_gone: bool = False

    def response_to(self, request: RecordedRequest) -> Response:
        """The response of the service."""
        if request.headers.get("authorization") != "Bearer t":
            return as_json(401, {"message": "who are you?"})
        if (request.method, request.path) == ("POST", "/v2/paintings"):
            self.orders.append(request.json)
            return as_json(201, {"code": 0, "task": {"number": 17, "state": 0}})
        if (request.method, request.path) != ("GET", "/v2/paintings/17"):
            return as_json(404, {"message": "no such painting"})
        if self.is_gone:
            return Response(410, {}, b"")
        return as_json(200, self._progress(self.moved_on()))

    def _progress(self, state: int) -> dict[str, Any]:
        task = {"number": 17, "state": state, "waited": 0.5}
        if state == 2:
            bill = {"amount": 0.125}
            return {"task": task, "pictures": [f"{self.host}/a.jpg"], "seeds": [2**53 + 1], "bill": bill}
        reason = "the paint has dried" if state in (-1, 9) else None
        return {"task": {**task, "reason": reason}, "pictures": [], "bill": None}


@define
class LocatedQueue(Queue):
    """It responds to an order with 202, an address and no body. Beside it there is a call that draws at once.

    Args:
        location: The address; `{url}` is where the service is, `{number}` that of the order, and None stands for a
            response without one.
        busy: Number of requests that it refuses before it does anything.
    """

    states: list[Any] = field(factory=lambda: ["it's waiting", "drawing", '"done"'])
    location: str | None = "/api/v1/orders/a%2Fb%20{number}"
    busy: int = 0

    def response_to(self, request: RecordedRequest) -> Response:
        """The response of the service."""
        if request.headers.get("x-key") != "k":
            return Response(401, {}, b"")
        if self.busy:
            self.busy -= 1
            return Response(429, {"retry-after": "0"}, b"")
        if (request.method, request.path) == ("POST", "/api/v1/orders"):
            self.orders.append(request.json)
            if self.location is None:
                return Response(202, {}, b"")
            location = self.location.format(url=self.url, number=len(self.orders))
            return Response(202, {"location": location}, b"")
        if (request.method, request.path) == ("POST", "/api/v1/drawings"):
            return Response(200, {"content-type": "image/png", "x-charged": "0.5", "x-drawn-as": "7"}, png())
        return self._told(request)

    def _told(self, request: RecordedRequest) -> Response:
        found = re.fullmatch(r"/api/v1/orders/(a%2Fb%20\d+)(/drawing)?", request.path)
        if found is None:
            return Response(404, {}, b"")
        if found[2]:
            href = f"{self.host}/b.png"
            return as_json(200, {"progress": {"state": self.states[-1]}, "href": href, "charged": "0.250"})
        return as_json(200, {"progress": {"state": self.moved_on(found[1]), "fault": "out of ink"}})
