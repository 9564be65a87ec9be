"""Saving a file: it is whole or absent, whatever happens in between."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from segmind_flux_schnell._runtime.base.saving import NotReplacedError, aside, check_folder, replacing

LIMITED = """
import resource, signal, sys
from segmind_flux_schnell._runtime.base.saving import replacing
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with replacing(sys.argv[1]) as file:
        for _ in range(100):
            file.write(bytes(10_000))
except OSError as error:
    print(error.strerror)
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that is to be replaced."""
    target = tmp_path / "tiger.jpg"
    target.write_bytes(b"older")
    return target


def test_the_file_takes_its_place_when_the_block_ends(target: Path) -> None:
    """Until the block ends the old file is there, and then the whole new one, and nothing else."""
    with replacing(target) as file:
        file.write(b"newer")
        file.flush()
        assert target.read_bytes() == b"older"
    assert target.read_bytes() == b"newer"
    assert os.listdir(target.parent) == ["tiger.jpg"]


def test_what_was_written_can_be_read_before_it_counts(target: Path) -> None:
    """The file can be checked inside the block."""
    with replacing(str(target)) as file:
        file.write(b"newer")
        file.seek(0)
        assert file.read() == b"newer"


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt, SystemExit, GeneratorExit])
@pytest.mark.parametrize("there", [True, False])
def test_an_exception_leaves_everything_as_it_was(target: Path, error: type[BaseException], there: bool) -> None:
    """After any exception the target is the old file, or absent, and there is no temporary file."""
    if not there:
        target.unlink()
    before = os.listdir(target.parent)
    with pytest.raises(error), replacing(target) as file:  # noqa: PT012
        file.write(b"half")
        raise error
    assert os.listdir(target.parent) == before
    assert not there or target.read_bytes() == b"older"


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_everything_as_it_was(target: Path, there: bool) -> None:
    """When the system takes no more bytes the target is the old file, or absent, and there is no temporary file."""
    if not there:
        target.unlink()
    before = os.listdir(target.parent)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(target)], capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
    assert os.listdir(target.parent) == before
    assert not there or target.read_bytes() == b"older"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_of_the_last_steps_leaves_everything_as_it_was(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Disks that fail only when they sync, and folders that refuse the rename, do no harm."""

    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, step, failing)
    with pytest.raises(OSError, match="Input/output"), replacing(target) as file:
        file.write(b"newer")
    assert target.read_bytes() == b"older"
    assert os.listdir(target.parent) == ["tiger.jpg"]


def test_file_and_folder_are_synced(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are on the disk before the rename, and the rename is on the disk before the call returns."""
    synced: list[tuple[bool, bytes]] = []

    def fsync(descriptor: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), target.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    with replacing(target) as file:
        file.write(b"newer")
    assert synced == [(False, b"older"), (True, b"newer")]


def test_a_folder_that_cannot_be_synced_is_no_failure(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems cannot sync a folder; the file is in its place all the same."""

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    with replacing(target) as file:
        file.write(b"newer")
    assert target.read_bytes() == b"newer"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o444])
def test_a_file_that_is_there_keeps_its_mode(target: Path, mode: int) -> None:
    """Who may read the old file may read the new one, while it is written too, whatever the umask is."""
    target.chmod(mode)
    with replacing(target) as file:
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == mode
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_new_file_has_the_mode_of_the_umask(tmp_path: Path) -> None:
    """A new file is what open would make."""
    before = os.umask(0o027)
    try:
        with replacing(tmp_path / "tiger.jpg"):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "tiger.jpg").stat().st_mode) == 0o640


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_a_link(target: Path, tmp_path: Path, there: bool) -> None:
    """The file that a link leads to is replaced, or made, in its own folder."""
    if not there:
        target.unlink()
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "latest.jpg"
    link.symlink_to("../tiger.jpg")
    with replacing(link) as file:
        file.write(b"newer")
        assert os.listdir(folder) == ["latest.jpg"]
    assert link.is_symlink()
    assert target.read_bytes() == b"newer"


