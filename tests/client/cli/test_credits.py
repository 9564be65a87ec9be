"""`credits`: what is left in the account."""

import pytest

from segmind_flux_schnell._runtime.cli.start import start
from segmind_flux_schnell.cli import PROGRAM
from segmind_flux_schnell_sandbox.accounts import KEY, KEY_NO_CREDITS
from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.conftest import Flux
from tests.client.responding_server import RespondingServer, http_response

pytestmark = pytest.mark.skipif(PROGRAM.balance is None, reason="the document has no operation that tells the balance")


@pytest.fixture(autouse=True)
def a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an account that gets images at once."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY)


def test_the_credits_of_the_account(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line for each kind of credits, on the standard output alone; asking is free."""
    monkeypatch.setenv("SEGMIND_API_KEY", KEY_NO_CREDITS)
    before = sandbox.ledger.billed
    done = flux("credits", "--base-url", sandbox.url)
    assert (done.code, done.out, done.err) == (0, "credits       0.004\nfree-credits  0.0\n", "")
    assert sandbox.ledger.billed == before


def test_the_credits_as_json(flux: Flux, sandbox: Sandbox) -> None:
    """With the names that the service has for them."""
    done = flux("credits", "--json", "--base-url", sandbox.url)
    assert (done.code, set(done.json)) == (0, {"credits", "free-credits"})
    assert done.json["credits"] == float(sandbox.ledger.balance(KEY))


def test_a_wrong_key_is_said(flux: Flux, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is a check of a key too: what the service says of it, and exit code 1."""
    monkeypatch.setenv("SEGMIND_API_KEY", "wrong")
    done = flux("credits", "--json", "--base-url", sandbox.url)
    assert (done.code, done.json["error"], done.json["billed"]) == (1, "KeyRefusedError", False)
    assert "The key is wrong or has expired" in done.err


def test_no_key(flux: Flux, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says where to put it."""
    monkeypatch.delenv("SEGMIND_API_KEY")
    done = flux("credits")
    assert (done.code, "put it in the environment variable SEGMIND_API_KEY" in done.err) == (2, True)


def test_names_of_the_service_reach_no_terminal_unescaped(flux: Flux, server: RespondingServer) -> None:
    """Further kinds of credits are shown too, control characters escaped."""
    server.response = http_response(
        "200 OK", b'{"credits": 2.5, "\\u001b[2Jgift": 1}', "content-type: application/json"
    )
    done = flux("credits", "--base-url", server.url)
    assert done.code == 0
    assert "credits       2.5\n" in done.out
    assert "\x1b" not in done.out


def test_the_texts_are_the_documents(flux: Flux) -> None:
    """What the command does is said in the words of the document."""
    shown = " ".join(flux("credits", "--help").out.split())
    assert PROGRAM.balance is not None
    assert PROGRAM.balance.summary in shown
    assert PROGRAM.balance.description in shown
    assert "--on-mismatch" not in shown


def test_a_document_without_a_balance_has_no_such_command(capsys: pytest.CaptureFixture[str]) -> None:
    """It is offered only where the document has the operation."""
    from attrs import evolve

    program = evolve(PROGRAM, operations=tuple(one for one in PROGRAM.operations if one.balance is None))
    assert start(program, ["credits"]) == 2
    assert "No such command 'credits'" in capsys.readouterr().err
