"""A service that makes images: FastAPI, with one client for each process.

    uvicorn fastapi_service:app
    curl -o fox.jpg http://127.0.0.1:8000/images --json '{"prompt": "a red fox"}'

All requests of a process share the client, and with it the connections, the budget and the rate limit. Four workers of
uvicorn have four budgets.

What a crash costs: an image is on disk before the first byte of it is passed on, and `GET /images/…` gives it again for
nothing. If a caller hangs up before, its image is in IMAGES too, but only the folder says its name. If the process dies
in the seconds of a call, that one image may be paid for and lost. Whoever orders with `submit_image`, and writes the id
of the job down, can collect it for an hour.
"""

import logging
import math
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel

from segmind_flux_schnell import APIError, AsyncClient, Backoff, Budget, InvalidRequestError

IMAGES = Path(os.environ.get("IMAGES", "images"))
STATUSES = {"never_sent": 503, "rejected": 502, "retryable": 503, "unknown": 504, "billed": 502}


class Order(BaseModel, extra="forbid"):
    """What a caller may choose. The ranges are those of the API: the client checks them."""

    prompt: str
    seed: int | Literal["random"] = "random"
    width: int | None = None
    height: int | None = None


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Open the client when the process starts, and close it when it ends."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    budget = Budget(max_credits=os.environ.get("MAX_CREDITS", "5"))
    retry = Backoff(max_wait=20)  # a caller who would have to wait longer gets a 503, and comes again
    async with AsyncClient(budget=budget, rate_limit="60 a minute", retry=retry, timeout=60) as app.state.client:
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/images")
async def order_image(order: Order) -> FileResponse:
    """Buy an image, and stream it back from disk."""
    name = uuid4()
    client: AsyncClient = app.state.client
    image = await client.generate_image_to_file(IMAGES / f"{name}.jpg", **order.model_dump(exclude_none=True))
    headers = {"content-location": f"/images/{name}", "x-cost": str(image.cost)}
    return FileResponse(image.path, media_type=image.media_type, headers=headers)


@app.get("/images/{name}")
async def bought_image(name: UUID) -> FileResponse:
    """An image that was bought before."""
    path = IMAGES / f"{name}.jpg"
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type="image/jpeg")


@app.exception_handler(APIError)
async def explain(request: Request, error: APIError) -> JSONResponse:
    """Tell the caller what is theirs to mend, and whether the order may be paid for; the rest goes into the log."""
    if isinstance(error, InvalidRequestError):
        return JSONResponse({"error": str(error), "billed": False}, 422)
    logging.getLogger(__name__).error("%s (billed: %s)", error, error.billed)
    wait = getattr(error, "retry_after", None)
    headers = {} if wait is None else {"retry-after": str(math.ceil(wait))}
    return JSONResponse({"error": type(error).__name__, "billed": error.billed}, STATUSES[error.outcome], headers)
