"""A list with query parameters: two operations to add to the document, and a sandbox that has them."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from attrs import field, frozen
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.service import create_app

LISTING = """
  /v1/images:
    get:
      operationId: listImages
      tags: [account]
      summary: List the images of the account.
      x-evidence: vendor
      parameters:
        - name: page_size
          in: query
          description: Number of images.
          schema: {type: integer, minimum: 1, maximum: 50, default: 20}
        - name: status
          in: query
          description: The state of the images.
          schema: {type: string, enum: [pending, done, failed]}
        - name: label
          in: query
          description: Images with any of these labels.
          schema: {type: array, items: {type: string, enum: [red, green, blue]}, maxItems: 3}
        - name: since
          in: query
          required: true
          description: The first day.
          schema: {type: string, pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', example: "2026-01-01"}
        - name: x-team
          in: header
          description: The team.
          schema: {type: integer, minimum: 1, example: 7}
      responses:
        "200":
          description: The images.
          x-billed: false
          headers:
            x-total: {description: How many there are., schema: {type: integer}}
            x-request-id: {$ref: "#/components/headers/RequestId"}
          content:
            application/json:
              schema:
                type: object
                required: [images]
                properties:
                  images:
                    type: array
                    description: The images.
                    items:
                      type: object
                      description: An image.
                      required: [id]
                      properties:
                        id: {type: string, description: The id.}
                        status: {type: string, description: The state., enum: [pending, done, failed]}
                  next: {type: [string, "null"], description: The next page.}
        "400":
          $ref: "#/components/responses/BadRequest"
        "401":
          $ref: "#/components/responses/Unauthorized"
        "404":
          $ref: "#/components/responses/NotFound"
        "405":
          $ref: "#/components/responses/MethodNotAllowed"
        "429":
          $ref: "#/components/responses/RateLimited"
  /v1/images/{image_id}:
    get:
      operationId: getImage
      tags: [account]
      summary: Get an image of the account.
      x-evidence: vendor
      parameters:
        - name: image_id
          in: path
          required: true
          description: The id.
          schema: {type: integer, minimum: 1, maximum: 999999}
      responses:
        "200":
          description: The image.
          content:
            application/json:
              schema: {type: object, properties: {id: {type: integer, description: The id.}}}
        "404":
          $ref: "#/components/responses/NotFound"
"""
"""Stands behind the last path of the document."""


def with_listing(text: str) -> str:
    """The text of the document, with the list added."""
    at = text.index("\ncomponents:")
    return f"{text[:at].rstrip()}\n{LISTING.strip(chr(10))}\n{text[at:]}"


@frozen
class Rules:
    """What the list accepts, and how it responds."""

    most: int = 50
    least: int = 1
    states: tuple[str, ...] = ("pending", "done", "failed")
    labels: tuple[str, ...] = ("red", "green", "blue")
    most_labels: int = 3
    needs_since: bool = True
    since: str = r"\d{4}-\d{2}-\d{2}"
    least_team: int = 1
    needs_key: bool = True
    method: str = "GET"
    status: int = 200
    refusal: int = 400
    path: str = "/v1/images"
    content_type: str = "application/json"
    headers: dict[str, str] = field(factory=lambda: {"x-total": "1"})
    body: Callable[[dict[str, Any]], dict[str, Any]] = lambda body: body


@frozen
class WithList:
    """A sandbox that lists images too."""

    rules: Rules = Rules()
    sandbox: Any = field(factory=create_app)

    @property
    def ledger(self) -> Ledger:
        """The ledger of the sandbox."""
        ledger: Ledger = self.sandbox.ledger
        return ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request, as ASGI defines it."""
        listing = scope["type"] == "http" and scope["path"] == self.rules.path
        app = _response(self.rules, Request(scope)) if listing else self.sandbox
        await app(scope, receive, send)


def _response(rules: Rules, request: Request) -> Response:
    key = request.headers.get("x-api-key", "")
    if request.method != rules.method:
        return _refused(405, "Not allowed")
    if rules.needs_key and key != KEY:
        text = "Unauthorized. API key is invalid." if key else "Missing Authorization or x-api-key in header"
        return _refused(401, text)
    if not _is_accepted(rules, request):
        return _refused(rules.refusal, "Bad parameter")
    images = [{"id": "a", "status": request.query_params.get("status", "done")}]
    body, headers = rules.body({"images": images, "next": None}), {**rules.headers, **_named()}
    return Response(json.dumps(body), rules.status, media_type=rules.content_type, headers=headers)


def _is_accepted(rules: Rules, request: Request) -> bool:
    query = parse_qsl(request.url.query, keep_blank_values=True)
    values, labels = dict(query), [value for name, value in query if name == "label"]
    size, team = values.get("page_size", "20"), request.headers.get("x-team", "7")
    if not (size.isdigit() and team.isdigit() and rules.least <= int(size) <= rules.most):
        return False
    since = values.get("since")
    return (
        int(team) >= rules.least_team
        and ("status" not in values or values["status"] in rules.states)
        and set(labels) <= set(rules.labels)
        and len(labels) <= rules.most_labels
        and (not rules.needs_since if since is None else re.fullmatch(rules.since, since) is not None)
    )


def _refused(status: int, text: str) -> Response:
    return JSONResponse({"error": text}, status, headers=_named())


def _named() -> dict[str, str]:
    return {"x-request-id": uuid4().hex}
