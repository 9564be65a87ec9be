"""The request inside the image: what a file says of itself, and that it stays the same image."""

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

from segmind_flux_schnell._runtime.image.provenance import Provenance, embed, embedded, recorded
from tests.client.images import jpeg, png

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
LONG = evolve(TIGER, request={"prompt": "a tiger " * 25_000})
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
    """The segments of an extended packet."""
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
    """A JPEG with something to see."""
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
@pytest.mark.parametrize("provenance", [TIGER, LONG], ids=["short", "long"])
def test_an_image_stays_the_same_image(image: bytes, provenance: Provenance) -> None:
    """The file without the new segments is the old file, byte for byte; its pixels, Exif and profile are the same."""
    content = embedded(image, provenance, description="a tiger")
    added = [app1(body) for _, body in segments(content) if body.startswith((STANDARD, EXTENSION))]
    assert content.replace(b"".join(added), b"") == image
    before, after = Image.open(BytesIO(image)), Image.open(BytesIO(content))
    assert after.tobytes() == before.tobytes()
    assert {**after.info, "xmp": None} == {**before.info, "xmp": None}
    assert recorded(content) == provenance


def test_segments_keep_their_order() -> None:
    """JFIF and Exif have to come first, and do."""
    content = embedded(IMAGES["all of them"], TIGER)
    assert [(name, body[:5]) for name, body in segments(content)][:4] == [
        ("APP0", b"JFIF\0"),
        ("APP1", b"Exif\0"),
        ("APP1", b"http:"),
        ("APP2", b"ICC_P"),
    ]


def test_other_programs_show_what_they_can() -> None:
    """Description, tool and date are standard properties; the record is JSON in one of our own."""
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


def test_what_xml_cannot_hold_is_replaced_in_the_description_alone() -> None:
    """Control characters and lone surrogates become U+FFFD where other programs look; the record has them."""
    prompt = "a\0b\x1bc\ud800d\uffffe\u0085f\U0001f405"
    content = embedded(jpeg(), evolve(TIGER, request={"prompt": prompt}), description=prompt)
    assert shown(content, "dc:description") == ["a\ufffdb\ufffdc\ufffdd\ufffde\u0085f\U0001f405"]
    back = recorded(content)
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
    back = recorded(content)
    assert back is not None
    assert repr(back.request) == repr(request)
    assert (back.request_id, back.seed) == (None, None)
    assert ElementTree.fromstring(packet_of(content)) is not None


