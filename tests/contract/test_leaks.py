"""A service that repeats the key: nothing of it is kept, in whatever encoding, and the run says why."""

import gzip
import zlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import define, field
from starlette.types import Message, Receive, Scope, Send

from generator.output.folders import replacing_folder
from segmind_flux_schnell_sandbox import accounts as sandbox_accounts
from segmind_flux_schnell_sandbox.ledger import Ledger
from segmind_flux_schnell_sandbox.server import running_sandbox
from segmind_flux_schnell_sandbox.service import SandboxApp, create_app
from tests.client.responding_server import http_response, responding_server
from tests.client.spec.encodings import ENCODINGS
from tests.contract import CASSETTES
from tests.contract.commands import Options, drift, guarded
from tests.contract.model.contract import Contract
from tests.contract.model.interactions import ProbeRequest
from tests.contract.probing.sending import Sender
from tests.contract.probing.target import Target
from tests.contract.recording.cassettes import recorder
from tests.contract.recording.leaks import leaks
from tests.contract.recording.recording import LeakError, RecordingPlan, record_into
from tests.contract.reports import COULD_NOT_TELL

pytestmark = pytest.mark.usefixtures("generated_from_document")

KEY = "live-key." + "7c1f9e02"
"""Not of the shape that is scrubbed."""

SHAPED = "SG_" + "5f0e12ab90cd34ef"
REQUEST = ProbeRequest(operation="generateImage", method="POST", path="/v1/flux-schnell", body=b"{}")
JSON = "content-type: application/json"

PACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without a head": ("deflate", lambda content: zlib.compress(content)[2:-4]),
    "gzip in deflate": ("gzip, deflate", lambda content: zlib.compress(gzip.compress(content))),
    "gzip in another case": ("GZip", gzip.compress),
}


def recorded(folder: Path, response: bytes, key: str = KEY) -> list[str]:
    """Record one response to a request with a key, and look for leaks."""
    with responding_server() as server:
        server.response = response
        with Sender(Target(server.url, {"main": key}, "echo")) as sender, recorder(folder).use_cassette("probe.yaml"):
            sender.send("probe", REQUEST)
        assert server.received[0].headers["x-api-key"] == key
    assert (folder / "probe.yaml").exists()
    return list(leaks(folder, [key]))


@pytest.mark.parametrize("key", [KEY, SHAPED], ids=["a known key", "the shape of a key"])
@pytest.mark.parametrize("name", ENCODINGS)
def test_a_key_in_an_encoding_is_a_leak(tmp_path: Path, name: str, key: str) -> None:
    """Beside bytes that are not UTF-8, which a cassette holds as base64."""
    body = b'\xff\xfe{"error": "no such key: ' + ENCODINGS[name](key.encode()) + b'"}\x80'
    found = recorded(tmp_path, http_response("401 ", body, JSON), key)
    # What has the shape of a key, and is not encoded, is scrubbed.
    assert found == ([] if key == SHAPED and name in PLAIN else ["probe.yaml"])


PLAIN = (
    "as it is",
    "upper case",
    "lower case",
    "swapped case",
    "quoted-printable of quopri",
    "percent where a URL needs it",
)
"""In these a key of letters and digits stands as it is."""


@pytest.mark.parametrize("name", PACKED)
def test_a_key_in_a_compressed_body_is_a_leak(tmp_path: Path, name: str) -> None:
    """A cassette holds the body as it was sent: it is unpacked first."""
    encoding, pack = PACKED[name]
    body = pack(f'{{"error": "no such key: {KEY}"}}'.encode())
    response = http_response("401 ", body, JSON, f"content-encoding: {encoding}")
    assert recorded(tmp_path, response) == ["probe.yaml"]


@pytest.mark.parametrize("encoding", ["br", "zstd", "x-made-up"])
def test_a_body_that_cannot_be_unpacked_is_not_kept(tmp_path: Path, encoding: str) -> None:
    """Nobody can tell what it holds."""
    response = http_response("401 ", b"\x8b\x02\x80{}\x03", JSON, f"content-encoding: {encoding}")
    (found,) = recorded(tmp_path, response)
    assert found == f"probe.yaml (the encoding {encoding!r} cannot be decoded, so nobody can tell)"


