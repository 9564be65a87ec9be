"""The journal: wherever it is cut off, the rest can be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmind_flux_schnell import Batch, ConfigurationError
from segmind_flux_schnell._runtime.batch.history import JournalEntry, entries, key_of
from segmind_flux_schnell._runtime.batch.journal import Journal, lines
from tests.client.batch import prompts

HEAD = {"event": "batch", "version": 1, "spec_version": "0.1.0", "shard": [1, 1]}
STATUS = {"sending": "unknown", "unknown": "unknown", "done": "done", "failed": "failed"}

texts = st.text() | st.sampled_from(["\n", '{"event": "done"}\n', "\u2028", "é"])
keys = st.sampled_from(["a" * 64, "b" * 64, "c" * 64])
histories = st.lists(st.tuples(st.sampled_from(list(STATUS)), keys, texts), max_size=12)


def written(path: Path, history: list[tuple[Any, str, str]]) -> bytes:
    """The bytes of a journal with these lines."""
    path.unlink(missing_ok=True)
    with Journal(path) as journal:
        journal.write("batch", version=1, spec_version="0.1.0", shard=[1, 1])
        for event, key, text in history:
            journal.write(event, key=key, request={"prompt": text}, message=text)
    return path.read_bytes()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a journal."""
    return tmp_path_factory.mktemp("journal") / "journal.jsonl"


@settings(max_examples=40, deadline=None)
@given(history=histories, data=st.data())
def test_any_prefix_can_be_read(path: Path, history: list[tuple[Any, str, str]], data: st.DataObject) -> None:
    """Cut anywhere, as by a `kill -9`: whole lines count, and half a line does not."""
    content = written(path, history)
    cut = data.draw(st.integers(0, len(content)))
    path.write_bytes(content[:cut])
    # A line that lacks nothing but its line end is whole too.
    whole = max(0, content[: cut + 1].count(b"\n") - 1)
    last = {key: STATUS[event] for event, key, _ in history[:whole]}
    assert {entry.key: entry.status for entry in entries(lines(path))} == last


@settings(deadline=None)
@given(history=histories, data=st.data())
def test_a_torn_journal_can_be_continued(path: Path, history: list[tuple[Any, str, str]], data: st.DataObject) -> None:
    """What is written after half a line is a line of its own."""
    content = written(path, history)
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    with Journal(path) as journal:
        journal.write("done", key="d" * 64, file="0123456789abcdef.jpg")
        journal.sync()
    found = {entry.key: entry for entry in entries(lines(path))}
    assert found["d" * 64].status == "done"


@given(
    content=st.binary()
    | st.lists(st.sampled_from([b"{", b'"event"', b":", b'"done"', b"}", b"\n", b"[1]"])).map(b"".join)
)
def test_garbage_is_skipped(path: Path, content: bytes) -> None:
    """Whatever the file holds, reading it gives entries, or none, and raises nothing."""
    path.write_bytes(content)
    assert all(isinstance(entry, JournalEntry) for entry in entries(lines(path)))


def test_the_last_line_counts(path: Path) -> None:
    """Sent, failed, sent again, done: it is done. Sent once more: it is unknown."""
    history: list[tuple[Any, str, str]] = [(event, "a" * 64, "x") for event in ("sending", "failed", "sending", "done")]
    written(path, history)
    assert [entry.status for entry in entries(lines(path))] == ["done"]
    written(path, [*history, ("sending", "a" * 64, "x")])
    assert [entry.status for entry in entries(lines(path))] == ["unknown"]


def test_a_newer_format_is_refused(folder: Path) -> None:
    """A batch would misread a journal of a later version, and buy again."""
    folder.mkdir()
    (folder / "journal.jsonl").write_text(json.dumps({**HEAD, "version": 2}) + "\n")
    for _ in range(2):
        # The second time too: a journal that was refused is not left locked.
        with pytest.raises(ConfigurationError, match=r"has version 2, and this client knows 1"):
            Journal(folder / "journal.jsonl")


def test_a_journal_is_open_once(folder: Path) -> None:
    """It can be opened again only after it was closed."""
    folder.mkdir()
    with Journal(folder / "journal.jsonl"), pytest.raises(ConfigurationError, match="by another process"):
        Journal(folder / "journal.jsonl")
    Journal(folder / "journal.jsonl").close()


def test_the_key_is_that_of_the_body() -> None:
    """The order of names does not matter, values do."""
    assert key_of({"a": 1, "b": {"c": 2, "d": 3}}) == key_of({"b": {"d": 3, "c": 2}, "a": 1})
    assert key_of({"a": 1}) != key_of({"a": 2})


def test_a_request_of_any_depth_can_be_read() -> None:
    """No batch writes one that is nested so deep, and yet it can be read."""
    deep: list[Any] = []
    for _ in range(200_000):
        deep = [deep]
    (entry,) = entries([{"event": "sending", "key": "a" * 64, "request": {"prompt": deep}}])
    assert entry.key == "a" * 64


def test_equal_numbers_have_one_key() -> None:
    """However they are written, and wherever; a text, a truth value and another number differ from them."""
    assert key_of({"a": [1.0, {"b": -0.0}]}) == key_of({"a": [1, {"b": 0.0}]}) == key_of({"a": [1, {"b": 0}]})
    assert len({key_of({"a": value}) for value in (1, 1.5, "1", "1.0", True, None, 1e300)}) == 7
    assert key_of({"a": 1e22}) == key_of({"a": 10**22})


def test_a_batch_that_never_ran_has_no_entries(folder: Path) -> None:
    """Nothing is known then, and planning creates no folder."""
    assert Batch(folder).entries() == []
    assert len(Batch(folder).plan(prompts(2)).to_send) == 2
    assert not folder.exists()
