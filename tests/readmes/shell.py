"""A clone of the repository, in which a reader enters commands, with a sandbox in place of the service."""

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from shutil import copy2, which

import pytest
from attrs import define, field

from segmind_flux_schnell_sandbox.accounts import KEY
from segmind_flux_schnell_sandbox.addresses import loopback_listener
from tests.readmes import ROOT
from tests.readmes.commands import Command, missing_parts, rule_for, simple_commands
from tests.readmes.comparing import assert_shown

SERVICE = "https://api.segmind.com"
# Seconds that a command may take. All that takes longer is not run for real.
PATIENCE = 300
_BUILTINS = frozenset({"."})
# Where `make sandbox` listens if it is not told: a sandbox of whoever runs the tests may be there.
_DEFAULT_PORT = "8901"
_PORT = re.compile(r"\b(?:PORT=|--port )(\d+)")
_KEY = re.compile(r"\bSEGMIND_API_KEY(?P<account>\w*)=…")
_SHIMS = {
    # The reader has a key in the environment, and the URL of the sandbox.
    "flux-schnell": """\
#!/bin/sh
: "${{SEGMIND_API_KEY:={key}}}"
export SEGMIND_API_KEY SEGMIND_BASE_URL={url}
exec {prefix}/bin/flux-schnell "$@"
""",
    # The environment is the one that runs the tests: nothing is installed into it.
    "make": """\
#!/bin/sh
exec {make} --no-print-directory -o .venv/.ready -o .venv/.peers "$@"
""",
}


