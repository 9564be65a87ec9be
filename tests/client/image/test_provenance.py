"""The request inside the image: what a file says about itself, and that it stays the same image."""

import hashlib
import json
import re
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from attrs import asdict, evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from segmind_flux_schnell._runtime.image.jpeg_segments import LONGEST_PACKET
from segmind_flux_schnell._runtime.image.provenance import Provenance, embed, read_provenance
from tests.client.images import embedded, jpeg, png

STANDARD = b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
JFIF = 20
"""Where the JFIF segment of a JPEG ends."""
NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
TIGER = Provenance(
    operation="generate_image",
    request={"prompt": "a tiger", "seed": 7, "steps": 4},
    seed=7,
    request_id="req-1",
    spec_version="0.1.0",
    client="segmind-flux-schnell/0.1.0",
    created="2026-11-22T09:08:20Z",
)
TOO_LONG = evolve(TIGER, request={"prompt": "a tiger " * 25_000})
WRONG: list[dict[str, object]] = [{"seed": True}, {"seed": "7"}, {"request": []}, {"operation": None}, {"created": 1}]
FOREIGN = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="A camera"><!-- kept -->\n'
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    '<r:Description r:about="uuid:1" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="image/jpeg">{}'
    "</r:Description></r:RDF></x:xmpmeta>\n" + " " * 100 + '<?xpacket end="w"?>'
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=())),
    lambda values: st.lists(values) | st.dictionaries(st.text(st.characters(exclude_categories=())), values),
    max_leaves=10,
)


def app1(body: bytes) -> bytes:
    """An APP1 segment."""
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def with_packet(packet: bytes, *extensions: bytes) -> bytes:
    """A JPEG with an XMP packet, and further segments."""
    return jpeg()[:JFIF] + app1(STANDARD + packet) + b"".join(map(app1, extensions)) + jpeg()[JFIF:]


def extension(packet: bytes, length: int = 65400) -> list[bytes]:
    """The segments of an extended packet, as another program writes them."""
    head = EXTENSION + hashlib.md5(packet).hexdigest().upper().encode() + len(packet).to_bytes(4, "big")
    return [head + at.to_bytes(4, "big") + packet[at : at + length] for at in range(0, len(packet), length)]


def packet_of(content: bytes) -> bytes:
    """The XMP packet, as another program finds it."""
    packet: bytes = Image.open(BytesIO(content)).info["xmp"]
    return packet


def segments(content: bytes) -> list[tuple[str, bytes]]:
    """The segments before the pixels, as another program finds them."""
    return Image.open(BytesIO(content)).applist  # type: ignore[attr-defined,no-any-return]


def shown(content: bytes, name: str) -> list[str]:
    """The texts of a property in the packet, as another program reads it."""
    found = ElementTree.fromstring(packet_of(content)).findall(f".//rdf:RDF/rdf:Description/{name}", NAMES)
    return ["".join(element.itertext()) for element in found]