def test_a_link_to_itself_is_an_os_error(tmp_path: Path) -> None:
    """A link that leads nowhere is refused, as open refuses it."""
    link = tmp_path / "loop"
    link.symlink_to("loop")
    with pytest.raises(OSError, match="symbolic links"), replacing(link):
        pass
    assert link.is_symlink()


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """A pipe gets the bytes, and stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with replacing(pipe) as file:
        file.write(b"newer")
    reader.join()
    assert read == [b"newer"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_written_to() -> None:
    """A device gets the bytes, and stays a device."""
    with replacing("/dev/null") as file:
        file.write(b"newer")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_the_standard_output_is_written_to() -> None:
    """/dev/stdout is a link to whatever the shell has put there, and can be saved to."""
    code = (
        "from segmind_flux_schnell._runtime.base.saving import replacing\n"
        "with replacing('/dev/stdout') as f: f.write(b'x')"
    )
    assert subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True).stdout == b"x"


@pytest.mark.parametrize("path", ["", ".", "/", "no/such/folder/tiger.jpg", "tiger.jpg/stripes.jpg"])
def test_a_path_that_is_no_file_is_an_os_error(target: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """A folder, or a file where no folder is, raises what open raises, and nothing is made."""
    monkeypatch.chdir(target.parent)
    with pytest.raises(OSError, match="directory"), replacing(path):
        pass
    assert os.listdir() == ["tiger.jpg"]


def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path) -> None:
    """The temporary name is short, however long that of the file is."""
    target = tmp_path / ("x" * 251 + ".jpg")
    with replacing(target) as file:
        file.write(b"newer")
    assert target.read_bytes() == b"newer"


def test_a_file_without_a_final_name_yet_is_renamed_or_deleted(tmp_path: Path) -> None:
    """What the block renames stays; what it leaves aside, because it raised, does not."""
    with aside(tmp_path) as temporary:
        temporary.write_bytes(b"newer")
        temporary.rename(tmp_path / "tiger.jpg")
    with pytest.raises(ValueError, match="no name"), aside(tmp_path) as temporary:  # noqa: PT012
        temporary.write_bytes(b"lost")
        raise ValueError("no name")
    assert os.listdir(tmp_path) == ["tiger.jpg"]


@pytest.mark.parametrize("refusals", [1, 2])
def test_a_file_that_is_held_for_a_moment_takes_its_place(
    target: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    """A virus scanner has let go of a file after some seconds: until then the renaming is tried again."""
    replace, left = os.replace, [refusals]

    def held(source: Path, onto: Path) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(13, "Permission denied")
        replace(source, onto)

    monkeypatch.setattr("segmind_flux_schnell._runtime.base.saving.REPLACE_WAITS", (0.001, 0.001))
    monkeypatch.setattr(os, "replace", held)
    with replacing(target) as file:
        file.write(b"newer")
    assert target.read_bytes() == b"newer"
    assert os.listdir(target.parent) == ["tiger.jpg"]


def test_a_file_that_is_held_for_good_is_kept_beside_its_target(target: Path, held: None) -> None:
    """What was paid for stays, under a name that no other file has; the error has that name."""
    (target.parent / "tiger-2.jpg").write_bytes(b"mine")
    with pytest.raises(NotReplacedError) as raised, replacing(target, keeps=True) as file:
        file.write(b"newer")
    assert raised.value.kept == target.parent / "tiger-3.jpg"
    assert {path.name: path.read_bytes() for path in target.parent.iterdir()} == {
        "tiger.jpg": b"older",
        "tiger-2.jpg": b"mine",
        "tiger-3.jpg": b"newer",
    }


def test_what_was_not_paid_for_is_not_kept(target: Path, held: None) -> None:
    """A gallery can be made again: there is no second file, and the error is that of the system."""
    with pytest.raises(PermissionError), replacing(target) as file:
        file.write(b"newer")
    assert os.listdir(target.parent) == ["tiger.jpg"]


def test_ctrl_c_during_a_wait_keeps_the_file(target: Path, held: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not want to wait loses nothing."""

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", interrupted)
    with pytest.raises(KeyboardInterrupt), replacing(target, keeps=True) as file:
        file.write(b"newer")
    assert (target.parent / "tiger-2.jpg").read_bytes() == b"newer"


def test_a_path_set_aside_is_written_once(tmp_path: Path, held: None) -> None:
    """Its block renames it: a second temporary file would be one more that another program can hold."""
    with aside(tmp_path) as temporary:
        with replacing(temporary) as file:
            file.write(b"newer")
        assert os.listdir(tmp_path) == [temporary.name]


def test_a_folder_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that takes files, and has room for them, is left as it was; any other is an OSError."""
    check_folder(tmp_path, images=3)
    assert os.listdir(tmp_path) == []
    with pytest.raises(FileNotFoundError):
        check_folder(tmp_path / "nowhere")
    usage = type(shutil.disk_usage(tmp_path))(10**9, 0, 20_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    check_folder(tmp_path, images=2)
    with pytest.raises(OSError, match=r"only 20\.0 MB are free"):
        check_folder(tmp_path, images=3)
