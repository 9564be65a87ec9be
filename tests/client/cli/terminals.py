"""A terminal, as a person looks at it: what a program writes is shown on a screen, line by line."""

import os
import signal
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte
from attrs import define, field

from tests.client.cli.running import MODULE, environment
from tests.waiting import PATIENCE


@define
class Terminal:
    """A terminal with a program in it.

    Args:
        process: The program.
        master: The other end of its terminal.
        screen: What is shown.
    """

    process: "subprocess.Popen[bytes]"
    master: int
    screen: pyte.Screen
    written: bytearray = field(factory=bytearray, init=False)
    reader: threading.Thread = field(init=False)
    _lock: threading.Lock = field(factory=threading.Lock, init=False)

    def __attrs_post_init__(self) -> None:
        """Begin to show what the program writes."""
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        """Show what the program writes, until it ends."""
        stream = pyte.ByteStream(self.screen)
        while True:
            try:
                chunk = os.read(self.master, 65536)
            except OSError:
                # This is how Linux says that the other end is closed.
                return
            if not chunk:
                return
            with self._lock:
                self.written += chunk
                stream.feed(chunk)

    @property
    def lines(self) -> list[str]:
        """The lines on the screen that are not empty."""
        with self._lock:
            return [line.rstrip() for line in self.screen.display if line.strip()]

    def press_ctrl_c(self) -> None:
        """Press Ctrl-C: the terminal writes `^C`, and sends SIGINT."""
        os.write(self.master, b"\x03")

    def resize(self, columns: int) -> None:
        """Make it wider or narrower."""
        import fcntl
        import termios

        with self._lock:
            self.screen.resize(columns=columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", self.screen.lines, columns, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def until(self, condition: Callable[[list[str]], object]) -> None:
        """Wait until the screen shows something."""
        end = time.monotonic() + PATIENCE
        while not condition(self.lines):
            assert time.monotonic() < end, "\n".join(self.lines)
            time.sleep(0.02)

    def wait(self) -> int:
        """Wait for the end of the program, and return its exit code."""
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code


@contextmanager
def terminal(
    arguments: Sequence[str], cwd: Path, key: str, *, columns: int = 100, term: str = "xterm-256color"
) -> Iterator[Terminal]:
    """The program in a terminal of its own, of which it is the foreground process."""
    import fcntl
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [*MODULE, *arguments],
        cwd=cwd,
        env=environment(key, TERM=term),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(slave)
    shown = Terminal(process, master, pyte.Screen(columns, 40))
    try:
        yield shown
    finally:
        process.kill()
        process.wait()
        shown.reader.join(PATIENCE)
        os.close(master)