@contextmanager
def memory_below(limit: int) -> Iterator[None]:
    """Fails if what the block allocates exceeds so many bytes at any time."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < limit
    finally:
        tracemalloc.stop()


def noise(**options: Any) -> bytes:
    """A JPEG with pixels that differ."""
    file = BytesIO()
    Image.effect_noise((64, 48), 50).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def exif() -> bytes:
    """Exif data with a text."""
    data = Image.Exif()
    data[0x010E] = "stripes"
    return data.tobytes()


IMAGES = {
    "baseline": noise(),
    "progressive": noise(progressive=True),
    "Exif": noise(exif=exif()),
    "ICC profile": noise(icc_profile=bytes(100_000)),
    "comment": noise(comment=b"stripes"),
    "restart markers": noise(restart_marker_blocks=1),
    "all of them": noise(progressive=True, exif=exif(), icc_profile=bytes(100_000), comment=b"stripes"),
    "gaps filled": b"\xff\xd8\xff\xff\xff" + noise()[3:],
    "bytes behind the end": noise() + b"\0" * 100,
    "no JFIF": b"\xff\xd8" + noise()[20:],
}


@pytest.mark.parametrize("image", IMAGES.values(), ids=IMAGES)
def test_an_image_stays_the_same_image(image: bytes) -> None:
    """The file without the new segment is the old file, byte for byte; its pixels, Exif and profile are the same."""
    content = embedded(image, TIGER, description="a tiger")
    (added,) = [app1(body) for _, body in segments(content) if body.startswith(STANDARD)]
    assert content.replace(added, b"") == image
    before, after = Image.open(BytesIO(image)), Image.open(BytesIO(content))
    assert after.tobytes() == before.tobytes()
    assert {**after.info, "xmp": None} == {**before.info, "xmp": None}
    assert read_provenance(content) == TIGER


def test_segments_keep_their_order() -> None:
    """The segments of JFIF and Exif come first, as their formats demand."""
    content = embedded(IMAGES["all of them"], TIGER)
    assert [(name, body[:5]) for name, body in segments(content)][:4] == [
        ("APP0", b"JFIF\0"),
        ("APP1", b"Exif\0"),
        ("APP1", b"http:"),
        ("APP2", b"ICC_P"),
    ]


def test_other_programs_show_what_they_can() -> None:
    """Description, tool and date are standard properties; the record is JSON in a property of our own."""
    content = embedded(jpeg(), TIGER, description='a "tiger" <in> a & suit\r\n')
    assert shown(content, "dc:description/rdf:Alt/rdf:li") == ['a "tiger" <in> a & suit\r\n']
    assert shown(content, "xmp:CreatorTool") == ["segmind-flux-schnell/0.1.0"]
    assert shown(content, "xmp:CreateDate") == ["2026-11-22T09:08:20Z"]
    (record,) = shown(content, "{*}record")
    assert json.loads(record) == {
        "operation": "generate_image",
        "request": {"prompt": "a tiger", "seed": 7, "steps": 4},
        "seed": 7,
        "request_id": "req-1",
        "spec_version": "0.1.0",
        "client": "segmind-flux-schnell/0.1.0",
        "created": "2026-11-22T09:08:20Z",
    }


def test_a_description_is_only_there_if_given() -> None:
    """Without a description there is none."""
    assert not shown(embedded(jpeg(), TIGER), "dc:description")


def test_characters_that_xml_cannot_hold_are_replaced_in_the_description_only() -> None:
    """Control characters and lone surrogates become U+FFFD in the description; the record keeps them."""
    prompt = "a\0b\x1bc\ud800d\uffffe\u0085f\U0001f405"
    content = embedded(jpeg(), evolve(TIGER, request={"prompt": prompt}), description=prompt)
    assert shown(content, "dc:description") == ["a\ufffdb\ufffdc\ufffdd\ufffde\u0085f\U0001f405"]
    back = read_provenance(content)
    assert back is not None
    assert back.request == {"prompt": prompt}


@settings(deadline=None)
@given(
    st.dictionaries(st.text(st.characters(exclude_categories=())), JSON), st.text(st.characters(exclude_categories=()))
)
def test_any_request_comes_back(request: dict[str, Any], text: str) -> None:
    """Every JSON object comes back exactly, with every description beside it."""
    # Two surrogates that make a pair are one character in JSON.
    request = json.loads(json.dumps(request))
    content = embedded(jpeg(), evolve(TIGER, request=request, request_id=None, seed=None), description=text)
    back = read_provenance(content)
    assert back is not None
    assert repr(back.request) == repr(request)
    assert (back.request_id, back.seed) == (None, None)
    assert ElementTree.fromstring(packet_of(content)) is not None


@pytest.mark.parametrize("script", ["x", "é", "虎"])
def test_a_request_is_embedded_as_long_as_it_fits(script: str) -> None:
    """The packet can fill its segment to the last byte: one character more, and the image stays as it is."""
    size = len(packet_of(embedded(jpeg(), evolve(TIGER, request={"prompt": script}))))
    step = len(packet_of(embedded(jpeg(), evolve(TIGER, request={"prompt": script * 2})))) - size
    most = 1 + (LONGEST_PACKET - size) // step
    fitting, surplus = (evolve(TIGER, request={"prompt": script * length}) for length in (most, most + 1))
    content = embedded(jpeg(), fitting)
    assert read_provenance(content) == fitting
    assert LONGEST_PACKET - step < len(packet_of(content)) <= LONGEST_PACKET
    assert Image.open(BytesIO(content)).tobytes() == Image.open(BytesIO(jpeg())).tobytes()
    assert embedded(jpeg(), surplus) == jpeg()


@pytest.mark.parametrize(("provenance", "fits"), [(TIGER, True), (TOO_LONG, False)], ids=["short", "too long"])
@pytest.mark.parametrize("content", [jpeg(), IMAGES["all of them"]], ids=["plain", "all of them"])
def test_embedding_says_whether_there_was_room(content: bytes, provenance: Provenance, fits: bool) -> None:
    """A request that is too long leaves the image as it is, byte for byte, and `embed` returns False."""
    target = BytesIO()
    assert embed(BytesIO(content), target, provenance, description="a tiger") == fits
    assert (target.getvalue() == content) == (not fits)
    assert read_provenance(target.getvalue()) == (provenance if fits else None)


def test_a_record_is_replaced() -> None:
    """A second record leaves nothing of the first."""
    once = embedded(jpeg(), evolve(TIGER, seed=1), description="older")
    assert embedded(once, TIGER, description="newer") == embedded(jpeg(), TIGER, description="newer")


def test_a_packet_of_another_program_is_kept() -> None:
    """There can be only one packet: the record is added to it, for the same resource, and all its bytes stay."""
    foreign = FOREIGN.format("<dc:title>kept</dc:title>").encode()
    content = embedded(with_packet(foreign), TIGER, description="a tiger")
    packet = packet_of(content)
    assert packet.count(b"<?xpacket begin") == 1
    end = foreign.index(b"</r:RDF>")
    assert packet.startswith(foreign[:end])
    assert packet.endswith(foreign[end:])
    assert re.findall(rb'about="([^"]*)"', packet) == [b"uuid:1", b"uuid:1"]
    assert read_provenance(content) == TIGER


def test_a_property_that_a_packet_has_is_not_added() -> None:
    """XMP allows each property once: a description or date of another program stays, in either spelling."""
    inner = "<dc:description>theirs</dc:description>"
    foreign = FOREIGN.format(inner).replace(
        "dc:format=", f'xmlns:xmp="{NAMES["xmp"]}" xmp:CreateDate="1999" dc:format='
    )
    content = embedded(with_packet(foreign.encode()), TIGER, description="ours")
    assert shown(content, "dc:description") == ["theirs"]
    assert not shown(content, "xmp:CreateDate")
    assert shown(content, "xmp:CreatorTool") == [TIGER.client]
    assert read_provenance(content) == TIGER


@pytest.mark.parametrize("provenance", [TIGER, TOO_LONG], ids=["short", "too long"])
def test_an_extended_packet_of_another_program_is_kept(provenance: Provenance) -> None:
    """The segments of ExtendedXMP stay byte for byte, and the standard packet still names them."""
    theirs = FOREIGN.format(f"<dc:rights>{'x' * 100_000}</dc:rights>").encode()
    guid = hashlib.md5(theirs).hexdigest().upper()
    note = f'<n:HasExtendedXMP xmlns:n="http://ns.adobe.com/xmp/note/">{guid}</n:HasExtendedXMP>'
    image = with_packet(FOREIGN.format(note).encode(), *extension(theirs))
    content = embedded(image, provenance)
    assert [body for _, body in segments(content) if body.startswith(EXTENSION)] == extension(theirs)
    assert shown(content, "{*}HasExtendedXMP") == [guid]
    assert (read_provenance(content), content == image) == ((TIGER, False) if provenance is TIGER else (None, True))
    assert embedded(content, evolve(TIGER, seed=1)) == embedded(image, evolve(TIGER, seed=1))


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\0" * 100,
        b"<x",
        b"<rdf:RDF/>",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        FOREIGN.format("").encode("utf-16"),
        FOREIGN.format("&undeclared;").encode(),
    ],
)
def test_a_packet_that_cannot_be_read_is_replaced(packet: bytes) -> None:
    """A packet that no program can read, or that holds nothing, is replaced."""
    assert embedded(with_packet(packet), TIGER) == embedded(jpeg(), TIGER)


def test_a_record_that_another_program_rewrote_is_read_and_replaced() -> None:
    """Programs write properties under prefixes of their own: they mean the same."""
    content = embedded(jpeg(), evolve(TIGER, seed=1))
    rewritten = with_packet(packet_of(content).replace(b"call:", b"c:").replace(b"xmlns:call", b"xmlns:c"))
    assert read_provenance(rewritten) == evolve(TIGER, seed=1)
    again = embedded(rewritten, TIGER)
    assert read_provenance(again) == TIGER
    assert again.count(b"record>") == 2


def test_a_record_may_be_an_attribute() -> None:
    """A property written as an attribute is the same property."""
    packet = packet_of(embedded(jpeg(), TIGER))
    text = re.search(b"<call:record>(.*)</call:record>", packet)
    assert text
    value = text[1].replace(b'"', b"&quot;")
    attribute = packet.replace(text[0], b"").replace(b'rdf:about=""', b'rdf:about="" call:record="' + value + b'"')
    assert read_provenance(with_packet(attribute)) == TIGER


def test_a_packet_without_room_leaves_the_image_as_it_is() -> None:
    """An image whose XMP of another program fills its segment is not changed at all."""
    image = with_packet(FOREIGN.format(f"<dc:rights>{'x' * 65_000}</dc:rights>").encode())
    assert embedded(image, TIGER) == image
    assert read_provenance(image) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"not an image", png(), b"\xff\xd8", b"\xff\xd8\xff\xd9", jpeg()[:100], b"\xff\xd8\xff\xe1\0\0" + jpeg()],
)
def test_a_file_that_is_not_a_jpeg_stays_as_it_is(content: bytes) -> None:
    """Other formats, and files that end before their pixels, are copied as they are, and hold no record."""
    assert embedded(content, TIGER) == content
    assert read_provenance(content) is None


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    """A path can be text or a Path; a missing file is an OSError."""
    file = tmp_path / "tiger.jpg"
    file.write_bytes(embedded(jpeg(), TIGER))
    assert read_provenance(file) == read_provenance(str(file)) == TIGER
    with pytest.raises(FileNotFoundError):
        read_provenance(tmp_path / "lion.jpg")


@pytest.mark.parametrize(
    "record",
    [
        "",
        "{}",
        "[]",
        '"text"',
        "null",
        "[" * 50_000,
        "9" * 5000,
        json.dumps({"operation": "generate_image"}),
        *(json.dumps(asdict(TIGER) | wrong) for wrong in WRONG),
    ],
)
def test_a_record_of_another_shape_is_ignored(record: str) -> None:
    """A text under the name of the record that is not one counts as no record."""
    packet = re.sub(b"(?<=<call:record>).*(?=</call:record>)", record.encode(), packet_of(embedded(jpeg(), TIGER)))
    assert read_provenance(with_packet(packet)) is None


def test_fields_of_a_later_version_are_ignored() -> None:
    """A record with further fields is read without them."""
    packet = packet_of(embedded(jpeg(), TIGER)).replace(b'{"operation"', b'{"cost":"0.008","operation"')
    assert read_provenance(with_packet(packet)) == TIGER


BOMB = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(20)) + "]>"


@pytest.mark.parametrize(
    "prologue",
    [
        BOMB,
        '<!DOCTYPE x [<!ENTITY a20 SYSTEM "{}">]>',
        '<!DOCTYPE x SYSTEM "{}">',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "{}"> %p;]>',
    ],
    ids=["bomb", "external entity", "external subset", "parameter entity"],
)
def test_entities_are_neither_expanded_nor_fetched(prologue: str, tmp_path: Path) -> None:
    """A packet with a document type is refused before any entity is declared."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    packet = packet_of(embedded(jpeg(), TIGER)).replace(b"a tiger", b"&a20;")
    start = packet.index(b"<x:xmpmeta")
    hostile = with_packet(packet[:start] + prologue.format(secret.as_uri()).encode() + packet[start:])
    with memory_below(1_000_000):
        assert read_provenance(hostile) is None
        assert embedded(hostile, TIGER) == embedded(jpeg(), TIGER)


