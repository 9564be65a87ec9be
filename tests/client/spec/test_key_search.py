"""A key in what a service sends is found in every encoding, and nothing else is taken for one."""

import gzip
import os
import pickle
import time
import zlib
from base64 import b64encode
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from segmind_flux_schnell._runtime.spec.decoding import UndecodableError, decodings
from segmind_flux_schnell._runtime.spec.key_search import REMOVED, WITHHELD, KeySearch
from tests.client.spec.encodings import ENCODINGS, Encode

KEYS = {
    "of the vendor's shape": "SG_" + "5f0e12ab90cd34ef",
    "with all that base64 has": "a+b/c==d?e>f~g~",
    "with letters that escapes use": r"a%41\u0041&amp;=41z",
    "short": "key-0123",
}
LARGE = 1 << 22
SHAPED = KEYS["of the vendor's shape"].encode()

keys = pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)


@keys
@pytest.mark.parametrize("encode", ENCODINGS.values(), ids=ENCODINGS)
def test_each_encoding_is_found_and_removed(key: str, encode: Encode) -> None:
    """Beside bytes that are not UTF-8, and beside text."""
    search = KeySearch([key])
    content = b"\xff\xfe no such key: \x80 " + encode(key.encode()) + b" \xc3("
    assert search.is_hidden_in(content)
    redacted = search.redacted(content)
    assert not search.is_hidden_in(redacted)
    assert encode(key.encode()) not in redacted


@pytest.mark.parametrize("name", [name for name in ENCODINGS if not name.startswith(("gzip", "deflate", "octal"))])
def test_the_rest_of_a_message_stays(name: str) -> None:
    """What the service says is wrong can be read where the key stands in one encoding."""
    if name in ("base64 of base64", "base64 of gzip"):
        pytest.skip("from these nothing is removed: the whole body is withheld")
    key = KEYS["of the vendor's shape"].encode()
    redacted = KeySearch([key.decode()]).redacted(b"no such key: <" + ENCODINGS[name](key) + b">, ask support")
    assert redacted.startswith(b"no such key: <")
    assert redacted.endswith(b">, ask support")
    assert REMOVED in redacted


def test_what_cannot_be_removed_is_withheld() -> None:
    """A key in a compressed part, or within several encodings, takes the whole body with it."""
    search = KeySearch([KEYS["short"]])
    assert search.redacted(b"see " + gzip.compress(KEYS["short"].encode())) == WITHHELD
    assert search.redacted(gzip.compress(b"no key"), "br") == WITHHELD


# Those that are of one kind: several of the others within each other are more than is decoded.
SEVERAL = ("upper case", "lower case", "swapped case", "percent twice", "percent three times")
names = st.sampled_from([name for name in ENCODINGS if name not in SEVERAL and " of " not in name])
beside = st.binary(max_size=12) | st.text("abc123=%&\\", max_size=6).map(str.encode)


@settings(deadline=None, max_examples=300)
@given(chain=st.lists(names, min_size=1, max_size=3), before=beside, after=beside)
def test_encodings_of_encodings_are_found(chain: list[str], before: bytes, after: bytes) -> None:
    """Any three within each other, beside any bytes. What is compressed is not text, so UTF-16 cannot write it."""
    packed = [at for at, name in enumerate(chain) if name.startswith(("gzip", "deflate"))]
    assume(not packed or not any("UTF" in name for name in chain[packed[0] :]))
    key = KEYS["of the vendor's shape"]
    content = key.encode()
    for name in chain:
        content = ENCODINGS[name](content) if "UTF" not in name else ENCODINGS[name](content.decode("latin-1").encode())
    search = KeySearch([key])
    whole = before + b" " + content + b" " + after
    assert search.is_hidden_in(whole)
    assert not search.is_hidden_in(search.redacted(whole))


@settings(deadline=None)
@given(content=st.binary() | st.text().map(str.encode), key=st.sampled_from(list(KEYS.values())))
def test_what_has_no_key_stays_as_it_is(content: bytes, key: str) -> None:
    """Bytes in which no key was put are not changed."""
    assert KeySearch([key]).redacted(content) == content


