"""Output that a terminal or a pipe cannot show: it is written otherwise, and no command ends because of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from segmind_flux_schnell_sandbox.server import Sandbox
from tests.client.cli.running import MODULE, environment
from tests.waiting import PATIENCE

PROMPT = "\u864e \u2026 caf\u00e9 \u00d7 \U0001f405"
"""Of its characters cp1252 shows some, and ASCII none but the blanks and four letters."""

NARROW = {
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "ascii, strict": {"PYTHONIOENCODING": "ascii:strict"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "no locale, as Python treats it": {"LC_ALL": "C"},
}
"""Environments that are Windows' default, or that of a bare container."""


@pytest.fixture(params=NARROW.values(), ids=list(NARROW))
def narrow(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variables of such an environment."""
    variables = environment(**request.param)
    if "PYTHONIOENCODING" not in request.param:
        del variables["PYTHONIOENCODING"]
    return variables


def run(*arguments: str, cwd: Path, variables: dict[str, str]) -> tuple[int, bytes, bytes]:
    """Run the program, with its output as bytes."""
    command = [*MODULE, *arguments]
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    assert b"codec can't encode" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_each_command_writes_what_it_can(sandbox: Sandbox, tmp_path: Path, narrow: dict[str, str]) -> None:
    """`generate`, `show`, `plan`, `batch` and `review`: each ends well, and what was paid for is on disk."""
    lines = [{"prompt": f"{PROMPT} {number}", "width": 512, "height": 512} for number in range(2)]
    (tmp_path / "prompts.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    narrow["SEGMIND_BASE_URL"] = sandbox.url
    before = len(sandbox.ledger.posts)
    small = ("--width", "512", "--height", "512")
    # Where Python is kept from UTF-8, an argument beyond ASCII is not text, and is refused before anything is sent.
    prompt = "a tiger" if "PYTHONUTF8" in narrow else PROMPT
    code, out, _ = run("generate", prompt, "-o", "tiger.jpg", *small, cwd=tmp_path, variables=narrow)
    assert (code, out.strip()) == (0, b"tiger.jpg")
    assert run("generate", prompt, *small, cwd=tmp_path, variables=narrow)[0] == 0
    for command in (
        ("show", "tiger.jpg"),
        ("plan", "prompts.jsonl"),
        ("batch", "prompts.jsonl", "-o", "out"),
        ("batch", "prompts.jsonl", "-o", "out", "--json"),
        ("review", "out"),
        ("review", "."),
        ("generate", "--help"),
    ):
        code, _, err = run(*command, cwd=tmp_path, variables=narrow)
        assert code == 0, (command, err)
    assert len(sandbox.ledger.posts) - before == 4
    assert len(list((tmp_path / "out").glob("*.jpg"))) == 2
    assert len(list(tmp_path.glob("*.jpg"))) == 2


def test_a_message_of_a_failure_is_written_too(tmp_path: Path, narrow: dict[str, str]) -> None:
    """Errors show what was given, whatever characters that has."""
    code, _, err = run("generate", "a tiger", "--sampler-name", PROMPT, cwd=tmp_path, variables=narrow)
    assert code == 2
    assert b"nothing was sent and nothing was billed\n  --sampler-name: '" in err


def test_similar_characters_stand_in(tmp_path: Path) -> None:
    """The dots and crosses of the program itself have an ASCII form; others become escapes."""
    lines = "".join(f"{PROMPT} {number}\n" for number in range(12))
    (tmp_path / "prompts.txt").write_text(lines, encoding="utf-8")
    _, out, _ = run("plan", "prompts.txt", cwd=tmp_path, variables=environment(**NARROW["ascii"]))
    assert b"\\u864e ... caf\\xe9 x \\U0001f405 0" in out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_bar_is_drawn_on_a_narrow_terminal(sandbox: Sandbox, tmp_path: Path, encoding: str) -> None:
    """The progress bar is made of characters that the terminal has."""
    import pty

    (tmp_path / "prompts.txt").write_text("".join(f"a tiger number {number}\n" for number in range(10)))
    master, slave = pty.openpty()
    variables = environment(PYTHONIOENCODING=encoding, TERM="xterm", SEGMIND_BASE_URL=sandbox.url)
    process = subprocess.Popen(
        [*MODULE, "batch", "prompts.txt"], cwd=tmp_path, env=variables, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 65536):
            seen += chunk
    except OSError:
        # This is how Linux says that the other end is closed.
        pass
    os.close(master)
    assert process.wait(PATIENCE) == 0, seen
    assert b"/10" in seen
    assert b"10 images bought" in seen
    seen.decode(encoding)