HEAVY = {
    "deep nesting": "<x:a>" * 5000 + "</x:a>" * 5000,
    "no end": "<x:a>" * 10_000,
    "a giant attribute": f'<rdf:Description x:a="{"a" * 60_000}"/>',
    "a giant name": f"<x:{'a' * 30_000}></x:{'a' * 30_000}>",
    "many attributes": "<rdf:Description " + " ".join(f'x:a{n}="1"' for n in range(4000)) + "/>",
    "one attribute many times": "<rdf:Description " + 'x:a="1" ' * 7000 + "/>",
    "many lists of properties": '<rdf:Description x:a="1"/>' * 2000,
    "many namespaces": "".join(f'<x:a xmlns:n{n}="urn:{n}"/>' for n in range(1500)),
    "lists in lists": "<rdf:RDF>" * 3000 + "</rdf:RDF>" * 3000,
    "references to characters": "&#x41;" * 9000,
}


@pytest.mark.parametrize("inside", HEAVY.values(), ids=HEAVY)
def test_a_packet_that_was_made_to_be_heavy_is_read_in_little_memory(inside: str) -> None:
    """It cannot be longer than a segment, and nothing in it is worth more than it takes."""
    packet = packet_of(embedded(jpeg(), TIGER))
    end = packet.index(b"</rdf:RDF>")
    hostile = with_packet(
        (packet[:end] + inside.encode() + packet[end:]).replace(b"<rdf:RDF ", b'<rdf:RDF xmlns:x="urn:x" ', 1)
    )
    with memory_below(8_000_000):
        assert read_provenance(hostile) in (TIGER, None)
        assert read_provenance(embedded(hostile, TIGER)) in (TIGER, None)