@pytest.mark.parametrize(
    "length", [1, 60_000, 64_000, 64_300, 64_500, 65_400, 65_502, 70_000, 130_800, 200_000, 1_000_000]
)
def test_a_request_may_be_as_long_as_it_likes(length: int) -> None:
    """What one segment cannot hold goes on in extended segments, as the specification of XMP has it."""
    provenance = evolve(TIGER, request={"prompt": "é" * (length // 12), "and": "x" * (length // 2)})
    content = embedded(jpeg(), provenance, description="a tiger")
    assert recorded(content) == provenance
    assert Image.open(BytesIO(content)).tobytes() == Image.open(BytesIO(jpeg())).tobytes()


def test_extended_segments_are_those_of_the_specification() -> None:
    """The standard packet names the MD5 of the extended one, whose parts say which, how long, and where."""
    content = embedded(jpeg(), LONG, description="a tiger")
    parts = [body for _, body in segments(content) if body.startswith(EXTENSION)]
    packet = b"".join(part[75:] for part in parts)
    assert parts == extension(packet)
    (guid,) = shown(content, "{http://ns.adobe.com/xmp/note/}HasExtendedXMP")
    assert guid == hashlib.md5(packet).hexdigest().upper()
    assert ElementTree.fromstring(packet).findall(".//{*}record")


@pytest.mark.parametrize("later", [TIGER, LONG], ids=["short", "long"])
@pytest.mark.parametrize("earlier", [evolve(TIGER, seed=1), evolve(LONG, seed=1)], ids=["short", "long"])
def test_a_record_is_replaced(earlier: Provenance, later: Provenance) -> None:
    """A second inscription leaves nothing of the first."""
    once = embedded(jpeg(), earlier, description="older")
    assert embedded(once, later, description="newer") == embedded(jpeg(), later, description="newer")


@pytest.mark.parametrize("provenance", [TIGER, LONG], ids=["short", "long"])
def test_a_packet_of_another_program_is_kept(provenance: Provenance) -> None:
    """There can be only one packet: ours is put into it, of the same resource, and all its bytes stay."""
    foreign = FOREIGN.format("<dc:title>kept</dc:title>").encode()
    packet = packet_of(embedded(with_packet(foreign), provenance, description="a tiger"))
    assert packet.count(b"<?xpacket begin") == 1
    end = foreign.index(b"</r:RDF>")
    assert packet.startswith(foreign[:end])
    assert packet.endswith(foreign[end:])
    assert re.findall(rb'about="([^"]*)"', packet) == [b"uuid:1", b"uuid:1"]
    assert recorded(embedded(with_packet(foreign), provenance)) == provenance


def test_what_a_packet_says_already_is_not_said_again() -> None:
    """XMP allows each property once: a description or date of another program stays, in either spelling."""
    inner = "<dc:description>theirs</dc:description>"
    foreign = FOREIGN.format(inner).replace(
        "dc:format=", f'xmlns:xmp="{NAMES["xmp"]}" xmp:CreateDate="1999" dc:format='
    )
    content = embedded(with_packet(foreign.encode()), TIGER, description="ours")
    assert shown(content, "dc:description") == ["theirs"]
    assert not shown(content, "xmp:CreateDate")
    assert shown(content, "xmp:CreatorTool") == [TIGER.client]
    assert recorded(content) == TIGER


@pytest.mark.parametrize("again", [TIGER, LONG], ids=["short", "long"])
@pytest.mark.parametrize("provenance", [TIGER, LONG], ids=["short", "long"])
def test_an_extended_packet_of_another_program_is_kept(provenance: Provenance, again: Provenance) -> None:
    """There can be only one of these too: a long record is put into it, and taken out of it again."""
    theirs = FOREIGN.format(f"<dc:rights>{'x' * 100_000}</dc:rights>").encode()
    guid = hashlib.md5(theirs).hexdigest().upper()
    note = f'<n:HasExtendedXMP xmlns:n="http://ns.adobe.com/xmp/note/">{guid}</n:HasExtendedXMP>'
    image = with_packet(FOREIGN.format(note).encode(), *extension(theirs))
    content = embedded(image, provenance)
    assert recorded(content) == provenance
    packet = b"".join(body[75:] for _, body in segments(content) if body.startswith(EXTENSION))
    assert b"x" * 100_000 in packet
    assert shown(content, "{*}HasExtendedXMP") == [hashlib.md5(packet).hexdigest().upper()]
    assert embedded(content, again) == embedded(image, again)


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
def test_a_packet_that_is_none_is_replaced(packet: bytes) -> None:
    """What no program can read, or holds nothing, gives way."""
    assert embedded(with_packet(packet), TIGER) == embedded(jpeg(), TIGER)


def test_parts_of_a_packet_that_is_lost_do_no_harm() -> None:
    """Where the parts of a long record have lost their standard packet, the same record is written anew."""
    _, *parts = [body for _, body in segments(embedded(jpeg(), LONG)) if body.startswith((STANDARD, EXTENSION))]
    assert embedded(with_packet(b"lost", *parts), LONG) == embedded(jpeg(), LONG)


@pytest.mark.parametrize("provenance", [TIGER, LONG], ids=["short", "long"])
@pytest.mark.parametrize("earlier", [evolve(TIGER, seed=1), evolve(LONG, seed=1)], ids=["short", "long"])
def test_a_record_that_another_program_rewrote_is_read_and_replaced(
    earlier: Provenance, provenance: Provenance
) -> None:
    """Programs write properties as attributes, and under prefixes of their own: they mean the same."""
    content = embedded(jpeg(), earlier)
    packets = [body[75:] for _, body in segments(content) if body.startswith(EXTENSION)]
    rewritten = b"".join(packets).replace(b"call:", b"c:").replace(b"xmlns:call", b"xmlns:c")
    standard = packet_of(content).replace(b"call:", b"c:").replace(b"xmlns:call", b"xmlns:c")
    old, new = (hashlib.md5(packet).hexdigest().upper().encode() for packet in (b"".join(packets), rewritten))
    content = with_packet(standard.replace(old, new), *extension(rewritten))
    assert recorded(content) == earlier
    again = embedded(content, provenance)
    assert recorded(again) == provenance
    assert again.count(b"record>") == 2


def test_a_record_may_be_an_attribute() -> None:
    """A property written as an attribute is the same property."""
    packet = packet_of(embedded(jpeg(), TIGER))
    text = re.search(b"<call:record>(.*)</call:record>", packet)
    assert text
    value = text[1].replace(b'"', b"&quot;")
    attribute = packet.replace(text[0], b"").replace(b'rdf:about=""', b'rdf:about="" call:record="' + value + b'"')
    assert recorded(with_packet(attribute)) == TIGER


def test_a_packet_without_room_leaves_the_image_as_it_is() -> None:
    """An image whose own XMP fills its segment is not changed at all."""
    image = with_packet(FOREIGN.format(f"<dc:rights>{'x' * 65_000}</dc:rights>").encode())
    assert embedded(image, TIGER) == image
    assert recorded(image) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"no image", png(), b"\xff\xd8", b"\xff\xd8\xff\xd9", jpeg()[:100], b"\xff\xd8\xff\xe1\0\0" + jpeg()],
)
def test_what_is_no_jpeg_stays_as_it_is(content: bytes) -> None:
    """Other formats, and files that end before their pixels, are copied, and hold no record."""
    assert embedded(content, TIGER) == content
    assert recorded(content) is None


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    """A path as text is as good as a Path; a file that is not there is an OSError."""
    file = tmp_path / "tiger.jpg"
    file.write_bytes(embedded(jpeg(), TIGER))
    assert recorded(file) == recorded(str(file)) == TIGER
    with pytest.raises(FileNotFoundError):
        recorded(tmp_path / "lion.jpg")


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
def test_a_record_of_another_shape_is_none(record: str) -> None:
    """What is no record of ours, though under its name, is no provenance."""
    packet = re.sub(b"(?<=<call:record>).*(?=</call:record>)", record.encode(), packet_of(embedded(jpeg(), TIGER)))
    assert recorded(with_packet(packet)) is None


def test_what_a_later_version_adds_is_left_out() -> None:
    """A record with more in it is read as far as it is known."""
    packet = packet_of(embedded(jpeg(), TIGER)).replace(b'{"operation"', b'{"cost":"0.008","operation"')
    assert recorded(with_packet(packet)) == TIGER


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
    """A packet with a document type is refused before its entities mean anything."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    packet = packet_of(embedded(jpeg(), TIGER)).replace(b"a tiger", b"&a20;")
    start = packet.index(b"<x:xmpmeta")
    hostile = with_packet(packet[:start] + prologue.format(secret.as_uri()).encode() + packet[start:])
    with memory_below(1_000_000):
        assert recorded(hostile) is None
        assert embedded(hostile, TIGER) == embedded(jpeg(), TIGER)


@settings(deadline=None)
@given(st.binary())
def test_arbitrary_bytes_hold_no_record(content: bytes) -> None:
    """No bytes raise: as a file, behind the start of a JPEG, as a packet, or as segments of an extended one."""
    for image in (content, b"\xff\xd8\xff" + content, with_packet(content), with_packet(b"", EXTENSION + content)):
        assert recorded(image) is None
        embedded(image, TIGER)


@settings(deadline=None, max_examples=50)
@given(st.booleans(), st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 255))), st.floats(0, 1))
def test_damaged_files_do_not_raise(long: bool, changes: list[tuple[int, int]], cut: float) -> None:
    """A file that is cut off, or has wrong bytes in its segments, gives a record or none."""
    content = bytearray(embedded(jpeg(), LONG if long else TIGER))
    for position, byte in changes:
        content[position] = byte
    for damaged in (bytes(content), bytes(content[: int(len(content) * cut)])):
        recorded(damaged)
        recorded(embedded(damaged, TIGER))


def test_parts_in_any_order_are_put_together() -> None:
    """Parts are sorted by what they say; a part that is missing or changed makes the record none."""
    content = embedded(jpeg(), LONG)
    standard, *parts = [body for _, body in segments(content) if body.startswith((STANDARD, EXTENSION))]
    packet = standard[len(STANDARD) :]
    assert recorded(with_packet(packet, *reversed(parts))) == LONG
    assert recorded(with_packet(packet, *parts[1:])) is None
    assert recorded(with_packet(packet, *parts, parts[0])) is None
    assert recorded(with_packet(packet, parts[0].replace(b"tiger", b"TIGER"), *parts[1:])) is None


@pytest.mark.parametrize("bulk", ["pixels", "segments", "extended segments"])
def test_memory_stays_flat(tmp_path: Path, bulk: str) -> None:
    """A file of 50 MB is embedded and read in less than 2 MB, wherever its bytes are."""
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
        assert recorded(target) == TIGER
    assert target.stat().st_size > source.stat().st_size > 49_000_000


def test_a_request_that_is_no_object_is_refused() -> None:
    """A record is made of a JSON object, and of nothing else."""
    with pytest.raises(TypeError, match="no JSON object"):
        evolve(TIGER, request=["a tiger"])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not JSON serializable"):
        embedded(jpeg(), evolve(TIGER, request={"prompt": object()}))