@pytest.mark.parametrize(
    "response",
    [
        http_response("401 ", b"{}", f"X-Api-Key: {KEY.swapcase()}"),
        http_response("401 ", b"{}", f"x-{KEY.lower()}: 1"),
        http_response(f"401 {KEY}", b"{}"),
        http_response("200 OK", b"\xff\xd8\xff\xfe\x00\x20" + KEY.encode() + b"\xff\xd9", "content-type: image/jpeg"),
    ],
    ids=["a header", "the name of a header", "the phrase of the status", "an image"],
)
def test_a_key_anywhere_in_a_response_is_a_leak(tmp_path: Path, response: bytes) -> None:
    """Not only in a body."""
    assert len(recorded(tmp_path, response)) == 1


@pytest.mark.parametrize("key", ["test", "k", "error"])
def test_a_short_key_is_no_false_alarm(tmp_path: Path, key: str) -> None:
    """A key that can be any word does not keep a service from being recorded."""
    assert recorded(tmp_path, http_response("401 ", b'{"error": "this is a test of k"}', JSON), key) == []


def test_the_committed_recordings_have_no_key_of_a_test() -> None:
    """Nor anything shaped like a key, in any encoding."""
    assert list(leaks(CASSETTES, [KEY, SHAPED, "a-key-that-no-account-has"])) == []


@define
class EchoingApp:
    """The sandbox, with each message of an error compressed, and the key in it."""

    app: SandboxApp = field(factory=create_app)

    @property
    def ledger(self) -> Ledger:
        """What the sandbox has received."""
        return self.app.ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = dict(scope["headers"]).get(b"x-api-key", b"") if scope["type"] == "http" else b""
        start: Message = {}

        async def compressed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] >= 400:
                start = message
            elif message["type"] == "http.response.body" and start:
                body = gzip.compress(message["body"] + b"\n" + key)
                headers = [pair for pair in start["headers"] if pair[0] != b"content-length"]
                headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode())]
                await send({**start, "headers": headers})
                await send({**message, "body": body})
            else:
                await send(message)

        await self.app(scope, receive, compressed)


def test_a_recording_with_a_leak_is_not_kept(tmp_path: Path, contract: Contract) -> None:
    """A whole run: the old recordings stay, nothing is left beside them, and the error names the cassettes."""
    (tmp_path / "cassettes").mkdir()
    (tmp_path / "cassettes" / "old.yaml").write_text("old")
    with running_sandbox(EchoingApp()) as sandbox:
        plan = RecordingPlan.of(contract, Target.sandbox(sandbox.url))
        with pytest.raises(LeakError) as raised, replacing_folder(tmp_path / "cassettes") as folder:
            record_into(folder, contract, plan, keep=True)
    assert str(raised.value).startswith("the service repeats a key, or something that is shaped like one: ")
    assert str(raised.value).count(".yaml") > 20
    assert [path.name for path in tmp_path.rglob("*")] == ["cassettes", "old.yaml"]


def test_drift_says_that_the_service_repeats_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, which is not that of drift, and one sentence without the key."""
    with running_sandbox(EchoingApp()) as sandbox:
        code = guarded(drift, Options(base_url=sandbox.url, max_cost=Decimal(1000), yes=True, formats={}))
    assert code == COULD_NOT_TELL
    assert "could not tell: the service repeats a key" in (said := capsys.readouterr().err)
    assert sandbox_accounts.KEY not in said


def test_blanks_around_a_key_do_not_hide_it(tmp_path: Path) -> None:
    """The client sends a key without the blanks around it, and that is what is looked for."""
    target = Target.of("https://api.segmind.example", {"SEGMIND_API_KEY": f"{KEY} ", "SEGMIND_API_KEY_CRASH": " "})
    assert target.keys == {"main": KEY}
    (tmp_path / "probe.yaml.txt").write_text(f"no credits left for {KEY}.")
    assert list(leaks(tmp_path, [f" {KEY} \n"])) == ["probe.yaml.txt"]
    assert list(leaks(tmp_path, list(target.keys.values()))) == ["probe.yaml.txt"]