@settings(deadline=None)
@given(st.binary())
def test_arbitrary_bytes_hold_no_record(content: bytes) -> None:
    """No bytes raise: as a file, behind the start of a JPEG, as a packet, or as a segment of ExtendedXMP."""
    for image in (content, b"\xff\xd8\xff" + content, with_packet(content), with_packet(b"", EXTENSION + content)):
        assert read_provenance(image) is None
        embedded(image, TIGER)


@settings(deadline=None, max_examples=50)
@given(st.booleans(), st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255))), st.floats(0, 1))
def test_damaged_files_do_not_raise(foreign: bool, changes: list[tuple[int, int]], cut: float) -> None:
    """A file that is cut off, or has wrong bytes in its segments, gives a record or none."""
    content = bytearray(embedded(with_packet(FOREIGN.format("").encode()) if foreign else jpeg(), TIGER))
    for position, byte in changes:
        content[position] = byte
    for damaged in (bytes(content), bytes(content[: int(len(content) * cut)])):
        read_provenance(damaged)
        read_provenance(embedded(damaged, TIGER))


@pytest.mark.parametrize("bulk", ["pixels", "segments", "extended segments"])
def test_memory_stays_flat(tmp_path: Path, bulk: str) -> None:
    """A request is embedded in a file of 50 MB, and read, in less than 2 MB of memory, wherever the bytes are."""
    source, target = tmp_path / "source.jpg", tmp_path / "target.jpg"
    middle = {
        "pixels": b"",
        "segments": (b"\xff\xed\xff\xff" + bytes(65_533)) * 800,
        "extended segments": app1(EXTENSION + bytes(9_965)) * 5_000,
    }[bulk]
    tail = bytes(50_000_000 - len(middle)) if bulk == "pixels" else b""
    source.write_bytes(b"\xff\xd8" + middle + jpeg()[2:] + tail)
    del middle, tail
    with memory_below(2_000_000), source.open("rb") as reading, target.open("wb") as writing:
        embed(reading, writing, TIGER, description="a tiger")
    with memory_below(2_000_000):
        assert read_provenance(target) == TIGER
    assert target.stat().st_size > source.stat().st_size > 49_000_000


def test_a_request_that_is_not_an_object_is_refused() -> None:
    """A record needs a JSON object, and one that JSON can hold."""
    with pytest.raises(TypeError, match="not a JSON object"):
        evolve(TIGER, request=["a tiger"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not JSON serializable"):
        embedded(jpeg(), evolve(TIGER, request={"prompt": object()}))