def test_usual_responses_are_no_false_alarm() -> None:
    """A page, a JSON body with base64, a stack trace and an image of the service are not taken for a key."""
    search = KeySearch(["sandbox-key", "test-key"])
    for content in (
        b'{"error": "Insufficient credits: the balance is 0.001", "trace": "File \\"a.py\\", line 3\\n  x = y %% 2"}',
        b"<html><title>405 &mdash; Not Allowed</title><p>100%&nbsp;sure &copy; 2026</p></html>",
        b'{"image": "' + b64encode(os.urandom(3000)) + b'", "id": "0f8fad5b-d9cb-469f-a165-70867728950e"}',
    ):
        assert search.redacted(content) == content


def test_without_keys_nothing_is_searched() -> None:
    """A client without a key, or with one that is too short to be told from a word, changes no response."""
    search = KeySearch([])
    assert not search.is_in(b"anything")
    assert search.redacted(b"anything", "br") == b"anything"


def test_the_beginning_of_a_key_is_removed_from_a_body_that_was_cut_off() -> None:
    """More than half of a key would help whoever guesses the rest."""
    key = KEYS["of the vendor's shape"]
    assert KeySearch([key]).without_start(f"no such key: {key[:-1]}".encode()) == b"no such key: [key]"
    assert KeySearch([key]).without_start(b"no such key: SG_") == b"no such key: SG_"


def test_a_file_keeps_its_length() -> None:
    """In an image, asterisks take the place of a key: all of its segments stay where they are."""
    key = KEYS["of the vendor's shape"]
    content = b"\xff\xd8\xff\xfe" + key.encode() + b"\xff\xd9"
    assert KeySearch([key]).masked(content) == b"\xff\xd8\xff\xfe" + b"*" * len(key) + b"\xff\xd9"


def test_a_search_shows_and_pickles_no_key() -> None:
    """Its repr has no key, and it cannot be pickled."""
    search = KeySearch([KEYS["short"]])
    search.redacted(KEYS["short"].encode())
    assert KEYS["short"] not in repr(search)
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(search)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "x-made-up"])
def test_an_unknown_content_encoding_is_not_passed_over(encoding: str) -> None:
    """What cannot be decoded may hold anything."""
    with pytest.raises(UndecodableError, match="cannot be decoded"):
        list(decodings(b"anything", encoding))


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda content: zlib.compress(content)[2:-4]])
def test_a_content_encoding_is_decoded(pack: Callable[[bytes], bytes]) -> None:
    """Gzip, deflate with and without the head of zlib, and what comes before a fault in them."""
    name = "gzip" if pack is gzip.compress else "deflate"
    packed = pack(SHAPED + os.urandom(20_000))
    assert any(SHAPED in text for text in decodings(packed, name))
    assert any(SHAPED in text for text in decodings(packed[:10_000] + b"\xff" * 99, name))
    assert any(SHAPED in text for text in decodings(gzip.compress(packed), f"{name}, gzip"))


HOSTILE: dict[str, bytes] = {
    "a gzip bomb": gzip.compress(bytes(1 << 28)),
    "heads of gzip": b"\x1f\x8b\x08" * (LARGE // 3),
    "heads of zlib": b"\x78\x9c" * (LARGE // 2),
    "backslashes": b"\\" * LARGE,
    "half of an escape": b"\\u000" * (LARGE // 5),
    "percent signs": b"%25" * (LARGE // 3),
    "ampersands": b"&" * LARGE,
    "half of an entity": b"&#0000000" * (LARGE // 9),
    "letters": b"A" * LARGE,
    "random bytes": os.urandom(LARGE),
    "base64": b64encode(os.urandom(LARGE // 4 * 3)),
    "the beginning of the key": b"SG_5f0e12ab90cd34e" * (LARGE // 18),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_no_body_takes_long(content: bytes) -> None:
    """Megabytes that were made to keep a search busy are done with in seconds, and not in hours."""
    started = time.monotonic()
    KeySearch([KEYS["of the vendor's shape"]]).redacted(content)
    assert time.monotonic() - started < 60