def tracked(*patterns: str) -> list[str]:
    """The files of the repository as they are now, those included that nobody has committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted({name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})


def clone(folder: Path) -> None:
    """Copy the repository into a new folder, and lend it this environment as its `.venv`."""
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    # Without a commit or a tag: nothing has been released.
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)


@define
class Shell:
    """Checks commands in a clone.

    Args:
        folder: Where the clone is made, for the first command.
        shims: An empty folder, for the programs that stand before others on the path.
        url: Of the sandbox.
    """

    folder: Path
    shims: Path
    url: str
    untested: set[str] = field(factory=set[str], init=False)
    """The files that the reader has saved, and that no command has run yet."""
    _servers: list[subprocess.Popen[str]] = field(factory=list[subprocess.Popen[str]], init=False)
    _exported: dict[str, str] = field(factory=dict[str, str], init=False)
    _ports: dict[str, str] = field(factory=lambda: {_DEFAULT_PORT: _free_port()}, init=False)

    def __attrs_post_init__(self) -> None:
        """Write the shims."""
        for name, text in _SHIMS.items():
            shim = self.shims / name
            shim.write_text(text.format(key=KEY, url=self.url, prefix=sys.prefix, make=which("make")), "utf-8")
            shim.chmod(0o755)

    def check(self, command: Command, environment: dict[str, str] | None = None) -> None:
        """Check a command as the rule for it says, and compare the output that the README shows.

        Raises:
            UncoveredError: There is no rule for it.
            AssertionError: It failed, or printed something else.
        """
        if not self.folder.exists():
            clone(self.folder)
        text = self._here(command.text)
        words = next(iter(simple_commands(text)))
        match rule_for(text):
            case "run" if words[0] == "export":
                self._exported.update((name, value) for name, _, value in (word.partition("=") for word in words[1:]))
            case "run" if words[0] not in _BUILTINS and which(words[0], path=self.environment["PATH"]) is None:
                pytest.skip(f"{words[0]} is not installed")
            case "run":
                self._compare(command, self._run(text, environment))
            case "serve":
                self._compare(command, self._served(text))
            case "dry-run":
                text = shlex.join(["make", "-n", *words[1:]]) if words[0] == "make" else text
                recipe = self._run(text, environment) if words[0] == "make" else text
                assert not (missing := missing_parts(recipe)), f"{command.text} starts what is not there: {missing}"
            case "collect":
                # pytest blocks the network itself, and wants to be the first to load the plugin that does.
                self._run(shlex.join([*words, "--collect-only", "--quiet"]), {"PYTHONPATH": ""})
            case "test":
                self._compare(command, self._tested(words))
            case "help":
                options = {word for word in words if word.startswith("--")}
                known = self._run(shlex.join([*words[:3], "--help"]), environment)
                assert all(option in known for option in options), f"{command.text}: not all options are in\n{known}"
            case "pip":
                self._resolve(words)
            case "uv":
                self._resolve_by_uv(words)

    def save(self, name: str, text: str) -> None:
        """Save a file in a project of the reader's own, which is not the clone."""
        self._tests.mkdir(exist_ok=True)
        (self._tests / name).write_text(text + "\n", "utf-8")
        self.untested.add(name)

    def close(self) -> None:
        """End the servers."""
        for server in self._servers:
            os.killpg(server.pid, signal.SIGTERM)
            server.communicate(timeout=PATIENCE)

    def _run(self, text: str, environment: dict[str, str] | None = None, folder: Path | None = None) -> str:
        done = subprocess.run(
            ["sh", "-c", text],
            cwd=folder or self.folder,
            env=self.environment | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{text} ended with {done.returncode}:\n{done.stdout}"
        return done.stdout

    def _served(self, text: str) -> str:
        """Start a server that runs until `close`, and return the line that it prints once it listens."""
        server = subprocess.Popen(
            ["sh", "-c", text],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._servers.append(server)
        assert server.stdout is not None
        return server.stdout.readline()

    @property
    def _tests(self) -> Path:
        return self.folder.parent / "tests"

    def _tested(self, words: list[str]) -> str:
        """Run tests that the reader has saved. A reader need not have all plugins that are installed here."""
        # pytest reads its own file without being asked.
        self.untested -= {*words, "conftest.py"}
        addopts = "--block-network --allowed-hosts=127.0.0.1 -p no:asyncio -p no:cacheprovider"
        options = {"PYTEST_ADDOPTS": addopts, "PYTHONPATH": "", "COLUMNS": "80"}
        return self._run(shlex.join(words), options, folder=self._tests)

    def _resolve(self, words: list[str]) -> None:
        """Let pip look for what an install needs among what is installed already."""
        start = words.index("install")
        offline = ["--dry-run", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
        printed = self._run(shlex.join(["python", "-m", "pip", "install", *offline, *words[start + 1 :]]))
        assert "does not provide the extra" not in printed, printed

    def _resolve_by_uv(self, words: list[str]) -> None:
        """Let uv do the same; what it adds to a project is added to one beside the clone."""
        offline = ["--offline", "--no-config", "--color", "never"]
        if words[1] == "pip":
            installed = ["--python", f"{sys.prefix}/bin/python", "--no-build-isolation", "--dry-run"]
            printed = self._run(shlex.join([*words[:3], *offline, *installed, *words[3:]]))
        else:
            project = self.folder.parent / "project"
            project.mkdir()
            start = shlex.join(["uv", "init", *offline, "--bare", "--python", sys.executable])
            added = shlex.join([*words[:2], *offline, "--frozen", *words[2:]])
            printed = self._run(f"ln -s {self.folder} ../segmind-flux-schnell && {start} && {added}", folder=project)
        assert "warning" not in printed, printed

    def _compare(self, command: Command, printed: str) -> None:
        if command.shown is not None:
            # A reader who calls the service itself does not see this line.
            elsewhere = f"Sending to {self.url} (SEGMIND_BASE_URL)\n"
            assert_shown(self._here(command.shown), printed.replace(elsewhere, ""))

    def _here(self, text: str) -> str:
        """The text with the sandbox in place of the service, its keys, and a free port for each that is shown."""
        for port in _PORT.findall(text):
            self._ports.setdefault(port, _free_port())
        for shown, free in self._ports.items():
            text = re.sub(rf"(?<=PORT=|port |\.0\.1:){shown}\b", free, text)
        text = _KEY.sub(lambda found: f"{found[0][:-2]}={KEY}{found['account'].lower().replace('_', '-')}", text)
        return text.replace(SERVICE, self.url)

    @property
    def environment(self) -> dict[str, str]:
        """That of a reader: no key, no proxy, and no network but loopback."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        path = [str(self.shims), f"{sys.prefix}/bin", os.environ["PATH"]]
        packages = [str(self.folder / "generated"), str(self.folder / "tests" / "sandbox")]
        python = [str(ROOT / "tests" / "readmes" / "loopback_only"), *packages]
        return {
            **kept,
            "PATH": os.pathsep.join(path),
            "PYTHONPATH": os.pathsep.join(python),
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "120",
            "PORT": self._ports[_DEFAULT_PORT],
            **self._exported,
        }


def _free_port() -> str:
    with loopback_listener("127.0.0.1", 0) as listener:
        return str(listener.getsockname()[1])
