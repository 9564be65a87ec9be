"""Ways in which a service can write a key, each as a function of the bytes."""

import gzip
import quopri
import zlib
from base64 import b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote_from_bytes

Encode = Callable[[bytes], bytes]


def _each(form: str) -> Encode:
    return lambda content: "".join(form.format(one, chr(one)) for one in content).encode("latin-1")


def _behind(before: bytes, encode: Encode) -> Encode:
    return lambda content: encode(before + content + b"!")


def _every_second(content: bytes) -> bytes:
    return b"".join(b"%%%02x" % one if at % 2 else bytes([one]) for at, one in enumerate(content))


ENCODINGS: dict[str, Encode] = {
    "as it is": bytes,
    "upper case": bytes.upper,
    "lower case": bytes.lower,
    "swapped case": bytes.swapcase,
    "base64": b64encode,
    "base64 behind one byte": _behind(b"\xff", b64encode),
    "base64 behind two bytes": _behind(b"\xfb\xef", b64encode),
    "base64 without padding": lambda content: b64encode(content).rstrip(b"="),
    "base64 behind letters": lambda content: b"Basic_" + b64encode(content),
    "base64 in lines": lambda content: encodebytes(b"\xff" * 50 + content),
    "base64 in JSON": lambda content: b64encode(b"\xff\xff\xff" + content).replace(b"/", b"\\/"),
    "urlsafe base64": urlsafe_b64encode,
    "urlsafe base64 behind one byte": _behind(b"\xff", urlsafe_b64encode),
    "urlsafe base64 behind two bytes": _behind(b"\xfb\xef", urlsafe_b64encode),
    "urlsafe base64 without padding": lambda content: urlsafe_b64encode(content).rstrip(b"="),
    "base64 of base64": lambda content: b64encode(b"?" + b64encode(b"?" + content)),
    "basic authentication": lambda content: b"Basic " + b64encode(b"user:" + content),
    "percent": _each("%{0:02x}"),
    "percent in upper case": _each("%{0:02X}"),
    "percent twice": _each("%25{0:02X}"),
    "percent three times": _each("%2525{0:02X}"),
    "percent where a URL needs it": lambda content: quote_from_bytes(content, safe="").encode(),
    "percent for every second letter": _every_second,
    "hex": lambda content: content.hex().encode(),
    "hex in upper case": lambda content: content.hex().upper().encode(),
    "hex behind a digit": lambda content: b"0" + content.hex().encode(),
    "hex with colons": lambda content: content.hex(":").encode(),
    "hex with blanks": lambda content: content.hex(" ").encode(),
    "hex as in C": _each("0x{0:02x}, "),
    "JSON": _each("\\u{0:04x}"),
    "JSON in JSON": _each("\\\\u{0:04X}"),
    "escapes of Python": _each("\\x{0:02x}"),
    "octal escapes": _each("\\{0:03o}"),
    "HTML entities": _each("&#{0};"),
    "HTML entities in hex": _each("&#x{0:X};"),
    "HTML entities with zeros": _each("&#0000{0};"),
    "HTML entities of HTML entities": _each("&amp;#{0};"),
    "quoted-printable": _each("={0:02X}"),
    "a soft line break": lambda content: content[:2] + b"=\r\n" + content[2:].replace(b"=", b"=3D"),
    "quoted-printable of quopri": quopri.encodestring,
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "UTF-16, big end first": lambda content: content.decode().encode("utf-16-be"),
    "UTF-32": lambda content: content.decode().encode("utf-32"),
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "base64 of gzip": lambda content: b64encode(gzip.compress(content)),
}
"""By the name of each."""
