"""Changes of the host of images: who may download an image, what comes then, and whether it is the right one."""

import io
from collections.abc import Callable

from attrs import evolve
from PIL import Image

from segmind_flux_schnell_sandbox.behaviour import DOCUMENTED
from segmind_flux_schnell_sandbox.service import create_app
from tests.contract.mutants import triggers
from tests.contract.mutants.billing import payer
from tests.contract.mutants.calls import file, of, with_status
from tests.contract.mutants.drawings import in_half
from tests.contract.mutants.mutant import ServiceMutant, rewired
from tests.contract.mutants.pointers import IMAGE, JOB, JPEG, field_pointer, job_pointers, schema_pointers
from tests.contract.mutants.rewiring import Intercepted, Response, ResponseChange, Rewired

_ADDRESS = (*job_pointers("image"), *schema_pointers("JobImage", "url"))
_CONTENT = (JPEG, IMAGE, *_ADDRESS, "/components/schemas/JobImage/properties/content_type")
_SIDES = (field_pointer("width"), field_pointer("height"), *_ADDRESS)
_SAME = (*job_pointers("instead-of"), field_pointer("seed"), *_ADDRESS)


def _file(name: str, change: str, response: ResponseChange, *pointers: str) -> ServiceMutant:
    return ServiceMutant(
        name=f"file-{name}",
        kind="image host",
        change=change,
        pointers=pointers,
        make=rewired(response),
        trigger=(triggers.SUBMITTED, triggers.FILE),
    )


def _bytes(change: Callable[[bytes], bytes], content_type: str | None = None) -> ResponseChange:
    """Return a change of the bytes of downloaded images."""
    return of(file, lambda response: response.with_body(change(response.body), content_type))


def _redrawn(change: Callable[[Image.Image], Image.Image], image_format: str = "JPEG") -> Callable[[bytes], bytes]:
    def redrawn(content: bytes) -> bytes:
        buffer = io.BytesIO()
        change(Image.open(io.BytesIO(content))).save(buffer, image_format)
        return buffer.getvalue()

    return redrawn


def _same(image: Image.Image) -> Image.Image:
    return image


def _half(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2))


def _lower(image: Image.Image) -> Image.Image:
    return image.crop((0, 0, image.width, image.height - 8))


def _mirrored(image: Image.Image) -> Image.Image:
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _grey(image: Image.Image) -> Image.Image:
    return Image.new("RGB", image.size, (128, 128, 128))


def _refused(status: int) -> ResponseChange:
    return of(file, lambda _: Response(status, (("content-type", "text/plain"),), b"No."))


def _key_required(intercepted: Intercepted) -> Response:
    if not file(intercepted.request) or intercepted.request.header("x-api-key"):
        return intercepted.response
    return Response(401, (("content-type", "application/json"),), b'{"error": "Unauthorized"}')


def _charged(intercepted: Intercepted) -> Response:
    """Charge the first account for a download."""
    if file(intercepted.request):
        intercepted.ledger.charge(payer(intercepted.request), DOCUMENTED.price)
    return intercepted.response


def _once() -> Rewired:
    """Return a service whose images can be downloaded once."""
    seen: set[str] = set()

    def response(intercepted: Intercepted) -> Response:
        name = intercepted.request.path
        again = file(intercepted.request) and name in seen
        seen.add(name)
        return _refused(404)(intercepted) if again else intercepted.response

    return Rewired(create_app(), response=response)


def _of_the_job_before() -> Rewired:
    """Return a service that keeps the first image that was downloaded, and serves it for every job."""
    kept: list[bytes] = []

    def response(intercepted: Intercepted) -> Response:
        if not file(intercepted.request) or intercepted.response.status != 200:
            return intercepted.response
        kept.append(intercepted.response.body)
        return intercepted.response.with_body(kept[0])

    return Rewired(create_app(), response=response)


_DOWNLOADS = (
    _file("key-required", "An image is refused without a key.", _key_required, f"{JOB}/image-key", *_ADDRESS),
    _file("403", "An image is refused with 403.", _refused(403), f"{JOB}/image-key", f"{JOB}/image-seconds", *_ADDRESS),
    _file("404", "An image is not there.", _refused(404), f"{JOB}/image-seconds", *_ADDRESS),
    _file("500", "A download fails with 500.", _refused(500), *_ADDRESS),
    _file(
        "redirected",
        "A download is redirected to another host.",
        of(file, lambda _: Response(302, (("location", "http://127.0.0.1:9/1f0c.jpg"),), b"")),
        *_ADDRESS,
    ),
    _file("204", "A download comes without a body.", of(file, lambda _: Response(204, (), b"")), *_CONTENT),
    _file("201", "A download comes with 201.", of(file, with_status(201)), *_CONTENT),
    ServiceMutant(
        name="file-once",
        kind="image host",
        change="An image can be downloaded once.",
        pointers=(f"{JOB}/image-seconds", *_ADDRESS),
        make=_once,
        trigger=(triggers.SUBMITTED, triggers.FILE, triggers.FILE),
    ),
    evolve(
        _file("billed", "A download costs as much as an image.", _charged, f"{JOB}/image", f"{JOB}/image-key"),
        trigger=(triggers.SUBMITTED, triggers.FILE, triggers.BALANCE),
    ),
)
_BYTES = (
    _file("png", "An image is a PNG.", _bytes(_redrawn(_same, "PNG"), "image/png"), *_CONTENT),
    _file("png-labelled-jpeg", "A PNG is labelled as a JPEG.", _bytes(_redrawn(_same, "PNG")), *_CONTENT),
    _file("octet-stream", "A JPEG is labelled as bytes.", _bytes(bytes, "application/octet-stream"), *_CONTENT),
    _file("unlabelled", "A JPEG has no label.", of(file, lambda one: one.without_header("content-type")), *_CONTENT),
    _file("page", "A download is an HTML page.", _bytes(lambda _: b"<!doctype html>\n", "text/html"), *_CONTENT),
    _file("cut-in-half", "An image is the first half of a JPEG.", _bytes(in_half), *_CONTENT),
    _file("empty", "An image has no bytes.", _bytes(lambda _: b""), *_CONTENT),
    _file("half-size", "An image is half as wide and high as requested.", _bytes(_redrawn(_half)), *_SIDES),
    _file("8-lower", "An image is 8 pixels lower than requested.", _bytes(_redrawn(_lower)), *_SIDES),
    _file("mirrored", "An image is that of version 1, mirrored.", _bytes(_redrawn(_mirrored)), *_SAME),
    _file("grey", "An image is plain grey.", _bytes(_redrawn(_grey)), *_SAME, JPEG),
    ServiceMutant(
        name="file-of-another-job",
        kind="image host",
        change="Every image is the first one that was downloaded.",
        pointers=(*_SAME, *_SIDES[:2], field_pointer("prompt")),
        make=_of_the_job_before,
        trigger=(
            triggers.SUBMITTED,
            triggers.FILE,
            evolve(triggers.image_request(seed=7), path=triggers.SUBMIT_PATH),
            triggers.FILE,
        ),
    ),
)
FILES = (*_DOWNLOADS, *_BYTES)
