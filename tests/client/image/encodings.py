"""Images as real encoders write them, one for each way of writing a JPEG."""

import base64
import functools
from io import BytesIO

from PIL import Image, ImageDraw

from tests.client.images import jpeg

SIZE = 72, 48

# Of `cjpeg -arithmetic` (libjpeg-turbo 2.1), which Pillow does not offer: 24 x 16 pixels.
ARITHMETIC = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYV"
    "pQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//yQARCAAQ"
    "ABgDASIAAhEBAxEB/8wACgAQEAUBEBEF/9oADAMBAAIRAxEAPwDaW1Ese0SthYOSU1TXsSSBX6me2d5NEGptvGuHCS4eLiEFJTp7IJ3TUYxJO9"
    "qD9W4NOZMHHNAUmRGg1GQunD5F6H37axu2MX01ySut+ZFMjKws7TCoRvvPM05fXpeiP4qEeafxsyzRrMAWGWMzCJs4aFRPNdEZwXZs+h54JXnH"
    "GkvBLOsbUmO5zkd72FNCcorOJY9zEvE51aSGK9T/2Q=="
)
# Of `cjpeg -arithmetic -progressive`.
PROGRESSIVE_ARITHMETIC = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYV"
    "pQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//ygARCAAQ"
    "ABgDASIAAhEBAxEB/8wABgAQARD/2gAMAwEAAhADEAAAAelS9Rs1ViCCsRvA/8wABBAF/9oACAEBAAEFAjkupj9/oGkRFb51Jve7gtD/zAAEEQ"
    "X/2gAIAQMBAT8BQmM3DuFY/8wABBEF/9oACAECAQE/ARWmN9yJP9JOB+oZxf/MAAQQBf/aAAgBAQAGPwKToWUMR0eGs6m0pvPXIP/MAAQQBf/a"
    "AAgBAQABPyFtaudkJ4Ame7FjxpRoDOAE/uCnvo1A/9oADAMBAAIAAwAAABDHkP/MAAQRBf/aAAgBAwEBPxCl+6Uzpv/MAAQRBf/aAAgBAgEBPx"
    "Cqdqcc38zWO/t83P/MAAQQBf/aAAgBAQABPxClJg+bz6ysLRslxcB8HRfAHnlthNqJ09sr9QcFSHlfyBr0iaZgn6Xe8ID/2Q=="
)


def encoded(mode: str = "RGB", image_format: str = "JPEG", **options: object) -> bytes:
    """An image with content, as Pillow writes it."""
    file = BytesIO()
    picture(mode).save(file, image_format, **options)
    return file.getvalue()


@functools.cache
def picture(mode: str) -> Image.Image:
    """An image with content."""
    image = Image.new("RGB", SIZE, "orange")
    ImageDraw.Draw(image).ellipse((6, 4, 60, 40), fill="navy", outline="white")
    return image.convert(mode)


def with_segment(image: bytes, marker: int, body: bytes) -> bytes:
    """A JPEG with a further segment behind its start marker."""
    return image[:2] + bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body + image[2:]


def _multi_picture() -> bytes:
    file = BytesIO()
    picture("RGB").save(file, "MPO", save_all=True, append_images=[picture("RGB").rotate(180)])
    return file.getvalue()


MULTI_PICTURE = _multi_picture()

JPEGS: dict[str, bytes] = {
    "baseline": encoded(),
    "optimized": encoded(optimize=True),
    "progressive": encoded(progressive=True),
    "grey": encoded("L"),
    "progressive grey": encoded("L", progressive=True),
    "CMYK": encoded("CMYK"),
    "progressive CMYK": encoded("CMYK", progressive=True),
    "no subsampling": encoded(subsampling=0, quality=100),
    "restart markers": encoded(restart_marker_blocks=2),
    "progressive with restart markers": encoded(restart_marker_rows=1, progressive=True),
    "arithmetic": ARITHMETIC,
    "progressive arithmetic": PROGRESSIVE_ARITHMETIC,
    "comment": encoded(comment=b"\xff\xd9 is not the end"),
    "profile": encoded(icc_profile=bytes(range(256)) * 600),
    "thumbnail": with_segment(encoded(), 0xE1, b"Exif\0\0" + jpeg(16, 16)),
    # Content Credentials (C2PA) are JUMBF boxes in APP11 segments.
    "content credentials": with_segment(encoded(), 0xEB, b"JP\0\1\0\0\0\1" + b"\0\0\0\x20jumb" + b"\xff\xd9" * 200),
    "fill bytes before markers": encoded()
    .replace(b"\xff\xdb", b"\xff\xff\xff\xdb")
    .replace(b"\xff\xd9", b"\xff\xff\xd9"),
}
